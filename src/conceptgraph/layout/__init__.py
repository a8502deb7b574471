"""Where nodes stand on a map: computed once at build, the same for the same graph.

Concepts are placed by their links (`conceptgraph.layout.forces`), with those between communities counted less, so
that communities stand apart. Each article stands at the barycentre of its concepts. Then crowds spread and discs part
(`conceptgraph.layout.room`).
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from conceptgraph.communities import grouped, row_means
from conceptgraph.concept_network import concept_network
from conceptgraph.graph import article_node, concept_node
from conceptgraph.layout.forces import settle, spectral_start
from conceptgraph.layout.room import part, spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from conceptgraph.communities import Grouped
    from conceptgraph.concept_network import ConceptNetwork
    from conceptgraph.model import Records

    Points = npt.NDArray[np.float64]
    Floats = npt.NDArray[np.float64]

ROUNDS = 200
FEWER_ROUNDS = 40
WARMTH = 0.1
"""Rounds, and longest step in units, where most concepts have a cached place."""
KEPT = 0.6
"""With fewer concepts than this share in the cache the map is made anew."""
STRAYED = 6.0
"""An article that stood further than this from its barycentre has changed: it starts there."""
FILLED = 0.8
"""Nodes a square unit, beyond which a crowd spreads."""
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
    records: Records,
    *,
    seed: int = 0,
    cached: Mapping[str, tuple[float, float]] | None = None,
    groups: Grouped | None = None,
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
    groups
        What `conceptgraph.communities.grouped` returned for these records and seed, where it is known.

    Returns
    -------
    dict of str to (float, float)
        By node id; rounded to a thousandth.
    """
    groups = groups or grouped(records, seed=seed)
    network = groups.network
    nodes = [*map(concept_node, network.concepts), *map(article_node, network.articles)]
    old = _known(nodes, cached or {})
    points = _concepts(groups, old[: len(network.concepts)], seed)
    places = np.vstack([points, _articles(network, points, old, seed)])
    # Articles give way first: a concept's neighbours are what the map is about.
    loose = np.where(np.arange(len(nodes)) < len(points), 1.0, 2.0)
    places = part(spread(places, filled=FILLED), _radii(network), loose=loose)
    places = places - _drift(places, old)
    return {node: (round(x, 3), round(y, 3)) for node, (x, y) in zip(nodes, places.tolist(), strict=True)}


def to_bytes(places: Mapping[str, tuple[float, float]]) -> bytes:
    """Return places in a form to keep; see `from_bytes`."""
    return zlib.compress(json.dumps(places, sort_keys=True, separators=(",", ":")).encode())


def from_bytes(data: bytes) -> dict[str, tuple[float, float]]:
    """Return the places that `to_bytes` was given, none where the bytes are not what it returned.

    Examples
    --------
    >>> from_bytes(to_bytes({"concept:x": (1.0, -0.5)}))
    {'concept:x': (1.0, -0.5)}
    """
    try:
        return {node: (x, y) for node, (x, y) in json.loads(zlib.decompress(data)).items()}
    except (zlib.error, ValueError):
        return {}


def radii(records: Records) -> dict[str, float]:
    """Return the radius of each node's disc in layout units, by node id; discs of these sizes do not overlap."""
    network = concept_network(records)
    nodes = [*map(concept_node, network.concepts), *map(article_node, network.articles)]
    return dict(zip(nodes, _radii(network).tolist(), strict=True))


def _radii(network: ConceptNetwork) -> Floats:
    return np.concatenate(
        [
            _between(CONCEPT_RADII, np.bincount(network.mentions.indices, minlength=len(network.concepts))),
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


def _known(nodes: Sequence[str], cached: Mapping[str, tuple[float, float]]) -> Points:
    """Return the cached place of each node, not a number where there is none."""
    nowhere = (np.nan, np.nan)
    return np.array([cached.get(node, nowhere) for node in nodes], dtype=np.float64).reshape(-1, 2)


def _concepts(groups: Grouped, old: Points, seed: int) -> Points:
    """Return places for concepts by force, from where they stood if most did."""
    network = groups.network
    links = _apart(network.links, groups.label)
    charge = _charges(network.mentions)
    stood = ~np.isnan(old[:, 0])
    if stood.sum() < max(3, KEPT * len(old)):
        start = spectral_start(links, charge, seed=seed)
        return settle(links, charge, start, rounds=ROUNDS, warmth=0.1 * float(charge.sum()) ** 0.5)
    # A new concept starts amid those that it is linked to, step by step from the ones that stood.
    noise = np.array([_noise(f"{seed} {id_}") for id_ in network.concepts]).reshape(-1, 2)
    start = np.where(stood[:, None], old, noise)
    means = row_means(links)
    for _ in range(0 if stood.all() else 10):
        start = np.where(stood[:, None], old, np.asarray(means @ start) + 0.01 * noise)
    return settle(links, charge, start, rounds=FEWER_ROUNDS, warmth=WARMTH)


def _drift(places: Points, old: Points) -> Points:
    """Return how far the map has moved as a whole: from where it stood, else from the middle."""
    if len(places) == 0:
        return np.zeros(2)
    moved = (places - old)[~np.isnan(old[:, 0])]
    return np.asarray(np.median(moved, axis=0) if len(moved) else (places.min(axis=0) + places.max(axis=0)) / 2)


def _articles(network: ConceptNetwork, points: Points, old: Points, seed: int) -> Points:
    """Return a place for each article: the barycentre of its concepts, and as far from it as it stood before.

    Those without concepts stand in rows below all others.
    """
    means = row_means(_focused(network.mentions))
    centres = np.asarray(means @ points).reshape(-1, 2)
    stood, before = old[len(points) :], np.asarray(means @ old[: len(points)]).reshape(-1, 2)
    # Articles with the same concepts share a barycentre: a little noise, always the same for one article, parts them.
    noise = np.array([_noise(f"{seed} {id_}") for id_ in network.articles]).reshape(-1, 2)
    aside = stood - before
    near = np.hypot(aside[:, 0], aside[:, 1]) < STRAYED
    centres = centres + np.where(near[:, None], aside, 0.1 * noise)
    lonely = np.flatnonzero(np.diff(network.mentions.indptr) == 0)
    width = max(1, int(np.ceil((2 * len(lonely)) ** 0.5)))
    floor = centres[:, 1].max(initial=0.0) + 2.0
    centres[lonely] = np.column_stack(
        [np.arange(len(lonely)) % width - width / 2, floor + np.arange(len(lonely)) // width]
    )
    return centres


def _noise(text: str) -> tuple[float, float]:
    number = zlib.crc32(text.encode("utf-8", "surrogatepass"))
    return (number & 0xFFFF) / 0x8000 - 1.0, (number >> 16) / 0x8000 - 1.0
