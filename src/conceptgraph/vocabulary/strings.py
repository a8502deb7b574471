"""What each string stands for in a whole vocabulary: the concepts that it names, and what it may mean in a text.

Of a vocabulary of one's own, which is the built-in one with a few concepts changed, only the strings that those go by
are looked at again: making all of it takes longer than reading a hundred articles.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from conceptgraph.vocabulary.compiled import dump
from conceptgraph.vocabulary.label_index import forms, label_index
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.readings import NOTHING, pack_reading, readings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from conceptgraph.model import Concept
    from conceptgraph.vocabulary.readings import Reading


def strings_of(concept: Concept) -> Collection[str]:
    """Return the normal forms of a concept's labels and of their inflections."""
    return dict.fromkeys(normal_form(form).strip() for label in concept.labels for form in forms(label))


def names(concepts: Iterable[Concept]) -> dict[str, str]:
    """Return for each string the ids of the concepts that go by it, in order, as JSON text."""
    found: dict[str, list[str]] = {}
    for concept in concepts:
        for string in strings_of(concept):
            found.setdefault(string, []).append(concept.id)
    return {string: dump(ids) for string, ids in found.items()}


def packed_readings(concepts: Iterable[Concept]) -> dict[str, str]:
    """Return for each string its readings, as JSON text."""
    return {key: _packed(ones) for key, ones in readings(label_index(concepts)).items()}


def changed_names(
    before: Mapping[str, str], touched: Collection[str], strings: Iterable[str], now: Iterable[Concept]
) -> dict[str, str]:
    """Return what `names` does, from the names before some concepts changed.

    Parameters
    ----------
    before
        The names.
    touched
        Ids of the concepts that changed, came or went.
    strings
        What they went by and go by.
    now
        Those of them that there are; they stand after all others.
    """
    fresh = {string: json.loads(ids) for string, ids in names(now).items()}
    changed = dict(before)
    for string in strings:
        ids = [id_ for id_ in json.loads(before.get(string, "[]")) if id_ not in touched] + fresh.get(string, [])
        changed[string] = dump(ids)
        if not ids:
            del changed[string]
    return changed


def changed_readings(
    before: Mapping[str, str], strings: Collection[str], concepts: Iterable[Concept]
) -> dict[str, str]:
    """Return what `packed_readings` does, from the readings before some concepts changed.

    Parameters
    ----------
    before
        The readings.
    strings
        What the changed ones went by and go by.
    concepts
        All that go by any of `strings` now, in order.
    """
    index = label_index(concepts)
    again = readings({string: index[string] for string in strings if string in index})
    # A string that means nothing any more may be a cue still.
    changed = dict(before) | {string: NOTHING for string in strings if string in before}
    changed |= {string: _packed(ones) for string, ones in again.items() if ones}
    return dict.fromkeys(again, NOTHING) | changed


def _packed(ones: Iterable[Reading]) -> str:
    return dump([pack_reading(one) for one in ones])
