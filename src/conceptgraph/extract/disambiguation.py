"""Which concept an ambiguous label means in one article, if any.

A label has one meaning throughout an article (Gale, Church and Yarowsky 1992): whether a cue stands in it decides, not
where. Whether that meaning is its concept at all is also told by how it stands (`conceptgraph.extract.standing`), how
it is presented (`conceptgraph.extract.presented`) and what else the article speaks of
(`conceptgraph.extract.coherence`).
"""

from __future__ import annotations

from math import inf, log
from typing import TYPE_CHECKING

from conceptgraph.vocabulary.label_index import spaced
from conceptgraph.vocabulary.normal_form import HARD
from conceptgraph.vocabulary.readings import FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from conceptgraph.vocabulary.readings import Reading

FURTHER = 0.5
"""What each cue beyond the first adds to the log-odds of a reading, against other readings of the same label."""


def fitting(readings: Iterable[Reading], surface: str) -> list[Reading]:
    """Return the readings that the letters of `surface`, as it stands in a text, leave possible."""
    if not HARD.isdisjoint(surface):
        return []
    return [one for one in readings if one.surfaces is None or spaced(surface) in one.surfaces]


def choose(readings: Sequence[Reading], present: Set[str]) -> tuple[str, float] | tuple[()]:
    """Return the concept that may be meant and the confidence, or nothing where none of them can be.

    Of several that may be meant, the likeliest: a cue decides whether a reading counts as cued, and each further one
    adds `FURTHER` to its log-odds, so that an article about transactions outweighs a passing mention of Git.

    Parameters
    ----------
    readings
        What the label may mean; of equals the first wins.
    present
        The labels and cues that stand in the article, in normal form.
    """
    if len(readings) == 1:
        (one,) = readings
        confidence = one.plain if one.cues.isdisjoint(present) else one.cued
        return (one.concept, confidence) if confidence >= FLOOR else ()
    best: tuple[str, float] | tuple[()] = ()
    highest = -inf
    for one in readings:
        cues = len(one.cues & present)
        confidence = one.cued if cues else one.plain
        odds = log(confidence / (1 - confidence)) + FURTHER * max(cues - 1, 0) if confidence < 1 else inf
        if confidence >= FLOOR and odds > highest:
            best, highest = (one.concept, confidence), odds
    return best
