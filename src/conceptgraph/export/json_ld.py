"""JSON-LD: articles in the terms of schema.org, concepts in those of SKOS."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from conceptgraph.export.uris import BASE, article_uri, concept_uri, usable
from conceptgraph.model import FACT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.model import Article, ArticleConcept, Concept, Records

_CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "cg": f"{BASE}terms:",
    "url": {"@type": "@id"},
    "about": {"@type": "@id"},
    "mentions": {"@type": "@id"},
    "citation": {"@type": "@id"},
    "skos:broader": {"@type": "@id"},
    "skos:related": {"@type": "@id"},
    "skos:exactMatch": {"@type": "@id"},
    "datePublished": {"@type": "https://schema.org/Date"},
} | {f"cg:{kind}": {"@type": "@id"} for kind in FACT_KINDS if kind not in ("broader", "related")}


def json_ld(records: Records) -> Iterator[str]:
    """Yield the graph as JSON-LD, a node a line; its context stands in it, so that no reader need fetch one.

    Parameters
    ----------
    records
        Articles are ``Article`` with ``about`` (core concepts) and ``mentions``; concepts are ``skos:Concept`` and
        ``DefinedTerm``.
    """
    nodes = _nodes(records)
    yield f'{{"@context": {_dump(_CONTEXT)},\n"@graph": ['
    for number, node in enumerate(nodes):
        yield f"{',' if number else ''}\n{_dump(node)}"
    yield "\n]}\n"


def _nodes(records: Records) -> Iterator[dict[str, Any]]:
    of_article: dict[str, list[ArticleConcept]] = {}
    for row in records.article_concepts:
        of_article.setdefault(row.article, []).append(row)
    cited: dict[str, list[str]] = {}
    facts: dict[str, dict[str, list[str]]] = {}
    for relation in records.relations:
        if relation.kind == "links_to":
            cited.setdefault(relation.source, []).append(article_uri(relation.target))
        elif relation.kind in FACT_KINDS:
            name = f"{'skos' if relation.kind in ('broader', 'related') else 'cg'}:{relation.kind}"
            facts.setdefault(relation.source, {}).setdefault(name, []).append(concept_uri(relation.target))
    for article in records.articles:
        yield _article(article, of_article.get(article.id, []), cited.get(article.id, []))
    for concept in records.concepts:
        yield _concept(concept) | facts.get(concept.id, {})


def _article(article: Article, rows: list[ArticleConcept], cited: list[str]) -> dict[str, Any]:
    given = {
        "@id": article_uri(article.id),
        "@type": "Article",
        "headline": article.title,
        "url": article.url if article.url and usable(article.url) else None,
        "datePublished": article.published,
        "abstract": article.summary,
        "keywords": list(article.tags),
        "about": [concept_uri(row.concept) for row in rows if row.core],
        "mentions": [concept_uri(row.concept) for row in rows if not row.core],
        "citation": cited,
    }
    return {key: value for key, value in given.items() if value}


def _concept(concept: Concept) -> dict[str, Any]:
    given = {
        "@id": concept_uri(concept.id),
        "@type": ["DefinedTerm", "skos:Concept"],
        "termCode": concept.id,
        "name": concept.name,
        "skos:prefLabel": concept.name,
        "skos:altLabel": concept.other_names,
        "skos:definition": concept.definition,
        "cg:kind": concept.kind,
        "skos:exactMatch": list(filter(usable, concept.exact_match)),
    }
    return {key: value for key, value in given.items() if value}


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()
