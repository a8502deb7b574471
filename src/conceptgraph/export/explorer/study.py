"""What the page needs besides the graph to make study paths: what needs what, and how long each article takes."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from conceptgraph.columns import mentions_of
from conceptgraph.prerequisites import prerequisite_graph
from conceptgraph.study.reading import minutes_of
from conceptgraph.study.steps import stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conceptgraph.model import Article, Concept, Records
    from conceptgraph.prerequisites import Prerequisite, PrerequisiteGraph
    from conceptgraph.vocabulary import Vocabulary


ONE, OTHER = "\x01", "\x02"
"""Stand in a reason for the names of what needs and of what is needed: reasons of a kind are alike then, and short."""


def study_columns(records: Records, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return prerequisites, reading times and sections as columns.

    Parameters
    ----------
    records
        The graph.
    vocabulary
        The concepts, with those that no article mentions.

    Returns
    -------
    dict
        See docs/explorer.md. Concepts that only others need are numbered after those of the graph.
    """
    graph = prerequisite_graph(vocabulary, sure=True)
    ids = [concept.id for concept in records.concepts]
    beyond = sorted(graph.needed(ids, reach=None) - set(ids))
    numbers = {id_: number for number, id_ in enumerate([*ids, *beyond])}
    names = {each.id: each.name for each in records.concepts} | {id_: vocabulary[id_].name for id_ in beyond}
    articles = list(records.articles)
    return {
        "beyond": _beyond([vocabulary[id_] for id_ in beyond], ids),
        **_needs(graph, numbers, names),
        "minutes": [minutes_of(article) for article in articles],
        **_sections(records, articles, numbers),
    }


def _beyond(of: Sequence[Concept], ids: list[str]) -> dict[str, list[Any]]:
    return {
        "id": [concept.id for concept in of],
        "name": [concept.name for concept in of],
        "definition": [concept.definition for concept in of],
        "after": [bisect(ids, concept.id) for concept in of],
    }


def _needs(graph: PrerequisiteGraph, numbers: Mapping[str, int], names: Mapping[str, str]) -> dict[str, list[Any]]:
    followed = [graph.followed(id_) for id_ in numbers]
    edges: list[Prerequisite] = list(chain.from_iterable(followed))
    tiers = list(dict.fromkeys((edge.tier, edge.confidence) for edge in edges))
    return {
        "count": list(map(len, followed)),
        "needs": [numbers[edge.needs] for edge in edges],
        "tier": [tiers.index((edge.tier, edge.confidence)) for edge in edges],
        "tiers": [[tier, round(100 * confidence)] for tier, confidence in tiers],
        "why": [edge.reason.replace(names[edge.concept], ONE).replace(names[edge.needs], OTHER) for edge in edges],
        "needed_by": [graph.generality.get(id_, 0) for id_ in numbers],
    }


def _sections(records: Records, articles: Iterable[Article], concepts: Mapping[str, int]) -> dict[str, list[Any]]:
    """Return each article's headings, and which concepts stand below each: twice, where they do twice or more."""
    mentions = mentions_of(records.mentions, records.articles)
    number = np.array([concepts.get(id_, -1) for id_ in mentions.concepts], dtype=np.int64)
    headings, places = [], []
    begin = 0
    for article, end in zip(articles, mentions.ends.tolist(), strict=True):
        found = list(stretches(article))
        headings.append([heading for heading, _, _ in found])
        table = mentions.table[begin : end if found else begin]
        at = list(zip(table["start"].tolist(), number[table["concept"]].tolist(), strict=True))
        row = []
        for _, first, last in found:
            often = Counter(concept for start, concept in at if first <= start < last)
            row.append(sorted(concept for concept, count in often.items() for _ in range(min(count, 2))))
        places.append(row)
        begin = end
    return {"headings": headings, "places": places}
