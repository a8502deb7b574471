"""An index in Markdown: each concept with its definition and the articles that are about it or mention it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from conceptgraph.export.palette import LOOKS
from conceptgraph.markdown_text import escaped, link
from conceptgraph.own_pages import MARKDOWN_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.model import Article, ArticleConcept, Concept, Records


def markdown_index(records: Records) -> Iterator[str]:
    """Yield the index, by kind and name; articles that are about a concept are in bold and come first.

    Parameters
    ----------
    records
        The records to show. A link leads to the article's address, or to its file.
    """
    articles = {article.id: article for article in records.articles}
    rows: dict[str, list[ArticleConcept]] = {}
    for row in records.article_concepts:
        rows.setdefault(row.concept, []).append(row)
    yield f"# Index\n\n{len(records.concepts):,} concepts in {len(records.articles):,} articles.\n"
    yield f"\n{MARKDOWN_MARK}\n"
    for kind, look in LOOKS.items():
        concepts = sorted((c for c in records.concepts if c.kind == kind), key=lambda c: (c.name.casefold(), c.id))
        if concepts:
            yield f"\n## {look.name}\n"
        for concept in concepts:
            yield from _concept(concept, rows.get(concept.id, []), articles)


def _concept(concept: Concept, rows: list[ArticleConcept], articles: dict[str, Article]) -> Iterator[str]:
    yield f"\n### {escaped(concept.name)}\n\n"
    if concept.definition:
        yield f"{escaped(concept.definition)}\n\n"
    for row in sorted(rows, key=lambda row: (not row.core, -row.weight, row.article)):
        article = articles[row.article]
        on_web = article.url and article.url.startswith(("http://", "https://"))
        target = article.url if on_web else quote(article.path, errors="replace")
        shown = link(article.title, target) if target else escaped(article.title)
        yield f"- **{shown}**\n" if row.core else f"- {shown}\n"
