"""The explorer's data: columns of plain numbers and strings, which packing.py makes small.

Nodes are numbered: concepts from 0 in the order of their ids, articles likewise. Weights and confidences are whole
hundredths, places sixteenths of a layout unit. docs/explorer.md describes every column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from conceptgraph.article_rows import Articles, article_ids, article_texts
from conceptgraph.columns import mentions_of, weights_of
from conceptgraph.cooccurrence import Relations
from conceptgraph.export.explorer.reader import reader_columns
from conceptgraph.export.explorer.sentences import quote_places
from conceptgraph.export.explorer.strings import Strings
from conceptgraph.export.explorer.study import study_columns
from conceptgraph.export.palette import ARTICLE, LOOKS
from conceptgraph.graph import article_node, concept_node
from conceptgraph.model import FACT_KINDS
from conceptgraph.slices import relations_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy.typing as npt

    from conceptgraph.columns import Ints, Mentions
    from conceptgraph.export.explorer.inputs import Group, Related
    from conceptgraph.model import Concept, Evidence, Records
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
    study: Callable[[], Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Return all that the page knows, as columns.

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
    study
        Gives what `study_columns` does, where another process makes it.

    Returns
    -------
    dict
        Of JSON's types, but that long columns of whole numbers may be arrays.
    """
    strings = Strings()
    concepts = _numbers(records)
    articles = {id_: i for i, id_ in enumerate(article_ids(records.articles))}
    data = {
        "format": FORMAT,
        "build": records.build,
        "kinds": [[kind, *look] for kind, look in LOOKS.items()] + [["article", *ARTICLE]],
        "concepts": _concepts(records, positions, _membership(communities, "concepts")),
        "articles": _articles(records, positions, _membership(communities, "articles")),
        "links": _links(records, concepts),
        "relations": _relations(records, concepts, strings),
        "citations": _citations(records, articles, strings),
        "related": _related(related, articles, concepts),
    }
    reader = {"text": list(article_texts(records.articles).values()), **reader_columns(records, concepts)}
    return {
        **data,
        "study": study() if study else study_columns(records, vocabulary),
        "communities": [group.name for group in communities],
        "reader": reader,
        "strings": strings.kept,
        "left_out": [],
    }


def _numbers(records: Records) -> dict[str, int]:
    return {concept.id: number for number, concept in enumerate(records.concepts)}


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
    return "".join(label.casefold().replace("-", " ").replace("_", " ").split()).removesuffix("s")


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


def _links(records: Records, concepts: Mapping[str, int]) -> dict[str, Any]:
    """Return the article-concept links, an article's after another's, by falling weight."""
    weights = weights_of(records.article_concepts, records.articles)
    number = np.array([concepts.get(id_, -1) for id_ in weights.concepts], dtype=np.int64)
    article = weights.article_numbers()
    order = np.lexsort((number[weights.table["concept"]], -weights.table["weight"], article))
    article, table = article[order], weights.table[order]
    concept = number[table["concept"]]
    mentions = mentions_of(records.mentions, records.articles)
    return {
        "count": np.diff(weights.ends, prepend=0),
        "concept": concept,
        "weight": _hundredths(table["weight"]),
        "core": (table["core"].astype(np.uint8) + ord("0")).tobytes().decode(),
        **quote_places(mentions.texts, article, table),
        **_surest(mentions, concepts, article * len(concepts) + concept),
    }


def _hundredths(values: npt.NDArray[np.float64]) -> Ints:
    return np.rint(100 * values).astype(np.int64)


def _surest(mentions: Mentions, concepts: Mapping[str, int], links: Ints) -> dict[str, Ints | list[str]]:
    """Return confidence and technique of the surest mention behind each link.

    Links are told by the number of the article times the number of concepts plus that of the concept.
    """
    number = np.array([concepts.get(id_, -1) for id_ in mentions.concepts], dtype=np.int64)
    concept = number[mentions.table["concept"]]
    known = np.flatnonzero(concept >= 0)
    table, of = mentions.table[known], mentions.article_numbers()[known] * len(concepts) + concept[known]
    order = np.lexsort((-table["confidence"], of))  # of equal ones the first
    first = order[np.flatnonzero(np.diff(of[order], prepend=-1))]
    # One more of no confidence and no technique, for links without mentions.
    at = np.searchsorted(of[first], links)
    at[np.append(of[first], -1)[at] != links] = len(first)
    techniques = ["", *sorted({mentions.techniques[one] for one in set(table["technique"].tolist())})]
    names = [*(techniques.index(name) if name in techniques else 0 for name in mentions.techniques), 0]
    technique = np.append(table["technique"][first].astype(np.int64), len(names) - 1)
    return {
        "confidence": _hundredths(np.append(table["confidence"][first], 0.0)[at]),
        "technique": np.array(names)[technique[at]],
        "techniques": techniques,
    }


def _relations(records: Records, concepts: Mapping[str, int], strings: Strings) -> dict[str, Any]:
    """Return the relations between concepts that the page keeps: the facts, and each concept's strongest company.

    What a concept requires stands in the study columns. Relations with an end outside the graph are left out.
    """
    kinds, techniques = Strings(), Strings()
    facts = [
        (
            concepts[each.source],
            concepts[each.target],
            kinds.add(each.kind),
            round(100 * each.confidence),
            strings.add(_said(each.evidence)),
            techniques.add(", ".join(sorted({item.technique for item in each.evidence}))),
        )
        for kind in sorted(FACT_KINDS)
        if kind != "requires"
        for each in relations_of(records, kind)
        if each.source in concepts and each.target in concepts
    ]
    company = _company(records, concepts)
    rest = (kinds.add("co_occurs"), techniques.add("npmi")) if company else (0, 0)
    rows = [*facts, *((source, target, rest[0], sure, 0, rest[1]) for source, target, sure in company)]
    names = "source", "target", "kind", "confidence", "why", "technique"
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return {
        **{name: np.array(column, dtype=np.int64) for name, column in zip(names, columns, strict=True)},
        "kinds": kinds.kept,
        "techniques": techniques.kept,
    }


def _company(records: Records, concepts: Mapping[str, int]) -> list[tuple[int, int, int]]:
    """Return numbers of source and target and the confidence, a rough measure, to the nearest twentieth."""
    given = records.relations
    if isinstance(given, Relations):
        pairs, names = given.together.pairs, given.together.weights.concepts
        number = np.array([concepts.get(name, -1) for name in names], dtype=np.int64)
        order = np.argsort(-pairs.confidence, kind="stable")
        columns = number[pairs.first[order]], number[pairs.second[order]], pairs.confidence[order]
        ranked = list(zip(*(column.tolist() for column in columns), strict=True))
    else:
        company = sorted(relations_of(records, "co_occurs"), key=lambda one: (-one.confidence, one.source, one.target))
        ranked = [(concepts.get(one.source, -1), concepts.get(one.target, -1), one.confidence) for one in company]
    taken = [0] * (len(concepts) + 1)
    kept = []
    for source, target, confidence in ranked:
        if source >= 0 and target >= 0 and min(taken[source], taken[target]) < STRONGEST:
            taken[source] += 1
            taken[target] += 1
            kept.append((source, target, 5 * round(20 * confidence)))
    return kept


def _said(evidence: Iterable[Evidence]) -> str:
    """Return what the evidence says in words; what a count of articles says, the page counts itself."""
    return "; ".join(item.detail for item in evidence if item.detail and item.technique != "npmi")


def _citations(records: Records, articles: Mapping[str, int], strings: Strings) -> dict[str, list[int]]:
    texts = article_texts(records.articles)
    links = list(relations_of(records, "links_to"))
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
