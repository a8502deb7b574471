"""Which concept an ambiguous label means in one article, if any."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

from conceptgraph.vocabulary.normal_form import normal_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conceptgraph.vocabulary.label_index import Sense

CUE = 2.5
"""What a cue in the article adds to a sense's log-odds."""
NO_CUE = -0.7
"""What is taken away where a sense has cues and none of them is there."""
ACCEPT = 0.5
"""Least confidence at which a mention counts."""


def eligible(sense: Sense) -> bool:
    """Whether a sense can be chosen at all: a label that seldom means the concept needs a cue to say that it does."""
    return sense.prior >= ACCEPT or bool(sense.label.cues)


class Decisions:
    """The senses chosen in one article: one meaning for a label throughout (Gale, Church and Yarowsky 1992).

    Parameters
    ----------
    haystack
        The article in normal form, with a space at both ends.
    """

    def __init__(self, haystack: str) -> None:
        self._haystack = haystack
        self._scores: dict[tuple[str, int], float] = {}

    def choose(self, key: str, senses: Sequence[Sense], surface: str) -> tuple[str, float] | None:
        """Return the concept that `surface` means and the confidence, or None where it means none of them.

        Parameters
        ----------
        key
            The label in normal form.
        senses
            What it may mean.
        surface
            The words as they stand in the text; the senses' case rules look at their letters.
        """
        best: tuple[str, float] | None = None
        for number, sense in enumerate(senses):
            if not sense.fits(surface):
                continue
            confidence = self._scores.get((key, number))
            if confidence is None:
                confidence = self._scores[key, number] = self._confidence(sense)
            if confidence >= ACCEPT and (best is None or confidence > best[1]):
                best = (sense.concept, confidence)
        return best

    def _confidence(self, sense: Sense) -> float:
        """Return the label's prior, moved by whether one of its cues stands in the article."""
        prior = min(max(sense.prior, 0.01), 0.99)
        if not sense.label.cues:
            return prior
        near = any(f" {normal_form(cue).strip()} " in self._haystack for cue in sense.label.cues)
        odds = log(prior / (1 - prior)) + (CUE if near else NO_CUE)
        return 1 / (1 + exp(-odds))
