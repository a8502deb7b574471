"""In which order to read the chosen articles, and what each is read for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from conceptgraph.prerequisites import PrerequisiteGraph
    from conceptgraph.study.reading import Reading


def reading_order(
    chosen: Sequence[Reading], order: Sequence[str], graph: PrerequisiteGraph
) -> list[tuple[Reading, tuple[str, ...]]]:
    """Return the articles in the order of reading, each with what it teaches that none before it did.

    Next comes the article whose new concepts lack the fewest prerequisites that another article still to be read
    explains; of those, the one that teaches what comes first in the order of study, then the smaller id.

    Parameters
    ----------
    chosen
        What is read.
    order
        The needed concepts in the order of study.
    graph
        What needs what.
    """
    rank = {id_: at for at, id_ in enumerate(order)}
    left = list(chosen)
    taught: set[str] = set()
    ordered = []
    while left:
        ranked = [(*_readiness(one, left, taught, rank=rank, graph=graph), one.article, one) for one in left]
        *_, following = min(ranked, key=lambda row: row[:-1])
        left.remove(following)
        new = tuple(id_ for id_ in order if id_ in following.explains - taught)
        ordered.append((following, new or _spoken(following, order)))
        taught |= following.explains
    return ordered


def _readiness(
    one: Reading, left: Sequence[Reading], taught: Collection[str], *, rank: Mapping[str, int], graph: PrerequisiteGraph
) -> tuple[int, float]:
    """Return how many prerequisites would come too late, were an article read now, and where its lesson stands."""
    new = one.explains - set(taught)
    later = {id_ for other in left if other is not one for id_ in other.explains} - new - set(taught)
    missing = {edge.needs for id_ in new for edge in graph.followed(id_)} & later
    place = sum(rank[id_] for id_ in new) / len(new) if new else float(len(rank))
    return len(missing), place


def _spoken(one: Reading, order: Collection[str]) -> tuple[str, ...]:
    """Return what an article that explains nothing new at least speaks of."""
    return tuple(id_ for id_ in order if id_ in one.explains or id_ in one.mentions)
