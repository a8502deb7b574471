"""Study paths: what to read, in what order and why, to understand a goal from what one knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.model import Article
from conceptgraph.slices import concepts_of, titles
from conceptgraph.study.choose import choose
from conceptgraph.study.order import reading_order
from conceptgraph.study.path import Cut, Gap, Step, StudyPath
from conceptgraph.study.reading import WORDS_A_MINUTE, hundredths, readings, worths
from conceptgraph.study.steps import steps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from conceptgraph.model import Concept, Records
    from conceptgraph.prerequisites import PrerequisiteGraph
    from conceptgraph.study.reading import Reading

__all__ = ["Cut", "Gap", "Step", "StudyPath", "study_path"]


def study_path(
    records: Records,
    graph: PrerequisiteGraph,
    goals: Iterable[Article | Concept],
    *,
    concepts: Mapping[str, Concept],
    known: Collection[str] = (),
    minutes: int | None = None,
    known_implies: bool = True,
    exclude: Collection[str] = (),
    words_a_minute: int = WORDS_A_MINUTE,
) -> StudyPath:
    """Return what to read to understand the goals.

    What is needed is the closure of the goals over the prerequisites, less what is known. Articles are chosen that
    explain as much of it as the minutes allow (`choose.choose`), and ordered so that what is needed first is read
    first (`order.reading_order`).

    Parameters
    ----------
    records
        The corpus to read from.
    graph
        What needs what.
    goals
        Concepts and articles; of an article, the concepts that it is about are needed, and it is read itself.
    concepts
        All concepts by id: the vocabulary, and the corpus's new ones.
    known
        Ids of concepts that the reader knows.
    minutes
        Most whole minutes to read; None for as many as it takes.
    known_implies
        Whether one who knows a concept knows what that needs.
    exclude
        Ids of articles not to read.
    words_a_minute
        Reading speed.
    """
    goals = list(goals)
    given = sorted(set(known))
    known = graph.needed(known, reach=None) if known_implies else set(known)
    own = {goal.id for goal in goals if isinstance(goal, Article)}
    aims = [id_ for goal in goals for id_ in _aims(records, goal)]
    order = graph.ordered(graph.needed(aims, known=known))
    called = titles(records.articles)
    if not order:
        said = ", ".join(called[goal.id] if isinstance(goal, Article) else goal.name for goal in goals)
        return _nothing(goals, given, minutes, concepts, note=f"{said}: known already")
    depths = _depths(graph, aims, order)
    worth = worths(order, set(aims), depths)
    candidates = readings(records, order, known=known, exclude=exclude, words_a_minute=words_a_minute)
    chosen = _with_own(candidates, own - set(exclude), worth, minutes)
    left_out = _left_out(candidates, chosen, worth, minutes)
    taught = reading_order(chosen, order, graph)
    explained = {id_ for one in candidates for id_ in one.explains}
    read = steps(
        records, graph, taught, aims=aims, order=order, concepts=concepts, candidates=candidates, titles=called
    )
    return StudyPath(
        goals=_ids(goals),
        known=tuple(given),
        minutes=sum(one.minutes for one in chosen),
        budget=minutes,
        steps=tuple(read),
        concepts=tuple(order),
        gaps=tuple(
            _gap(concepts[id_], depths[id_])
            for id_ in sorted(order, key=depths.__getitem__)
            if id_ not in explained and id_ in concepts
        ),
        cut=tuple(_cut(one, called[one.article], chosen, order) for one in left_out),
        names={id_: concepts[id_].name for id_ in {*order, *known, *aims} if id_ in concepts},
        note=_note(candidates, chosen, minutes),
    )


def _ids(goals: Iterable[Article | Concept]) -> tuple[str, ...]:
    return tuple(f"article:{goal.id}" if isinstance(goal, Article) else goal.id for goal in goals)


def _aims(records: Records, goal: Article | Concept) -> list[str]:
    if not isinstance(goal, Article):
        return [goal.id]
    core = [row for row in concepts_of(records, goal.id) if row.core]
    return [row.concept for row in sorted(core, key=lambda row: (-hundredths(row), row.concept))]


def _depths(graph: PrerequisiteGraph, aims: Sequence[str], order: Collection[str]) -> dict[str, int]:
    """Return how many steps each needed concept is from the nearest goal."""
    depth = dict.fromkeys(aims, 0)
    layer, inside = list(aims), set(order)
    while layer:
        following = []
        for id_ in layer:
            for edge in graph.followed(id_):
                if edge.needs in inside and edge.needs not in depth:
                    depth[edge.needs] = depth[id_] + 1
                    following.append(edge.needs)
        layer = following
    return depth


def _with_own(
    candidates: Sequence[Reading], own: Collection[str], worth: Mapping[str, int], minutes: int | None
) -> list[Reading]:
    """Return the articles to read: those that are goals themselves, if they fit, and the best of the others."""
    fixed = [one for one in candidates if one.article in own]
    spent = sum(one.minutes for one in fixed)
    if minutes is not None and spent > minutes:
        return choose(candidates, worth, minutes=minutes)
    done = {id_ for one in fixed for id_ in one.explains}
    rest = {id_: 0 if id_ in done else value for id_, value in worth.items()}
    others = [one for one in candidates if one.article not in own]
    chosen = choose(others, rest, minutes=None if minutes is None else minutes - spent)
    return [*fixed, *chosen]


def _left_out(
    candidates: Sequence[Reading], chosen: Sequence[Reading], worth: Mapping[str, int], minutes: int | None
) -> list[Reading]:
    """Return what one would read besides, had one the time."""
    if minutes is None:
        return []
    had = {one.article for one in chosen}
    explained = {id_ for one in chosen for id_ in one.explains}
    whole = choose(candidates, worth, minutes=None)
    return [one for one in whole if one.article not in had and one.explains - explained]


def _cut(one: Reading, title: str, chosen: Sequence[Reading], order: Sequence[str]) -> Cut:
    explained = {id_ for other in chosen for id_ in other.explains}
    lost = tuple(id_ for id_ in order if id_ in one.explains - explained)
    return Cut(article=one.article, title=title, minutes=one.minutes, concepts=lost)


def _gap(concept: Concept, distance: int) -> Gap:
    return Gap(id=concept.id, name=concept.name, definition=concept.definition, distance=distance)


def _note(candidates: Sequence[Reading], chosen: Sequence[Reading], minutes: int | None) -> str:
    if chosen:
        return ""
    if minutes is None or not candidates:
        return "no article explains what is needed; the definitions of the gaps are all there is"
    least = min(one.minutes for one in candidates)
    few = "1 minute is" if minutes == 1 else f"{minutes} minutes are"
    return f"{few} too few for any article; the shortest that helps takes {least}"


def _nothing(
    goals: Sequence[Article | Concept],
    known: Collection[str],
    minutes: int | None,
    concepts: Mapping[str, Concept],
    *,
    note: str,
) -> StudyPath:
    names = {id_: concepts[id_].name for id_ in {*known, *_ids(goals)} if id_ in concepts}
    return StudyPath(
        goals=_ids(goals),
        known=tuple(sorted(known)),
        minutes=0,
        budget=minutes,
        steps=(),
        concepts=(),
        gaps=(),
        cut=(),
        names=names,
        note=note,
    )
