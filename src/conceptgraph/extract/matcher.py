"""Known labels in a text, by Aho-Corasick.

All overlapping matches are found, then those kept whose label's policy lets them stand, and of those the longest that
begins first. (Aho, A. V. and Corasick, M. J., "Efficient string matching", Communications of the ACM 18(6), 1975.) A
label in the automaton carries a separator at both ends, so that word boundaries cost nothing: in normal form, what
may stand beside a label is a space.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import ahocorasick_rs

from conceptgraph.extract.disambiguation import Decisions, eligible
from conceptgraph.extract.masks import masked
from conceptgraph.vocabulary.normal_form import HARD, normal_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conceptgraph.model import Span
    from conceptgraph.vocabulary import Vocabulary


class Match(NamedTuple):
    """A label found: half-open character offsets, the concept's id, and how surely it is meant, in [0, 1]."""

    start: int
    end: int
    concept: str
    confidence: float


class Matcher:
    """Finds the labels of a vocabulary; made once and used for many texts.

    Parameters
    ----------
    vocabulary
        The concepts to look for.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        index = {key: senses for key, senses in vocabulary.label_index.items() if any(map(eligible, senses))}
        self._keys = list(index)
        self._senses = list(index.values())
        # Most labels are one word of one concept that is beyond doubt: nothing is left to decide.
        self._certain = [
            Match(0, 0, senses[0].concept, senses[0].prior)
            if len(senses) == 1 and senses[0].certain and " " not in key
            else None
            for key, senses in index.items()
        ]
        self._automaton = ahocorasick_rs.AhoCorasick([f" {key} " for key in self._keys]) if index else None

    def find(self, text: str, spans: Iterable[Span] = ()) -> list[Match]:
        """Return the labels in `text`, from left to right, none overlapping another.

        Parameters
        ----------
        text
            Plain text.
        spans
            What its markup said; labels in blocks of code are passed over.
        """
        if self._automaton is None:
            return []
        normal = masked(normal_form(text), text, spans)
        haystack = f" {normal} "
        decisions = Decisions(haystack)
        found = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(haystack, overlapping=True):
            certain = self._certain[pattern]
            if certain is not None:
                found.append((start, 2 - end, certain.concept, certain.confidence))
                continue
            surface = text[start : end - 2]
            if " " in self._keys[pattern] and not HARD.isdisjoint(surface):
                continue
            chosen = decisions.choose(self._keys[pattern], self._senses[pattern], surface)
            if chosen:
                found.append((start, 2 - end, *chosen))
        return _longest(found)


def _longest(found: list[tuple[int, int, str, float]]) -> list[Match]:
    """Return the matches that begin first, the longest of those that begin together; ends are given negated."""
    found.sort()
    kept = []
    reached = 0
    for start, minus_end, concept, confidence in found:
        if start >= reached:
            reached = -minus_end
            kept.append(Match(start, reached, concept, confidence))
    return kept
