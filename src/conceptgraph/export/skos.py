"""SKOS (W3C 2009) in Turtle: the concepts, their labels, definitions and relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.export.uris import BASE, TERMS, concept_uri, usable
from conceptgraph.model import FACT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.model import Concept, Records, Relation

_STANDARD = {"broader": "skos:broader", "related": "skos:related"}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def skos(records: Records) -> Iterator[str]:
    """Yield a concept scheme in Turtle, concept by concept.

    ``broader`` and ``related`` are SKOS's own; the other relations are sub-properties of ``skos:semanticRelation``.

    Parameters
    ----------
    records
        Their concepts are shown, with the relations between them.
    """
    yield "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    yield "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    yield f"@prefix cg: <{TERMS}> .\n\n<{BASE}scheme> a skos:ConceptScheme .\n"
    for kind in FACT_KINDS:
        if kind not in _STANDARD:
            yield f"cg:{kind} rdfs:subPropertyOf skos:semanticRelation .\n"
    stated: dict[str, list[Relation]] = {}
    for relation in records.relations:
        if relation.kind in FACT_KINDS:
            stated.setdefault(relation.source, []).append(relation)
    for concept in records.concepts:
        yield from _concept(concept, stated.get(concept.id, []))


def _concept(concept: Concept, relations: list[Relation]) -> Iterator[str]:
    yield f"\n<{concept_uri(concept.id)}> a skos:Concept ;\n  skos:inScheme <{BASE}scheme> ;\n"
    yield f"  skos:notation {literal(concept.id)} ;\n  cg:kind {literal(concept.kind)} ;\n"
    for label in concept.other_names:
        yield f"  skos:altLabel {literal(label)} ;\n"
    if concept.definition:
        yield f"  skos:definition {literal(concept.definition)} ;\n"
    for uri in filter(usable, concept.exact_match):
        yield f"  skos:exactMatch <{uri}> ;\n"
    for relation in relations:
        yield f"  {_STANDARD.get(relation.kind, f'cg:{relation.kind}')} <{concept_uri(relation.target)}> ;\n"
    yield f"  skos:prefLabel {literal(concept.name)} .\n"


def literal(text: str) -> str:
    r"""Return a string as Turtle writes it.

    Examples
    --------
    >>> print(literal('a "b"'))
    "a \"b\""
    """
    shown = (_ESCAPES.get(sign) or _sign(sign) for sign in text.encode("utf-8", "replace").decode())
    return f'"{"".join(shown)}"'


def _sign(sign: str) -> str:
    return sign if sign >= " " else f"\\u{ord(sign):04X}"
