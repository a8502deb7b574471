"""graph.json: the graph as `networkx.node_link_graph` reads it; the same bytes for the same input.

Written line by line from the records, without a NetworkX graph: what `conceptgraph.graph.to_networkx` says of nodes
and edges is said here again for graphs that are too large for it, and a test holds the two together.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.article_rows import Articles
from conceptgraph.columns import Weights, weights_of
from conceptgraph.cooccurrence import Relations
from conceptgraph.graph import EDGE_KINDS, MENTIONS, article_attributes, article_node, concept_attributes, concept_node
from conceptgraph.stated import StatedRelations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from conceptgraph.model import Records

    _Said = list[tuple[int, str, str, float]]
    """Rank of the kind, source, target and confidence of each relation of one pair."""
    _Others = dict[tuple[str, str], _Said]
    """By the smaller and the larger id."""

_AT_ONCE = 1_000
_RANKS = {kind: rank for rank, kind in enumerate(EDGE_KINDS)}
_LINKS, _TOGETHER = _RANKS["links_to"], _RANKS["co_occurs"]


def node_link(records: Records) -> Iterator[str]:
    """Yield the graph as JSON, nodes and edges sorted, one a line, so that a change shows as a change of few lines.

    ``networkx.node_link_graph(json.loads(text), edges="edges")`` gives the graph back.

    Parameters
    ----------
    records
        The records to show.
    """
    weights = weights_of(records.article_concepts, records.articles)
    yield f'{{"directed": false, "multigraph": false, "graph": {_dump({"build": records.build})}, "nodes": [\n'
    yield from _separated(node_lines(records, weights))
    yield '], "edges": [\n'
    yield from _separated(edge_lines(records, weights))
    yield "]}\n"


def _separated(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines, many at a time, with a comma behind each but the last."""
    rest, between = iter(lines), ""
    while some := list(islice(rest, _AT_ONCE)):
        yield between + ",\n".join(some)
        between = ",\n"
    yield "\n" if between else ""


def node_lines(records: Records, weights: Weights) -> Iterator[str]:
    """Yield the articles and then the concepts, a JSON object each; `weights` are those of the records."""
    begin = 0
    articles = records.articles.described() if isinstance(records.articles, Articles) else records.articles
    for article, end in zip(articles, weights.ends.tolist(), strict=True):
        yield _dump({"id": article_node(article.id), **article_attributes(article, end - begin)})
        begin = end
    often = dict.fromkeys(weights.concepts, 0)
    for number in weights.table["concept"].tolist():
        often[weights.concepts[number]] += 1
    for concept in records.concepts:
        yield _dump({"id": concept_node(concept.id), **concept_attributes(concept, often.get(concept.id, 0))})


def edge_lines(records: Records, weights: Weights) -> Iterator[str]:
    """Yield the edges by source and target, a JSON object each.

    They go from each article to articles and to concepts, then between concepts.
    """
    of_articles, of_concepts = _joined(records)
    concepts = [json.dumps(concept_node(id_), ensure_ascii=False) for id_ in weights.concepts]
    # By article and then by id of the concept; an article's rows come together, so that what is alike is said once.
    places = sorted(range(len(concepts)), key=weights.concepts.__getitem__)
    rank = np.empty(len(concepts), dtype=np.int64)
    rank[places] = np.arange(len(concepts))
    table = weights.table[np.lexsort((rank[weights.table["concept"]], weights.article_numbers()))]
    rows = zip(*(table[name].tolist() for name in ("concept", "weight", "core")), strict=True)
    heads = [f'"head": {target}, "kind": "{MENTIONS}", "kinds": "{MENTIONS}", ' for target in concepts]
    targets = [f'"target": {target}, "weight": ' for target in concepts]
    cores = '{"confidence": 1.0, "core": false, ', '{"confidence": 1.0, "core": true, '
    begin = 0
    for id_, end in zip(weights.articles, weights.ends.tolist(), strict=True):
        yield from of_articles.pop(id_, ())
        article = json.dumps(article_node(id_), ensure_ascii=False)
        source = f'"source": {article}, "tail": {article}, '
        for number, weight, core in islice(rows, end - begin):
            yield f"{cores[core]}{heads[number]}{source}{targets[number]}{weight!r}}}"
        begin = end
    yield from of_concepts


def _joined(records: Records) -> tuple[dict[str, list[str]], list[str]]:
    """Return the edges between articles by their first article, and those between concepts; one for each pair."""
    quoted = _Quoted(concept_node)
    together, between_concepts, between_articles = _said(records)
    of_concepts: list[tuple[str, str, str]] = []
    for first, second, confidence in together:
        said = between_concepts.pop((first, second), None)
        if said:
            line = _edge(quoted, first, second, sorted([*said, (_TOGETHER, first, second, confidence)]))
        else:  # as nearly all are
            source, target, says = quoted[first], quoted[second], repr(confidence)
            line = (
                f'{{"confidence": {says}, "head": {target}, "kind": "co_occurs", "kinds": "co_occurs", '
                f'"source": {source}, "tail": {source}, "target": {target}, "weight": {says}}}'
            )
        of_concepts.append((first, second, line))
    for (first, second), said in between_concepts.items():
        of_concepts.append((first, second, _edge(quoted, first, second, sorted(said))))
    of_concepts.sort()
    quoted = _Quoted(article_node)
    of_articles: dict[str, list[str]] = {}
    for (first, second), said in sorted(between_articles.items()):
        of_articles.setdefault(first, []).append(_edge(quoted, first, second, sorted(said)))
    return of_articles, [line for _, _, line in of_concepts]


def _said(records: Records) -> tuple[Iterable[tuple[str, str, float]], _Others, _Others]:
    """Return the co-occurrences that are columns, and what others say between concepts and between articles.

    Of columns no records are made.
    """
    given = records.relations
    if isinstance(given, Relations):
        names = given.together.weights.concepts
        pairs = given.together.pairs
        ends = ([names[number] for number in end.tolist()] for end in (pairs.first, pairs.second))
        together: Iterable[tuple[str, str, float]] = zip(*ends, pairs.confidence.tolist(), strict=True)
        others = given.others.rows if isinstance(given.others, StatedRelations) else given.others
    else:
        together, others = (), given
    between_concepts: _Others = {}
    between_articles: _Others = {}
    for one in others:
        rank = _RANKS[one.kind]
        pair = (one.source, one.target) if one.source <= one.target else (one.target, one.source)
        between = between_articles if rank == _LINKS else between_concepts
        between.setdefault(pair, []).append((rank, one.source, one.target, one.confidence))
    return together, between_concepts, between_articles


class _Quoted(dict[str, str]):
    """Node ids as JSON, by the id of an article or a concept."""

    def __init__(self, node: Callable[[str], str]) -> None:
        super().__init__()
        self._node = node

    def __missing__(self, id_: str) -> str:
        return self.setdefault(id_, json.dumps(self._node(id_), ensure_ascii=False))


def _edge(quoted: _Quoted, first: str, second: str, said: _Said) -> str:
    rank, tail, head, confidence = said[0]
    ends = f'"source": {quoted[first]}, "tail": {quoted[tail]}, "target": {quoted[second]}'
    kinds = ",".join([EDGE_KINDS[one[0]] for one in said])
    what = f'"head": {quoted[head]}, "kind": "{EDGE_KINDS[rank]}", "kinds": "{kinds}"'
    return f'{{"confidence": {confidence!r}, {what}, {ends}, "weight": {max([one[3] for one in said])!r}}}'


_dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
