"""Dot products of some rows of a sparse matrix, without making smaller matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from conceptgraph.relatedness.tfidf import Matrix


class Rows:
    """A sparse matrix whose rows are multiplied with each other, a few at a time.

    Parameters
    ----------
    matrix
        In compressed rows.
    """

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        self._dense = np.zeros(matrix.shape[1], dtype=np.float32)

    def dot(self, row: int, others: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the dot products of one row with others."""
        data, indices, starts = self._matrix.data, self._matrix.indices, self._matrix.indptr
        own = slice(starts[row], starts[row + 1])
        self._dense[indices[own]] = data[own]
        sizes = starts[others + 1] - starts[others]
        which = np.repeat(np.arange(len(others)), sizes)
        at = np.repeat(starts[others] - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) + np.arange(len(which))
        products = data[at] * self._dense[indices[at]]
        self._dense[indices[own]] = 0.0
        return np.bincount(which, weights=products, minlength=len(others))
