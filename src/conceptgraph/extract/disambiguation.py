"""Which concept an ambiguous label means in one article, if any.

A label has one meaning throughout an article (Gale, Church and Yarowsky 1992): whether a cue stands in it decides, not
where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.vocabulary.label_index import spaced
from conceptgraph.vocabulary.normal_form import HARD
from conceptgraph.vocabulary.readings import ACCEPT

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from conceptgraph.vocabulary.readings import Reading


def fitting(readings: Iterable[Reading], surface: str) -> list[Reading]:
    """Return the readings that the letters of `surface`, as it stands in a text, leave possible."""
    if not HARD.isdisjoint(surface):
        return []
    return [one for one in readings if one.surfaces is None or spaced(surface) in one.surfaces]


def choose(readings: Iterable[Reading], present: Set[str]) -> tuple[str, float] | tuple[()]:
    """Return the concept that is meant and the confidence, or nothing where none of them is.

    Parameters
    ----------
    readings
        What the label may mean; of equals the first wins.
    present
        The labels and cues that stand in the article, in normal form.
    """
    best: tuple[str, float] | tuple[()] = ()
    for one in readings:
        confidence = one.plain if one.cues.isdisjoint(present) else one.cued
        if confidence >= ACCEPT and (not best or confidence > best[1]):
            best = one.concept, confidence
    return best
