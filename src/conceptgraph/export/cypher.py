"""A Cypher script that fills an empty graph database: Neo4j, Memgraph, Ladybug and others that speak it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conceptgraph.model import Records

    _Given = Mapping[str, str | float | bool | None]

_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_HEAD = """\
// Run on an empty database. For speed in Neo4j, first:
//   CREATE CONSTRAINT FOR (a:Article) REQUIRE a.id IS UNIQUE;
//   CREATE CONSTRAINT FOR (c:Concept) REQUIRE c.id IS UNIQUE;
"""


def cypher(records: Records) -> Iterator[str]:
    """Yield the script, a statement a line.

    Nodes are ``Article`` and ``Concept``; relationships are ``MENTIONS`` and the relations' kinds in capitals
    (``LINKS_TO``, ``REQUIRES`` …).

    Parameters
    ----------
    records
        The records to show.
    """
    yield _HEAD
    for a in records.articles:
        given: _Given = {"id": a.id, "title": a.title, "url": a.url, "published": a.published, "summary": a.summary}
        yield f"CREATE (:Article {_map(given)});\n"
    for c in records.concepts:
        given = {"id": c.id, "name": c.name, "kind": c.kind, "definition": c.definition, "known": c.known}
        yield f"CREATE (:Concept {_map(given)});\n"
    for row in records.article_concepts:
        ends = _ends("Article", row.article, "Concept", row.concept)
        yield f"{ends} CREATE (a)-[:MENTIONS {_map({'weight': row.weight, 'core': row.core})}]->(b);\n"
    for r in records.relations:
        node = "Article" if r.kind == "links_to" else "Concept"
        because = "; ".join(item.detail for item in r.evidence if item.detail)
        given = {"confidence": r.confidence, "because": because}
        yield f"{_ends(node, r.source, node, r.target)} CREATE (a)-[:{r.kind.upper()} {_map(given)}]->(b);\n"


def _ends(first: str, source: str, second: str, target: str) -> str:
    return f"MATCH (a:{first} {{id: {string(source)}}}), (b:{second} {{id: {string(target)}}})"


def _map(given: _Given) -> str:
    return f"{{{', '.join(f'{name}: {_value(value)}' for name, value in given.items() if value not in (None, ''))}}}"


def _value(value: str | float | bool | None) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return string(value) if isinstance(value, str) else repr(float(value or 0.0))


def string(text: str) -> str:
    r"""Return a string as Cypher writes it; control characters that it has no sign for become spaces.

    Examples
    --------
    >>> print(string("it's C:\\new"))
    'it\'s C:\\new'
    """
    shown = text.encode("utf-8", "replace").decode()
    return f"'{''.join(_ESCAPES.get(sign, max(sign, ' ')) for sign in shown)}'"
