"""TF-IDF: terms that are frequent here and rare elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Matrix = sparse.csr_array[np.float32]

MIN_ARTICLES = 2
"""Least number of articles with a term: one that stands in a single article relates it to none."""
_BLOCK = 4_096
"""How many rows are sorted at once."""
KEPT = 150
"""How many terms are kept of an article, those that weigh most: further ones cost time and add noise."""


def count_matrix(counts: Iterable[Mapping[int, float]]) -> tuple[Matrix, NDArray[np.int64]]:
    """Return counts as a matrix with a row a mapping, and the key of each column, ascending.

    Keys are less than 2³²; each mapping is let go once it is read.
    """
    keys: list[NDArray[np.uint32]] = []
    values: list[NDArray[np.float32]] = []
    starts = [0]
    for row in counts:
        keys.append(np.fromiter(row.keys(), dtype=np.uint32, count=len(row)))
        values.append(np.fromiter(row.values(), dtype=np.float32, count=len(row)))
        starts.append(starts[-1] + len(row))
    if not keys:
        return _csr(np.zeros(0), np.zeros(0), [0], (0, 0)), np.zeros(0, dtype=np.int64)
    whole = np.concatenate(keys)
    columns = np.unique(whole)
    # Looked up row by row: sorting with the places of all entries at once takes several times the memory.
    at = np.concatenate([np.searchsorted(columns, row).astype(np.int32) for row in keys])
    return _csr(np.concatenate(values), at, starts, (len(keys), len(columns))), columns.astype(np.int64)


def document_frequency(counts: Matrix) -> NDArray[np.int64]:
    """Return in how many rows each column is not zero."""
    return np.bincount(counts.indices, minlength=counts.shape[1])


def tfidf(counts: Matrix) -> Matrix:
    """Return ``ln(1 + tf) · (ln((1 + N) / (1 + df)) + 1)``, rows of Euclidean length one.

    Salton and Buckley 1988, "Term-weighting approaches in automatic text retrieval", with the counts dampened and the
    document frequencies smoothed. The dot product of two rows is their cosine.

    Parameters
    ----------
    counts
        Counts of terms, articles by terms.
    """
    frequency = document_frequency(counts)
    inverse = np.log((1 + counts.shape[0]) / (1 + frequency)) + 1
    weights = np.log1p(counts.data) * inverse[counts.indices]
    return unit_rows(_csr(weights, counts.indices, counts.indptr, counts.shape))


def without_rare(counts: Matrix, columns: NDArray[np.int64]) -> tuple[Matrix, NDArray[np.int64]]:
    """Return the columns that stand in `MIN_ARTICLES` articles or more, and their keys."""
    kept = document_frequency(counts) >= MIN_ARTICLES
    return sparse.csr_array(counts[:, kept]), columns[kept]


def heaviest(matrix: Matrix, count: int = KEPT) -> Matrix:
    """Return the matrix with at most `count` entries a row, the largest (Carmel et al. 2001, "Static index pruning").

    Of equal entries those of smaller columns stay.
    """
    sizes = np.diff(matrix.indptr)
    kept = np.zeros(matrix.nnz, dtype=bool)
    for begin in range(0, matrix.shape[0], _BLOCK):
        own = slice(begin, begin + _BLOCK)
        first, last = matrix.indptr[begin], matrix.indptr[min(begin + _BLOCK, matrix.shape[0])]
        rows = np.repeat(np.arange(len(sizes[own])), sizes[own])
        order = np.lexsort((matrix.indices[first:last], -matrix.data[first:last], rows))
        place = np.arange(len(order)) - np.repeat(matrix.indptr[:-1][own] - first, sizes[own])
        kept[first + order[place < count]] = True
    starts = np.concatenate([[0], np.cumsum(np.minimum(sizes, count))])
    return _csr(matrix.data[kept], matrix.indices[kept], starts, matrix.shape)


def unit_rows(matrix: Matrix) -> Matrix:
    """Return the matrix with rows of Euclidean length one; rows of zeros stay so."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    each = np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(matrix.indptr))
    return _csr(matrix.data / each, matrix.indices, matrix.indptr, matrix.shape)


def _csr(data: object, indices: object, indptr: object, shape: tuple[int, ...]) -> Matrix:
    starts = np.asarray(indptr)
    whole = np.int32 if not len(starts) or starts[-1] < np.iinfo(np.int32).max else np.int64
    parts: Any = np.asarray(data, dtype=np.float32), np.asarray(indices, dtype=whole), starts.astype(whole)
    return sparse.csr_array(parts, shape=(shape[0], shape[1]))
