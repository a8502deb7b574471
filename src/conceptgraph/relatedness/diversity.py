"""Maximal marginal relevance: not ten times the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def diversified(scores: NDArray[np.float32], alike: NDArray[np.float64], *, diversity: float) -> list[int]:
    """Return the order in which each next item is relevant and unlike those before it.

    The next item maximises ``(1 - d) score - d max(alike to those chosen)`` (Carbonell and Goldstein 1998, "The
    use of MMR, diversity-based reranking").

    Parameters
    ----------
    scores
        Of the items, on the scale of `alike`.
    alike
        How alike each two of them are.
    diversity
        d, in [0, 1]; at 0 the order is that of the scores.

    Returns
    -------
    list of int
        All positions.
    """
    left = np.ones(len(scores), dtype=bool)
    nearest = np.zeros(len(scores))
    order: list[int] = []
    for _ in scores:
        value = np.where(left, (1 - diversity) * scores - diversity * nearest, -np.inf)
        best = int(np.argmax(value))
        order.append(best)
        left[best] = False
        nearest = np.maximum(nearest, alike[best])
    return order
