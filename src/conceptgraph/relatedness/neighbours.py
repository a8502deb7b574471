"""The nearest neighbours of every article, over which the random walk goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

NEAREST = 10
"""How many neighbours an article has."""
CANDIDATES = 50
"""How many articles near in the latent space are looked at closely."""
EXACT = 6_000
"""Up to so many articles each is compared with each in the latent space."""
CELLS = 4
"""Above that, an article is compared with those of its cell and of the cells nearest to it, so many in all."""
_BLOCK = 1_000

Scorer = "Callable[[int, NDArray[np.intp]], NDArray[np.float32]]"


def nearest_neighbours(
    latent: NDArray[np.float32],
    score: Callable[[int, NDArray[np.intp]], NDArray[np.float32]],
    *,
    count: int = NEAREST,
    exact: int = EXACT,
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return each article's best neighbours among the candidates that the latent space offers, and their scores.

    Parameters
    ----------
    latent
        Articles by dimensions, rows of length one.
    score
        From an article's position and the positions of candidates to their scores.
    count
        How many neighbours to keep.
    exact
        Up to so many articles each is a candidate for each.

    Returns
    -------
    tuple of numpy.ndarray
        Positions and scores, articles by `count`; where there are fewer, the position is -1 and the score 0.
    """
    articles = len(latent)
    nearest = np.full((articles, count), -1, dtype=np.int32)
    closeness = np.zeros((articles, count), dtype=np.float32)
    for members, pool in _pools(latent, exact):
        for start in range(0, len(members), _BLOCK):
            block = members[start : start + _BLOCK]
            for at, offered in zip(block, _offered(latent, block, pool), strict=True):
                candidates = np.sort(offered[offered != at])
                scores = score(int(at), candidates)
                best = np.argsort(-scores, kind="stable")[:count]
                best = best[scores[best] > 0]
                nearest[at, : len(best)] = candidates[best]
                closeness[at, : len(best)] = scores[best]
    return nearest, closeness


def _offered(
    latent: NDArray[np.float32], block: NDArray[np.intp], pool: NDArray[np.intp]
) -> Iterator[NDArray[np.intp]]:
    """Yield for each article of the block those of the pool that are nearest to it, itself perhaps among them."""
    near = latent[block] @ latent[pool].T
    if len(pool) <= CANDIDATES + 1:
        yield from (pool for _ in block)
        return
    chosen = np.argpartition(-near, CANDIDATES, axis=1)[:, : CANDIDATES + 1]
    yield from (pool[row] for row in chosen)


def _pools(latent: NDArray[np.float32], exact: int) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Yield (articles, those to compare them with): all with all, or cell by cell.

    The cells are those of an inverted file (Jégou, Douze and Schmid 2011, "Product quantization for nearest neighbor
    search"), around articles picked at even steps.
    """
    articles = np.arange(len(latent))
    if len(articles) <= exact:
        yield articles, articles
        return
    cells = int(len(articles) ** 0.5)
    centres = latent[np.linspace(0, len(articles) - 1, cells).astype(np.intp)]
    cell_of = np.concatenate([np.argmax(latent[s : s + _BLOCK] @ centres.T, axis=1) for s in articles[::_BLOCK]])
    members = [np.flatnonzero(cell_of == cell) for cell in range(cells)]
    near = np.argsort(-(centres @ centres.T), axis=1, kind="stable")[:, :CELLS]
    for cell, own in enumerate(members):
        if len(own):
            others = [members[other] for other in near[cell] if other != cell]
            yield own, np.concatenate([own, *others])
