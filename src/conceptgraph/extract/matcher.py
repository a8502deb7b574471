"""Known labels in a text, by Aho-Corasick.

All overlapping matches are found, then those kept whose label's policy lets them stand, and of those the longest that
begins first. (Aho, A. V. and Corasick, M. J., "Efficient string matching", Communications of the ACM 18(6), 1975.) A
label in the automaton carries a separator at both ends, so that word boundaries cost nothing: in normal form, what
may stand beside a label is a space.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import islice
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick_rs

from conceptgraph.extract.coherence import LEAST, Coherence
from conceptgraph.extract.disambiguation import choose, fitting
from conceptgraph.extract.marked_off import marked_phrases
from conceptgraph.extract.masks import MASK, masked
from conceptgraph.extract.presented import ALONE, emphasised_in, presented
from conceptgraph.extract.standing import FREE, PART, standing
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.priors import moved
from conceptgraph.vocabulary.readings import ACCEPT, unpack_reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from conceptgraph.model import Span
    from conceptgraph.vocabulary import Vocabulary
    from conceptgraph.vocabulary.readings import Reading


Meaning = tuple[str, float] | tuple[()]
"""The concept that is meant and how surely, or nothing."""


Match = tuple[int, int, str, float]
"""A label found: half-open character offsets, the concept's id, and how surely it is meant, in [0, 1]."""


CERTAIN = moved(ACCEPT, -PART)
"""A label that is surer than this counts however it stands and whatever stands beside it.

How many doubtful ones there are decides how long a text takes.
"""

_Found = tuple[int, int, tuple[str, float]]
"""A label found: its start, its end negated, so that of two that begin together the longer comes first, its meaning."""

EVEN = 0.5
"""A label that is surer than this is likelier than any other inside it."""

ENOUGH = moved(EVEN, -LEAST)
"""A label that stands free and is as sure as this counts whatever else the article speaks of: that is not asked."""

ACCEPTED = moved(ACCEPT, -LEAST)
"""A label that stands free and is as sure as this is accepted: whether it is presented, too, is not asked.

So it stays as sure as it is by itself.
"""

FEW = 3
"""So many texts are searched for the labels alone whose first word they have: an automaton of all takes longer."""
MAX_SETTLED = 200_000
"""How many surfaces a matcher remembers: more than a vocabulary has labels, and a bound for odd texts."""


_PATTERN = itemgetter(0)


class _Undecided(NamedTuple):
    """A surface of which an article's cues decide what it means there.

    Attributes
    ----------
    readings
        What it may mean.
    cues
        All their cues, by number.
    plain
        What it means where none of them stands.
    cued
        What it means where any of them stands; None where it counts which.
    """

    readings: list[Reading]
    cues: dict[int, str]
    plain: Meaning
    cued: Meaning | None

    def meaning(self, present: Set[int]) -> Meaning:
        """Return what it means in an article in which these labels and cues stand."""
        if present.isdisjoint(self.cues):
            return self.plain
        if self.cued is not None:
            return self.cued
        return choose(self.readings, {self.cues[number] for number in self.cues.keys() & present})


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
        self._numbers = dict(zip(packed, range(len(packed)), strict=True))
        self._readings: dict[int, tuple[Reading, ...]] = {}
        # What a label means wherever it stands, in any letters; None where that is not so or was not asked yet.
        self._fixed: list[Meaning | None] = [None] * len(packed)
        # What a surface means, in every article or by the cues that stand in it.
        self._settled: dict[str, Meaning | _Undecided] = {}
        self.coherence = Coherence(vocabulary.neighbours)
        self._searched = 0
        self._automaton: ahocorasick_rs.AhoCorasick | None = None

    def find(self, text: str, spans: Sequence[Span] = ()) -> list[Match]:
        """Return the labels in `text`, from left to right, none overlapping another.

        Parameters
        ----------
        text
            Plain text.
        spans
            What its markup said; labels in blocks of code are passed over.
        """
        haystack = haystack_of(text, spans)
        found = self._found(text, haystack)
        return _longest(found, self._evidence(found, text, haystack, emphasised_in(spans)))

    def considered(self, text: str, spans: Sequence[Span] = ()) -> list[Match]:
        """Return each label that may mean a concept, overlapping ones too, and how surely it does by itself."""
        found = self._found(text, haystack_of(text, spans))
        return [(start, -minus_end, *meant) for start, minus_end, meant in found]

    def _found(self, text: str, haystack: str) -> list[_Found]:
        matches = self._matches(haystack)
        present = set(map(_PATTERN, matches))
        fixed, by_surface = self._fixed, self._settled
        found = []
        for pattern, start, end in matches:
            meant = fixed[pattern]
            if meant is None:
                surface = text[start : end - 2]
                settled = by_surface.get(surface)
                if settled is None:
                    settled = self._settle(pattern, surface)
                meant = settled.meaning(present) if isinstance(settled, _Undecided) else settled
            if meant:
                found.append((start, 2 - end, meant))
        for start, end, words in marked_phrases(text):
            number = self._numbers.get(normal_form(words))
            if number is not None and haystack[start + 1] != MASK:
                settled = self._settled.get(words) or self._settle(number, words)
                meant = settled.meaning(present) if isinstance(settled, _Undecided) else settled
                if meant:
                    found.append((start, -end, meant))
        found.sort()
        return found

    def _matches(self, haystack: str) -> list[tuple[int, int, int]]:
        """Return number, start and end of each label with a space at both ends, overlapping or not."""
        self._searched += 1
        if self._searched <= FEW:
            words = set(haystack.split(" "))
            numbers = [number for number, key in enumerate(self._keys) if key.partition(" ")[0] in words]
            few = _automaton(self._keys[number] for number in numbers)
            return [
                (numbers[at], start, end) for at, start, end in few.find_matches_as_indexes(haystack, overlapping=True)
            ]
        self._automaton = self._automaton or _automaton(self._keys)
        return self._automaton.find_matches_as_indexes(haystack, overlapping=True)

    def _evidence(
        self, found: list[_Found], text: str, haystack: str, emphasised: Set[tuple[int, int]]
    ) -> dict[str, float]:
        """Return what the article adds to the log-odds of each concept that it names by doubtful labels alone."""
        best: dict[str, float] = {}
        undecided, sure = set(), set()
        reached = 0
        for start, minus_end, (concept, confidence) in found:
            if confidence >= CERTAIN:
                sure.add(concept)
            elif start >= reached:
                if confidence < ENOUGH:
                    undecided.add(concept)
                most = ALONE if confidence < ACCEPTED else FREE
                if (so_far := best.get(concept, -inf)) < most:
                    here = standing(text, haystack, start, -minus_end)
                    if most > FREE:
                        here = presented(text, haystack, (start, -minus_end), emphasised, here)
                    if here > so_far:
                        best[concept] = here
            if start >= reached and confidence >= ACCEPT:  # what is less likely may not hide what is inside it
                reached = -minus_end
        undecided.update([concept for concept, place in best.items() if place < FREE])
        for concept, said in self.coherence.of(undecided, sure).items():
            best[concept] += said
        return best

    def _settle(self, pattern: int, surface: str) -> Meaning | _Undecided:
        """Return what a surface means wherever it stands, or what there is to decide it by."""
        readings = self._unpack(pattern)
        possible = fitting(readings, surface)
        plain = choose(possible, frozenset())
        settled: Meaning | _Undecided = plain
        cues: frozenset[str] = frozenset().union(*(one.cues for one in possible))
        if cues:
            cued = choose(possible, cues) if len(possible) == 1 else None
            settled = _Undecided(possible, {self._numbers[cue]: cue for cue in sorted(cues)}, plain, cued)
        letters_count = " " in self._keys[pattern] or any(one.surfaces is not None for one in readings)
        if not cues and not letters_count:
            self._fixed[pattern] = plain
        elif len(self._settled) < MAX_SETTLED:
            self._settled[surface] = settled
        return settled

    def _unpack(self, pattern: int) -> tuple[Reading, ...]:
        made = self._readings.get(pattern)
        if made is None:
            made = self._readings[pattern] = tuple(map(unpack_reading, json.loads(self._packed[pattern])))
        return made


