"""Which concepts are mentioned together more often than chance would have it."""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from conceptgraph.model import Evidence, Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conceptgraph.model import ArticleConcept

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


def co_occurrences(rows: Sequence[ArticleConcept], *, min_count: int = MIN_COUNT) -> list[Relation]:
    """Return a ``co_occurs`` relation for each pair of concepts that attract each other: NPMI above zero.

    Parameters
    ----------
    rows
        Which articles mention which concepts.
    min_count
        Least number of articles that must mention both.

    Returns
    -------
    list of Relation
        By source and target; confidence is the NPMI, and the evidence names the articles where both weigh most.
    """
    articles = sorted({row.article for row in rows})
    concepts = sorted({row.concept for row in rows})
    article_at = {id_: i for i, id_ in enumerate(articles)}
    concept_at = {id_: i for i, id_ in enumerate(concepts)}
    where = ([article_at[row.article] for row in rows], [concept_at[row.concept] for row in rows])
    occurs = sparse.csr_array((np.ones(len(rows), dtype=np.int64), where), shape=(len(articles), len(concepts)))
    counts: list[int] = np.asarray(occurs.sum(axis=0)).ravel().tolist()
    together = sparse.coo_array(sparse.triu(occurs.T @ occurs, k=1))
    weights = _weights(rows)
    relations = []
    for first, second, both in zip(together.row.tolist(), together.col.tolist(), together.data.tolist(), strict=True):
        score = npmi(both, counts[first], counts[second], len(articles)) if both >= min_count else 0.0
        if score > 0:
            pair = concepts[first], concepts[second]
            relations.append(_relation(pair, score, both, weights))
    return sorted(relations, key=lambda relation: (relation.source, relation.target))


def _weights(rows: Sequence[ArticleConcept]) -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows:
        weights[row.concept][row.article] = row.weight
    return weights


def _relation(pair: tuple[str, str], score: float, both: int, weights: dict[str, dict[str, float]]) -> Relation:
    first, second = weights[pair[0]], weights[pair[1]]
    shared = sorted(first.keys() & second.keys(), key=lambda article: (-first[article] * second[article], article))
    more = f" and {both - SAMPLE} more" if both > SAMPLE else ""
    detail = f"mentioned together in {both} articles: {', '.join(shared[:SAMPLE])}{more}"
    evidence = Evidence(technique="npmi", detail=detail)
    return Relation(
        source=pair[0], target=pair[1], kind="co_occurs", confidence=round(min(score, 1.0), 4), evidence=(evidence,)
    )
