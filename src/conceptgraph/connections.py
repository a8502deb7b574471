"""How two articles or concepts are connected: the best few paths, as sentences with evidence."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from conceptgraph.errors import InputError
from conceptgraph.extract.quotes import Quote, article_quotes
from conceptgraph.graph import MENTIONS, article_node, concept_node
from conceptgraph.model import Article, record
from conceptgraph.phrases import phrase
from conceptgraph.slices import concepts_of, mentions_of, titles, with_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conceptgraph.model import Concept, Records, Relation

COSTS = {
    "links_to": 0.8,
    "broader": 1.0,
    "part_of": 1.0,
    "implements": 1.0,
    "builds_on": 1.0,
    "requires": 1.0,
    "successor_of": 1.0,
    "contrasts_with": 1.0,
    "related": 1.2,
    MENTIONS: 1.0,
    "co_occurs": 3.5,
}
"""What a step of each kind costs; what is stated costs less than what is only observed."""
HUB = 0.35
"""What is added for each doubling of the number of steps that lead on from where a path passes through."""
STRONGEST = 10
"""How many co-occurrences of a concept are walked, the strongest."""
NEAR = 400
"""How many nodes paths are looked for among, those nearest to both ends."""
TRIED = 40
"""How many paths are looked at in the search for some that differ."""


@record
class Step:
    """One step of a path.

    Parameters
    ----------
    source, target
        Node ids, ``article:…`` or ``concept:…``, in the direction of the path.
    kind
        The kind of edge.
    text
        What it says, as a sentence.
    quotes
        Sentences behind it.
    """

    source: str
    target: str
    kind: str
    text: str
    quotes: tuple[Quote, ...] = ()


@record
class Connection:
    """A path between two nodes, and what it costs: the less, the closer the connection."""

    cost: float
    steps: tuple[Step, ...]


def explain(records: Records, first: Article | Concept, second: Article | Concept, *, k: int = 3) -> list[Connection]:
    """Return the best few paths between two articles or concepts.

    A step costs by its kind and by how much weight or confidence it has; passing through a node costs more the more
    steps lead on from it, so that "database" does not connect everything with everything. The paths are the shortest
    simple ones by cost (Yen 1971, "Finding the K shortest loopless paths in a network"), of those that pass through the
    same nodes the first.

    Parameters
    ----------
    records
        The corpus.
    first, second
        Where the paths begin and end.
    k
        How many paths.

    Returns
    -------
    list of Connection
        By rising cost; empty when nothing connects the two.

    Raises
    ------
    InputError
        The two are the same, or `k` is less than one.
    """
    if k < 1:
        raise InputError(f"k: {k} is no number of paths; use 1 or more")
    ends = _node(first), _node(second)
    if ends[0] == ends[1]:
        name = first.title if isinstance(first, Article) else first.name
        raise InputError(f"'{name}' is named twice; name two different articles or concepts")
    graph = _graph_between(records, ends)
    if not nx.has_path(graph, *ends):
        return []
    found = _different(islice(nx.shortest_simple_paths(graph, *ends, weight="cost"), TRIED), k)
    called = titles(records.articles)
    return [_connection(records, graph, path, called) for path in found]


def _graph_between(records: Records, ends: tuple[str, str]) -> nx.Graph[str]:
    """Return the part of the graph that the best paths between two nodes may pass through.

    Those are the `NEAR` nodes for which the cheapest path by way of them costs least (distances from both ends by
    Dijkstra 1959). Edges have ``cost``, and ``step``: the relation behind them, None for a mention.
    """
    edges = _edges(records)
    nodes = sorted({end for pair in edges for end in pair} | set(ends))
    place = {node: at for at, node in enumerate(nodes)}
    where = np.array([(place[one], place[other]) for one, other in edges], dtype=np.int32).reshape(-1, 2)
    degree = np.bincount(where.ravel(), minlength=len(nodes))
    # Half of what it costs to pass through a node stands at each of the two edges that do.
    passing = 0.5 * HUB * np.log2(np.maximum(degree, 1))
    costs = np.array([cost for cost, _ in edges.values()]) + passing[where].sum(axis=1)
    matrix = sparse.coo_array((costs, (where[:, 0], where[:, 1])), shape=(len(nodes), len(nodes))).tocsr()
    through = csgraph.dijkstra(matrix, directed=False, indices=[place[end] for end in ends]).sum(axis=0)
    near = {nodes[at] for at in np.argsort(through, kind="stable")[:NEAR].tolist() if np.isfinite(through[at])}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(ends)
    for (one, other), (_, step), cost in zip(edges.keys(), edges.values(), costs.tolist(), strict=True):
        if one in near and other in near:
            graph.add_edge(one, other, cost=cost, step=step)
    return graph


def _edges(records: Records) -> dict[tuple[str, str], tuple[float, Relation | None]]:
    """Return the cost of each edge by itself, and the relation behind it; of several between two nodes the cheapest."""
    edges: dict[tuple[str, str], tuple[float, Relation | None]] = {}
    for row in records.article_concepts:
        cost = COSTS[MENTIONS] + (1 - row.weight) + 0.5 * (not row.core)
        edges[article_node(row.article), concept_node(row.concept)] = cost, None
    for relation in _walked(records):
        node = article_node if relation.kind == "links_to" else concept_node
        source, target = sorted((node(relation.source), node(relation.target)))
        cost = COSTS[relation.kind] + (1 - relation.confidence)
        if (source, target) not in edges or cost < edges[source, target][0]:
            edges[source, target] = cost, relation
    return edges


def _walked(records: Records) -> Iterator[Relation]:
    """Yield all relations but the weaker co-occurrences of a concept."""
    taken: dict[str, int] = {}
    together = []
    for relation in records.relations:
        if relation.kind == "co_occurs":
            together.append((-relation.confidence, relation.source, relation.target, relation))
        else:
            yield relation
    for _, source, target, relation in sorted(together, key=lambda item: item[:3]):
        if taken.get(source, 0) < STRONGEST and taken.get(target, 0) < STRONGEST:
            taken[source] = taken.get(source, 0) + 1
            taken[target] = taken.get(target, 0) + 1
            yield relation


def _different(paths: Iterator[list[str]], count: int) -> list[list[str]]:
    """Return the first paths that each pass through a node that none before it passes through."""
    chosen: list[list[str]] = []
    passed: set[str] = set()
    for path in paths:
        between = set(path[1:-1])
        if not between or between - passed:
            chosen.append(path)
            passed |= between
        if len(chosen) == count:
            break
    return chosen


def _node(item: Article | Concept) -> str:
    return article_node(item.id) if isinstance(item, Article) else concept_node(item.id)


def _connection(records: Records, graph: nx.Graph[str], path: list[str], called: Mapping[str, str]) -> Connection:
    cost = sum(graph.edges[edge]["cost"] for edge in pairwise(path))
    steps = tuple(_step(records, *edge, graph.edges[edge]["step"], called) for edge in pairwise(path))
    return Connection(cost=round(cost, 3), steps=steps)


def _step(records: Records, source: str, target: str, relation: Relation | None, called: Mapping[str, str]) -> Step:
    if relation is None:
        return _mention(records, source, target, called)
    if relation.kind == "links_to":
        text = f"“{called[relation.source]}” links to “{called[relation.target]}”."
        return Step(source=source, target=target, kind="links_to", text=text)
    names = [with_id(records.concepts, id_).name for id_ in (relation.source, relation.target)]
    detail = next((evidence.detail for evidence in relation.evidence if evidence.detail), "").rstrip(".")
    if relation.kind == "co_occurs":
        text, quotes = f"{names[0]} and {names[1]} are {detail}.", _together(records, relation)
        return Step(source=source, target=target, kind="co_occurs", text=text, quotes=quotes)
    said = phrase(relation.kind, *names)
    return Step(source=source, target=target, kind=relation.kind, text=f"{said}: {detail}." if detail else f"{said}.")


def _together(records: Records, relation: Relation) -> tuple[Quote, Quote]:
    """Return a sentence on each of two concepts from the article where both weigh most."""
    weights: dict[str, list[float]] = {}
    for row in records.article_concepts:
        if row.concept in (relation.source, relation.target):
            weights.setdefault(row.article, []).append(row.weight)
    both = {id_: pair[0] * pair[1] for id_, pair in weights.items() if len(pair) == 2}
    best = min(both, key=lambda id_: (-both[id_], id_))
    found = _quotes(records, best)
    return found[relation.source], found[relation.target]


def _quotes(records: Records, article: str) -> dict[str, Quote]:
    return article_quotes(with_id(records.articles, article), mentions_of(records, article))


def _mention(records: Records, source: str, target: str, called: Mapping[str, str]) -> Step:
    in_article, of_concept = (source, target) if source.startswith("article:") else (target, source)
    article = with_id(records.articles, in_article.removeprefix("article:"))
    concept = with_id(records.concepts, of_concept.removeprefix("concept:"))
    core = any(row.core for row in concepts_of(records, article.id) if row.concept == concept.id)
    text = f"“{called[article.id]}” {'explains' if core else 'mentions'} {concept.name}."
    quotes = (_quotes(records, article.id)[concept.id],)
    return Step(source=source, target=target, kind=MENTIONS, text=text, quotes=quotes)
