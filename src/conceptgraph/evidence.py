"""Which sentence to quote for each link between an article and a concept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.article_rows import Articles, article_texts
from conceptgraph.extract.quotes import Quote, quote, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conceptgraph.model import Article, Records


def quotes(records: Records) -> dict[tuple[str, str], Quote]:
    """Return the best sentence for every pair of article and concept.

    Parameters
    ----------
    records
        Articles, and what they are about.

    Returns
    -------
    dict of (str, str) to Quote
        By (article id, concept id).
    """
    texts = article_texts(records.articles)
    with_pages = {article.id: article for article in paged(records.articles).values()}

    def of(article: str, start: int, end: int) -> Quote:
        if article in with_pages:
            return quote(with_pages[article], start, end)
        return Quote(article=article, sentence=quoted(texts[article], start, end))  # without making a record of each

    return {(row.article, row.concept): of(row.article, *row.quote) for row in records.article_concepts}


def paged(articles: Sequence[Article]) -> dict[int, Article]:
    """Return the articles that have pages, PDFs, by their number."""
    paths = (row.path for row in articles.rows) if isinstance(articles, Articles) else (each.path for each in articles)
    return {number: articles[number] for number, path in enumerate(paths) if path.lower().endswith(".pdf")}
