"""Places for concepts by force: linked ones attract each other, all push each other away.

Springs between linked nodes and a push that falls with the distance, as in Fruchterman and Reingold (1991, "Graph
drawing by force-directed placement") and ForceAtlas2 (Jacomy et al. 2014). In the plane a push of 1 / distance is that
of electric charges, and springs hold charges together in a disc of even density: with weaker springs between
communities each becomes such a disc, apart from the others, and a faint gravity packs the discs, and parts that are
linked to nothing, close. A charge is the room that a concept needs.

The push of all on all is a convolution on a grid by fast Fourier transforms (Hockney and Eastwood 1981, "Computer
simulation using particles"), so that a round costs no more than putting concepts into cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import fft, sparse

if TYPE_CHECKING:
    import numpy.typing as npt

    Points = npt.NDArray[np.float64]
    Floats = npt.NDArray[np.float64]

GRAVITY = 0.35
"""Pull to the middle, against the pull of a node's links, which is 1."""
WIDTH = 1.5
"""How much wider than high a map is: as screens are."""
FEW = 250
"""Up to so many points pairs are counted one by one; beyond, on the grid."""
LARGEST = 256
"""Most cells on a side of the grid."""
MOMENTUM = 0.8
SMOOTHING = 150
"""Steps of the power iteration for the start: it need not have converged, only to be in order at large."""


def settle(links: sparse.csr_array, charge: Floats, start: Points, *, rounds: int, warmth: float) -> Points:
    """Move points by force until they rest.

    Parameters
    ----------
    links
        Symmetric weights above zero, without a diagonal.
    charge
        Area that each point needs, in square units.
    start
        Places to start from, one row a point; see `spectral_start`.
    rounds
        How often forces are applied.
    warmth
        Longest step in the first round, in units; it falls to a hundredth of a unit in the last.

    Returns
    -------
    numpy.ndarray
        Places around the origin.
    """
    if len(start) < 2:
        return start * 0.0
    pull = _affinities(links)
    stiffness = np.asarray(pull.sum(axis=1)).ravel()[:, None] + GRAVITY
    gravity = GRAVITY * np.array([1 / WIDTH, WIDTH]) ** 0.5
    points, velocity = start.copy(), np.zeros_like(start)
    for limit in np.geomspace(max(warmth, 0.02), 0.01, rounds):
        spring = pull @ points - (stiffness - GRAVITY) * points - gravity * points
        velocity = MOMENTUM * velocity + 0.3 * (spring + _push(points, charge) / np.pi) / stiffness
        length = np.hypot(velocity[:, 0], velocity[:, 1])
        velocity *= np.minimum(1.0, limit / np.maximum(length, 1e-12))[:, None]
        points = points + velocity
    return np.asarray(points - points.mean(axis=0))


def _affinities(links: sparse.csr_array) -> sparse.csr_array:
    """Return symmetric springs: what a node gives of its own sums to a half."""
    sums = np.asarray(links.sum(axis=1)).ravel()
    shares = sparse.diags_array(np.divide(0.5, sums, out=np.zeros_like(sums), where=sums > 0)) @ links
    return sparse.csr_array(shares + shares.T)


def _push(points: Points, charge: Floats) -> Points:
    return _pairwise(points, charge) if len(points) <= FEW else _on_grid(points, charge)


def _pairwise(points: Points, charge: Floats) -> Points:
    between = points[:, None, :] - points[None, :, :]
    squared = between[..., 0] ** 2 + between[..., 1] ** 2 + 0.05
    return np.asarray(np.einsum("ij,ijk->ik", charge / squared, between))


def _on_grid(points: Points, charge: Floats) -> Points:
    """Return the push of all charges on each point, from the charges in the cells of a grid."""
    low = points.min(axis=0)
    extent = float((points.max(axis=0) - low).max()) + 1e-9
    side = int(np.clip(2 * len(points) ** 0.5, 48, LARGEST))
    cell = extent / (side - 1.5)
    where = (points - low) / cell + 0.25
    corner = np.minimum(where.astype(np.int64), side - 2)
    index, share = _corners(corner, where - corner, side)
    mass = np.bincount(index.ravel(), (share * charge).ravel(), side * side).reshape(side, side)
    size = fft.next_fast_len(2 * side, real=True)
    spectrum = fft.rfft2(mass, (size, size))
    steps = fft.fftfreq(size, 1.0 / size) * cell
    x, y = steps[:, None], steps[None, :]
    squared = x**2 + y**2 + 0.05
    fields = [fft.irfft2(spectrum * fft.rfft2(way / squared), (size, size))[:side, :side] for way in (x, y)]
    return np.stack([(field.ravel()[index] * share).sum(axis=0) for field in fields], axis=1)


def _corners(corner: npt.NDArray[np.int64], part: Floats, side: int) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return the four grid points around each point, and its share in each."""
    (i, j), (u, v) = corner.T, part.T
    index = np.stack([i * side + j, (i + 1) * side + j, i * side + j + 1, (i + 1) * side + j + 1])
    return index, np.stack([(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v])


def spectral_start(links: sparse.csr_array, charge: Floats, *, seed: int) -> Points:
    """Return the second and third eigenvectors of the random walk on the links, as places over the ground needed.

    They hold the global order (Belkin and Niyogi 2003, "Laplacian eigenmaps"), which forces alone find late or never.

    Parameters
    ----------
    links
        Symmetric weights, without a diagonal.
    charge
        Area that each point needs, in square units.
    seed
        For the noise that parts equals.
    """
    count = links.shape[0]
    noise = np.random.default_rng(seed).normal(size=(count, 2))
    side = float(charge.sum()) ** 0.5
    if count < 6:
        return np.asarray(noise * side)
    degree = np.asarray(links.sum(axis=1)).ravel() + 1e-3
    root = sparse.diags_array(1.0 / np.sqrt(degree))
    # Half a step of the walk: what alternates from one end of a link to the other must not look like order.
    walk = 0.5 * (root @ links @ root) + 0.5 * sparse.eye_array(count)
    vectors = np.column_stack([np.sqrt(degree), noise])
    for _ in range(SMOOTHING):
        vectors, _ = np.linalg.qr(walk @ vectors)
    order = np.argsort(np.argsort(vectors[:, 1:3] + 1e-9 * noise, axis=0), axis=0) / count - 0.5
    return np.asarray(order * side * np.array([WIDTH, 1 / WIDTH]) ** 0.5 + 0.3 * noise)
