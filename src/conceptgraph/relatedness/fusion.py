"""How the parts of relatedness are weighed against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from conceptgraph.relatedness.tfidf import Matrix

PARTS = ("words", "concepts", "latent", "walk")
"""What a score is put together from."""
WEIGHTS = (1.0, 1.0, 1.0, 1.0)
"""How much each part counts once it is measured in its own standard deviations. Cross-validated on two stand-ins for
hidden tags (topics given to 304 guides by their titles; the core concepts that readers found in them), other weights
gain less than 0.01 nDCG, and each stand-in prefers what the other does not; see benchmarks/related.py."""
SAMPLE = 200
"""How many articles, at even steps, the standard deviations are taken from."""


def sample(articles: int) -> NDArray[np.intp]:
    """Return the positions of at most `SAMPLE` articles, at even steps."""
    return (
        np.unique(np.linspace(0, articles - 1, min(articles, SAMPLE)).astype(np.intp)) if articles else np.zeros(0, int)
    )


def spread_of(scores: NDArray[np.float32], chosen: NDArray[np.intp]) -> float:
    """Return the standard deviation of the scores of some articles with all others.

    Parameters
    ----------
    scores
        The chosen articles by all articles.
    chosen
        Their positions; an article's score with itself is left out.
    """
    others = np.ones(scores.shape, dtype=bool)
    others[np.arange(len(chosen)), chosen] = False
    rest = scores[others]
    return float(rest.std(dtype=np.float64)) if rest.size else 0.0


def cosine_spreads(words: Matrix, concepts: Matrix, latent: NDArray[np.float32]) -> list[float]:
    """Return the standard deviations of the scores by words, concepts and latent vectors."""
    chosen = sample(len(latent))
    sparse_ones = [spread_of((matrix[chosen] @ matrix.T).toarray(), chosen) for matrix in (words, concepts)]
    return [*sparse_ones, spread_of(np.clip(latent[chosen] @ latent.T, 0.0, 1.0), chosen)]


def shares(spread: NDArray[np.float64], weights: tuple[float, ...] = WEIGHTS) -> NDArray[np.float64]:
    """Return what each part's scores are multiplied by: weight over standard deviation, in sum 1.

    Adding scores that were brought to mean 0 and deviation 1 (Fox and Shaw 1994, "Combination of multiple searches")
    ranks articles just as this does, which keeps scores between 0 and 1 and comparable between articles.

    Parameters
    ----------
    spread
        Standard deviations of some leading `PARTS`; a part that does not vary says nothing and counts for nothing.
    weights
        How much each part counts.
    """
    raw = np.divide(weights[: len(spread)], spread, out=np.zeros(len(spread)), where=spread > 1e-9)
    return raw / raw.sum() if raw.any() else raw
