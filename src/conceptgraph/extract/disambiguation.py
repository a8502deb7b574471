"""Which concept an ambiguous label means in one article, if any."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from conceptgraph.vocabulary.label_index import spaced
from conceptgraph.vocabulary.normal_form import HARD
from conceptgraph.vocabulary.readings import ACCEPT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conceptgraph.vocabulary.readings import Reading


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
