"""Each article of a path with the reasons: why it is read, what it unlocks, what could be read instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.extract.quotes import article_quotes
from conceptgraph.slices import mentions_of, with_id
from conceptgraph.study.path import Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from conceptgraph.model import Article, Concept, Mention, Records
    from conceptgraph.prerequisites import Prerequisite, PrerequisiteGraph
    from conceptgraph.study.order import Lesson
    from conceptgraph.study.reading import Reading

LIKE = 0.5
"""What share of an article's lesson another must explain to be named in its place."""
ALTERNATIVES = 3
"""How many are named at most."""
SECTIONS = 4
"""In more sections than this, the whole article is to be read."""
NAMED = 5
"""How many concepts are named in "skip if you know …"."""


def steps(
    records: Records,
    graph: PrerequisiteGraph,
    taught: Sequence[Lesson],
    *,
    aims: Sequence[str],
    order: Sequence[str],
    concepts: Mapping[str, Concept],
    candidates: Sequence[Reading],
    titles: Mapping[str, str],
) -> Iterator[Step]:
    """Yield the steps of a path.

    Parameters
    ----------
    records, graph, concepts
        The corpus, what needs what, and the concepts by id.
    taught
        The articles in the order of reading with what each is read for.
    aims
        The goals' concepts.
    order
        All needed concepts in the order of study.
    candidates
        All articles that could have been read.
    titles
        What the articles are called, by id.
    """
    chosen = {one.article for one, *_ in taught}
    learned: set[str] = set()
    for one, lesson, explained in taught:
        article = with_id(records.articles, one.article)
        mentions = list(mentions_of(records, one.article))
        quote = article_quotes(article, mentions).get(_main(lesson, aims))
        before = _ready(graph, order, learned)
        if explained:
            learned |= set(lesson)
        yield Step(
            article=one.article,
            title=titles[one.article],
            sections=_sections(article, mentions, lesson),
            minutes=one.minutes,
            concepts=lesson,
            explained=explained,
            why=_why(graph, aims, lesson, concepts, explained=explained),
            quote=quote.sentence if quote else "",
            page=quote.page if quote else None,
            unlocks=tuple(id_ for id_ in _ready(graph, order, learned) if id_ not in before and id_ not in learned),
            skip_if=tuple(concepts[id_].name for id_ in lesson[:NAMED] if id_ in concepts),
            alternatives=_alternatives(one, lesson, candidates, chosen),
        )


def _main(lesson: Sequence[str], aims: Collection[str]) -> str:
    """Return what of a lesson is quoted: a goal if it teaches one, else what comes last, which all else led to."""
    return next((id_ for id_ in lesson if id_ in aims), lesson[-1] if lesson else "")


def _ready(graph: PrerequisiteGraph, order: Sequence[str], learned: Collection[str]) -> list[str]:
    """Return the needed concepts all of whose needed prerequisites have been learned, where there are any."""
    inside = set(order)
    needs = {id_: {edge.needs for edge in graph.followed(id_)} & inside for id_ in order}
    return [id_ for id_ in order if needs[id_] and needs[id_] <= set(learned)]


def _why(
    graph: PrerequisiteGraph,
    aims: Sequence[str],
    lesson: Sequence[str],
    concepts: Mapping[str, Concept],
    *,
    explained: bool,
) -> tuple[str, ...]:
    main = _main(lesson, aims)
    if main in aims:
        does = "explains" if explained else "speaks of"
        return (f"It {does} {_name(main, concepts)}, which you want to understand.",)
    chains = [chain for aim in aims if (chain := graph.chain(aim, main))]
    shortest = min(chains, key=len, default=[])
    return tuple(_sentence(edge, concepts) for edge in shortest)


def _sentence(edge: Prerequisite, concepts: Mapping[str, Concept]) -> str:
    needs = f"{_name(edge.concept, concepts)} needs {_name(edge.needs, concepts)}"
    return f"{needs}: {edge.reason}" if edge.reason else f"{needs}."


def _name(id_: str, concepts: Mapping[str, Concept]) -> str:
    return concepts[id_].name if id_ in concepts else id_


def _sections(article: Article, mentions: Sequence[Mention], lesson: Sequence[str]) -> tuple[str, ...]:
    """Return the headings of the sections in which the lesson's concepts are mentioned twice or more."""
    places = [mention.start for mention in mentions if mention.concept in lesson]
    found = [heading for heading, start, end in stretches(article) if sum(start <= at < end for at in places) >= 2]
    return tuple(found) if len(found) <= SECTIONS else ()


def stretches(article: Article) -> Iterator[tuple[str, int, int]]:
    """Yield heading, start and end of each section below the title, as far as its own text goes.

    Parameters
    ----------
    article
        The article. A section with sections inside ends where the first of them begins.
    """
    for section in article.sections:
        inner = [
            s.start for s in article.sections if section.start <= s.start < section.end and s.level > section.level
        ]
        if section.heading and section.level > 1:
            yield section.heading, section.start, min(inner, default=section.end)


def _alternatives(
    one: Reading, lesson: Sequence[str], candidates: Sequence[Reading], chosen: Collection[str]
) -> tuple[str, ...]:
    wanted = set(lesson)
    shares = [
        (-len(wanted & other.explains), other.minutes, other.article)
        for other in candidates
        if other.article not in chosen and other is not one and len(wanted & other.explains) >= LIKE * len(wanted) > 0
    ]
    return tuple(id_ for *_, id_ in sorted(shares)[:ALTERNATIVES])
