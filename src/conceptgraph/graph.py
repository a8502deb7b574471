"""Views of the records as NetworkX graphs.

Node ids are ``article:…`` and ``concept:…``. Attributes are plain numbers, strings and booleans, so that NetworkX's
writers of GraphML, GEXF and JSON take them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conceptgraph.errors import TooLargeError
from conceptgraph.model import FACT_KINDS, Concept

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import networkx as nx

    from conceptgraph.model import Article, Records, Relation

MENTIONS = "mentions"
MOST_EDGES = 1_000_000
"""More edges than this are not put into one NetworkX graph: each takes about half a kilobyte."""
STRONGEST = 8
"""How many ``co_occurs`` edges the concept graph keeps of a concept, from the strongest."""
EDGE_KINDS: tuple[str, ...] = (MENTIONS, "links_to", *FACT_KINDS, "co_occurs")
"""Edge kinds; where two relate one pair of nodes, the earlier names the edge of an undirected graph."""


def article_node(id_: str) -> str:
    """Return the graph's node id of an article."""
    return f"article:{id_}"


def concept_node(id_: str) -> str:
    """Return the graph's node id of a concept."""
    return f"concept:{id_}"


def node_of(item: Article | Concept) -> str:
    """Return the graph's node id of an article or a concept."""
    return concept_node(item.id) if isinstance(item, Concept) else article_node(item.id)


def to_networkx(records: Records) -> nx.Graph[str]:
    """Return articles and concepts as an undirected graph.

    Parameters
    ----------
    records
        The records to show.

    Returns
    -------
    networkx.Graph
        Node attributes: ``type`` (article or concept), ``label``, ``articles`` or ``concepts`` (how many it is linked
        to), and ``kind``, ``definition``, ``known`` or ``published``, ``url``, ``path``, ``summary``. Edge
        attributes: ``kind``, ``kinds`` (all of them, comma-separated), ``weight`` in [0, 1], ``confidence``,
        ``tail`` and ``head`` (its direction), and ``core`` for mentions. ``graph.graph["build"]`` is the build's
        id.

    Raises
    ------
    TooLargeError
        There are more than `MOST_EDGES` edges.
    """
    from networkx import Graph  # noqa: PLC0415 - slow to import, and most of what needs names of nodes draws no graph

    size = len(records.article_concepts) + len(records.relations)
    if size > MOST_EDGES:
        raise TooLargeError(
            f"the graph has {size:,} edges, more than the {MOST_EDGES:,} that NetworkX holds well; take a part: "
            "g.neighborhood('Apache Kafka'), g.concept_graph() or g.digraph(kinds=['broader'])"
        )
    graph: nx.Graph[str] = Graph(build=records.build)
    _add_nodes(graph, records)
    for source, target, attributes in _edges(records):
        old = graph.get_edge_data(source, target)
        if old is None:
            graph.add_edge(source, target, **attributes, kinds=attributes["kind"], tail=source, head=target)
        else:
            old["kinds"] += f",{attributes['kind']}"
            old["weight"] = max(old["weight"], attributes["weight"])
    return graph


def concept_graph(records: Records, *, strongest: int = STRONGEST) -> nx.Graph[str]:
    """Return the concepts with what the vocabulary states of them, and the strongest of their co-occurrences.

    Its size follows the number of concepts, not that of articles, so that it suits centrality and communities.

    Parameters
    ----------
    records
        The records to show.
    strongest
        A ``co_occurs`` edge is kept when it is among so many strongest of either end.

    Returns
    -------
    networkx.Graph
        Nodes and attributes as of `to_networkx`.
    """
    kept = _strongest(records, strongest)
    relations = [one for one in records.relations if one.kind not in ("links_to", "co_occurs")]
    concepts = replace(records, articles=(), mentions=(), article_concepts=(), relations=[*relations, *kept])
    graph = to_networkx(concepts)
    often = Counter(row.concept for row in records.article_concepts)
    for id_, count in often.items():
        graph.nodes[concept_node(id_)]["articles"] = count
    return graph


def _strongest(records: Records, strongest: int) -> list[Relation]:
    ranked = [one for one in records.relations if one.kind == "co_occurs"]
    ranked.sort(key=lambda one: (-one.confidence, one.source, one.target))
    taken: Counter[str] = Counter()
    kept = []
    for relation in ranked:
        if min(taken[relation.source], taken[relation.target]) < strongest:
            kept.append(relation)
        taken.update((relation.source, relation.target))
    return kept


