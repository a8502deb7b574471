"""Which concepts are mentioned together more often than chance would have it."""

from __future__ import annotations

from functools import cached_property
from math import log
from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.columns import Columns, weights_of
from conceptgraph.model import Evidence, Relation
from conceptgraph.pairs import strongest_pairs, strongest_pairs_since
from conceptgraph.stated import StatedRelations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from conceptgraph.columns import Ints, Weights
    from conceptgraph.model import ArticleConcept
    from conceptgraph.pairs import Pairs

    Floats = npt.NDArray[np.float64]

MIN_COUNT = 2
"""Least number of articles that mention both: once is no pattern."""
SAMPLE = 3
"""How many of the articles that mention both are named as evidence."""


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

    def some(self, places: range) -> Iterator[Relation]:
        """Return some relations."""
        if places.step != 1:
            yield from map(self.one, places)
            return
        before, count = self._before, len(self.together)
        start, stop = places.start, places.stop
        yield from self.others[start : min(stop, before)]
        yield from self.together[max(start - before, 0) : max(min(stop - before, count), 0)]
        yield from self.others[max(start - count, before) : max(stop - count, before)]


def co_occurrences(
    rows: Iterable[ArticleConcept], *, min_count: int = MIN_COUNT, before: CoOccurrences | None = None
) -> CoOccurrences:
    """Return a ``co_occurs`` relation for each pair of concepts that attract each other: NPMI above zero.

    Parameters
    ----------
    rows
        Which articles mention which concepts.
    min_count
        Least number of articles that must mention both.
    before
        What this gave for nearly the same rows, where that is known: it takes less time then.

    Returns
    -------
    CoOccurrences
        By source and target; confidence is the NPMI, and the evidence names the articles where both weigh most. Of a
        concept's pairs the `conceptgraph.pairs.STRONGEST` are kept, and those that are among the strongest of the
        other concept.
    """
    weights = weights_of(rows)
    if before and weights.concepts[: len(before.weights.concepts)] == before.weights.concepts:
        pairs = strongest_pairs_since(before.pairs, before.weights, weights, min_count)
    else:
        pairs = strongest_pairs(weights, min_count)
    return CoOccurrences(pairs, weights)
