"""The senses of a label made ready for looking them up: case rule, confidence with and without a cue, the cues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from conceptgraph.vocabulary.inflection import plurals
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.priors import moved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conceptgraph.vocabulary.label_index import Sense

ACCEPT = 0.4
"""Least confidence at which a mention counts.

Where confidences are probabilities, F1 is highest when all above half its own value count (Lipton, Elkan and
Narayanaswamy 2014, "Optimal thresholding of classifiers to maximize F1 measure"); that is little above this, and a
little below it no worse.
"""
FLOOR = 0.25
"""Least confidence at which a label is looked at: what else an article says of it seldom makes more of less."""
CUE, NO_CUE = 2.0, -1.0
"""What a cue in the article, or the lack of one, adds to the log-odds of a prior in a vocabulary of one's own.

For the built-in vocabulary it was learned (`conceptgraph.vocabulary.priors`).
"""
NOTHING = "[]"
"""What a string that is only a cue may mean, as JSON text."""


class Reading(NamedTuple):
    """A sense, made ready: how surely it is meant with and without a cue in the article, and what the cues are.

    Attributes
    ----------
    concept
        The concept's id.
    surfaces
        How it must be written; None for any letter case.
    plain, cued
        Confidence without and with a cue.
    cues
        The cues and their plurals, in normal form.
    """

    concept: str
    surfaces: frozenset[str] | None
    plain: float
    cued: float
    cues: frozenset[str]


def reading(sense: Sense) -> Reading:
    """Return a sense made ready."""
    cues = {normal_form(form).strip() for cue in sense.label.cues for form in (cue, *plurals(cue))} - {""}
    plain = cued = sense.prior
    if sense.label.cued is not None:
        cued = sense.label.cued
    elif cues:  # nothing was learned of it
        plain, cued = moved(plain, NO_CUE), moved(cued, CUE)
    return Reading(sense.concept, sense.surfaces(), plain, cued, frozenset(cues))


def readings(index: Mapping[str, tuple[Sense, ...]]) -> dict[str, tuple[Reading, ...]]:
    """Return the readings of each key that may come to be accepted, and no readings for each cue that is no label.

    A label that seldom means its concept can be accepted only with a cue. The cues are keys too, so that whoever looks
    for labels finds the cues on the way.
    """
    able = {key: tuple(one for one in map(reading, senses) if one.cued >= FLOOR) for key, senses in index.items()}
    found = {key: ones for key, ones in able.items() if ones}
    cues = sorted({cue for ones in found.values() for one in ones for cue in one.cues} - found.keys())
    return found | dict.fromkeys(cues, ())


def pack_reading(one: Reading) -> list[Any]:
    """Return a reading as nested lists, short where there is no policy."""
    row = [one.concept, one.plain]
    if one.surfaces is not None or one.cues:
        row += [one.cued, one.surfaces and sorted(one.surfaces), sorted(one.cues)]
    return row


def unpack_reading(row: list[Any]) -> Reading:
    """Return the reading that `pack_reading` was given."""
    concept, plain, *policy = row
    if not policy:
        return Reading(concept, None, plain, plain, frozenset())
    cued, surfaces, cues = policy
    return Reading(concept, None if surfaces is None else frozenset(surfaces), plain, cued, frozenset(cues))
