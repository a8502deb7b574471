"""Vocabularies of others as files of ours: SKOS in Turtle, RDF/XML or JSON-LD, and CSV, that of the CSO among it.

SKOS: Miles and Bechhofer, "SKOS Simple Knowledge Organization System Reference", W3C 2009. CSO: Salatino et al., "The
Computer Science Ontology", ISWC 2018.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from conceptgraph.errors import ConceptGraphError, VocabularyError
from conceptgraph.foreign import check_entities, needed, parse_xml, parsing
from conceptgraph.model import KINDS
from conceptgraph.vocabulary.normal_form import normal_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

FORMATS = {
    ".ttl": "turtle",
    ".n3": "turtle",
    ".nt": "nt",
    ".rdf": "xml",
    ".owl": "xml",
    ".xml": "xml",
    ".jsonld": "json-ld",
    ".csv": "csv",
}
"""Endings of files that are imported, with rdflib's name of their format."""
KIND = "practice_field"
"""The kind of concepts whose vocabulary says none: a subject, which is what thesauri list."""
MAX_BYTES = 256 * 2**20
"""Bytes of a vocabulary: the CSO has 30 MB, and a triple takes ten times its text in memory."""

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_CSO = "http://cso.kmi.open.ac.uk/schema/cso#"
_TERMS = "urn:conceptgraph:terms:"
_LISTS = {
    f"{_RDFS}label": "names",
    f"{_SKOS}altLabel": "labels",
    f"{_SKOS}hiddenLabel": "hidden",
    f"{_SKOS}broader": "broader",
    f"{_SKOS}related": "related",
    f"{_CSO}contributesTo": "related",
    f"{_SKOS}exactMatch": "exact_match",
    "http://www.w3.org/2002/07/owl#sameAs": "exact_match",
}
_BELOW = (f"{_SKOS}narrower", f"{_CSO}superTopicOf")
_TEXTS = {
    f"{_SKOS}prefLabel": "preferred",
    f"{_SKOS}notation": "notation",
    f"{_SKOS}definition": "definition",
    f"{_SKOS}scopeNote": "definition",
    f"{_TERMS}kind": "kind",
}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LITERAL = re.compile(r'"+(.*?)"+(?:@([\w-]+)|\^\^\S+)?\s*\.?\s*', re.DOTALL)
_SEPARATOR = re.compile(r"\s*[;|]\s*")


class Triple(NamedTuple):
    """A statement; `language` is that of a literal, where it has one."""

    subject: str
    predicate: str
    object: str
    language: str | None = None


@dataclass(slots=True)
class Imported:
    """What a vocabulary says of a concept, by its URI or name."""

    names: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    notation: str = ""
    definition: str = ""
    kind: str = ""
    broader: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    exact_match: list[str] = field(default_factory=list)


def import_vocabulary(
    path: Path,
    *,
    language: str = "en",
    kind: str = KIND,
    known: Callable[[str], list[str]] = lambda name: [],  # noqa: ARG005
) -> str:
    """Return another vocabulary as a vocabulary file of ours (docs/vocabulary.md).

    Parameters
    ----------
    path
        SKOS in Turtle, N-Triples, RDF/XML or JSON-LD; a CSV file with the columns label, alt_labels, hidden_labels,
        definition, broader, related, kind and exact_match; or the CSO's CSV of triples.
    language
        The language of labels and definitions; those without one count too.
    kind
        The kind of concepts of which none is said.
    known
        Ids of the concepts that go by a name already: such a concept is not added again, but pointed to.

    Raises
    ------
    VocabularyError
        The file cannot be read, or holds no concept.
    """
    try:
        found = _read(path, language)
    except ConceptGraphError as error:
        raise VocabularyError(str(error)) from None
    concepts = {
        key: concept for key, concept in found.items() if concept.names and _labels([*concept.names, *concept.labels])
    }
    if not concepts:
        raise VocabularyError(
            f"{path}: holds no concept with a label in '{language}'; name its language, or check the file"
        )
    return "".join(_yaml(path, concepts, kind, known))


def _read(path: Path, language: str) -> dict[str, Imported]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise VocabularyError(f"{path}: is larger than {MAX_BYTES / 2**20:.0f} MB; import a part of it")
        data = path.read_bytes()
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read ({error.strerror}); name a vocabulary file") from None
    form = FORMATS.get(path.suffix.lower())
    if form == "csv":
        return _from_csv(path, data, language)
    return _from_triples(_parsed(path, data, form or "turtle"), language)


