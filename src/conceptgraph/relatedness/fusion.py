"""How the parts of relatedness are weighed against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PARTS = ("words", "concepts", "latent")
"""What a score is put together from, before the walk."""
WEIGHTS = (1.0, 1.0, 0.5)
"""How much each part counts once it is measured in its own standard deviations: what does well on every stand-in for
hidden tags that there is (tags of our articles and of another glossary, core concepts that readers found, topics in
titles), though each prefers a little more of one or another; see benchmarks/related.py --weights."""
SAMPLE = 100
"""How many articles, at even steps, the standard deviations are taken from."""


def evenly(articles: int, most: int) -> NDArray[np.intp]:
    """Return the positions of at most `most` of so many articles, at even steps."""
    if articles <= most:
        return np.arange(articles)
    return np.unique(np.linspace(0, articles - 1, most).astype(np.intp))


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


def shares(spread: NDArray[np.float64], weights: tuple[float, ...] = WEIGHTS) -> NDArray[np.float64]:
    """Return what each part's scores are multiplied by: weight over standard deviation, in sum 1.

    Adding scores that were brought to mean 0 and deviation 1 (Fox and Shaw 1994, "Combination of multiple searches")
    ranks articles just as this does, which keeps scores between 0 and 1 and comparable between articles.

    Parameters
    ----------
    spread
        Standard deviations of the `PARTS`; a part that does not vary says nothing and counts for nothing.
    weights
        How much each part counts.
    """
    raw = np.divide(weights, spread, out=np.zeros(len(spread)), where=spread > 1e-9)
    return raw / raw.sum() if raw.any() else raw
