"""Random walk with restart: what is near by way of what is near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAREST = 10
"""To how many nearest neighbours a step may lead from an article; and from any that has it among its own."""
RESTART = 0.5
"""How likely the walk goes back to where it began, at each step."""
STEPS = 3
"""How many steps are followed; what further ones would add is at most an eighth of the whole."""


def transitions(alike: NDArray[np.float64], *, nearest: int = NEAREST) -> NDArray[np.float64]:
    """Return the probabilities of a walk's next step on the nearest-neighbour graph, both ways open.

    Parameters
    ----------
    alike
        How alike each two of some articles are, in [0, 1].
    nearest
        To how many neighbours a step may lead.
    """
    apart = alike * (1 - np.eye(len(alike)))
    ranked = np.argsort(-apart, axis=1, kind="stable")[:, :nearest]
    near = np.zeros_like(apart)
    np.put_along_axis(near, ranked, np.take_along_axis(apart, ranked, axis=1), axis=1)
    both = np.maximum(near, near.T)
    sums = both.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(both, sums, out=np.zeros_like(both), where=sums > 0))


def walk(
    step: NDArray[np.float64], start: int = 0, *, restart: float = RESTART, steps: int = STEPS
) -> NDArray[np.float64]:
    """Return how likely a walk from `start` that restarts now and then is found at each other article.

    ``q = c Σ (1 - c)^t e P^t``, after Pan, Yang, Faloutsos and Duygulu 2004, "Automatic multimedia cross-modal
    correlation discovery", and Tong, Faloutsos and Pan 2006, "Fast random walk with restart"; cut off after `steps`.

    Parameters
    ----------
    step
        Probabilities of the next step, articles by articles.
    start
        The article where the walk begins and begins again.
    restart
        How likely it begins again, at each step.
    steps
        How many steps are followed.

    Returns
    -------
    numpy.ndarray
        A probability an article; 0 for `start`.
    """
    here = np.zeros(len(step))
    here[start] = 1.0
    found = np.zeros(len(step))
    left = 1.0
    for number in range(1, steps + 1):
        here = here @ step
        left *= 1.0 - restart
        found += (restart if number < steps else 1.0) * left * here
    found[start] = 0.0
    return found