def _parsed(path: Path, data: bytes, form: str) -> Iterator[Triple]:
    """Yield the statements of an RDF file, of which no part may come from elsewhere."""
    rdflib = needed("rdflib", extra="skos", to="import vocabularies", where=path)
    if form == "xml":
        check_entities(data, path)
        parse_xml(data, path, "RDF/XML")
    with parsing(path, form):
        if form == "json-ld":
            _check_contexts(path, json.loads(data))
        graph = rdflib.Graph().parse(data=data, format=form)
        triples = [Triple(str(s), str(p), str(o), getattr(o, "language", None)) for s, p, o in graph]
    yield from sorted(triples, key=lambda triple: (*triple[:3], triple.language or ""))


def _check_contexts(path: Path, value: Any) -> None:
    """Refuse a context that would have to be fetched."""
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, dict):
            contexts = item.get("@context")
            listed = contexts if isinstance(contexts, list) else [contexts]
            if "@import" in item or any(isinstance(context, str) for context in listed):
                raise VocabularyError(f"{path}: has an @context at an address; put the context itself in its place")
            todo += item.values()
        elif isinstance(item, list):
            todo += item


def _from_triples(triples: Iterable[Triple], language: str) -> dict[str, Imported]:
    """Return what the statements say, in the terms of SKOS and of the CSO."""
    found: dict[str, Imported] = {}
    same: list[tuple[str, str]] = []
    for triple in triples:
        subject, predicate, value, tongue = triple
        if tongue and not tongue.lower().startswith(language.lower()):
            continue
        concept = found.setdefault(subject, Imported())
        if predicate in _LISTS:
            getattr(concept, _LISTS[predicate]).append(value)
        elif predicate in _BELOW:
            found.setdefault(value, Imported()).broader.append(subject)
        elif predicate == f"{_CSO}preferentialEquivalent" and value != subject:
            same.append((subject, value))
        elif predicate in _TEXTS:
            _set_text(concept, predicate, value)
    return _united(found, same)


def _set_text(concept: Imported, predicate: str, value: str) -> None:
    """Note a single value; a definition goes before a note on the scope, a preferred label before any other name."""
    name = _TEXTS[predicate]
    if name == "preferred":
        concept.names.insert(0, value)
    elif predicate != f"{_SKOS}scopeNote" or not concept.definition:
        setattr(concept, name, value)


def _united(found: dict[str, Imported], same: list[tuple[str, str]]) -> dict[str, Imported]:
    """Give a synonym's labels to the topic that the CSO prefers to it."""
    gone = {}
    for synonym, preferred in same:
        if preferred in found and found[preferred].names and synonym in found and preferred not in gone:
            found[preferred].labels += found[synonym].names
            gone[synonym] = preferred
    kept = {key: concept for key, concept in found.items() if key not in gone}
    for concept in kept.values():
        concept.broader = [gone.get(key, key) for key in concept.broader]
        concept.related = [gone.get(key, key) for key in concept.related]
    return kept


def _from_csv(path: Path, data: bytes, language: str) -> dict[str, Imported]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise VocabularyError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    with parsing(path, "CSV"):
        rows = list(csv.reader(StringIO(text.replace("\0", ""))))
    if rows and len(rows[0]) == 3 and rows[0][0].startswith("<"):
        return _from_triples(sorted(_triples(rows), key=lambda t: (*t[:3], t.language or "")), language)
    header = [name.strip().casefold().replace(" ", "_") for name in rows[0]] if rows else []
    name = next((each for each in ("label", "preflabel", "pref_label", "name") if each in header), None)
    if name is None:
        raise VocabularyError(f"{path}: has no column 'label'; its first line must name the columns")
    return dict(_concept(dict(zip(header, row, strict=False)), name) for row in rows[1:] if any(row))


def _concept(row: dict[str, str], name: str) -> tuple[str, Imported]:
    def several(*columns: str) -> list[str]:
        return [each for column in columns for each in _SEPARATOR.split(row.get(column, "").strip()) if each]

    label = row.get(name, "").strip()
    return label, Imported(
        names=[label] if label else [],
        labels=several("alt_labels", "altlabels", "alt_label", "altlabel", "labels"),
        hidden=several("hidden_labels", "hiddenlabels", "hidden_label", "hiddenlabel", "hidden"),
        notation=row.get("id", "").strip(),
        definition=row.get("definition", ""),
        kind=row.get("kind", "").strip(),
        broader=several("broader"),
        related=several("related"),
        exact_match=several("exact_match", "exactmatch"),
    )


