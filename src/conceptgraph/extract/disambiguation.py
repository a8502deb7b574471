"""Which concept an ambiguous label means in one article, if any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.vocabulary.label_index import spaced
from conceptgraph.vocabulary.normal_form import HARD
from conceptgraph.vocabulary.readings import ACCEPT

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from conceptgraph.vocabulary.readings import Reading


class Decisions:
    """The senses chosen in one article: one meaning for a label throughout (Gale, Church and Yarowsky 1992).

    Parameters
    ----------
    present
        The labels and cues that stand in the article, in normal form.

    Attributes
    ----------
    chosen
        What each surface met so far means: (concept, confidence), or None for nothing.
    """

    def __init__(self, present: Collection[str]) -> None:
        self.chosen: dict[str, tuple[str, float] | None] = {}
        self._present = present

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
                confidence = one.plain if one.cues.isdisjoint(self._present) else one.cued
                if confidence >= ACCEPT and (best is None or confidence > best[1]):
                    best = (one.concept, confidence)
        self.chosen[surface] = best
        return best
