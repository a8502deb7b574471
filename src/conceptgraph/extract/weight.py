"""How much an article is about each of its concepts, and which it explains."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from math import log2
from typing import TYPE_CHECKING

from conceptgraph.extract.quotes import quote_places
from conceptgraph.model import ArticleConcept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conceptgraph.model import Article, Mention

TITLE, HEADING, TERM, EMPHASIS, LEAD = 3.0, 1.6, 1.6, 0.6, 0.6
"""Points for standing in the title, a heading, at the head of an explanation, in emphasis, in the first paragraph."""
HALF = 4.0
"""Points at which a weight is one half."""
CORE = 3.0
"""Least points of a concept that the article is about or explains."""
_EXPLAINS = re.compile(
    r"[*`®™\"”')]*\s*(?::|[-–—] |\((?:[^)]*)\):| (?:is|are|means|refers to|stands for|allows|lets|works)\b)"
)
# Places as bits of a small number: what stands where is asked for every mention of every article.
_TITLE, _HEADING, _TERM, _EMPHASIS, _LEAD = (1 << bit for bit in range(5))
_PLACES = {"title": _TITLE, "heading": _HEADING, "emphasis": _EMPHASIS}


def _points(places: int) -> float:
    """Return the points for standing in some places; the title is a heading too and counts as the title only."""
    head = TITLE if places & _TITLE else HEADING if places & _HEADING else 0.0
    return head + sum(p for bit, p in ((_TERM, TERM), (_EMPHASIS, EMPHASIS), (_LEAD, LEAD)) if places & bit)


@cache
def _weight(places: int, count: int) -> tuple[float, bool]:
    """Return a concept's weight, negated to sort by it, and whether it is core."""
    points = _points(places) + log2(1 + count)
    return -round(points / (points + HALF), 4), points >= CORE


def weigh(article: Article, mentions: Iterable[Mention]) -> list[ArticleConcept]:
    """Return each mentioned concept with its weight and its best sentence, by falling weight.

    A concept has points for where it stands, each place once, and for how often: ``log2(1 + count)``. Its weight is
    ``points / (points + HALF)``, so that it grows with each and stays below one (the saturation of BM25: Robertson and
    Zaragoza 2009, section 3.4.1).

    Parameters
    ----------
    article
        The article that the mentions are of.
    mentions
        Its mentions, by position.

    Returns
    -------
    list of ArticleConcept
        Ties are in the order of ids.
    """
    ordered = list(mentions)
    starts = [mention.start for mention in ordered]
    concepts = [mention.concept for mention in ordered]
    count = Counter(concepts)
    places = dict.fromkeys(count, 0)
    text = article.text
    # Where an explanation may begin: at the start of a line, and at emphasised words.
    openings = {at for at, start in enumerate(starts) if not start or text[start - 1] == "\n"}
    for place, start, end in _regions(article):
        for at in range(bisect_left(starts, start), bisect_left(starts, end)):
            places[concepts[at]] |= place
            if place == _EMPHASIS:
                openings.add(at)
    for at in openings:
        if _EXPLAINS.match(text, ordered[at].end):
            places[concepts[at]] |= _TERM
    quotes = quote_places(article, ordered)
    ranked = []
    for concept, times in count.items():
        minus, core = _weight(places[concept], times)
        ranked.append((minus, concept, core))
    ranked.sort()
    id_ = article.id
    return [
        ArticleConcept(article=id_, concept=concept, weight=-minus, core=core, quote=quotes[concept])
        for minus, concept, core in ranked
    ]


def _regions(article: Article) -> Iterator[tuple[int, int, int]]:
    """Yield (place, start, end) of the title, headings, emphasised words and the first paragraph."""
    title_end = 0
    for span in article.spans:
        if span.kind in _PLACES:
            yield _PLACES[span.kind], span.start, span.end
            title_end = span.end if span.kind == "title" else title_end
    begin = len(article.text) - len(article.text[title_end:].lstrip())
    end = article.text.find("\n\n", begin)
    yield _LEAD, begin, end if end >= 0 else len(article.text)
