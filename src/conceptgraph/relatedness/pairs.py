"""Scores of an article with a few others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.relatedness.fusion import shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from conceptgraph.relatedness.tfidf import Matrix


class Pairs:
    """Words, concepts and latent vectors as one score of an article with a few others.

    Parameters
    ----------
    words, concepts, latent
        Vectors of the articles, rows of length one.
    spread
        The standard deviations of their scores.
    """

    def __init__(
        self, words: Matrix, concepts: Matrix, latent: NDArray[np.float32], spread: NDArray[np.float64]
    ) -> None:
        self._words, self._concepts, self._latent = words, concepts, latent
        self._shares = shares(spread)

    def __call__(self, article: int, others: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the scores of the article at a position with those at others, in [0, 1]."""
        parts = [row_dots(matrix, article, others) for matrix in (self._words, self._concepts)]
        parts.append(np.clip(self._latent[others] @ self._latent[article], 0.0, 1.0))
        return np.asarray(self._shares @ np.stack(parts), dtype=np.float32)


def row_dots(matrix: Matrix, row: int, others: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the dot products of one row with others, without making smaller matrices."""
    starts = matrix.indptr
    own = slice(starts[row], starts[row + 1])
    dense = np.zeros(matrix.shape[1], dtype=np.float32)
    dense[matrix.indices[own]] = matrix.data[own]
    sizes = starts[others + 1] - starts[others]
    which = np.repeat(np.arange(len(others)), sizes)
    before = np.cumsum(sizes) - sizes
    at = np.repeat(starts[others] - before, sizes) + np.arange(len(which))
    products = matrix.data[at] * dense[matrix.indices[at]]
    return np.bincount(which, weights=products, minlength=len(others)).astype(np.float64)
