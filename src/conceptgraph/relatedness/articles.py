"""Related articles, the most related first, with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.errors import InputError, StoreError
from conceptgraph.model import record
from conceptgraph.relatedness.diversity import diversified
from conceptgraph.relatedness.measures import MEASURES
from conceptgraph.relatedness.reasons import Reason, reasons
from conceptgraph.slices import position

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from conceptgraph.model import Records
    from conceptgraph.relatedness.index import RelatednessIndex

POOL = 100
"""From how many leading articles a diverse choice is made, at least."""


@record
class Related:
    """An article that is related to another.

    Parameters
    ----------
    article
        Its id.
    score
        How related, in [0, 1]; comparable between articles of one corpus.
    reasons
        Why, the strongest first.
    """

    article: str
    score: float
    reasons: tuple[Reason, ...] = ()


def related(
    records: Records,
    index: RelatednessIndex,
    article: str,
    *,
    k: int | None = 10,
    measure: str = "fusion",
    minimum: float = 0.0,
    diversity: float = 0.0,
    exclude: Collection[str] = (),
    explained: int = POOL,
) -> list[Related]:
    """Return the articles most related to one.

    Parameters
    ----------
    records
        The corpus.
    index
        Its index, from `conceptgraph.relatedness.build_index`.
    article
        The article's id.
    k
        How many; None for all others.
    measure
        One of `MEASURES`.
    minimum
        Least score.
    diversity
        In [0, 1]: how much an article loses for being like those ranked before it; with it the order is not that of
        scores.
    exclude
        Ids of articles to leave out.
    explained
        How many of the first are given reasons; finding them takes longer than ranking.

    Returns
    -------
    list of Related
        By falling score, ties by id; the article itself is not among them.

    Raises
    ------
    InputError
        An option is out of its range, or there is no such measure.
    StoreError
        The index is of another build.
    KeyError
        There is no such article.
    """
    _check(records, index, k=k, measure=measure, minimum=minimum, diversity=diversity)
    at = position(records.articles, article)
    if at is None:
        raise KeyError(article)
    scores = MEASURES[measure](index, at)
    ranked = _ranked(records, scores, at, minimum=minimum, exclude=exclude)
    if diversity:
        ranked = _diverse(index, ranked, scores, diversity, max(POOL, 5 * (k or 0)))
    return [
        Related(
            article=records.articles[other].id,
            score=round(float(scores[other]), 4),
            reasons=reasons(records, index, at, other) if number < explained else (),
        )
        for number, other in enumerate(ranked[:k].tolist())
    ]


def _check(
    records: Records, index: RelatednessIndex, *, k: int | None, measure: str, minimum: float, diversity: float
) -> None:
    if index.build != records.build or len(index.latent) != len(records.articles):
        raise StoreError("the index of related articles is of another build; build again")
    if k is not None and k < 1:
        raise InputError(f"k: {k} is no number of articles; use 1 or more, or None for all")
    if measure not in MEASURES:
        raise InputError(f"measure: there is no '{measure}'; use one of {', '.join(MEASURES)}")
    for name, value in (("minimum", minimum), ("diversity", diversity)):
        if not 0 <= value <= 1:  # nor is nan
            raise InputError(f"{name}: {value} is out of range; use a number from 0 to 1")


def _ranked(
    records: Records, scores: NDArray[np.float32], at: int, *, minimum: float, exclude: Collection[str]
) -> NDArray[np.intp]:
    """Return the positions of the articles to rank, by falling score, ties in the order of ids."""
    kept = scores >= minimum
    kept[[at, *(found for id_ in exclude if (found := position(records.articles, id_)) is not None)]] = False
    places = np.flatnonzero(kept)
    return places[np.argsort(-scores[places], kind="stable")]


def _diverse(
    index: RelatednessIndex, ranked: NDArray[np.intp], scores: NDArray[np.float32], diversity: float, pool: int
) -> NDArray[np.intp]:
    """Return the ranking with its first `pool` articles in a diverse order."""
    first = ranked[:pool]
    order = diversified(scores[first], index.among(first), diversity=diversity)
    return np.concatenate([first[order], ranked[pool:]])
