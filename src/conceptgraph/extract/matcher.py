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

from conceptgraph.extract.disambiguation import choose, fitting
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
        self._fixed: list[tuple[str, float] | Literal[True, False] | None] = [True] * len(packed)
        # What a surface means in every article; the readings, in a list, where the article decides.
        self._settled: dict[str, tuple[str, float] | list[Reading] | None] = {}
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
        present = {keys[pattern] for pattern, _, _ in matches}
        settled, fixed = self._settled, self._fixed
        found = []
        for pattern, start, end in matches:
            meant: tuple[str, float] | list[Reading] | Literal[False] | None
            fix = fixed[pattern]
            meant = self._fix(pattern) if fix is True else fix
            if meant is None:
                surface = text[start : end - 2]
                meant = settled[surface] if surface in settled else self._settle(pattern, surface)
                if isinstance(meant, list):
                    meant = choose(meant, present)
            if meant:
                found.append((start, 2 - end, meant))
        return _longest(found)

    def _fix(self, pattern: int) -> tuple[str, float] | Literal[False] | None:
        """Return what a label of one word means if neither its letters nor the article can change it; kept."""
        readings = self._unpack(pattern)
        fix: tuple[str, float] | Literal[False] | None = None
        if not any(" " in self._keys[pattern] or one.surfaces is not None or one.cues for one in readings):
            fix = choose(readings, frozenset()) or False
        self._fixed[pattern] = fix
        return fix

    def _settle(self, pattern: int, surface: str) -> tuple[str, float] | list[Reading] | None:
        """Return what a surface means wherever it stands, or the readings that an article's cues choose between."""
        possible = fitting(self._unpack(pattern), surface)
        settled = possible if any(one.cues for one in possible) else choose(possible, frozenset())
        if len(self._settled) < MAX_SETTLED:
            self._settled[surface] = settled
        return settled

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
