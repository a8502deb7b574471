"""From vocabulary files to concepts, with the file and line of every fault."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast, get_args

import yaml

from conceptgraph.errors import VocabularyError
from conceptgraph.model import FACT_KINDS, KINDS, CaseRule, Concept, Fact, FactKind, Kind, Label
from conceptgraph.vocabulary.imported import FORMATS, import_vocabulary
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.yamlnodes import YamlError, compose, elements, fault, is_null, items, line_of, number_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REASONLESS = ("broader", "related")


LABEL_KEYS = "labels", "verbs", "hidden"
"""The keys of an entry that hold labels, in the order in which a concept has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a vocabulary file: the keys that it gives, parsed; `fields` is None where it removes the concept."""

    id: str
    path: str
    line: int
    fields: dict[str, object] | None

    def facts(self) -> tuple[Fact, ...]:
        """Return the facts that the entry itself gives."""
        fields = self.fields or {}
        return tuple(fact for kind in FACT_KINDS for fact in cast("tuple[Fact, ...]", fields.get(kind, ())))

    def labels(self) -> tuple[Label, ...]:
        """Return the labels that the entry itself gives: nouns, verbs and hidden ones."""
        fields = self.fields or {}
        return tuple(label for key in LABEL_KEYS for label in cast("tuple[Label, ...]", fields.get(key, ())))


def read_entries(path: Path, known: Callable[[str], list[str]] = lambda name: []) -> list[Entry]:  # noqa: ARG005
    """Read one vocabulary file.

    Parameters
    ----------
    path
        A YAML file in the format of docs/vocabulary.md, or one that `conceptgraph.vocabulary.imported` reads.
    known
        Ids of the concepts that go by a name already, which an imported vocabulary does not add again.

    Returns
    -------
    list of Entry
        In the file's order.

    Raises
    ------
    VocabularyError
        With file, line, value and remedy, for anything that breaks the format.
    """
    try:
        foreign = path.suffix.lower() in FORMATS
        text = import_vocabulary(path, known=known) if foreign else path.read_text("utf-8")
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read ({error.strerror}); name a vocabulary file") from None
    except UnicodeDecodeError:
        raise VocabularyError(f"{path}: is not UTF-8 text; save it as UTF-8") from None
    try:
        root = compose(text)
        return (
            []
            if root is None
            else [_entry(key, key_node, node, str(path)) for key, key_node, node in items(root, "the file")]
        )
    except YamlError as bad:
        raise bad.at(str(path), VocabularyError) from None


def merge(entries: Iterable[Entry], start: Mapping[str, Concept] = MappingProxyType({})) -> dict[str, Concept]:
    """Return the concepts of `start` as the entries change them, a later entry replacing the keys that it names.

    Raises
    ------
    VocabularyError
        A concept without labels, kind or definition; a removal of a concept that is not there.
    """
    concepts = dict(start)
    for entry in entries:
        if entry.fields is None:
            if concepts.pop(entry.id, None) is None:
                raise VocabularyError(
                    f"{entry.path}:{entry.line}: '{entry.id}' is to be removed but is not in the vocabulary"
                )
            continue
        if entry.fields.get("rejected"):
            continue
        if "same_as" in entry.fields:
            _unite(concepts, entry, str(entry.fields["same_as"]))
            continue
        concepts[entry.id] = _changed(concepts.get(entry.id), entry)
    return concepts


def _unite(concepts: dict[str, Concept], entry: Entry, target: str) -> None:
    """Give the labels of a concept, or those that the entry itself gives, to another concept."""
    gone = concepts.pop(entry.id, None)
    if target not in concepts or (gone is None and not entry.labels()):
        unknown = entry.id if target in concepts else target
        raise VocabularyError(f"{entry.path}:{entry.line}: '{unknown}' is not in the vocabulary; name a concept of it")
    kept = concepts[target]
    texts = {label.text.casefold() for label in kept.labels}
    added = (label for label in (gone.labels if gone else entry.labels()) if label.text.casefold() not in texts)
    concepts[target] = replace(kept, labels=(*kept.labels, *added))


def _changed(old: Concept | None, entry: Entry) -> Concept:
    fields = cast("dict[str, object]", entry.fields)
    if old is None:
        missing = [key for key in ("labels", "kind", "definition") if key not in fields]
        if missing:
            raise VocabularyError(
                f"{entry.path}:{entry.line}: '{entry.id}' is a new concept and lacks {', '.join(missing)}"
            )
        old = Concept(id=entry.id, labels=(), kind="technology")
    before = {key: tuple(label for label in old.labels if _key(label) == key) for key in LABEL_KEYS}
    kept = tuple(fact for fact in old.facts if fact.kind not in fields)
    return replace(
        old,
        labels=tuple(label for key in LABEL_KEYS for label in cast("tuple[Label, ...]", fields.get(key, before[key]))),
        kind=cast("Kind", fields.get("kind", old.kind)),
        definition=cast("str", fields.get("definition", old.definition)),
        facts=kept + entry.facts(),
        exact_match=cast("tuple[str, ...]", fields.get("exact_match", old.exact_match)),
    )


def _entry(key: str, key_node: yaml.Node, node: yaml.Node, path: str) -> Entry:
    if not _ID.fullmatch(key):
        raise fault(key_node, f"the id '{key}' must be lower-case letters and digits joined by hyphens")
    if is_null(node):
        return Entry(id=key, path=path, line=line_of(key_node), fields=None)
    fields: dict[str, object] = {}
    for name, name_node, value in items(node, f"'{key}'"):
        fields[name] = _field(name, name_node, value, key)
    return Entry(id=key, path=path, line=line_of(key_node), fields=fields)


def _field(name: str, name_node: yaml.Node, value: yaml.Node, concept: str) -> object:
    if name in FACT_KINDS:
        return _facts(name, value, concept)
    if name not in _FIELDS:
        raise fault(name_node, f"'{name}' is no key of a concept; use one of {', '.join([*_FIELDS, *FACT_KINDS])}")
    return _FIELDS[name](value, concept)


def _labels(value: yaml.Node, concept: str) -> tuple[Label, ...]:
    labels = tuple(_label(node) for node in elements(value, "labels"))
    if not labels:
        raise fault(value, f"'{concept}' has no label; give at least the preferred one")
    return labels


def _verbs(value: yaml.Node, concept: str) -> tuple[Label, ...]:
    del concept
    return tuple(replace(_label(node), pos="verb") for node in elements(value, "verbs"))


def _hidden(value: yaml.Node, concept: str) -> tuple[Label, ...]:
    del concept
    return tuple(replace(_label(node), hidden=True) for node in elements(value, "hidden"))


def _key(label: Label) -> str:
    """Return the key under which a label stands."""
    return "hidden" if label.hidden else "verbs" if label.pos == "verb" else "labels"


def _kind(value: yaml.Node, concept: str) -> str:
    kind = text_of(value, f"the kind of '{concept}'")
    if kind not in KINDS:
        raise fault(value, f"'{kind}' is no kind; use one of {', '.join(KINDS)}")
    return kind


def _definition(value: yaml.Node, concept: str) -> str:
    definition = text_of(value, "definition").strip()
    if not definition:
        raise fault(value, f"the definition of '{concept}' is empty")
    return definition


def _texts(value: yaml.Node, concept: str) -> tuple[str, ...]:
    return tuple(text_of(node, f"a value at '{concept}'") for node in elements(value, f"a list at '{concept}'"))


def _true(value: yaml.Node, concept: str) -> bool:
    if not (isinstance(value, yaml.ScalarNode) and value.value == "true"):
        raise fault(value, f"rejected, at '{concept}', can only be true; leave it out otherwise")
    return True


# The last three are what a person decided: only a file of one's own has them.
_FIELDS: dict[str, Callable[[yaml.Node, str], object]] = {
    "labels": _labels,
    "verbs": _verbs,
    "hidden": _hidden,
    "kind": _kind,
    "definition": _definition,
    "exact_match": _texts,
    "not_in": _texts,
    "same_as": lambda value, concept: text_of(value, f"same_as of '{concept}'"),
    "rejected": _true,
}


def _label(node: yaml.Node) -> Label:
    if isinstance(node, yaml.ScalarNode):
        label = Label(text=_spaced(text_of(node, "a label")))
    else:
        given = {name: (name_node, value) for name, name_node, value in items(node, "a label")}
        if "text" not in given:
            raise fault(node, "a label written as a mapping needs the key 'text'")
        label = Label(text=_spaced(text_of(given["text"][1], "a label's text")))
        for name, (name_node, value) in given.items():
            label = replace(label, **_policy(name, name_node, value))
    if len(normal_form(label.text).replace(" ", "")) < 2 and not (label.text and label.case == "exact" and label.cues):
        raise fault(
            node, f"the label {label.text!r} has fewer than two signs; give it case: exact and cues, or leave it"
        )
    return label


def _policy(name: str, name_node: yaml.Node, value: yaml.Node) -> dict[str, Any]:
    match name:
        case "text":
            return {}
        case "case":
            rule = text_of(value, "case")
            if rule not in get_args(CaseRule):
                raise fault(value, f"'{rule}' is no case rule; use any or exact")
            return {"case": rule}
        case "prior":
            prior = number_of(value, "a prior")
            if not 0 <= prior <= 1:
                raise fault(value, f"the prior {prior:g} is not between 0 and 1")
            return {"prior": prior}
        case "cues":
            return {"cues": tuple(text_of(cue, "a cue") for cue in elements(value, "cues"))}
    raise fault(name_node, f"'{name}' is no key of a label; use text, case, prior or cues")


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _facts(kind: str, value: yaml.Node, concept: str) -> tuple[Fact, ...]:
    if isinstance(value, yaml.MappingNode):
        pairs = [(target, node, text_of(reason, "a reason").strip()) for target, node, reason in items(value, kind)]
    elif kind in _REASONLESS:
        pairs = [(text_of(node, f"a concept under {kind}"), node, "") for node in elements(value, kind)]
    else:
        raise fault(value, f"{kind} needs a reason for each concept: write a mapping from id to one short sentence")
    for target, node, _ in pairs:
        if target == concept:
            raise fault(node, f"'{concept}' points to itself under {kind}")
    return tuple(Fact(kind=cast("FactKind", kind), target=target, reason=reason) for target, _, reason in pairs)
