"""Which concept an ambiguous label means in one article, if any."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from conceptgraph.vocabulary.inflection import plurals
from conceptgraph.vocabulary.label_index import spaced
from conceptgraph.vocabulary.normal_form import HARD, normal_form
from conceptgraph.vocabulary.priors import CUE, NO_CUE, moved

if TYPE_CHECKING:
    from collections.abc import Sequence

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


class Decisions:
    """The senses chosen in one article: one meaning for a label throughout (Gale, Church and Yarowsky 1992).

    Parameters
    ----------
    haystack
        The article in normal form, with a space at both ends.

    Attributes
    ----------
    chosen
        What each surface met so far means: (concept, confidence), or None for nothing.
    """

    def __init__(self, haystack: str) -> None:
        self.chosen: dict[str, tuple[str, float] | None] = {}
        self._haystack = haystack

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._haystack.split())

    def choose(self, readings: Sequence[Reading], surface: str) -> tuple[str, float] | None:
        """Return the concept that `surface` means and the confidence, or None where it means none of them.

        Parameters
        ----------
        readings
            What it may mean.
        surface
            The words as they stand in the text; the labels' case rules look at their letters.
        """
        best: tuple[str, float] | None = None
        if HARD.isdisjoint(surface):
            for one in readings:
                if one.surfaces is not None and spaced(surface) not in one.surfaces:
                    continue
                confidence = one.cued if self.near(one) else one.plain
                if confidence >= ACCEPT and (best is None or confidence > best[1]):
                    best = (one.concept, confidence)
        self.chosen[surface] = best
        return best

    def near(self, one: Reading) -> bool:
        """Whether one of the reading's cues stands in the article."""
        words = self._words
        if not one.words.isdisjoint(words):
            return True
        return any(first in words and whole in self._haystack for first, whole in one.phrases)
