"""In which order to read the chosen articles, and what each is read for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from conceptgraph.prerequisites import PrerequisiteGraph
    from conceptgraph.study.reading import Reading


class Lesson(NamedTuple):
    """An article with what it is read for; `explained` is false where it only speaks of what none explains."""

    reading: Reading
    concepts: tuple[str, ...]
    explained: bool


def reading_order(chosen: Sequence[Reading], order: Sequence[str], graph: PrerequisiteGraph) -> list[Lesson]:
    """Return the articles in the order of reading, each with what it teaches that none before it did.

    What one of them is about is taught by such a one, not by another that explains it in passing.

    Next comes the article whose new concepts lack the fewest prerequisites that another article still to be read
    explains; of those, the one that teaches what comes first in the order of study, then the smaller id. Articles that
    teach nothing new but speak of what no other explains come after those that do.

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
    left = _each_its_own(chosen)
    taught: set[str] = set()
    spoken = {id_ for one in chosen for id_ in one.explains}
    lessons = []
    while left:
        ranked = [(*_readiness(one, left, taught, spoken, rank=rank, graph=graph), one.article, one) for one in left]
        *_, following = min(ranked, key=lambda row: row[:-1])
        left.remove(following)
        new = tuple(id_ for id_ in order if id_ in following.explains - taught)
        concepts = new or _spoken(following, order, spoken)
        lessons.append(Lesson(following, concepts, explained=not following.explains.isdisjoint(concepts)))
        taught |= following.explains
        spoken |= set(concepts)
    return lessons


def _each_its_own(chosen: Sequence[Reading]) -> list[Reading]:
    """Return the articles, with what another one is about only mentioned by those that are not."""
    about = {id_ for one in chosen for id_ in one.about}
    return [
        replace(one, explains=one.explains - passing, mentions=one.mentions | passing)
        for one in chosen
        for passing in [one.explains & (about - one.about)]
    ]


def _readiness(
    one: Reading,
    left: Sequence[Reading],
    taught: Collection[str],
    spoken: Collection[str],
    *,
    rank: Mapping[str, int],
    graph: PrerequisiteGraph,
) -> tuple[int, float]:
    """Return how many prerequisites would come too late, were an article read now, and where its lesson stands."""
    new = one.explains - set(taught)
    later = {id_ for other in left if other is not one for id_ in other.explains} - new - set(taught)
    missing = {edge.needs for id_ in new for edge in graph.followed(id_)} & later
    lesson = new or _spoken(one, rank, spoken)
    place = sum(rank[id_] for id_ in lesson) / len(lesson)
    return len(missing), place if new else len(rank) + place


def _spoken(one: Reading, order: Iterable[str], spoken: Collection[str]) -> tuple[str, ...]:
    """Return what an article that explains nothing new at least speaks of: what no other does, if there is any."""
    named = [id_ for id_ in order if id_ in one.explains or id_ in one.mentions]
    return tuple(id_ for id_ in named if id_ not in spoken) or tuple(named)
