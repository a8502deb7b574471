"""Communities for the overview: concepts that articles mention together, named by their leading members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from conceptgraph.model import Records

SEED = 7
NAMED_BY = 3
LEAST = 3
"""Fewer concepts than this are no community."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A community: its name, and the ids of its concepts (the most important first) and articles."""

    name: str
    concepts: tuple[str, ...]
    articles: tuple[str, ...]


def groups(records: Records) -> tuple[Found, ...]:
    """Return the communities of the article-concept graph, largest first (Blondel et al. 2008, the Louvain method)."""
    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    importance: dict[str, float] = {}
    for row in records.article_concepts:
        graph.add_edge(("article", row.article), ("concept", row.concept), weight=max(row.weight, 0.01))
        importance[row.concept] = importance.get(row.concept, 0.0) + row.weight
    names = {concept.id: concept.name for concept in records.concepts}
    found = []
    for members in nx.community.louvain_communities(graph, seed=SEED) if graph else ():
        concepts = sorted((id_ for kind, id_ in members if kind == "concept"), key=lambda id_: (-importance[id_], id_))
        articles = tuple(sorted(id_ for kind, id_ in members if kind == "article"))
        if len(concepts) >= LEAST:
            named = _listed([names[id_] for id_ in concepts[:NAMED_BY]])
            found.append(Found(name=named, concepts=tuple(concepts), articles=articles))
    return tuple(sorted(found, key=lambda group: (-len(group.concepts), group.name)))


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
