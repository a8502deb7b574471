"""The Louvain method on a sparse matrix: NetworkX's, on a graph of its own, takes five times as long."""

from __future__ import annotations

import random
from collections import deque
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]


def louvain(links: sparse.csr_array, *, resolution: float, seed: int) -> Integers:
    """Return the number of each node's group, such that modularity is large.

    Nodes move to the group beside them where that gains most, until none gains; then groups are nodes, and so on
    (Blondel, Guillaume, Lambiotte and Lefebvre 2008, "Fast unfolding of communities in large networks"). After the
    first round only the neighbours of what moved are looked at again (Traag, Waltman and van Eck 2019, "From Louvain to
    Leiden").

    Parameters
    ----------
    links
        Symmetric weights, none below zero.
    resolution
        Above 1 for smaller groups, below for larger.
    seed
        For the order in which nodes are tried.

    Examples
    --------
    >>> two = sparse.csr_array(np.kron(np.eye(2), np.ones((3, 3))) + 0.01)
    >>> louvain(two, resolution=1.0, seed=0).tolist()
    [0, 0, 0, 1, 1, 1]
    """
    pick = random.Random(seed)  # noqa: S311 - an order, no secret
    label = np.arange(links.shape[0])
    while True:
        moved = _moved(links, resolution, pick)
        _, groups = np.unique(moved, return_inverse=True)
        count = int(groups.max(initial=-1)) + 1
        if count == links.shape[0]:
            return label
        label = groups[label]
        member = sparse.csr_array((np.ones(len(groups)), (np.arange(len(groups)), groups)), shape=(len(groups), count))
        links = sparse.csr_array(member.T @ links @ member)


def _moved(links: sparse.csr_array, resolution: float, pick: random.Random) -> Integers:
    """Return the group of each node after single nodes have moved as long as that gains."""
    size = links.shape[0]
    degree = np.asarray(links.sum(axis=1)).ravel().tolist()
    share = resolution / max(sum(degree), 1e-12)
    begins, ends, weights = links.indptr.tolist(), links.indices.tolist(), links.data.tolist()
    group, total = list(range(size)), degree.copy()
    order = list(range(size))
    pick.shuffle(order)
    queue, waiting = deque(order), [True] * size
    while queue:
        node = queue.popleft()
        waiting[node] = False
        home = group[node]
        toward = {home: 0.0}
        for at in range(begins[node], begins[node + 1]):
            if ends[at] != node:
                other = group[ends[at]]
                toward[other] = toward.get(other, 0.0) + weights[at]
        total[home] -= degree[node]
        cost = share * degree[node]
        best, most = home, toward[home] - cost * total[home] + 1e-9  # what gains next to nothing would move for ever
        for other, weight in toward.items():
            gain = weight - cost * total[other]
            if gain > most:
                best, most = other, gain
        total[best] += degree[node]
        if best != home:
            group[node] = best
            for at in range(begins[node], begins[node + 1]):
                other = ends[at]
                if group[other] != best and not waiting[other]:
                    waiting[other] = True
                    queue.append(other)
    return np.array(group, dtype=np.int64)
