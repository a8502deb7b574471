"""The part of a graph around one article or concept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conceptgraph.graph import article_node, concept_node

if TYPE_CHECKING:
    from conceptgraph.model import Records


def neighbourhood(records: Records, node: str, *, hops: int = 1) -> Records:
    """Return the records of the articles and concepts that are near one of them, and of what links these.

    Parameters
    ----------
    records
        The whole graph.
    node
        Where to begin: a node's id, ``concept:apache-kafka``.
    hops
        How many mentions, links or stated relations away the farthest may be; co-occurrence leads nowhere.
    """
    near: dict[str, set[str]] = {}
    for row in records.article_concepts:
        _join(near, article_node(row.article), concept_node(row.concept))
    for relation in records.relations:
        if relation.kind != "co_occurs":
            named = article_node if relation.kind == "links_to" else concept_node
            _join(near, named(relation.source), named(relation.target))
    kept = edge = {node}
    for _ in range(hops):
        edge = {other for one in edge for other in near.get(one, ())} - kept
        kept = kept | edge
    return _only(records, kept)


def _join(near: dict[str, set[str]], one: str, other: str) -> None:
    near.setdefault(one, set()).add(other)
    near.setdefault(other, set()).add(one)


def _only(records: Records, kept: set[str]) -> Records:
    articles = tuple(article for article in records.articles if article_node(article.id) in kept)
    concepts = tuple(concept for concept in records.concepts if concept_node(concept.id) in kept)
    here, there = {article.id for article in articles}, {concept.id for concept in concepts}
    return replace(
        records,
        articles=articles,
        concepts=concepts,
        mentions=tuple(m for m in records.mentions if m.article in here and m.concept in there),
        article_concepts=tuple(r for r in records.article_concepts if r.article in here and r.concept in there),
        relations=tuple(
            r for r in records.relations if {r.source, r.target} <= (here if r.kind == "links_to" else there)
        ),
    )
