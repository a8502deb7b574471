"""Random walk with restart: what is near by way of what is near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from conceptgraph.relatedness.tfidf import Matrix

RESTART = 0.5
"""How likely the walk goes back to where it began, at each step."""
STEPS = 3
"""How many steps are followed; what further ones would add is at most an eighth of the whole."""


def transitions(nearest: NDArray[np.int32], closeness: NDArray[np.float32]) -> Matrix:
    """Return the probabilities of a walk's next step on the nearest-neighbour graph, both ways open.

    Parameters
    ----------
    nearest, closeness
        Each article's neighbours, -1 where there is none, and how close they are.
    """
    articles, count = nearest.shape
    there = nearest.ravel() >= 0
    rows = np.repeat(np.arange(articles), count)[there]
    where = rows, nearest.ravel()[there]
    one_way = sparse.csr_array((closeness.ravel()[there], where), shape=(articles, articles))
    both = sparse.csr_array(one_way.maximum(one_way.T))
    sums: NDArray[np.float32] = np.asarray(both.sum(axis=1), dtype=np.float32).ravel()
    each = np.repeat(np.where(sums > 0, sums, np.float32(1.0)), np.diff(both.indptr))
    both.data = np.asarray(both.data / each, dtype=np.float32)
    return both


def walk(step: Matrix, start: int, *, restart: float = RESTART, steps: int = STEPS) -> NDArray[np.float32]:
    """Return how likely a walk from `start` that restarts now and then is found at each other article.

    ``q = c Σ (1 - c)^t e P^t``, after Pan, Yang, Faloutsos and Duygulu 2004, "Automatic multimedia cross-modal
    correlation discovery", and Tong, Faloutsos and Pan 2006, "Fast random walk with restart"; cut off after `steps`.

    Parameters
    ----------
    step
        Probabilities of the next step, articles by articles.
    start
        The article where the walk begins and begins again.
    restart
        How likely it begins again, at each step.
    steps
        How many steps are followed.

    Returns
    -------
    numpy.ndarray
        A probability an article; 0 for `start`.
    """
    here = sparse.csr_array(([1.0], ([0], [start])), shape=(1, step.shape[0]))
    found = np.zeros(step.shape[0], dtype=np.float64)
    left = 1.0
    for number in range(1, steps + 1):
        here = sparse.csr_array(here @ step)
        left *= 1.0 - restart
        found[here.indices] += (restart if number < steps else 1.0) * left * here.data
    found[start] = 0.0
    return found.astype(np.float32)
