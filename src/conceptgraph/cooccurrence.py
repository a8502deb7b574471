"""Which concepts are mentioned together more often than chance would have it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from conceptgraph.columns import Columns, weights_of
from conceptgraph.model import Evidence, Relation
from conceptgraph.stated import StatedRelations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from conceptgraph.columns import Ints, Weights
    from conceptgraph.model import ArticleConcept

    Floats = npt.NDArray[np.float64]

MIN_COUNT = 2
"""Least number of articles that mention both: once is no pattern."""
STRONGEST = 50
"""A pair is kept when it is among so many strongest of either concept: all pairs would grow with their square."""
SAMPLE = 3
"""How many of the articles that mention both are named as evidence."""
_BLOCK = 256
"""How many concepts are paired with all others at a time: what bounds memory."""
_MOST = (1 << 20) - 1
"""The most articles, and concepts, that are told apart when the strongest pairs are picked."""
_DIGITS = 10_000
"""Steps between NPMI 0 and 1 that are told apart."""


def npmi(both: float, first: float, second: float, total: float) -> float:
    """Return the normalised pointwise mutual information of two events.

    ``ln(p(x, y) / (p(x) p(y))) / -ln p(x, y)``: 1 when they only occur together, 0 when independent, -1 when never
    together (Bouma 2009, "Normalized (pointwise) mutual information in collocation extraction").

    Parameters
    ----------
    both, first, second
        In how many articles both, the first and the second occur.
    total
        How many articles there are.

    Returns
    -------
    float
        In [-1, 1]. Two that are in every article say nothing about each other: 0.

    Examples
    --------
    >>> npmi(2, 2, 2, 8), npmi(1, 2, 4, 8)
    (1.0, 0.0)
    """
    if both == 0:
        return -1.0
    if both == total:
        return 0.0
    return log(both * total / (first * second)) / -log(both / total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs of concepts by number, in the order of their ids; each array has shape (pairs,)."""

    first: Ints
    second: Ints
    confidence: Floats
    articles: Ints


class CoOccurrences(Columns[Relation]):
    """The ``co_occurs`` relations, by source and target; evidence is looked up when it is asked for.

    Parameters
    ----------
    pairs
        Numbers of the concepts, NPMI, and number of articles.
    weights
        Which articles mention which concepts; what the numbers stand for.
    """

    def __init__(self, pairs: Pairs, weights: Weights) -> None:
        self.pairs = pairs
        self.weights = weights

    def __len__(self) -> int:
        return len(self.pairs.first)

    def one(self, at: int) -> Relation:
        """Return a relation."""
        first, second = int(self.pairs.first[at]), int(self.pairs.second[at])
        return Relation(
            source=self.weights.concepts[first],
            target=self.weights.concepts[second],
            kind="co_occurs",
            confidence=float(self.pairs.confidence[at]),
            evidence=Together(self, first, second),
        )

    @cached_property
    def _articles(self) -> tuple[Ints, Ints, Floats]:
        """For each concept where its articles begin, and numbers of articles and weights in that order."""
        concepts = self.weights.table["concept"]
        order = np.argsort(concepts, kind="stable")
        begins = np.searchsorted(concepts[order], np.arange(len(self.weights.concepts) + 1))
        return begins, self.weights.article_numbers()[order], self.weights.table["weight"][order]

    def evidence(self, first: int, second: int) -> Evidence:
        """Return how many articles mention both concepts, and the names of those where both weigh most."""
        begins, articles, weights = self._articles
        one, other = (slice(begins[number], begins[number + 1]) for number in (first, second))
        shared, left, right = np.intersect1d(articles[one], articles[other], assume_unique=True, return_indices=True)
        order = np.lexsort((shared, -weights[one][left] * weights[other][right]))
        named = ", ".join(self.weights.articles[at] for at in shared[order[:SAMPLE]].tolist())
        more = f" and {len(shared) - SAMPLE} more" if len(shared) > SAMPLE else ""
        return Evidence(technique="npmi", detail=f"mentioned together in {len(shared)} articles: {named}{more}")


class Together(Columns[Evidence]):
    """The evidence of one pair: its technique is "npmi", and its words cost a look at all articles with either."""

    __slots__ = ("_first", "_of", "_second")

    def __init__(self, of: CoOccurrences, first: int, second: int) -> None:
        self._of = of
        self._first = first
        self._second = second

    def __len__(self) -> int:
        return 1

    def one(self, at: int) -> Evidence:  # noqa: ARG002 - there is one only
        """Return the evidence."""
        return self._of.evidence(self._first, self._second)


