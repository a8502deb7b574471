"""An article or a concept with all that is linked to it, as plain data to print."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from conceptgraph.evidence import quotes
from conceptgraph.model import SYMMETRIC, Article, Concept
from conceptgraph.vocabulary.readings import ACCEPT

if TYPE_CHECKING:
    from conceptgraph.model import Records, Relation
    from conceptgraph.vocabulary import Vocabulary

_REVERSED = {
    "broader": "narrower",
    "requires": "needed for",
    "part_of": "has part",
    "implements": "implemented by",
    "builds_on": "built on by",
    "successor_of": "succeeded by",
    "links_to": "linked from",
}
RELATIONS = 20
"""How many relations are shown, the surest first."""


def describe(records: Records, item: Article | Concept) -> dict[str, Any]:
    """Return what the graph knows of an article or a concept.

    Parameters
    ----------
    records
        The graph's records.
    item
        One of its articles or concepts.

    Returns
    -------
    dict
        ``id``, ``name``, what it is, ``links`` (id, name, weight, core, sentence and, of a PDF, its page; by falling
        weight) and ``relations`` (kind, to, confidence, because).
    """
    titles = {article.id: article.title for article in records.articles}
    names = {concept.id: concept.name for concept in records.concepts}
    quoted = quotes(records)
    article = isinstance(item, Article)
    rows = [row for row in records.article_concepts if item.id == (row.article if article else row.concept)]
    links = [
        {
            "id": row.concept if article else row.article,
            "name": names[row.concept] if article else titles[row.article],
            "weight": row.weight,
            "core": row.core,
            "sentence": quoted[row.article, row.concept].sentence,
            "page": quoted[row.article, row.concept].page,
        }
        for row in sorted(rows, key=lambda row: -row.weight)
    ]
    head = _article_head(item) if isinstance(item, Article) else _concept_head(item)
    of_kind = titles if article else names
    relations = [r for r in records.relations if (r.kind == "links_to") is article and item.id in (r.source, r.target)]
    relations.sort(key=lambda relation: -relation.confidence)
    return head | {"links": links, "relations": [_relation(r, item.id, of_kind) for r in relations[:RELATIONS]]}


def _article_head(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "name": article.title,
        "published": article.published,
        "url": article.url,
        "path": article.path,
        "text": article.summary,
    }


def _concept_head(concept: Concept) -> dict[str, Any]:
    return {
        "id": concept.id,
        "name": concept.name,
        "kind": concept.kind,
        "known": concept.known,
        "text": concept.definition,
        "labels": concept.other_names,
    }


def _relation(relation: Relation, id_: str, names: dict[str, str]) -> dict[str, Any]:
    forward = relation.source == id_
    other = relation.target if forward else relation.source
    said = relation.kind if forward or relation.kind in SYMMETRIC else _REVERSED[relation.kind]
    because = "; ".join(item.detail or item.technique for item in relation.evidence)
    return {"relation": said, "to": names[other], "confidence": relation.confidence, "because": because}


def describe_concept(concept: Concept, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return what the vocabulary says of a concept, in the form of `describe`."""
    relations = [
        {
            "relation": fact.kind,
            "to": vocabulary[fact.target].name if fact.target in vocabulary else fact.target,
            "confidence": 1.0,
            "because": fact.reason or "vocabulary",
        }
        for fact in concept.facts
    ]
    hidden = list(dict.fromkeys(label.text for label in concept.labels if label.hidden))
    return _concept_head(concept.shown()) | {"hidden": hidden, "links": [], "relations": relations}


def vocabulary_counts(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """Return, for each domain and for all, the numbers of concepts, of shown, hidden and ambiguous labels, of facts."""
    counts: dict[str, Counter[str]] = {}
    for id_, concept in vocabulary.items():
        for domain in (vocabulary.domains.get(id_, "your own"), "all"):
            counts.setdefault(domain, Counter()).update(
                concepts=1,
                labels=len(concept.shown().labels),
                hidden=sum(label.hidden for label in concept.labels),
                ambiguous=sum(bool(label.cues) or (label.prior or 1.0) < ACCEPT for label in concept.shown().labels),
                facts=len(concept.facts),
            )
    ordered = sorted(counts, key=lambda domain: (domain == "all", domain))
    return [{"domain": domain, **counts[domain]} for domain in ordered]
