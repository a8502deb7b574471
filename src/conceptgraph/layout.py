"""Where nodes stand on a map: computed once, the same for the same graph.

Concepts move by force, and each article stands at the barycentre of its concepts. A concept is drawn to the
barycentre of its articles and pushed away by concepts nearby (Fruchterman and Reingold 1991, with the repulsion cut
off at a radius, as in their grid variant). It starts from the graph's leading singular vectors, which hold the global
order, so that few rounds are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds
from scipy.spatial import cKDTree

from conceptgraph.graph import article_node, concept_node

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from conceptgraph.model import Records

    Points = npt.NDArray[np.float64]

ROUNDS = 100
SETTLING = 60
"""Rounds at the end in which nodes that touch are only moved apart."""
RADIUS = 2.6
"""How far concepts push, in units of the mean distance between two of them."""
PULL = 0.25
"""Share of the way to its articles' barycentre that a concept goes in the first round."""
WIDTH = 1.35
"""How much wider than high a map is: as screens are."""
SEED = 7


def layout(
    records: Records, *, seed: int = 0, cached: Mapping[str, tuple[float, float]] | None = None
) -> dict[str, tuple[float, float]]:
    """Return a place for every node, in units of the mean distance between concepts, around the origin.

    Parameters
    ----------
    records
        Which articles mention which concepts, and how much.
    seed
        For the noise that parts equals.
    cached
        Places of an earlier layout by node id, from which to start.

    Returns
    -------
    dict of str to (float, float)
        By node id; rounded to a thousandth.
    """
    articles = {article.id: i for i, article in enumerate(records.articles)}
    concepts = {concept.id: i for i, concept in enumerate(records.concepts)}
    rows = records.article_concepts
    where = ([articles[row.article] for row in rows], [concepts[row.concept] for row in rows])
    links = sparse.csr_array(([row.weight for row in rows], where), shape=(len(articles), len(concepts)))
    points, centres = _parted(links, _settled(links, ROUNDS))
    places = {concept_node(id_): _place(points[i]) for id_, i in concepts.items()}
    return places | {article_node(id_): _place(centres[i]) for id_, i in articles.items()}


def _place(point: Points) -> tuple[float, float]:
    return round(float(point[0] * WIDTH), 3), round(float(point[1]), 3)


def _barycentres(links: sparse.csr_array, points: Points) -> Points:
    """Return each article's barycentre; one without concepts stands in a row below all others."""
    centres = _row_means(links) @ points
    lonely = np.flatnonzero(np.diff(links.indptr) == 0)
    floor = float(points[:, 1].max(initial=0.0)) + 2 * RADIUS
    centres[lonely] = np.column_stack([2.0 * np.arange(len(lonely)) - len(lonely), np.full(len(lonely), floor)])
    return np.asarray(centres)


def _row_means(links: sparse.csr_array) -> sparse.csr_array:
    sums = np.asarray(links.sum(axis=1)).ravel()
    return sparse.csr_array(sparse.diags_array(np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)) @ links)


def _settled(links: sparse.csr_array, rounds: int) -> Points:
    count = links.shape[1]
    points = _start(links)
    if count < 2:
        return points
    to_articles, to_concepts = _row_means(links), _row_means(sparse.csr_array(links.T))
    for step in np.linspace(1.0, 0.1, rounds):
        pull = to_concepts @ (to_articles @ points) - points
        points = points + step * (PULL * pull + _push(points, RADIUS) - 0.01 * points)
    return np.asarray(points - points.mean(axis=0))


def _parted(links: sparse.csr_array, points: Points) -> tuple[Points, Points]:
    """Return concepts and articles with none upon another: they give way from the articles' barycentres."""
    count = len(points)
    centres = _barycentres(links, points)
    # Articles with the same concepts share a barycentre: a little seeded noise lets them part.
    places = np.vstack([points, centres + 0.05 * np.random.default_rng(SEED).normal(size=centres.shape)])
    for _ in range(SETTLING):
        places = places + 0.6 * _push(places, 1.15)
    return places[:count], places[count:]


def _start(links: sparse.csr_array) -> Points:
    """Return singular vectors as places, over an area of one unit a concept, with seeded noise to part equals."""
    articles, count = links.shape
    noise = np.random.default_rng(SEED).normal(size=(count, 2))
    side = max(1.0, count**0.5)
    if min(articles, count) < 4:
        return np.asarray(noise * side / 2)
    means = _row_means(links)
    _, _, vectors = svds(means, k=3, v0=np.ones(min(articles, count)), random_state=SEED)
    order = np.argsort(np.argsort(vectors[:2].T + 1e-6 * noise, axis=0), axis=0) / count - 0.5
    signs = np.where(vectors[:2, :1].T < 0, -1.0, 1.0)
    return np.asarray(order * side * signs + 0.3 * noise)


def _push(points: Points, radius: float) -> Points:
    """Return the push of neighbours within the radius, linear in the distance that is lacking."""
    pairs = cKDTree(points).query_pairs(radius, output_type="ndarray")
    between = points[pairs[:, 0]] - points[pairs[:, 1]]
    distance = np.maximum(np.hypot(between[:, 0], between[:, 1]), 1e-3)
    force = between * ((1 - distance / radius) / distance * 0.5)[:, None]
    moved = np.zeros_like(points)
    np.add.at(moved, pairs[:, 0], force)
    np.subtract.at(moved, pairs[:, 1], force)
    return np.asarray(np.clip(moved, -1.0, 1.0))
