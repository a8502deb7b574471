"""Measures of how related two articles are, by name.

A measure takes the index and the position of an article and returns its score with every article of the corpus, in
[0, 1]; what it returns for the article itself is not looked at. Another measure plugs in as a line of `MEASURES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.relatedness.fusion import shares
from conceptgraph.relatedness.random_walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from conceptgraph.relatedness.index import RelatednessIndex
    from conceptgraph.relatedness.tfidf import Matrix

    Measure = Callable[[RelatednessIndex, int], NDArray[np.float32]]


def by_words(index: RelatednessIndex, article: int) -> NDArray[np.float32]:
    """Return the cosines of TF-IDF vectors (Salton, Wong and Yang 1975, "A vector space model for indexing")."""
    return _cosines(index.words, index.by_term, article)


def by_concepts(index: RelatednessIndex, article: int) -> NDArray[np.float32]:
    """Return the cosines of concept vectors; see `conceptgraph.relatedness.concept_vectors`."""
    return _cosines(index.concepts, index.by_concept, article)


def by_latent(index: RelatednessIndex, article: int) -> NDArray[np.float32]:
    """Return the cosines in latent space, those below zero as zero; see `conceptgraph.relatedness.latent`."""
    return np.asarray(np.clip(index.latent @ index.latent[article], 0.0, 1.0), dtype=np.float32)


def by_walk(index: RelatednessIndex, article: int) -> NDArray[np.float32]:
    """Return the roots of the probabilities of a random walk with restart: few steps away is not all or nothing."""
    return np.asarray(np.sqrt(walk(index.step, article)), dtype=np.float32)


def fused(index: RelatednessIndex, article: int) -> NDArray[np.float32]:
    """Return words, concepts, latent vectors and walk as one score; see `conceptgraph.relatedness.fusion`."""
    parts = [measure(index, article) for measure in (by_words, by_concepts, by_latent, by_walk)]
    return np.asarray(shares(index.spread) @ np.stack(parts), dtype=np.float32)


MEASURES: dict[str, Measure] = {
    "fusion": fused,
    "words": by_words,
    "concepts": by_concepts,
    "latent": by_latent,
    "walk": by_walk,
}
"""Measures by name; the first is the one that is used unless another is named."""


def _cosines(rows: Matrix, columns: Matrix, article: int) -> NDArray[np.float32]:
    """Return the dot products of a row with all rows, by way of the columns in which it is not zero."""
    own = slice(rows.indptr[article], rows.indptr[article + 1])
    found = np.zeros(rows.shape[0], dtype=np.float32)
    for column, weight in zip(rows.indices[own].tolist(), rows.data[own].tolist(), strict=True):
        of_column = slice(columns.indptr[column], columns.indptr[column + 1])
        found[columns.indices[of_column]] += weight * columns.data[of_column]
    return np.clip(found, 0.0, 1.0)
