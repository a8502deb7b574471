"""Room for every node: crowds spread into empty ground, and no two discs overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import fft, ndimage
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    import numpy.typing as npt

    Points = npt.NDArray[np.float64]
    Floats = npt.NDArray[np.float64]

SPREADING = 40
"""Most rounds in which crowds spread."""
PARTING = 400
"""Most rounds in which overlapping discs are moved apart; a handful of the last ones are for a few stubborn pairs."""
GAP = 0.12
"""Least gap between two discs, in layout units."""
NOTHING = 1e-6
"""A distance below which two points have no direction to each other."""
TURN = 2.399963
"""The golden angle in radians, by which each further direction differs from the one before."""


def spread(points: Points, *, filled: float) -> Points:
    """Move points out of crowds, down the slope of a potential whose source is the crowding.

    As in placing the cells of a chip (Lu et al. 2015, "ePlace"): the density beyond what is allowed is a charge,
    Poisson's equation gives its field, and every point follows it. Neighbours move together, so that their order stays.

    Parameters
    ----------
    points
        Places, one row a point.
    filled
        Points a square unit, beyond which they make a crowd.
    """
    if len(points) < 2:
        return points
    points = points.copy()
    for _ in range(SPREADING):
        low, high = points.min(axis=0), points.max(axis=0)
        margin = 0.15 * (high - low).max() + 2.0
        low, extent = low - margin, float((high - low).max() + 2 * margin)
        side = int(np.clip(len(points) ** 0.5, 24, 192))
        cell = extent / side
        where = np.clip((points - low) / cell, 0, side - 1.001)
        at = where.astype(np.int64)
        density = np.bincount(at[:, 0] * side + at[:, 1], minlength=side * side).reshape(side, side) / cell**2
        density = ndimage.gaussian_filter(density, 0.8)
        excess = np.maximum(density - filled, 0.0)
        if excess.max() < 0.15 * filled:
            break
        field = _field(excess)
        push = np.stack([ndimage.map_coordinates(part, where.T - 0.5, order=1, mode="nearest") for part in field], 1)
        longest = np.hypot(push[:, 0], push[:, 1]).max()
        points += push * (cell * 0.9 / max(longest, 1e-9))
    return points


def _field(charge: Floats) -> list[Floats]:
    """Return both parts of the field of a charge, by Poisson's equation with no flow over the border."""
    side = len(charge)
    wave = np.pi * np.arange(side) / side
    norm = wave[:, None] ** 2 + wave[None, :] ** 2
    norm[0, 0] = 1.0
    spectrum = fft.dctn(charge - charge.mean(), type=2)
    spectrum[0, 0] = 0.0
    potential = fft.idctn(spectrum / norm, type=2)
    return [np.asarray(-part) for part in np.gradient(potential)]


def part(points: Points, radii: Floats, *, loose: Floats, gap: float = GAP) -> Points:
    """Move discs apart until none overlap.

    Parameters
    ----------
    points
        Centres, one row a disc.
    radii
        Radii of the discs.
    loose
        How readily each gives way, above zero: of two that overlap the looser moves more.
    gap
        Least gap between two discs.
    """
    points = points.copy()
    reach = 2 * float(radii.max(initial=0.0)) + gap
    for _ in range(PARTING):
        pairs = cKDTree(points).query_pairs(reach, output_type="ndarray")
        first, second = pairs[:, 0], pairs[:, 1]
        between = points[first] - points[second]
        distance = np.hypot(between[:, 0], between[:, 1])
        upon = distance < NOTHING  # of two that stand on one point each way is as good: one way each for many
        between[upon] = NOTHING * np.column_stack([np.cos(TURN * first[upon]), np.sin(TURN * first[upon])])
        lack = radii[first] + radii[second] + gap - distance
        close = lack > 1e-3
        if not close.any():
            break
        first, second = first[close], second[close]
        share = loose[first] / (loose[first] + loose[second])
        way = between[close] * (lack[close] / np.maximum(distance[close], NOTHING))[:, None]
        moved = _sums(first, share[:, None] * way, len(points)) - _sums(second, (1 - share)[:, None] * way, len(points))
        touched = np.bincount(first, minlength=len(points)) + np.bincount(second, minlength=len(points))
        points += moved * (1.3 / np.maximum(1.0, touched**0.5))[:, None]
    return points


def _sums(index: npt.NDArray[np.int64], rows: Points, count: int) -> Points:
    return np.stack([np.bincount(index, rows[:, axis], count) for axis in (0, 1)], axis=1)
