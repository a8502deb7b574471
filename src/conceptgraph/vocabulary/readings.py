"""The senses of a label made ready for looking them up: case rule, confidence with and without a cue, the cues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from conceptgraph.vocabulary.inflection import plurals
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.priors import CUE, NO_CUE, moved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conceptgraph.vocabulary.label_index import Sense

ACCEPT = 0.5
"""Least confidence at which a mention counts."""


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
    words, phrases
        The cues in normal form: those of one word, and those of several, each as (first word, the whole with a space
        at both ends).
    """

    concept: str
    surfaces: frozenset[str] | None
    plain: float
    cued: float
    words: frozenset[str]
    phrases: tuple[tuple[str, str], ...]


def reading(sense: Sense) -> Reading:
    """Return a sense made ready."""
    cues = {normal_form(form).strip() for cue in sense.label.cues for form in (cue, *plurals(cue))} - {""}
    plain = cued = sense.prior
    if sense.label.cued is not None:
        cued = sense.label.cued
    elif cues:  # an author's estimate, nothing learned yet
        plain, cued = moved(plain, NO_CUE), moved(cued, CUE)
    words = frozenset(cue for cue in cues if " " not in cue)
    phrases = tuple((cue.split(" ")[0], f" {cue} ") for cue in sorted(cues - words))
    return Reading(sense.concept, sense.surfaces(), plain, cued, words, phrases)


def readings(index: Mapping[str, tuple[Sense, ...]]) -> dict[str, tuple[Reading, ...]]:
    """Return the readings of each key that can be accepted: a label that seldom means its concept needs a cue."""
    able = {key: tuple(one for one in map(reading, senses) if one.cued >= ACCEPT) for key, senses in index.items()}
    return {key: ones for key, ones in able.items() if ones}


def pack_reading(one: Reading) -> list[Any]:
    """Return a reading as nested lists, short where there is no policy."""
    row = [one.concept, one.plain]
    if one.surfaces is not None or one.words or one.phrases:
        row += [one.cued, one.surfaces and sorted(one.surfaces), sorted(one.words), one.phrases]
    return row


def unpack_reading(row: list[Any]) -> Reading:
    """Return the reading that `pack_reading` was given."""
    concept, plain, *policy = row
    if not policy:
        return Reading(concept, None, plain, plain, frozenset(), ())
    cued, surfaces, words, phrases = policy
    exact = None if surfaces is None else frozenset(surfaces)
    return Reading(concept, exact, plain, cued, frozenset(words), tuple((first, whole) for first, whole in phrases))
