"""Measures of how related two articles are, by name.

A measure takes the index and the position of an article and returns its score with every article of the corpus, in
[0, 1]; what it returns for the article itself is not looked at. Another measure plugs in as a line of `MEASURES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from conceptgraph.relatedness.random_walk import transitions, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from conceptgraph.relatedness.index import Positions, RelatednessIndex

    Measure = Callable[[RelatednessIndex, int], NDArray[np.float32]]

CANDIDATES = 50
"""The walk goes over the article and so many that are most like it."""
WALK = 0.5
"""What part of a score the walk has."""


class Likeness(Protocol):
    """What the measures that put everything together ask; see `RelatednessIndex`."""

    def alike(self, articles: Positions) -> NDArray[np.float32]:
        """Return how alike some articles are to all; shape (some, all)."""

    def among(self, articles: Positions) -> NDArray[np.float64]:
        """Return how alike each two of some articles are; shape (some, some)."""


def by_words(index: RelatednessIndex, article: int) -> NDArray[np.float32]:
    """Return the cosines of TF-IDF vectors (Salton, Wong and Yang 1975, "A vector space model for indexing")."""
    return index.by_words([article]).ravel()


def by_concepts(index: RelatednessIndex, article: int) -> NDArray[np.float32]:
    """Return the cosines of concept vectors; see `conceptgraph.relatedness.concept_vectors`."""
    return index.by_concepts([article]).ravel()


def by_latent(index: RelatednessIndex, article: int) -> NDArray[np.float32]:
    """Return the cosines in latent space, those below zero as zero; see `conceptgraph.relatedness.latent`."""
    return index.by_latent([article]).ravel()


def alike(index: Likeness, article: int) -> NDArray[np.float32]:
    """Return words, concepts and latent vectors as one score; see `conceptgraph.relatedness.fusion`."""
    return index.alike([article]).ravel()


def by_walk(index: Likeness, article: int) -> NDArray[np.float32]:
    """Return the roots of the probabilities of a random walk with restart: few steps away is not all or nothing.

    The walk goes over the nearest-neighbour graph of the article and those most like it, as diffusion is cut off in
    image retrieval (Iscen et al. 2017, "Efficient diffusion on region manifolds"): what is farther away has no chance
    to be among the first, and no neighbours of the whole corpus need be known.
    """
    return _walked(index, article, alike(index, article))


def fused(index: Likeness, article: int) -> NDArray[np.float32]:
    """Return how alike articles are by words, concepts and latent vectors, and how near by the walk, as one score."""
    scores = alike(index, article)
    return np.asarray((1 - WALK) * scores + WALK * _walked(index, article, scores), dtype=np.float32)


MEASURES: dict[str, Measure] = {
    "fusion": fused,
    "words": by_words,
    "concepts": by_concepts,
    "latent": by_latent,
    "walk": by_walk,
}
"""Measures by name; the first is the one that is used unless another is named."""


def largest(scores: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Return the positions of the largest scores, ascending; of equal ones those of smaller positions.

    Examples
    --------
    >>> largest(np.array([1, 3, 2, 2], dtype=np.float32), 2).tolist()
    [1, 2]
    """
    if not 0 < count < len(scores):
        return np.arange(min(count, len(scores)))
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    above = np.flatnonzero(scores > least)
    return np.sort(np.concatenate([above, np.flatnonzero(scores == least)[: count - len(above)]]))


def _walked(index: Likeness, article: int, scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the walk's scores, given how alike the article is to all."""
    others = scores.copy()
    others[article] = -1.0
    near = largest(others, min(CANDIDATES, len(scores) - 1))
    probabilities = walk(transitions(index.among(np.array([article, *near]))))
    found = np.zeros(len(scores), dtype=np.float32)
    found[near] = np.sqrt(probabilities[1:])
    return found
