"""Where nodes stand on a map: computed once at build, the same for the same graph.

Concepts are placed by their links (`conceptgraph.layout.forces`), with those between communities counted less, so
that communities stand apart. Each article stands at the barycentre of its concepts. Then crowds spread and discs part
(`conceptgraph.layout.room`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from conceptgraph.communities import partition, row_means
from conceptgraph.concept_network import concept_network
from conceptgraph.graph import article_node, concept_node
from conceptgraph.layout.forces import settle, spectral_start
from conceptgraph.layout.room import part, spread

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from conceptgraph.concept_network import ConceptNetwork
    from conceptgraph.model import Records

    Points = npt.NDArray[np.float64]
    Floats = npt.NDArray[np.float64]

ROUNDS = 200
ACROSS = 0.4
"""What a link between two communities counts for, against one within."""
FOCUS = 2.0
"""Power of an article's weights in its barycentre: it stands near what it is most about."""
CONCEPT_RADII = 0.1, 0.38
ARTICLE_RADII = 0.15, 0.3
"""Least and largest radius of a disc, in layout units."""
ROOM = 1.0
"""Area that the average node takes up on the map, with the ground around it."""


def layout(
    records: Records, *, seed: int = 0, cached: Mapping[str, tuple[float, float]] | None = None
) -> dict[str, tuple[float, float]]:
    """Return a place for every node around the origin; a unit is about the distance between two neighbours.

    Parameters
    ----------
    records
        Which articles mention which concepts and how much, and how concepts are related.
    seed
        For the noise that parts equals.
    cached
        Places of an earlier layout by node id, from which to start: a small change to the corpus moves little.

    Returns
    -------
    dict of str to (float, float)
        By node id; rounded to a thousandth.
    """
    network = concept_network(records)
    label = partition(network, seed=seed)
    links = _apart(network.links, label)
    charge = _charges(network.mentions)
    start = spectral_start(links, charge, seed=seed)
    points = settle(links, charge, start, rounds=ROUNDS, warmth=0.1 * len(start) ** 0.5)
    places = np.vstack([points, _barycentres(network.mentions, points, seed)])
    radii = disc_radii(network)
    loose = np.where(np.arange(len(places)) < len(points), 1.0, 2.0)
    places = spread(places, np.ones(len(places)), filled=0.8)
    places = part(places, radii, loose=loose)
    places = places - (places.min(axis=0) + places.max(axis=0)) / 2 if len(places) else places
    ids = [*map(concept_node, network.concepts), *map(article_node, network.articles)]
    return {id_: (round(x, 3), round(y, 3)) for id_, (x, y) in zip(ids, places.tolist(), strict=True)}


def disc_radii(network: ConceptNetwork) -> Floats:
    """Return the radius of each concept's and then each article's disc, in layout units."""
    return np.concatenate(
        [
            _between(CONCEPT_RADII, np.asarray((network.mentions > 0).sum(axis=0)).ravel()),
            _between(ARTICLE_RADII, np.diff(network.mentions.indptr)),
        ]
    )


def _between(ends: tuple[float, float], size: npt.NDArray[np.integer]) -> Floats:
    low, high = ends
    return np.asarray(low + (high - low) * np.sqrt(size / max(1, size.max(initial=0))))


def _apart(links: sparse.csr_array, label: npt.NDArray[np.int64]) -> sparse.csr_array:
    coo = sparse.coo_array(links)
    weight = coo.data * np.where(label[coo.row] == label[coo.col], 1.0, ACROSS)
    return sparse.csr_array((weight, (coo.row, coo.col)), shape=links.shape)


def _charges(mentions: sparse.csr_array) -> Floats:
    """Return the room that each concept needs: its own, and that of the articles which will stand by it."""
    return np.asarray(ROOM * (1.0 + np.asarray(row_means(_focused(mentions)).sum(axis=0)).ravel()))


def _focused(mentions: sparse.csr_array) -> sparse.csr_array:
    focused = mentions.copy()
    focused.data = focused.data**FOCUS
    return focused


def _barycentres(mentions: sparse.csr_array, points: Points, seed: int) -> Points:
    """Return each article's barycentre; those without concepts stand in rows below all others."""
    centres = np.asarray(row_means(_focused(mentions)) @ points).reshape(-1, 2)
    # Articles with the same concepts share a barycentre: a little noise lets them part.
    centres += 0.1 * np.random.default_rng(seed).normal(size=centres.shape)
    lonely = np.flatnonzero(np.diff(mentions.indptr) == 0)
    row = max(1, int(np.ceil((2 * len(lonely)) ** 0.5)))
    floor = points[:, 1].max(initial=0.0) + 2.0
    centres[lonely] = np.column_stack([np.arange(len(lonely)) % row - row / 2, floor + np.arange(len(lonely)) // row])
    return centres
