"""The concept vocabulary: concepts by id, and the way from a name to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from conceptgraph.errors import VocabularyError
from conceptgraph.vocabulary.compiled import compile_builtin, digest_of, pack, unpack
from conceptgraph.vocabulary.label_index import Sense, forms, label_index
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.reader import Entry, merge, read_entries

if TYPE_CHECKING:
    from pathlib import Path

    from conceptgraph.model import Concept

__all__ = ["Vocabulary", "load_vocabulary"]


class Vocabulary(Mapping[str, "Concept"]):
    """Concepts by id; each record is made when it is first asked for.

    Parameters
    ----------
    rows
        Packed concepts by id, as `conceptgraph.vocabulary.compiled.pack` makes them.
    version
        A hash that changes when any concept does.
    domains
        The name of the file that each concept of the built-in vocabulary stands in.

    Examples
    --------
    >>> vocabulary = load_vocabulary()
    >>> vocabulary["bloom-filter"].name
    'Bloom filter'
    >>> vocabulary.find("bloom filters")
    ['bloom-filter']
    """

    def __init__(self, rows: dict[str, list[Any]], *, version: str, domains: Mapping[str, str] | None = None) -> None:
        self._rows = rows
        self._made: dict[str, Concept] = {}
        self.version = version
        self.domains: Mapping[str, str] = domains or {}

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> Vocabulary:
        """Return a vocabulary of the given concepts only."""
        rows = {concept.id: pack(concept) for concept in concepts}
        return cls(rows, version=digest_of(rows))

    # Two vocabularies are the same only if they are one object: caches keyed by a vocabulary need no look at its
    # contents.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __getitem__(self, id_: str) -> Concept:
        """Return the concept with this id, or raise KeyError."""
        concept = self._made.get(id_)
        if concept is None:
            concept = self._made[id_] = unpack(id_, self._rows[id_])
        return concept

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return the number of concepts."""
        return len(self._rows)

    @cached_property
    def label_index(self) -> dict[str, tuple[Sense, ...]]:
        """Every string in normal form that may stand for a concept, with its senses."""
        return label_index(self.values())

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for concept in self.values():
            for key in dict.fromkeys(normal_form(form).strip() for label in concept.labels for form in forms(label)):
                names.setdefault(key, []).append(concept.id)
        return names

    def find(self, name: str) -> list[str]:
        """Return the ids of the concepts that go by `name`: the concept of that id, else those with that label.

        Parameters
        ----------
        name
            An id or a label, in any letter case, singular or plural.

        Returns
        -------
        list of str
            One whose preferred label it is comes first; empty when there is none.
        """
        if name in self._rows:
            return [name]
        key = normal_form(name).strip()
        found = self._names.get(key, [])
        return sorted(found, key=lambda id_: normal_form(self[id_].name).strip() != key)


def load_vocabulary(*own: Path, builtin: bool = True) -> Vocabulary:
    """Return the built-in vocabulary, changed by files of one's own.

    Parameters
    ----------
    own
        Vocabulary files, each of which adds, overrides and removes.
    builtin
        Whether to begin with the built-in vocabulary.

    Raises
    ------
    VocabularyError
        One of the files breaks the format, or points to a concept that does not exist.
    """
    compiled: dict[str, Any] = compile_builtin() if builtin else {"concepts": {}, "digest": "", "domains": {}}
    base = Vocabulary(compiled["concepts"], version=compiled["digest"], domains=compiled["domains"])
    if not own:
        return base
    entries = [entry for path in own for entry in read_entries(path)]
    touched = {entry.id for entry in entries}
    changed = merge(entries, {id_: base[id_] for id_ in touched if id_ in base})
    rows = {id_: row for id_, row in compiled["concepts"].items() if id_ not in touched}
    rows |= {id_: pack(concept) for id_, concept in changed.items()}
    for entry in entries:
        _check_targets(entry, rows)
    return Vocabulary(rows, version=digest_of({**rows, "": [compiled["digest"]]}), domains=base.domains)


def _check_targets(entry: Entry, rows: Mapping[str, object]) -> None:
    for fact in entry.facts():
        if fact.target not in rows:
            raise VocabularyError(
                f"{entry.path}:{entry.line}: '{entry.id}' names '{fact.target}' under {fact.kind}, "
                "which is not in the vocabulary; add it or name another"
            )
