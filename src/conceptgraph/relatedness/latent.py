"""Latent semantic analysis: articles that use different words and concepts for one subject."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy import linalg

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from conceptgraph.relatedness.tfidf import Matrix

MOST = 128
"""Most dimensions."""
_MORE, _ROUNDS = 10, 4
"""Further columns and rounds of the subspace iteration; with them the error is far below what a rank depends on."""


def dimensions(articles: int) -> int:
    """Return how many dimensions to keep of so many articles: ``2 √n``, at most `MOST` and fewer than the articles."""
    return max(0, min(round(2 * sqrt(articles)), MOST, articles - 1))


def latent_vectors(matrix: Matrix, count: int, *, seed: int = 0) -> NDArray[np.float32]:
    """Return the rows of `matrix` in the space of its leading singular vectors.

    Deerwester et al. 1990, "Indexing by latent semantic analysis"; computed by randomised subspace iteration (Halko,
    Martinsson and Tropp 2011, "Finding structure with randomness", algorithm 4.4).

    Parameters
    ----------
    matrix
        Articles by features.
    count
        How many dimensions to keep.
    seed
        Of the random start.

    Returns
    -------
    numpy.ndarray
        Articles by dimensions, rows of length one, or of zeros.
    """
    rows, columns = matrix.shape
    count = min(count, rows, columns)
    if count < 1 or matrix.nnz == 0:
        return np.zeros((rows, 0), dtype=np.float32)
    transposed = matrix.T.tocsr()
    start = np.random.default_rng(seed).standard_normal((rows, min(count + _MORE, rows)), dtype=np.float32)
    basis = _orthonormal(start)
    for _ in range(_ROUNDS):
        basis = _orthonormal(np.asarray(matrix @ (transposed @ basis)))
    projected = np.asarray(transposed @ basis, dtype=np.float64)
    squares, turn = linalg.eigh(projected.T @ projected)
    leading = np.sqrt(np.maximum(squares[::-1][:count], 0.0))
    found = basis.astype(np.float64) @ (turn[:, ::-1][:, :count] * leading)
    lengths = linalg.norm(found, axis=1, keepdims=True)
    return np.divide(found, lengths, out=np.zeros_like(found), where=lengths > 1e-6).astype(np.float32)


def _orthonormal(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(linalg.qr(matrix, mode="economic", check_finite=False)[0], dtype=np.float32)
