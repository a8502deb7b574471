"""The concept vocabulary: concepts by id, and the way from a name to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, cast

from conceptgraph.errors import VocabularyError
from conceptgraph.vocabulary.compiled import Compiled, compile_builtin, digest_of, dump, pack, unpack
from conceptgraph.vocabulary.neighbours import changed_neighbours, neighbours
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.reader import Entry, merge, read_entries
from conceptgraph.vocabulary.strings import changed_names, changed_readings, names, packed_readings, strings_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conceptgraph.model import Concept

__all__ = ["Vocabulary", "load_vocabulary"]


class Vocabulary(Mapping[str, "Concept"]):
    """Concepts by id; each record is made when it is first asked for.

    Parameters
    ----------
    rows
        Concepts by id as JSON text, as `conceptgraph.vocabulary.compiled.pack` makes them.
    version
        A hash that changes when any concept does.
    compiled
        The built-in vocabulary, where this one is it.
    base, touched
        The vocabulary that this one was made from, and ids of the concepts that are other than there; those of them
        that there are stand last in `rows`.

    Attributes
    ----------
    not_in
        Articles in which a concept is not meant, by its id: what a person decided.
    rejected
        Ids that are not to be proposed as new concepts.
    decided
        Ids of which files of one's own say anything.
    files
        These files.

    Examples
    --------
    >>> vocabulary = load_vocabulary()
    >>> vocabulary["bloom-filter"].name
    'Bloom filter'
    >>> vocabulary.find("bloom filters")
    ['bloom-filter']
    """

    def __init__(
        self,
        rows: dict[str, str],
        *,
        version: str,
        compiled: Compiled | None = None,
        base: Vocabulary | None = None,
        touched: frozenset[str] = frozenset(),
    ) -> None:
        self._rows = rows
        self._made: dict[str, Concept] = {}
        self._compiled = compiled
        self._base = base
        self._touched = touched
        self.version = version
        self.not_in: dict[str, frozenset[str]] = {}
        self.rejected: frozenset[str] = frozenset()
        self.decided: frozenset[str] = frozenset()
        self.files: tuple[Path, ...] = ()

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> Vocabulary:
        """Return a vocabulary of the given concepts only."""
        rows = {concept.id: dump(pack(concept)) for concept in concepts}
        return cls(rows, version=digest_of(rows))

    # Two vocabularies are the same only if they are one object: caches keyed by a vocabulary need no look at its
    # contents.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __getitem__(self, id_: str) -> Concept:
        """Return the concept with this id, or raise KeyError."""
        concept = self._made.get(id_)
        if concept is None:
            concept = self._made[id_] = unpack(id_, json.loads(self._rows[id_]))
        return concept

    def __contains__(self, id_: object) -> bool:
        """Whether there is a concept with this id; without making its record."""
        return id_ in self._rows

    def names_any(self, id_: str, others: Iterable[str]) -> bool:
        """Whether a concept's entry may name any of the others: whether one of their ids stands in it."""
        row = self._rows.get(id_, "")
        return any(f'"{other}"' in row for other in others)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return the number of concepts."""
        return len(self._rows)

    def derived(self, name: str, make: Callable[[], dict[str, str]], *code: Path) -> dict[str, str]:
        """Return rows of text that follow from this vocabulary alone; those of the built-in one are kept.

        Parameters
        ----------
        name, make, code
            As of `conceptgraph.vocabulary.compiled.Compiled.kept`.
        """
        return self._compiled.kept(name, make, *code) if self._compiled else make()

    @cached_property
    def readings(self) -> dict[str, str]:
        """What each string in normal form may mean: packed readings as JSON text."""
        if self._base is None:
            return self.derived("readings", lambda: packed_readings(self.values()))
        place = {id_: number for number, id_ in enumerate(self)}
        named = {id_ for string in self._changed for id_ in json.loads(self._names.get(string, "[]"))}
        concepts = [self[id_] for id_ in sorted(named, key=place.__getitem__)]
        return changed_readings(self._base.readings, self._changed, concepts)

    @cached_property
    def neighbours(self) -> dict[str, str]:
        """Ids of the concepts that a fact joins to each, between spaces, by id."""
        if self._base is None:
            return self.derived("neighbours", lambda: neighbours(self.values()))
        return changed_neighbours(self._base.neighbours, self._touched, self)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Ids of the concepts that go by each string in normal form, as JSON text."""
        if self._base is None:
            return self.derived("names", lambda: names(self.values()))
        now = [self[id_] for id_ in self if id_ in self._touched]
        return changed_names(self._base._names, self._touched, self._changed, now)

    @cached_property
    def _changed(self) -> frozenset[str]:
        """What concepts went by or go by that are other than in the base."""
        before: Mapping[str, Concept] = self._base if self._base is not None else {}
        both = [of[id_] for of in (before, self) for id_ in self._touched if id_ in of]
        return frozenset(string for concept in both for string in strings_of(concept))

    @property
    def domains(self) -> Mapping[str, str]:
        """The name of the file that each concept of the built-in vocabulary stands in, by id."""
        if self._base is not None:
            return self._base.domains
        return self._compiled.domains if self._compiled else {}

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
        found = json.loads(self._names.get(key, "[]"))
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
    compiled = compile_builtin() if builtin else None
    builtin_rows = compiled.concepts if compiled else {}
    base = Vocabulary(builtin_rows, version=compiled.digest if compiled else "", compiled=compiled)
    if not own:
        return base
    entries = [entry for path in own for entry in read_entries(path, base.find)]
    touched = {entry.id for entry in entries} | {
        str(fields["same_as"]) for entry in entries if "same_as" in (fields := entry.fields or {})
    }
    changed = merge(entries, {id_: base[id_] for id_ in touched if id_ in base})
    rows = {id_: row for id_, row in builtin_rows.items() if id_ not in touched}
    rows |= {id_: dump(pack(concept)) for id_, concept in changed.items()}
    for entry in entries:
        _check_targets(entry, rows)
    not_in = {entry.id: fields["not_in"] for entry in entries if "not_in" in (fields := entry.fields or {})}
    rejected = sorted(entry.id for entry in entries if entry.fields and entry.fields.get("rejected"))
    decided = dump([not_in, rejected])
    version = digest_of({id_: rows.get(id_, "") for id_ in touched} | {"": base.version + decided})
    vocabulary = Vocabulary(rows, version=version, base=base, touched=frozenset(touched))
    vocabulary.not_in = {id_: frozenset(cast("tuple[str, ...]", articles)) for id_, articles in not_in.items()}
    vocabulary.rejected = frozenset(rejected)
    vocabulary.decided = frozenset(entry.id for entry in entries)
    vocabulary.files = own
    return vocabulary


def _check_targets(entry: Entry, rows: Mapping[str, object]) -> None:
    for fact in entry.facts():
        if fact.target not in rows:
            raise VocabularyError(
                f"{entry.path}:{entry.line}: '{entry.id}' names '{fact.target}' under {fact.kind}, "
                "which is not in the vocabulary; add it or name another"
            )
