"""What can be wrong with vocabulary files beyond their format: duplicates, dangling ids, cycles, idle definitions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, cast

from conceptgraph.vocabulary.label_index import matchable
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.reader import merge, read_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from conceptgraph.model import Label
    from conceptgraph.vocabulary.reader import Entry

ACYCLIC = ("broader", "requires", "part_of", "successor_of")
MIN_WORDS, MAX_WORDS = 6, 40
TEMPLATED = re.compile(
    r"^(?:an?|the) (?:\w+ ){0,2}(?:service|product|tool|library|framework|concept) (?:by|from|of|in) \w+\.$",
    re.IGNORECASE,
)
TEMPLATE_SHARE = 5
"""A definition that is the same as others but for its names, this many times over, was made from a template."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """A fault in a vocabulary file, with its place."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return ``file:line: what is wrong``."""
        return f"{self.path}:{self.line}: {self.message}"


def lint(entries: Sequence[Entry]) -> list[Finding]:
    """Return everything that is wrong with the entries of a whole vocabulary.

    Parameters
    ----------
    entries
        The entries of all its files together, so that ids and labels can be compared.

    Returns
    -------
    list of Finding
        Sorted by file and line; empty when all is well.
    """
    live = [entry for entry in entries if entry.fields is not None]
    checks = (_duplicate_ids, _duplicate_names, _duplicate_labels, _dangling, _cycles, _definitions, _unmatchable)
    return sorted(finding for check in checks for finding in check(live))


def lint_files(builtin: Iterable[Path], own: Iterable[Path] = ()) -> tuple[list[Finding], int]:
    """Return what is wrong with vocabulary files, and how many concepts they hold.

    Parameters
    ----------
    builtin
        The built-in vocabulary's files.
    own
        Files that change it; when there are any, only findings in them are returned.

    Raises
    ------
    VocabularyError
        A file breaks the format, so that it cannot be read at all.
    """
    own_entries = [entry for path in own for entry in read_entries(path)]
    replaced = {entry.id for entry in own_entries}
    entries = [entry for path in builtin for entry in read_entries(path)]
    concepts = merge([*entries, *own_entries])
    if not own_entries:
        return lint(entries), len(concepts)
    kept = [entry for entry in entries if entry.id not in replaced]
    mine = {entry.path for entry in own_entries}
    return [finding for finding in lint([*kept, *own_entries]) if finding.path in mine], len(concepts)


def _at(entry: Entry, message: str) -> Finding:
    return Finding(path=entry.path, line=entry.line, message=f"'{entry.id}' {message}")


def _duplicate_ids(entries: Iterable[Entry]) -> Iterator[Finding]:
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(entry.id, entry)
        if other is not entry:
            yield _at(entry, f"stands in {other.path}:{other.line} too; keep one")


def _duplicate_names(entries: Iterable[Entry]) -> Iterator[Finding]:
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.labels():
            other = first.setdefault(entry.labels()[0].text.casefold(), entry)
            if other is not entry:
                yield _at(entry, f"has the preferred label of '{other.id}'; give one of them another")


def _guarded(label: Label) -> bool:
    return label.prior is not None or bool(label.cues)


def _duplicate_labels(entries: Iterable[Entry]) -> Iterator[Finding]:
    holders: dict[tuple[str, str], list[tuple[Entry, Label]]] = defaultdict(list)
    for entry in entries:
        for label in entry.labels():
            if matchable(label.text):
                case = label.text if label.case == "exact" else ""
                holders[normal_form(label.text).strip(), case].append((entry, label))
    told: set[tuple[str, str]] = set()
    for (key, _), held in holders.items():
        for entry, label in held[1:]:
            other, other_label = held[0]
            pair = (entry.id, other.id)
            if entry is not other and pair not in told and not (_guarded(label) and _guarded(other_label)):
                told.add(pair)
                yield _at(
                    entry, f"shares the label '{key}' with '{other.id}'; drop it from one or give both a prior or cues"
                )


def _dangling(entries: Sequence[Entry]) -> Iterator[Finding]:
    ids = {entry.id for entry in entries}
    for entry in entries:
        for fact in entry.facts():
            if fact.target not in ids:
                yield _at(entry, f"names '{fact.target}' under {fact.kind}, which does not exist")
            elif fact.kind not in ("broader", "related") and not fact.reason:
                yield _at(entry, f"gives no reason for {fact.kind} '{fact.target}'")


def _cycles(entries: Sequence[Entry]) -> Iterator[Finding]:
    by_id = {entry.id: entry for entry in entries}
    for kind in ACYCLIC:
        edges = {entry.id: [fact.target for fact in entry.facts() if fact.kind == kind] for entry in entries}
        try:
            TopologicalSorter(edges).prepare()
        except CycleError as error:
            cycle = cast("list[str]", error.args[1])
            where = by_id.get(cycle[0]) or next(by_id[id_] for id_ in cycle if id_ in by_id)
            yield _at(where, f"is part of a {kind} cycle: {' → '.join(cycle)}")


def _definitions(entries: Sequence[Entry]) -> Iterator[Finding]:
    shapes: Counter[str] = Counter()
    shape_of: dict[str, str] = {}
    for entry in entries:
        definition = str((entry.fields or {}).get("definition", ""))
        if not definition:
            continue
        words = len(definition.split())
        if not MIN_WORDS <= words <= MAX_WORDS:
            yield _at(entry, f"has a definition of {words} words; write {MIN_WORDS} to {MAX_WORDS}")
        if not definition.endswith("."):
            yield _at(entry, "has a definition without a full stop at its end")
        if TEMPLATED.search(definition):
            yield _at(entry, f"has a definition that says nothing of its own: {definition!r}")
        shape_of[entry.id] = re.sub(r"\b[A-Z][\w-]*", "X", definition[1:])
        shapes[shape_of[entry.id]] += 1
    for entry in entries:
        if shapes[shape_of.get(entry.id, "")] >= TEMPLATE_SHARE:
            yield _at(entry, "has the same definition as others but for names; say what sets it apart")


def _unmatchable(entries: Sequence[Entry]) -> Iterator[Finding]:
    for entry in entries:
        labels = entry.labels()
        if labels and not any(matchable(label.text) for label in labels):
            yield _at(entry, "has no label that can stand in a text; add the plain form beside the one in brackets")
