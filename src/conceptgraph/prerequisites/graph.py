"""The prerequisite graph: who needs whom, in which order to study, and how surely."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from conceptgraph.prerequisites.edge import TIERS, Prerequisite

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

FOLLOWED = 0.5
"""Least confidence of an edge that a closure follows; what is less sure is shown, not followed."""

REACH = 4
"""How many steps down a closure goes: what lies farther below is a general education, not a preparation."""


class PrerequisiteGraph:
    """Concepts and what each needs, without cycles.

    Where the given edges run in a circle, the weakest of the circle is left out and kept in `cycles`.

    Parameters
    ----------
    edges
        In any order. Of several between one pair the surest stays.

    Attributes
    ----------
    edges : tuple of Prerequisite
        By concept, then falling confidence.
    cycles : tuple of Prerequisite
        Edges that were left out because they would close a circle.

    Examples
    --------
    >>> def needs(a, b, sure=1.0):
    ...     return Prerequisite(concept=a, needs=b, tier="vocabulary", confidence=sure, reason="")
    >>> graph = PrerequisiteGraph([needs("c", "b"), needs("b", "a"), needs("a", "c", 0.6)])
    >>> graph.closure(["c"]), [(edge.concept, edge.needs) for edge in graph.cycles]
    (['a', 'b', 'c'], [('a', 'c')])
    """

    def __init__(self, edges: Iterable[Prerequisite]) -> None:
        # Both the surest first: so they are put in.
        self._needs: dict[str, dict[str, Prerequisite]] = defaultdict(dict)
        self._unlocks: dict[str, dict[str, Prerequisite]] = defaultdict(dict)
        cycles = []
        ranked = sorted(edges, key=_surest_first)
        circular = _circular(ranked)
        for edge in ranked:
            if edge.needs in self._needs[edge.concept]:
                continue
            if circular and (edge.concept == edge.needs or self._reaches(edge.needs, edge.concept)):
                cycles.append(edge)
                continue
            self._needs[edge.concept][edge.needs] = edge
            self._unlocks[edge.needs][edge.concept] = edge
        self.cycles = tuple(cycles)
        self.edges = tuple(edge for id_ in sorted(self._needs) for edge in self.direct(id_))

    def direct(self, concept: str) -> list[Prerequisite]:
        """Return what a concept needs directly, the surest first."""
        return list(self._needs.get(concept, {}).values())

    def unlocks(self, concept: str) -> list[Prerequisite]:
        """Return the edges of those that need a concept directly, the surest first."""
        return list(self._unlocks.get(concept, {}).values())

    def followed(self, concept: str) -> list[Prerequisite]:
        """Return what a concept needs directly, and surely enough to be studied first."""
        return [edge for edge in self.direct(concept) if edge.confidence >= FOLLOWED]

    def needed(self, concepts: Iterable[str], *, known: Collection[str] = (), reach: int | None = REACH) -> set[str]:
        """Return `concepts` and all that they need, directly or through others, without what is known.

        What is needed only for what is known is not needed either.

        Parameters
        ----------
        concepts
            Ids.
        known
            Ids at which the way down ends.
        reach
            How many steps down at most, in hops; None for down to the ground.
        """
        found: set[str] = set()
        layer = {id_ for id_ in concepts if id_ not in known}
        while layer and (reach is None or reach >= 0):
            found |= layer
            reach = None if reach is None else reach - 1
            below = {edge.needs for id_ in layer for edge in self.followed(id_)}
            layer = {id_ for id_ in below if id_ not in found and id_ not in known}
        return found

    def closure(self, concepts: Iterable[str]) -> list[str]:
        """Return the concepts and all that they need, in the order of study: what is needed first, first."""
        return self.ordered(self.needed(concepts))

    def ordered(self, concepts: Collection[str]) -> list[str]:
        """Return the concepts in the order of study, keeping the thread.

        After a concept come those that it completes the needs of, before anything else; ties go to what more concepts
        need, then to the smaller id.
        """
        inside = set(concepts)
        missing = {id_: {e.needs for e in self.followed(id_)} & inside for id_ in inside}
        ready: list[tuple[int, int, str]] = []
        for id_ in sorted(inside):
            if not missing[id_]:
                heappush(ready, (0, -self.generality.get(id_, 0), id_))
        order: list[str] = []
        while ready:
            _, _, id_ = heappop(ready)
            order.append(id_)
            for edge in self.unlocks(id_):
                if edge.concept in inside and id_ in missing[edge.concept]:
                    missing[edge.concept].remove(id_)
                    if not missing[edge.concept]:
                        heappush(ready, (-len(order), -self.generality.get(edge.concept, 0), edge.concept))
        return order

    @cached_property
    def generality(self) -> dict[str, int]:
        """How many concepts need each one directly, and surely enough to be studied after it."""
        return {id_: sum(edge.confidence >= FOLLOWED for edge in of.values()) for id_, of in self._unlocks.items()}

    def confidences(self, concept: str) -> dict[str, float]:
        """Return how surely a concept needs others, directly or through others: the product along the surest way."""
        best = {concept: 1.0}
        queue = [(-1.0, concept)]
        while queue:
            minus, id_ = heappop(queue)
            if -minus < best[id_]:
                continue
            for edge in self._needs.get(id_, {}).values():
                sure = -minus * edge.confidence
                # What is less sure says something of its own pair only.
                if (edge.confidence >= FOLLOWED or id_ == concept) and sure > best.get(edge.needs, 0.0):
                    best[edge.needs] = sure
                    if edge.confidence >= FOLLOWED:
                        heappush(queue, (-sure, edge.needs))
        del best[concept]
        return best

    def score(self, first: str, second: str) -> float:
        """Return how surely `first` needs `second`, directly or through others; 0 if not at all."""
        return self.confidences(first).get(second, 0.0)

    def chain(self, goal: str, concept: str) -> list[Prerequisite]:
        """Return the fewest edges that lead from a goal down to a concept that it needs; none if none do."""
        came: dict[str, Prerequisite | None] = {goal: None}
        layer = [goal]
        while layer and concept not in came:
            following = []
            for id_ in layer:
                for edge in self.followed(id_):
                    if edge.needs not in came:
                        came[edge.needs] = edge
                        following.append(edge.needs)
            layer = following
        steps: list[Prerequisite] = []
        last = came.get(concept)
        while last:
            steps.append(last)
            last = came[last.concept]
        return steps[::-1]

    def _reaches(self, start: str, target: str) -> bool:
        seen = {start}
        open_ones = [start]
        while open_ones:
            id_ = open_ones.pop()
            if id_ == target:
                return True
            fresh = [other for other in self._needs.get(id_, ()) if other not in seen]
            seen.update(fresh)
            open_ones += fresh
        return False


def _circular(edges: Iterable[Prerequisite]) -> bool:
    """Whether any edges run in a circle; to ask once for all takes less time than for each edge, and few do."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for edge in edges:
        sorter.add(edge.concept, edge.needs)
    try:
        sorter.prepare()
    except CycleError:
        return True
    return False


def _surest_first(edge: Prerequisite) -> tuple[float, int, str, str]:
    return -edge.confidence, TIERS.index(edge.tier), edge.concept, edge.needs
