"""Which sentence to quote for each link between an article and a concept."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from conceptgraph.extract.quotes import article_quotes

if TYPE_CHECKING:
    from conceptgraph.model import Records


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
