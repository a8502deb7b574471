"""Which sentence to quote for the link between an article and a concept."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from conceptgraph.extract.sentences import Sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conceptgraph.model import Article, Mention, Records

SHORT, LONG = 40, 280
"""A sentence outside these lengths, in characters, is quoted only where there is no other."""
_TELLS = (" is ", " are ", " means ", ": ", " uses ", " allows ", " stores ", " keeps ")


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


def article_quotes(article: Article, mentions: Iterable[Mention]) -> dict[str, str]:
    """Return the best sentence for each concept of one article.

    A sentence is better when it is no heading, of a readable length, and begins with the concept and says something
    about it; among equals the first is taken.
    """
    sentences = Sentences(article.text)
    headings = [(span.start, span.end) for span in article.spans if span.kind in ("title", "heading")]
    by_concept: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_concept[mention.concept].append(mention)
    return {concept: _best(article.text, sentences, headings, found) for concept, found in by_concept.items()}


def _best(text: str, sentences: Sentences, headings: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> str:
    def rank(mention: Mention) -> tuple[bool, bool, bool, int]:
        start, end = sentences.around(mention.start, mention.end)
        heading = any(first <= mention.start < last for first, last in headings)
        tells = mention.start - start < 4 and any(tell in text[mention.end : end] for tell in _TELLS)
        return heading, not SHORT <= end - start <= LONG, not tells, mention.start

    chosen = min(mentions, key=rank)
    return sentences.quote(chosen.start, chosen.end)
