"""The explorer's data: columns of plain numbers and strings, which packing.py makes small.

Nodes are numbered: concepts from 0 in the order of their ids, articles likewise. Weights and confidences are whole
hundredths, places sixteenths of a layout unit. docs/explorer.md describes every column.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from conceptgraph.article_rows import Articles, article_ids
from conceptgraph.cooccurrence import Together
from conceptgraph.evidence import quotes
from conceptgraph.export.explorer.reader import reader_columns
from conceptgraph.export.explorer.strings import Strings
from conceptgraph.export.explorer.study import study_columns
from conceptgraph.export.palette import ARTICLE, LOOKS
from conceptgraph.graph import article_node, concept_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conceptgraph.export.explorer.inputs import Group, Related
    from conceptgraph.model import Concept, Evidence, Records, Relation
    from conceptgraph.vocabulary import Vocabulary

FORMAT = 1
STRONGEST = 8
"""How many ``co_occurs`` links of a concept the page keeps, from the strongest: a page is read, not computed on."""
_KINDS = tuple(LOOKS)


def page_data(
    records: Records,
    *,
    positions: Mapping[str, tuple[float, float]],
    communities: Sequence[Group],
    related: Mapping[str, Sequence[Related]],
    vocabulary: Vocabulary,
) -> dict[str, Any]:
    """Return all that the page knows, as columns ready for JSON.

    Parameters
    ----------
    records
        The graph.
    positions
        A place for each node, by node id.
    communities
        Concepts and articles that belong together, with names, largest first.
    related
        For an article's id the articles like it: (article id, score, ids of shared concepts).
    vocabulary
        What there is to know, with what no article mentions.

    Returns
    -------
    dict
        Of JSON's types only.
    """
    strings = Strings()
    concepts = {concept.id: i for i, concept in enumerate(records.concepts)}
    articles = {id_: i for i, id_ in enumerate(article_ids(records.articles))}
    return {
        "format": FORMAT,
        "build": records.build,
        "kinds": [[kind, *look] for kind, look in LOOKS.items()] + [["article", *ARTICLE]],
        "concepts": _concepts(records, positions, _membership(communities, "concepts")),
        "articles": _articles(records, positions, _membership(communities, "articles")),
        "links": _links(records, concepts, strings),
        "relations": _relations(kept_relations(records), concepts, strings),
        "citations": _citations(records, articles, strings),
        "related": _related(related, articles, concepts),
        "study": study_columns(records, vocabulary, concepts),
        "communities": [group.name for group in communities],
        "reader": reader_columns(records, concepts),
        "strings": strings.kept,
        "left_out": [],
    }


def _membership(communities: Sequence[Group], members: str) -> dict[str, int]:
    return {id_: number for number, group in enumerate(communities) for id_ in getattr(group, members)}


def _places(nodes: Sequence[str], positions: Mapping[str, tuple[float, float]]) -> dict[str, list[int]]:
    places = [positions[node] for node in nodes]
    return {"x": [round(16 * x) for x, _ in places], "y": [round(16 * y) for _, y in places]}


def _concepts(
    records: Records, positions: Mapping[str, tuple[float, float]], community: Mapping[str, int]
) -> dict[str, list[Any]]:
    of = records.concepts
    return {
        "id": [concept.id for concept in of],
        "name": [concept.name for concept in of],
        "kind": [_KINDS.index(concept.kind) for concept in of],
        "definition": [concept.definition for concept in of],
        "labels": [_other_names(concept) for concept in of],
        "new": [i for i, concept in enumerate(of) if not concept.known],
        "community": [community.get(concept.id, -1) for concept in of],
        **_places([concept_node(concept.id) for concept in of], positions),
    }


def _other_names(concept: Concept) -> list[str]:
    """Return the other labels, without those that differ in case, spaces, hyphens or a plural s only."""
    names = {_bare(label.text): label.text for label in reversed(concept.labels)}
    names.pop(_bare(concept.name), None)
    return list(reversed(names.values()))


def _bare(label: str) -> str:
    return re.sub(r"[\s_-]+", "", label.casefold()).removesuffix("s")


def _articles(
    records: Records, positions: Mapping[str, tuple[float, float]], community: Mapping[str, int]
) -> dict[str, list[Any]]:
    of = list(records.articles.described() if isinstance(records.articles, Articles) else records.articles)
    return {
        "id": [article.id for article in of],
        "title": [article.title for article in of],
        "summary": [article.summary or "" for article in of],
        "url": [article.url or "" for article in of],
        "published": [article.published or "" for article in of],
        "tags": [list(article.tags) for article in of],
        "community": [community.get(article.id, -1) for article in of],
        **_places([article_node(article.id) for article in of], positions),
    }


def _links(records: Records, concepts: Mapping[str, int], strings: Strings) -> dict[str, Any]:
    """Return the article-concept links, an article's after another's, by falling weight."""
    sentences = quotes(records)
    surest = _surest(records)
    counts = dict.fromkeys(article_ids(records.articles), 0)
    rows = sorted(records.article_concepts, key=lambda row: (row.article, -row.weight, row.concept))
    for row in rows:
        counts[row.article] += 1
    techniques = Strings()
    known_by = [surest.get((row.article, row.concept), (0.0, "")) for row in rows]
    return {
        "count": list(counts.values()),
        "concept": [concepts[row.concept] for row in rows],
        "weight": [round(100 * row.weight) for row in rows],
        "core": "".join("01"[row.core] for row in rows),
        "quote": [strings.add(sentences.get((row.article, row.concept), "")) for row in rows],
        "confidence": [round(100 * confidence) for confidence, _ in known_by],
        "technique": [techniques.add(technique) for _, technique in known_by],
        "techniques": techniques.kept,
    }


def _surest(records: Records) -> dict[tuple[str, str], tuple[float, str]]:
    """Return confidence and technique of the surest mention of each pair of article and concept."""
    surest: dict[tuple[str, str], tuple[float, str]] = {}
    for mention in records.mentions:
        key = mention.article, mention.concept
        if key not in surest or mention.confidence > surest[key][0]:
            surest[key] = mention.confidence, mention.technique
    return surest


def kept_relations(records: Records) -> list[Relation]:
    """Return the relations between concepts that the page keeps: the facts, and each concept's strongest company.

    What a concept requires stands in the study columns.
    """
    between = [relation for relation in records.relations if relation.kind not in ("links_to", "requires")]
    company = [relation for relation in between if relation.kind == "co_occurs"]
    company.sort(key=lambda relation: (-relation.confidence, relation.source, relation.target))
    taken: dict[str, int] = defaultdict(int)
    kept = [relation for relation in between if relation.kind != "co_occurs"]
    for relation in company:
        if min(taken[relation.source], taken[relation.target]) < STRONGEST:
            taken[relation.source] += 1
            taken[relation.target] += 1
            kept.append(relation)
    return kept


def _relations(relations: Sequence[Relation], concepts: Mapping[str, int], strings: Strings) -> dict[str, Any]:
    """Return relations as columns; those with an end outside the graph are left out."""
    kinds, techniques = Strings(), Strings()
    within = [each for each in relations if each.source in concepts and each.target in concepts]
    return {
        "source": [concepts[each.source] for each in within],
        "target": [concepts[each.target] for each in within],
        "kind": [kinds.add(each.kind) for each in within],
        "kinds": kinds.kept,
        "confidence": [_hundredths(each) for each in within],
        "why": [strings.add("" if isinstance(each.evidence, Together) else _said(each.evidence)) for each in within],
        "technique": [techniques.add(_techniques(each.evidence)) for each in within],
        "techniques": techniques.kept,
    }


def _hundredths(relation: Relation) -> int:
    """Return the confidence; that of mere company, which is a rough measure, to the nearest twentieth."""
    return round(100 * relation.confidence) if relation.kind != "co_occurs" else 5 * round(20 * relation.confidence)


def _techniques(evidence: Iterable[Evidence]) -> str:
    known = {"npmi"} if isinstance(evidence, Together) else {item.technique for item in evidence}
    return ", ".join(sorted(known))


def _said(evidence: Iterable[Evidence]) -> str:
    """Return what the evidence says in words; what a count of articles says, the page counts itself."""
    return "; ".join(item.detail for item in evidence if item.detail and item.technique != "npmi")


def _citations(records: Records, articles: Mapping[str, int], strings: Strings) -> dict[str, list[int]]:
    texts = {article.id: article.text for article in records.articles}
    links = [relation for relation in records.relations if relation.kind == "links_to"]
    quoted = [
        "; ".join(texts[article][start:end] for item in each.evidence for article, start, end in item.mentions)
        for each in links
    ]
    return {
        "source": [articles[each.source] for each in links],
        "target": [articles[each.target] for each in links],
        "quote": [strings.add(text) for text in quoted],
    }


def _related(
    related: Mapping[str, Sequence[Related]], articles: Mapping[str, int], concepts: Mapping[str, int]
) -> dict[str, list[Any]]:
    rows = [(source, *row) for source, found in sorted(related.items()) for row in found]
    return {
        "source": [articles[source] for source, *_ in rows],
        "target": [articles[target] for _, target, *_ in rows],
        "score": [round(100 * score) for _, _, score, _ in rows],
        "shared": [[concepts[id_] for id_ in shared if id_ in concepts] for *_, shared in rows],
    }
