"""In which order to read the chosen articles, and what each is read for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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

        def key(one: Reading) -> tuple[int, float, str]:
            new = one.explains - taught
            later = {id_ for other in left if other is not one for id_ in other.explains} - new - taught
            missing = {edge.needs for id_ in new for edge in graph.followed(id_)} & later
            # The mean place of what it teaches: introductions come before what builds on them.
            place = sum(rank[id_] for id_ in new) / len(new) if new else float(len(order))
            return len(missing), place, one.article

        following = min(left, key=key)
        left.remove(following)
        new = tuple(id_ for id_ in order if id_ in following.explains - taught)
        ordered.append((following, new or _spoken(following, order)))
        taught |= following.explains
    return ordered


def _spoken(one: Reading, order: Collection[str]) -> tuple[str, ...]:
    """Return what an article that explains nothing new at least speaks of."""
    return tuple(id_ for id_ in order if id_ in one.explains or id_ in one.mentions)
