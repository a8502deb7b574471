"""Known labels in a text, by Aho-Corasick.

All overlapping matches are found, then those kept whose label's policy lets them stand, and of those the longest that
begins first. (Aho, A. V. and Corasick, M. J., "Efficient string matching", Communications of the ACM 18(6), 1975.) A
label in the automaton carries a separator at both ends, so that word boundaries cost nothing: in normal form, what
may stand beside a label is a space.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

import ahocorasick_rs

from conceptgraph.extract.disambiguation import Decisions
from conceptgraph.extract.masks import masked
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.readings import unpack_reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conceptgraph.model import Span
    from conceptgraph.vocabulary import Vocabulary
    from conceptgraph.vocabulary.readings import Reading


Match = tuple[int, int, str, float]
"""A label found: half-open character offsets, the concept's id, and how surely it is meant, in [0, 1]."""


MAX_SETTLED = 200_000
"""How many surfaces a matcher remembers: more than a vocabulary has labels, and a bound for odd texts."""


class Matcher:
    """Finds the labels of a vocabulary; made once and used for many texts.

    Parameters
    ----------
    vocabulary
        The concepts to look for.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        packed = vocabulary.readings
        self._keys, self._packed = list(packed), list(packed.values())
        self._readings: dict[int, tuple[Reading, ...]] = {}
        # What a label means wherever it stands: True where that was not asked yet, None where it depends on letters or
        # on the article, False for what is only a cue.
        self._fixed: list[tuple[str, float] | bool | None] = [True] * len(packed)
        # What a surface means that depends on its letters only: the same in every article.
        self._settled: dict[str, tuple[str, float] | None] = {}
        self._automaton = ahocorasick_rs.AhoCorasick([f" {key} " for key in packed]) if packed else None

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
        haystack = f" {masked(normal_form(text), text, spans)} "
        matches = self._automaton.find_matches_as_indexes(haystack, overlapping=True)
        keys = self._keys
        decisions = Decisions({keys[pattern] for pattern, _, _ in matches})
        known, settled, fixed = decisions.chosen, self._settled, self._fixed
        found = []
        for pattern, start, end in matches:
            chosen = fixed[pattern]
            if chosen is True:
                chosen = fixed[pattern] = self._fix(pattern)
            if chosen is None:
                surface = text[start : end - 2]
                if surface in settled:
                    chosen = settled[surface]
                elif surface in known:
                    chosen = known[surface]
                else:
                    chosen = self._choose(pattern, surface, decisions)
            if chosen:
                found.append((start, 2 - end, chosen))
        return _longest(found)

    def _fix(self, pattern: int) -> tuple[str, float] | Literal[False] | None:
        """Return what a label of one word means if neither its letters nor the article can change it."""
        readings = self._unpack(pattern)
        if not readings:
            return False
        if " " in self._keys[pattern] or any(one.surfaces is not None or one.cues for one in readings):
            return None
        best = max(readings, key=lambda one: one.plain)
        return best.concept, best.plain

    def _choose(self, pattern: int, surface: str, decisions: Decisions) -> tuple[str, float] | None:
        readings = self._unpack(pattern)
        chosen = decisions.choose(readings, surface)
        if len(self._settled) < MAX_SETTLED and not any(one.cues for one in readings):
            self._settled[surface] = chosen
        return chosen

    def _unpack(self, pattern: int) -> tuple[Reading, ...]:
        made = self._readings.get(pattern)
        if made is None:
            made = self._readings[pattern] = tuple(map(unpack_reading, json.loads(self._packed[pattern])))
        return made


def _longest(found: list[tuple[int, int, tuple[str, float]]]) -> list[Match]:
    """Return the matches that begin first, the longest of those that begin together; ends are given negated."""
    found.sort()
    kept = []
    reached = 0
    for start, minus_end, (concept, confidence) in found:
        if start >= reached:
            reached = -minus_end
            kept.append((start, reached, concept, confidence))
    return kept
