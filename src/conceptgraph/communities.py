"""Communities: concepts that belong together, named by those that lead them, and the most central concepts of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from conceptgraph.community_names import Namer
from conceptgraph.concept_network import article_matrix, concept_network
from conceptgraph.louvain import louvain

if TYPE_CHECKING:
    import numpy.typing as npt

    from conceptgraph.concept_network import ConceptNetwork
    from conceptgraph.model import Records

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]

LEAST = 4
"""With fewer concepts than these a group joins the one that it is linked to most."""
REST = "Other concepts"
"""Name of the concepts that nothing links to any others."""
FINENESS = 40.0
"""Modularity merges what is small beside the whole (Fortunato and Barthélemy 2007, "Resolution limit in community
detection"): with more concepts than the square of this, the resolution grows with the root of their number."""
DAMPING = 0.85
"""How often the reader of a random article goes on to one that shares a concept, instead of starting anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """Concepts that belong together, and the articles that are mostly about them.

    Parameters
    ----------
    id
        0 for the largest.
    name
        Its leading concepts in words: "Replication, consensus and quorum".
    concepts
        Ids, by falling importance.
    articles
        Ids, in order.
    """

    id: int
    name: str
    concepts: tuple[str, ...]
    articles: tuple[str, ...]


class Grouped(NamedTuple):
    """The concept network of some records, and the number of each concept's community in it."""

    network: ConceptNetwork
    label: Integers


def grouped(records: Records, *, seed: int = 0) -> Grouped:
    """Return what communities and map are both made from; see `partition`."""
    network = concept_network(records)
    return Grouped(network, partition(network, seed=seed))


def communities(records: Records, *, seed: int = 0, groups: Grouped | None = None) -> tuple[Community, ...]:
    """Return the communities of the pruned concept network.

    A concept's importance in its community is its PageRank over articles, times the share of its links that stay
    inside, times the share of its weight that lies in the community's own articles: "latency" is spoken of everywhere
    and stands for no topic. The name is made of the leading concepts that are unlike each other.

    Parameters
    ----------
    records
        The records to read.
    seed
        See `partition`.
    groups
        What `grouped` returned for these records and seed, where it is known.

    Returns
    -------
    tuple of Community
        The largest first. Every concept is in one, and every article that mentions any in the one it weighs most in.

    Examples
    --------
    >>> from conceptgraph.model import Records
    >>> communities(Records(build="none"))
    ()
    """
    network, label = groups or grouped(records, seed=seed)
    homes = _homes(network.mentions, label)
    importance = page_rank(network.mentions) * _share_inside(network.links, label)
    importance *= _share_at_home(network.mentions, label, homes)
    namer = Namer(records, network)
    found = []
    for number in range(int(label.max(initial=-1)) + 1):
        members = np.flatnonzero(label == number)
        members = members[np.lexsort((members, -importance[members]))]
        lonely = network.links[members].nnz == 0 and len(members) > 1
        found.append(
            Community(
                id=number,
                name=REST if lonely else namer.name(members.tolist()),
                concepts=tuple(network.concepts[i] for i in members),
                articles=tuple(network.articles[i] for i in np.flatnonzero(homes == number)),
            )
        )
    return tuple(found)


def partition(network: ConceptNetwork, *, seed: int = 0) -> Integers:
    """Return the number of each concept's community, 0 for the largest.

    Found by the Louvain method (`conceptgraph.louvain`), which moves concepts between groups as long as modularity
    grows. Groups of a few join the one that they are linked to most; those linked to none are gathered in one.

    Parameters
    ----------
    network
        The concepts and their links.
    seed
        For the order in which concepts are tried; the same seed gives the same result.
    """
    resolution = max(1.0, len(network.concepts) ** 0.5 / FINENESS)
    label = louvain(network.links, resolution=resolution, seed=seed)
    return _by_size(_gathered(network.links, label))


def central_concepts(records: Records, k: int) -> list[str]:
    """Return the ids of the `k` most central concepts, the first the most.

    Central is what a reader meets who keeps going from an article to a concept it is about and on to another article
    about that: PageRank (Brin and Page 1998) on the graph of articles and concepts. Unlike the sum of weights it gives
    every article one voice, so that a listing of a hundred links does not outvote the articles about something.

    Parameters
    ----------
    records
        The records to read.
    k
        How many.
    """
    rank = page_rank(article_matrix(records))
    order = np.lexsort((np.arange(len(rank)), -rank))[:k]
    return [records.concepts[i].id for i in order]


def page_rank(mentions: sparse.csr_array, *, rounds: int = 60) -> Floats:
    """Return how often a random reader meets each concept: summing to 1, or all 0 where nothing is mentioned.

    Parameters
    ----------
    mentions
        How much each article (row) is about each concept (column).
    rounds
        Steps of the power iteration; what is left of the start is below ``DAMPING ** rounds``.
    """
    if mentions.nnz == 0:
        return np.zeros(mentions.shape[1])
    down = row_means(mentions)
    up = row_means(sparse.csr_array(mentions.T))
    start = np.diff(mentions.indptr) > 0
    at = start / start.sum()
    anew = at.copy()
    for _ in range(rounds):
        at = DAMPING * ((at @ down) @ up) + (1 - DAMPING) * anew
    rank = at @ down
    # Rounded, so that the order of equals does not hang on the last bit of a sum.
    return np.round(np.asarray(rank), 12)


def row_means(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return the matrix with each row divided by its sum; empty rows stay empty."""
    sums = np.asarray(matrix.sum(axis=1)).ravel()
    return sparse.csr_array(sparse.diags_array(np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)) @ matrix)


def _to_groups(links: sparse.csr_array, label: Integers) -> sparse.csr_array:
    """Return how much each concept (row) is linked to each group (column)."""
    count = int(label.max(initial=-1)) + 1
    member = sparse.csr_array((np.ones(len(label)), (np.arange(len(label)), label)), shape=(len(label), count))
    return sparse.csr_array(links @ member)


def _gathered(links: sparse.csr_array, label: Integers) -> Integers:
    """Return labels where small groups have joined others, the smallest first."""
    label = label.copy()
    sizes = np.bincount(label)
    for number in np.lexsort((np.arange(len(sizes)), sizes)).tolist():
        if sizes[number] >= LEAST:
            break
        members = np.flatnonzero(label == number)
        outward = np.zeros(len(sizes))
        for member in members.tolist():
            low, high = links.indptr[member], links.indptr[member + 1]
            np.add.at(outward, label[links.indices[low:high]], links.data[low:high])
        outward[number] = 0.0
        if len(members) and outward.max() > 0:
            home = int(np.argmax(np.round(outward, 9)))
            label[members] = home
            sizes[home] += len(members)
            sizes[number] = 0
    left = np.flatnonzero((sizes > 0) & (sizes < LEAST))
    label[np.isin(label, left)] = left[0] if len(left) else 0
    return label


def _by_size(label: Integers) -> Integers:
    """Return labels numbered by falling size, equals by their first member."""
    _, first, number, sizes = np.unique(label, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return rank[number]


def _share_inside(links: sparse.csr_array, label: Integers) -> Floats:
    """Return the share of each concept's links that stay in its group, smoothed: one link is little to go by."""
    outward = _to_groups(links, label)
    inside = np.asarray(outward[np.arange(len(label)), label]).ravel() if len(label) else np.zeros(0)
    whole = np.asarray(links.sum(axis=1)).ravel()
    return np.asarray((inside + 0.5) / (whole + 1.0))


def _share_at_home(mentions: sparse.csr_array, label: Integers, homes: Integers) -> Floats:
    """Return the share of each concept's weight that lies in articles of its community, drawn a little to a half."""
    article = np.repeat(np.arange(mentions.shape[0]), np.diff(mentions.indptr))
    own = homes[article] == label[mentions.indices]
    inside, whole = (
        np.bincount(mentions.indices, weights=weight, minlength=len(label))
        for weight in (mentions.data * own, mentions.data)
    )
    return np.asarray((inside + 0.05) / (whole + 0.1))


def _homes(mentions: sparse.csr_array, label: Integers) -> Integers:
    """Return the community in which each article weighs most; -1 for an article without concepts."""
    weights = _to_groups(mentions, label)
    home = np.full(mentions.shape[0], -1, dtype=np.int64)
    some = np.flatnonzero(np.diff(mentions.indptr) > 0)
    for block in np.array_split(some, max(1, len(some) // 4096)):
        home[block] = np.argmax(np.round(weights[block].toarray(), 9), axis=1) if len(block) else -1
    return home
