"""Parts of a corpus's records: what is left when only some articles and concepts are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.columns import Mentions, weights_of
from conceptgraph.cooccurrence import Relations
from conceptgraph.model import Records
from conceptgraph.stated import StatedRelations

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from conceptgraph.model import ArticleConcept, Mention, Relation
    from conceptgraph.stated import StatedRow


def part_of(records: Records, articles: Collection[str], concepts: Collection[str]) -> Records:
    """Return the records of some articles and concepts, and of what links them.

    Parameters
    ----------
    records
        The whole.
    articles, concepts
        Ids.
    """
    wanted, known = set(articles), set(concepts)
    at = [number for number, id_ in enumerate(_ids(records)) if id_ in wanted]
    return Records(
        build=records.build,
        articles=tuple(records.articles[number] for number in at),
        concepts=tuple(concept for concept in records.concepts if concept.id in known),
        mentions=tuple(mention for mention in _mentions(records, at, wanted) if mention.concept in known),
        article_concepts=tuple(row for row in _rows(records, at) if row.concept in known),
        relations=tuple(_relations(records, wanted, known)),
    )


def strongest_part(records: Records, *, articles: int, concepts: int) -> Records:
    """Return the records of the concepts that weigh most, and of the articles that are most about these.

    Parameters
    ----------
    records
        The whole; returned as it is when it has no more.
    articles, concepts
        How many to keep at most.
    """
    if len(records.articles) <= articles and len(records.concepts) <= concepts:
        return records
    weights = weights_of(records.article_concepts, records.articles)
    number, weight = weights.table["concept"], weights.table["weight"]
    by_concept = np.bincount(number, weights=weight, minlength=len(weights.concepts))
    best = _largest(by_concept, concepts, [weights.concepts[at] for at in range(len(by_concept))])
    counted = np.isin(number, best)
    by_article = np.bincount(weights.article_numbers(), weights=weight * counted, minlength=len(weights.articles))
    chosen = _largest(by_article, articles, weights.articles)
    return part_of(records, [weights.articles[at] for at in chosen], [weights.concepts[at] for at in best])


def _largest(values: np.ndarray, count: int, names: Iterable[str]) -> list[int]:
    """Return the places of the largest values; of equal ones, the first by name."""
    ranked = sorted(zip(np.round(-values, 9).tolist(), names, range(len(values)), strict=True))
    return [at for _, _, at in ranked[:count]]


def _ids(records: Records) -> Iterable[str]:
    if isinstance(records.mentions, Mentions):
        return records.mentions.articles
    return (article.id for article in records.articles)


def _mentions(records: Records, at: list[int], wanted: set[str]) -> Iterator[Mention]:
    if isinstance(records.mentions, Mentions):
        for number in at:
            yield from records.mentions.of_article(number)
    else:
        yield from (mention for mention in records.mentions if mention.article in wanted)


def _rows(records: Records, at: list[int]) -> Iterator[ArticleConcept]:
    weights = weights_of(records.article_concepts, records.articles)
    begins = [0, *weights.ends.tolist()]
    for number in at:
        yield from weights[begins[number] : begins[number + 1]]


def _relations(records: Records, articles: set[str], concepts: set[str]) -> Iterator[Relation]:
    if isinstance(records.relations, Relations):
        yield from _columns(records.relations, articles, concepts)
        return
    yield from (relation for relation in records.relations if _inside(relation, articles, concepts))


def _columns(relations: Relations, articles: set[str], concepts: set[str]) -> Iterator[Relation]:
    names = relations.together.weights.concepts
    known = np.array([name in concepts for name in names], dtype=bool)
    pairs = relations.together.pairs
    inside = np.flatnonzero(known[pairs.first] & known[pairs.second]) if len(pairs.first) else pairs.first
    together = (relations.together.one(at) for at in inside.tolist())
    # Of rows only those that are kept are made into relations.
    given = relations.others
    rows: Sequence[Relation | StatedRow] = given.rows if isinstance(given, StatedRelations) else given
    kept = [at for at, row in enumerate(rows) if _inside(row, articles, concepts)]
    yield from sorted([*(given[at] for at in kept), *together], key=_key)


def _inside(relation: Relation | StatedRow, articles: set[str], concepts: set[str]) -> bool:
    ends = articles if relation.kind == "links_to" else concepts
    return relation.source in ends and relation.target in ends


def _key(relation: Relation) -> tuple[str, str, str]:
    return relation.kind, relation.source, relation.target
