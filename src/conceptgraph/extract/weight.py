"""How much an article is about each of its concepts, and which it explains."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from conceptgraph.model import ArticleConcept

if TYPE_CHECKING:
    from collections.abc import Iterable

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


@dataclass(slots=True)
class _Places:
    title: bool = False
    heading: bool = False
    emphasis: bool = False
    lead: bool = False
    term: bool = False
    count: int = 0


def weigh(article: Article, mentions: Iterable[Mention]) -> list[ArticleConcept]:
    """Return each mentioned concept with its weight, by falling weight.

    A concept has points for where it stands, each place once, and for how often: ``log2(1 + count)``. Its weight is
    ``points / (points + HALF)``, so that it grows with each and stays below one (the saturation of BM25: Robertson and
    Zaragoza 2009, section 3.4.1).

    Parameters
    ----------
    article
        The article that the mentions are of.
    mentions
        Its mentions, in any order.

    Returns
    -------
    list of ArticleConcept
        Ties are in the order of ids.
    """
    places: dict[str, _Places] = defaultdict(_Places)
    regions = _regions(article)
    for mention in mentions:
        place = places[mention.concept]
        place.count += 1
        for name, spans in regions.items():
            if not getattr(place, name) and any(start <= mention.start < end for start, end in spans):
                setattr(place, name, True)
        place.term = place.term or _explained(article, mention, regions["emphasis"])
    weighed = [_weighed(article.id, concept, place) for concept, place in places.items()]
    return sorted(weighed, key=lambda row: (-row.weight, row.concept))


def _weighed(article: str, concept: str, place: _Places) -> ArticleConcept:
    points = (
        TITLE * place.title
        + HEADING * (place.heading and not place.title)
        + TERM * place.term
        + EMPHASIS * place.emphasis
        + LEAD * place.lead
        + log2(1 + place.count)
    )
    return ArticleConcept(
        article=article, concept=concept, weight=round(points / (points + HALF), 4), core=points >= CORE
    )


def _explained(article: Article, mention: Mention, emphasised: list[tuple[int, int]]) -> bool:
    """Whether the mention opens a line, or is emphasised, and is explained there: "**Term**: …", "Term is …"."""
    text = article.text
    opens = mention.start == 0 or text[mention.start - 1] == "\n"
    if not opens and not any(start <= mention.start < end for start, end in emphasised):
        return False
    return _EXPLAINS.match(text, mention.end) is not None


def _regions(article: Article) -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = {"title": [], "heading": [], "emphasis": []}
    for span in article.spans:
        if span.kind in spans:
            spans[span.kind].append((span.start, span.end))
    title_end = spans["title"][0][1] if spans["title"] else 0
    begin = len(article.text) - len(article.text[title_end:].lstrip())
    end = article.text.find("\n\n", begin)
    return {**spans, "lead": [(begin, end if end >= 0 else len(article.text))]}
