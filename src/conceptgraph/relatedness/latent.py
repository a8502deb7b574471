"""Latent semantic analysis: articles that speak of different concepts of one field."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy import linalg

from conceptgraph.relatedness.fusion import evenly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from conceptgraph.relatedness.tfidf import Matrix

MOST = 32
"""Most dimensions: with few of them articles are alike when their fields are."""
LEARNED = 2_000
"""From how many articles, at even steps, the space is learned; the others are put into it."""
_MORE, _ROUNDS = 10, 4
"""Further columns and rounds of the subspace iteration; with them the error is far below what a rank depends on."""


def dimensions(articles: int) -> int:
    """Return how many dimensions to keep of so many articles: ``√n``, at most `MOST` and fewer than the articles."""
    return max(0, min(round(sqrt(articles)), MOST, articles - 1))


def latent_vectors(matrix: Matrix, count: int, *, seed: int = 0) -> NDArray[np.float32]:
    """Return the rows of `matrix` in the space of its leading singular vectors.

    Deerwester et al. 1990, "Indexing by latent semantic analysis"; computed by randomised subspace iteration (Halko,
    Martinsson and Tropp 2011, "Finding structure with randomness", algorithm 4.4). Beyond `LEARNED` rows the space is
    that of a sample, and the others are folded in.

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
    learned = matrix[evenly(rows, LEARNED)]
    transposed = learned.T.tocsr()
    start = np.random.default_rng(seed).standard_normal((learned.shape[0], count + _MORE), dtype=np.float32)
    basis = _orthonormal(start[:, : learned.shape[0]])
    for _ in range(_ROUNDS):
        basis = _orthonormal(np.asarray(learned @ (transposed @ basis)))
    projected = np.asarray(transposed @ basis, dtype=np.float64)
    squares, turn = linalg.eigh(projected.T @ projected)
    leading = 1 / np.sqrt(np.maximum(squares[::-1][:count], 1e-12))
    found = np.asarray(matrix @ np.asarray(projected @ (turn[:, ::-1][:, :count] * leading), dtype=np.float32))
    lengths = linalg.norm(found, axis=1, keepdims=True)
    return np.divide(found, lengths, out=np.zeros_like(found), where=lengths > 1e-6).astype(np.float32)


def _orthonormal(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return an orthonormal basis of the columns' space, by way of their small Gram matrix.

    A QR decomposition is more exact, but takes ten times as long where several programs share the cores.
    """
    exact = matrix.astype(np.float64)
    squares, turn = linalg.eigh(exact.T @ exact)
    lengths = np.sqrt(np.maximum(squares, squares[-1] * 1e-12 + 1e-300))
    return np.asarray(exact @ (turn / lengths), dtype=np.float32)
