"""Logistic regression on counts, by Newton's method."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

RIDGE = 0.1
"""Keeps a weight near where it starts if next to nothing was seen."""


def log_odds(chance: float) -> float:
    chance = min(max(chance, 0.01), 0.99)
    return float(np.log(chance / (1 - chance)))


def chances(of: Floats, weights: Floats, offset: Floats | float = 0.0) -> Floats:
    """Return the probability of each row, `offset` added to its log-odds."""
    return np.asarray(1 / (1 + np.exp(-of @ weights - offset)))


def fitted(of: Floats, right: Floats, seen: Floats, *, start: Floats, offset: Floats | float = 0.0) -> Floats:
    """Return a weight for each column, of rows that were right so often of so many times."""
    weights = start
    for _ in range(25):
        chance = chances(of, weights, offset)
        slope = of.T @ (right - seen * chance) - RIDGE * (weights - start)
        curve = (of * (seen * chance * (1 - chance))[:, None]).T @ of + RIDGE * np.eye(len(start))
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def loss(chance: Floats, right: Floats, seen: Floats) -> float:
    """Return the sum of the log losses."""
    chance = np.clip(chance, 0.01, 0.99)
    return float(-(right * np.log(chance) + (seen - right) * np.log(1 - chance)).sum())
