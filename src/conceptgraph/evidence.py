"""Which sentence to quote for each link between an article and a concept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.article_rows import article_texts
from conceptgraph.extract.quotes import quoted

if TYPE_CHECKING:
    from conceptgraph.model import Records


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