def near(records: Records, nodes: Collection[str], hops: int) -> tuple[set[str], set[str]]:
    """Return the ids of the articles and of the concepts within `hops` edges of any of `nodes` (node ids)."""
    found, edge_of = set(nodes), set(nodes)
    for _ in range(hops):
        reached = set()
        for source, target in _ends(records):
            reached |= {target} if source in edge_of else set()
            reached |= {source} if target in edge_of else set()
        edge_of = reached - found
        found |= edge_of
    articles = {node.removeprefix("article:") for node in found if node.startswith("article:")}
    return articles, {node.removeprefix("concept:") for node in found if node.startswith("concept:")}


def _ends(records: Records) -> Iterator[tuple[str, str]]:
    for row in records.article_concepts:
        yield article_node(row.article), concept_node(row.concept)
    for relation in records.relations:
        node = article_node if relation.kind == "links_to" else concept_node
        yield node(relation.source), node(relation.target)


def to_digraph(records: Records, kinds: str | Collection[str] = EDGE_KINDS) -> nx.DiGraph[str]:
    """Return the edges of some kinds as a directed graph, with the nodes that they join.

    Parameters
    ----------
    records
        The records to show.
    kinds
        One or some of `EDGE_KINDS`. The symmetric kinds run from the smaller id to the larger. Where several relate one
        pair the same way, the edge has the first one's attributes and all their names in ``kinds``.

    Raises
    ------
    ValueError
        One of `kinds` does not exist.
    """
    from networkx import DiGraph  # noqa: PLC0415 - slow to import

    kinds = {kinds} if isinstance(kinds, str) else set(kinds)
    unknown = sorted(set(kinds) - set(EDGE_KINDS))
    if unknown:
        raise ValueError(f"no such edge kind: {', '.join(unknown)}; there are {', '.join(EDGE_KINDS)}")
    whole: nx.DiGraph[str] = DiGraph(build=records.build)
    _add_nodes(whole, records)
    for source, target, attributes in _edges(records):
        if attributes["kind"] in kinds:
            if whole.has_edge(source, target):
                whole.edges[source, target]["kinds"] += f",{attributes['kind']}"
            else:
                whole.add_edge(source, target, **attributes, kinds=attributes["kind"])
    whole.remove_nodes_from([node for node, degree in list(whole.degree()) if degree == 0])
    return whole


def _add_nodes(graph: nx.Graph[str], records: Records) -> None:
    of_article: dict[str, int] = {}
    of_concept: dict[str, int] = {}
    for row in records.article_concepts:
        of_article[row.article] = of_article.get(row.article, 0) + 1
        of_concept[row.concept] = of_concept.get(row.concept, 0) + 1
    for article in records.articles:
        graph.add_node(article_node(article.id), **article_attributes(article, of_article.get(article.id, 0)))
    for concept in records.concepts:
        graph.add_node(concept_node(concept.id), **concept_attributes(concept, of_concept.get(concept.id, 0)))


def article_attributes(article: Article, concepts: int) -> dict[str, Any]:
    """Return what a graph says of an article that is linked to so many concepts."""
    return {
        "type": "article",
        "label": article.title,
        "concepts": concepts,
        "published": article.published or "",
        "url": article.url or "",
        "path": article.path,
        "summary": article.summary or "",
        "tags": ", ".join(article.tags),
    }


def concept_attributes(concept: Concept, articles: int) -> dict[str, Any]:
    """Return what a graph says of a concept that is linked to so many articles."""
    return {
        "type": "concept",
        "label": concept.name,
        "articles": articles,
        "kind": concept.kind,
        "definition": concept.definition,
        "known": concept.known,
    }


def _edges(records: Records) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (source, target, attributes), kinds in the order of `EDGE_KINDS`."""
    for row in records.article_concepts:
        attributes = {"kind": MENTIONS, "weight": row.weight, "confidence": 1.0, "core": row.core}
        yield article_node(row.article), concept_node(row.concept), attributes
    for relation in sorted(records.relations, key=_rank):
        node = article_node if relation.kind == "links_to" else concept_node
        weight = {"kind": relation.kind, "weight": relation.confidence, "confidence": relation.confidence}
        yield node(relation.source), node(relation.target), weight


def _rank(relation: Relation) -> tuple[int, str, str]:
    return EDGE_KINDS.index(relation.kind), relation.source, relation.target
