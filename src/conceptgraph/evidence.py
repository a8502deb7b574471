"""Which sentence to quote for each link between an article and a concept."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from conceptgraph.extract.quotes import article_quotes

if TYPE_CHECKING:
    from conceptgraph.model import Article, Records

_PAGE = re.compile(r"page (\d+)")


def quotes(records: Records) -> dict[tuple[str, str], str]:
    """Return the best sentence for every pair of article and concept.

    Parameters
    ----------
    records
        Articles and mentions.

    Returns
    -------
    dict of (str, str) to str
        By (article id, concept id).
    """
    articles = {article.id: article for article in records.articles}
    best: dict[tuple[str, str], str] = {}
    for id_, of_article in groupby(records.mentions, key=lambda mention: mention.article):
        found = list(of_article)
        best |= {(id_, concept): quote for concept, quote in article_quotes(articles[id_], found).items()}
    return best


def page_of(article: Article, quote: str) -> int | None:
    """Return the page that a sentence of a PDF begins on; None for what has no pages.

    Parameters
    ----------
    article
        Of a PDF each page is a section; see `conceptgraph.sources.pdf`.
    quote
        What `quotes` returned for it.
    """
    if not article.path.lower().endswith(".pdf"):
        return None
    at = article.text.find(quote.partition(" — ")[0])  # a heading is quoted with the sentence below it
    found = (_PAGE.fullmatch(section.heading) for section in article.sections if section.start <= at < section.end)
    return next((int(page[1]) for page in found if page), None)


def cited(records: Records) -> dict[tuple[str, str], str]:
    """Return `quotes` with the page behind each that a PDF holds: "Kafka is a log. (p. 4)"."""
    found = quotes(records)
    paged = {article.id: article for article in records.articles if article.path.lower().endswith(".pdf")}
    pages = {key: page_of(paged[key[0]], quote) for key, quote in found.items() if key[0] in paged}
    return found | {key: f"{found[key]} (p. {page})" for key, page in pages.items() if page}
