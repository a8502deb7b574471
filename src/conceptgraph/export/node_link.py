"""graph.json: the graph as `networkx.node_link_graph` reads it; the same bytes for the same input.

Written line by line from the records, without a NetworkX graph: what `conceptgraph.graph.to_networkx` says of nodes
and edges is said here again for graphs that are too large for it, and a test holds the two together.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from conceptgraph.article_rows import Articles
from conceptgraph.columns import Weights, weights_of
from conceptgraph.cooccurrence import Relations
from conceptgraph.graph import EDGE_KINDS, MENTIONS, article_attributes, article_node, concept_attributes, concept_node
from conceptgraph.stated import StatedRelations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conceptgraph.model import Records, Relation
    from conceptgraph.stated import StatedRow

_RANKS = {kind: rank for rank, kind in enumerate(EDGE_KINDS)}
_LINKS, _TOGETHER = _RANKS["links_to"], _RANKS["co_occurs"]


def node_link(records: Records) -> str:
    """Return the graph as JSON, nodes and edges sorted, one a line, so that a change shows as a change of few lines.

    Parameters
    ----------
    records
        The records to show.

    Returns
    -------
    str
        ``networkx.node_link_graph(json.loads(text), edges="edges")`` gives the graph back.
    """
    return "".join(node_link_lines(records))


def node_link_lines(records: Records) -> Iterator[str]:
    """Yield the text of `node_link` in pieces."""
    weights = weights_of(records.article_concepts, records.articles)
    yield f'{{"directed": false, "multigraph": false, "graph": {_dump({"build": records.build})}, "nodes": [\n'
    yield from _separated(_nodes(records, weights))
    yield '], "edges": [\n'
    yield from _separated(_edges(records, weights))
    yield "]}\n"


def _separated(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines with a comma behind each but the last."""
    before = None
    for line in lines:
        if before is not None:
            yield before + ",\n"
        before = line
    if before is not None:
        yield before + "\n"


def _nodes(records: Records, weights: Weights) -> Iterator[str]:
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


def _edges(records: Records, weights: Weights) -> Iterator[str]:
    """Yield the edges by source and target: from each article to articles and to concepts, then between concepts."""
    of_articles, of_concepts = _joined(records)
    concepts = [json.dumps(concept_node(id_), ensure_ascii=False) for id_ in weights.concepts]
    begin = 0
    for id_, end in zip(weights.articles, weights.ends.tolist(), strict=True):
        yield from of_articles.pop(id_, ())
        source = json.dumps(article_node(id_), ensure_ascii=False)
        rows = weights.table[begin:end].tolist()
        rows.sort(key=lambda row: weights.concepts[row[0]])
        for number, weight, core, *_ in rows:
            target = concepts[number]
            what = f'"kind": "{MENTIONS}", "kinds": "{MENTIONS}"'
            ends = f'"source": {source}, "tail": {source}, "target": {target}'
            says = f'"confidence": 1.0, "core": {"true" if core else "false"}, "head": {target}'
            yield f'{{{says}, {what}, {ends}, "weight": {weight!r}}}'
        begin = end
    yield from of_concepts


def _joined(records: Records) -> tuple[dict[str, list[str]], list[str]]:
    """Return the edges between articles by their first article, and those between concepts; one for each pair."""
    said: dict[tuple[bool, str, str], list[tuple[int, str, str, float]]] = {}
    for say in _said(records):
        rank, source, target, _ = say
        pair = (source, target) if source <= target else (target, source)
        said.setdefault((rank != _LINKS, *pair), []).append(say)
    quoted = _Quoted()
    of_articles: dict[str, list[str]] = {}
    of_concepts: list[str] = []
    for (between_concepts, first, second), ones in sorted(said.items()):
        line = _edge(quoted, first, second, sorted(ones))
        (of_concepts if between_concepts else of_articles.setdefault(first, [])).append(line)
    return of_articles, of_concepts


def _said(records: Records) -> Iterator[tuple[int, str, str, float]]:
    """Yield (rank of the kind, source, target, confidence) of each relation; of columns without making records."""
    others: Iterable[Relation | StatedRow] = records.relations
    if isinstance(records.relations, Relations):
        together = records.relations.together
        name = together.weights.concepts
        pairs = together.pairs
        columns = (pairs.first.tolist(), pairs.second.tolist(), pairs.confidence.tolist())
        for first, second, confidence in zip(*columns, strict=True):
            yield _TOGETHER, name[first], name[second], confidence
        stated = records.relations.others
        others = stated.rows if isinstance(stated, StatedRelations) else stated
    for relation in others:
        yield _RANKS[relation.kind], relation.source, relation.target, relation.confidence


class _Quoted(dict[tuple[bool, str], str]):
    """Node ids as JSON, by whether they are an article's and the id."""

    def __missing__(self, key: tuple[bool, str]) -> str:
        of_article, id_ = key
        return self.setdefault(key, json.dumps((article_node if of_article else concept_node)(id_), ensure_ascii=False))


def _edge(quoted: _Quoted, first: str, second: str, said: list[tuple[int, str, str, float]]) -> str:
    rank, tail, head, confidence = said[0]
    links = rank == _LINKS
    ends = f'"source": {quoted[links, first]}, "tail": {quoted[links, tail]}, "target": {quoted[links, second]}'
    kinds = ",".join([EDGE_KINDS[one[0]] for one in said])
    what = f'"head": {quoted[links, head]}, "kind": "{EDGE_KINDS[rank]}", "kinds": "{kinds}"'
    return f'{{"confidence": {confidence!r}, {what}, {ends}, "weight": {max([one[3] for one in said])!r}}}'


_dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