def _triples(rows: Iterable[list[str]]) -> Iterator[Triple]:
    """Yield the statements of the CSO's CSV: ``<subject>,<predicate>,<object>`` or a literal in quotes."""
    for row in rows:
        if len(row) != 3:
            continue
        subject, predicate, value = (cell.strip() for cell in row)
        literal = _LITERAL.fullmatch(value)
        if literal:
            yield Triple(_bare(subject), _bare(predicate), literal[1], literal[2])
        else:
            yield Triple(_bare(subject), _bare(predicate), _bare(value))


def _bare(uri: str) -> str:
    return uri.rstrip(" .").removeprefix("<").removesuffix(">")


def _yaml(path: Path, concepts: dict[str, Imported], kind: str, known: Callable[[str], list[str]]) -> Iterator[str]:
    ids = _ids(concepts, known)
    names = {key: " ".join(concept.names[0].split()) for key, concept in concepts.items()}
    by_name = {" ".join(name.casefold().split()): key for key, name in names.items()}
    above: dict[str, set[str]] = {}

    def pointed_to(given: Iterable[str]) -> list[str]:
        """Return the ids of what is named by key or name, in the file or in the vocabulary that is there already."""
        here = ((key if key in ids else by_name.get(key.casefold(), ""), key) for key in given)
        found = (ids[there][0] if there else next(iter(known(key)), "") for there, key in here)
        return [id_ for id_ in dict.fromkeys(found) if id_]

    yield f"# Imported from {path.name}.\n"
    for key in sorted(concepts, key=lambda key: ids[key][0]):
        id_, there = ids[key]
        concept = concepts[key]
        if there:
            continue
        broader = [target for target in pointed_to(concept.broader) if _acyclic(id_, target, above)]
        related = [target for target in pointed_to(concept.related) if target != id_ and target not in broader]
        labels = _labels([names[key], *concept.labels, *concept.names[1:]])
        over = next((names[t] for each in concept.broader if (t := each if each in names else "")), "")
        said = " ".join(concept.definition.split()) or f"Subject of {path.stem}{f' under {over}' if over else ''}."
        hidden = [each for each in _labels(concept.hidden) if each.casefold() not in map(str.casefold, labels)]
        yield f"{id_}:\n  labels: {json.dumps(labels, ensure_ascii=False)}\n"
        yield f"  hidden: {json.dumps(hidden, ensure_ascii=False)}\n" if hidden else ""
        yield f"  kind: {concept.kind if concept.kind in KINDS else kind}\n  definition: {_text(said)}\n"
        for name, values in (("broader", broader), ("related", related), ("exact_match", _uris(key, concept))):
            if values:
                yield f"  {name}: {json.dumps(values, ensure_ascii=False)}\n"


def _text(value: str) -> str:
    return json.dumps("".join(sign if sign.isprintable() else " " for sign in value), ensure_ascii=False)


def _uris(key: str, concept: Imported) -> list[str]:
    own = [key] if key.startswith(("http://", "https://")) else []
    return list(dict.fromkeys([*own, *(uri for uri in concept.exact_match if ":" in uri and uri.isprintable())]))


def _labels(given: Iterable[str]) -> list[str]:
    """Return the labels that can be matched, each once."""
    found = {" ".join(label.split()).casefold(): " ".join(label.split()) for label in reversed(list(given))}
    fitting = [label for label in reversed(found.values()) if len(normal_form(label).replace(" ", "")) >= 2]
    return [label for label in fitting if label.isprintable()]


def _acyclic(id_: str, target: str, above: dict[str, set[str]]) -> bool:
    """Note that `target` is above `id_`, unless that closes a circle."""
    todo, seen = [target], {target}
    while todo:
        for each in above.get(todo.pop(), set()) - seen:
            seen.add(each)
            todo.append(each)
    if id_ in seen:
        return False
    above.setdefault(id_, set()).add(target)
    return True


def _ids(concepts: dict[str, Imported], known: Callable[[str], list[str]]) -> dict[str, tuple[str, bool]]:
    """Return each concept's id, and whether it is that of a concept that is there already."""
    taken: set[str] = set()
    ids: dict[str, tuple[str, bool]] = {}
    for key in sorted(concepts):
        concept = concepts[key]
        there = known(concept.names[0])
        if there:
            ids[key] = (there[0], True)
            continue
        base = concept.notation if _ID.fullmatch(concept.notation) else _slug(concept.names[0])
        id_, number = base, 1
        while id_ in taken or known(id_):
            number += 1
            id_ = f"{base}-{number}"
        taken.add(id_)
        ids[key] = (id_, False)
    return ids


def _slug(name: str) -> str:
    """Return an id of ASCII letters and digits for a name."""
    plain = unicodedata.normalize("NFKD", name.replace("+", " plus ").replace("#", " sharp ").casefold())
    return "-".join(re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())) or "concept"
