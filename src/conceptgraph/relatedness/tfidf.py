"""TF-IDF: terms that are frequent here and rare elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from conceptgraph.extract.terms import COUNT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Matrix = sparse.csr_array[np.float32]

MIN_ARTICLES = 2
"""Least number of articles with a term: one that stands in a single article relates it to none."""
KEPT = 150
"""How many terms are kept of an article, those that weigh most: further ones cost time and add noise."""


def count_matrix(counts: Iterable[bytes]) -> tuple[Matrix, NDArray[np.uint32]]:
    """Return counts as a matrix, and the term of each column, ascending.

    Parameters
    ----------
    counts
        Of a row each: entries of dtype `conceptgraph.extract.terms.COUNT`.
    """
    rows = list(counts)
    starts = np.concatenate([[0], np.cumsum([len(row) // COUNT.itemsize for row in rows], dtype=np.int64)])
    table = np.frombuffer(b"".join(rows), dtype=COUNT)
    # Terms with their places are sorted as one number each, which takes a third of the time of np.unique.
    packed = table["term"].astype(np.uint64) << np.uint64(32) | np.arange(len(table), dtype=np.uint64)
    packed.sort()
    terms, places = (packed >> np.uint64(32)).astype(np.uint32), (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
    is_first = np.ones(len(terms), dtype=bool)
    is_first[1:] = terms[1:] != terms[:-1]
    columns = np.empty(len(terms), dtype=np.int32)
    columns[places] = np.cumsum(is_first) - 1
    kept = terms[is_first]
    return csr(table["count"], columns, starts, (len(rows), len(kept))), kept


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
    inverse = (np.log((1 + counts.shape[0]) / (1 + frequency)) + 1).astype(np.float32)
    return unit_rows(csr(np.log1p(counts.data) * inverse[counts.indices], counts.indices, counts.indptr, counts.shape))


def without_rare(counts: Matrix, columns: NDArray[np.uint32]) -> tuple[Matrix, NDArray[np.uint32]]:
    """Return the columns that stand in `MIN_ARTICLES` articles or more, and their terms."""
    wanted = document_frequency(counts) >= MIN_ARTICLES
    number = np.cumsum(wanted) - 1
    kept = only(counts, wanted[counts.indices])
    return csr(kept.data, number[kept.indices], kept.indptr, (counts.shape[0], int(wanted.sum()))), columns[wanted]


def heaviest(matrix: Matrix, count: int = KEPT) -> Matrix:
    """Return the matrix with at most `count` entries a row, the largest (Carmel et al. 2001, "Static index pruning").

    Of equal entries those of smaller columns stay.
    """
    kept = np.ones(matrix.nnz, dtype=bool)
    for start, end in zip(matrix.indptr[:-1].tolist(), matrix.indptr[1:].tolist(), strict=True):
        if end - start > count:
            row = matrix.data[start:end]
            least = np.partition(row, end - start - count)[end - start - count]
            kept[start:end] = large = row >= least
            over = np.count_nonzero(large) - count
            if over:
                equal = np.flatnonzero(row == least)
                by_column = equal[np.argsort(matrix.indices[start + equal], kind="stable")]
                kept[start + by_column[len(equal) - over :]] = False
    return only(matrix, kept)


def only(matrix: Matrix, kept: NDArray[np.bool_]) -> Matrix:
    """Return the matrix with some of its entries."""
    places = np.flatnonzero(kept)
    return csr(matrix.data[places], matrix.indices[places], np.searchsorted(places, matrix.indptr), matrix.shape)


def unit_rows(matrix: Matrix) -> Matrix:
    """Return the matrix with rows of Euclidean length one; rows of zeros stay so."""
    filled = np.flatnonzero(np.diff(matrix.indptr))
    lengths = np.zeros(matrix.shape[0])
    if len(filled):
        lengths[filled] = np.sqrt(np.add.reduceat(np.square(matrix.data, dtype=np.float64), matrix.indptr[filled]))
    factors = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 1e-12).astype(np.float32)
    each = np.repeat(factors, np.diff(matrix.indptr))
    return csr(matrix.data * each, matrix.indices, matrix.indptr, matrix.shape)


def csr(data: object, indices: object, indptr: object, shape: tuple[int, ...]) -> Matrix:
    """Return a sparse matrix of its parts, numbers of 32 bits as far as they suffice."""
    starts = np.asarray(indptr)
    whole = np.int32 if not len(starts) or starts[-1] < np.iinfo(np.int32).max else np.int64
    parts: Any = np.asarray(data, dtype=np.float32), np.asarray(indices, dtype=whole), starts.astype(whole)
    return sparse.csr_array(parts, shape=(shape[0], shape[1]))