def haystack_of(text: str, spans: Iterable[Span]) -> str:
    """Return the normal form of an article's text between two spaces, what is to be passed over blanked out."""
    return f" {masked(normal_form(text), text, spans)} "


def _automaton(keys: Iterable[str]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick([f" {key} " for key in keys])


_moved = lru_cache(maxsize=100_000)(moved)


def _here(concept: str, confidence: float, evidence: dict[str, float]) -> float:
    """Return how surely a label means a concept in the article, of which so much is known by itself."""
    return confidence if confidence >= CERTAIN else _moved(confidence, evidence.get(concept, PART))


def _parted(found: list[_Found], at: int, outer: float, evidence: dict[str, float]) -> bool:
    """Whether a label inside the one at a position of the list is likelier to be what is meant.

    That the inner one is takes that the outer one, meant with the confidence `outer`, is not.
    """
    _, minus_end, _ = found[at]
    for start, inner_minus_end, (concept, inner) in islice(found, at + 1, None):
        if start >= -minus_end:
            return False
        if inner_minus_end >= minus_end and (1 - outer) * _here(concept, inner, evidence) > outer:
            return True
    return False


def _crossed(found: list[_Found], at: int, outer: float, evidence: dict[str, float]) -> bool:
    """Whether a surer label begins inside the one at a position of the list, and others are what it leaves of that.

    "Raft leader election" speaks of Raft and of leader election, not of a Raft leader.
    """
    begin, minus_end, _ = found[at]
    ends = set()
    for start, other_minus_end, (concept, confidence) in islice(found, at + 1, None):
        if start >= -minus_end:
            return False
        if start == begin:
            ends.add(-other_minus_end)
        elif other_minus_end < minus_end and start - 1 in ends:
            return _here(concept, confidence, evidence) > outer
    return False


def _longest(found: list[_Found], evidence: dict[str, float]) -> list[Match]:
    """Return the matches that count and begin first, the longest of those that begin together.

    A longer one gives way to what is inside it, or crosses its end, where that is likelier.
    """
    kept = []
    reached = 0
    last = len(found) - 1
    for at, (start, minus_end, (concept, confidence)) in enumerate(found):
        if start < reached:
            continue
        if confidence < CERTAIN:
            confidence = _moved(confidence, evidence.get(concept, PART))  # noqa: PLW2901
            if confidence < ACCEPT or (confidence < EVEN and _parted(found, at, confidence, evidence)):
                continue
        if at < last and found[at + 1][0] < -minus_end and _crossed(found, at, confidence, evidence):
            continue
        reached = -minus_end
        kept.append((start, reached, concept, confidence))
    return kept