class Relations(Columns[Relation]):
    """All relations by kind, source and target: those stated or linked, with the co-occurrences in their place.

    Parameters
    ----------
    others
        Every relation but the co-occurrences, in order.
    together
        The co-occurrences.
    """

    def __init__(self, others: Sequence[Relation], together: CoOccurrences) -> None:
        self.others = others
        self.together = together
        rows = others.rows if isinstance(others, StatedRelations) else others
        self._before = sum(relation.kind < "co_occurs" for relation in rows)

    def __len__(self) -> int:
        return len(self.others) + len(self.together)

    def one(self, at: int) -> Relation:
        """Return a relation."""
        if at < self._before:
            return self.others[at]
        inside = at - self._before
        return self.together.one(inside) if inside < len(self.together) else self.others[at - len(self.together)]


def co_occurrences(rows: Iterable[ArticleConcept], *, min_count: int = MIN_COUNT) -> CoOccurrences:
    """Return a ``co_occurs`` relation for each pair of concepts that attract each other: NPMI above zero.

    Parameters
    ----------
    rows
        Which articles mention which concepts.
    min_count
        Least number of articles that must mention both.

    Returns
    -------
    CoOccurrences
        By source and target; confidence is the NPMI, and the evidence names the articles where both weigh most. Of a
        concept's pairs the `STRONGEST` are kept, and those that are among the strongest of the other concept.
    """
    weights = weights_of(rows)
    return CoOccurrences(_pairs(weights, min_count), weights)


def _pairs(weights: Weights, min_count: int) -> Pairs:
    total = len(set(weights.article_numbers().tolist()))
    # Numbers in the order of ids, so that ties fall the same way in every build.
    order = np.array(sorted(range(len(weights.concepts)), key=weights.concepts.__getitem__), dtype=np.int64)
    rank = np.argsort(order)
    where = weights.article_numbers(), rank[weights.table["concept"].astype(np.int64)]
    shape = len(weights.ends), len(order)
    occurs = sparse.csr_array((np.ones(len(weights), dtype=np.int32), where), shape=shape)
    by_concept = sparse.csr_array(occurs.T)
    blocks = [_strongest(by_concept, occurs, begin, total, min_count) for begin in range(0, len(order), _BLOCK)]
    return _joined(blocks, order)


def _joined(blocks: list[tuple[Ints, Ints, Ints, Ints]], order: Ints) -> Pairs:
    """Return each pair once, sorted, with the concepts' own numbers."""
    if not blocks:
        none = np.zeros(0, dtype=np.int64)
        return Pairs(first=none, second=none, confidence=np.zeros(0), articles=none)
    one, other, score, both = (np.concatenate(part) for part in zip(*blocks, strict=True))
    first, second = np.minimum(one, other), np.maximum(one, other)
    _, once = np.unique(first * len(order) + second, return_index=True)
    return Pairs(
        first=order[first[once]],
        second=order[second[once]],
        confidence=score[once] / _DIGITS,
        articles=both[once],
    )


def _strongest(
    by_concept: sparse.csr_array, occurs: sparse.csr_array, begin: int, total: int, min_count: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """Return (concept, other, NPMI in steps, articles) of the strongest pairs of a block of concepts."""
    counts = np.diff(by_concept.indptr).astype(np.int64)
    together = sparse.coo_array(by_concept[begin : begin + _BLOCK] @ occurs)
    row, other, both = (np.asarray(part, dtype=np.int64) for part in (together.row, together.col, together.data))
    fit = (both >= max(min_count, 1)) & (row + begin != other)
    row, other, both = row[fit], other[fit], both[fit]
    score = _steps(both, counts[row + begin], counts[other], total)
    fit = score > 0
    row, other, both, score = row[fit], other[fit], both[fit], score[fit]
    # One number that sorts by concept, falling score, falling count and other: quicker than four keys.
    key = (row << 54) | ((_DIGITS - score) << 40) | ((_MOST - np.minimum(both, _MOST)) << 20) | other
    order = np.argsort(key, kind="stable")
    row, other, both, score = row[order], other[order], both[order], score[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    kept = place < STRONGEST
    return row[kept] + begin, other[kept], score[kept], both[kept]


@lru_cache(maxsize=1)
def _logs(total: int) -> Floats:
    return np.array([0.0, *(log(number) for number in range(1, total + 1))])


def _steps(both: Ints, first: Ints, second: Ints, total: int) -> Ints:
    """Return the NPMI of pairs in whole steps, from logarithms of whole numbers: the same on every machine."""
    logs = _logs(total)
    apart = np.where(both == total, 1.0, logs[total] - logs[both])
    value = np.where(both == total, 0.0, (logs[both] + logs[total] - logs[first] - logs[second]) / apart)
    steps: Ints = np.rint(np.minimum(value, 1.0) * _DIGITS).astype(np.int64)
    return steps
