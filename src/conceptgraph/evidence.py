"""Which sentence to quote for each link between an article and a concept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conceptgraph.article_rows import Articles, article_texts
from conceptgraph.extract.quotes import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conceptgraph.model import Article, Records

_PAGE = re.compile(r"page (\d+)")


def quotes(records: Records) -> dict[tuple[str, str], str]:
    """Return the best sentence for every pair of article and concept.

    Parameters
    ----------
    records
        Articles, and what they are about.

    Returns
    -------
    dict of (str, str) to str
        By (article id, concept id).
    """
    texts = article_texts(records.articles)
    return {(row.article, row.concept): quoted(texts[row.article], *row.quote) for row in records.article_concepts}


def paged(articles: Sequence[Article]) -> dict[int, Article]:
    """Return the articles that have pages, PDFs, by their number."""
    paths = (row.path for row in articles.rows) if isinstance(articles, Articles) else (each.path for each in articles)
    return {number: articles[number] for number, path in enumerate(paths) if path.lower().endswith(".pdf")}


def page_of(article: Article, offset: int) -> int | None:
    """Return the page of a PDF that a character is on; None for what has no pages.

    Parameters
    ----------
    article
        Of a PDF each page is a section; see `conceptgraph.sources.pdf`.
    offset
        Where in its text.
    """
    if not article.path.lower().endswith(".pdf"):
        return None
    found = (_PAGE.fullmatch(section.heading) for section in article.sections if section.start <= offset < section.end)
    return next((int(page[1]) for page in found if page), None)
