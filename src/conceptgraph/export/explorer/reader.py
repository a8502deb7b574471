"""Articles' texts for the reader view: blocks by their markup, and where each concept stands.

A browser counts UTF-16 code units where Python counts code points, so offsets are converted here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from conceptgraph.model import Article, Mention, Records

_BEYOND = re.compile(r"[\U00010000-\U0010ffff]")
BLOCKS = ("heading", "code_block", "list_item", "quote")
"""Kinds of spans that the reader view sets apart."""


def reader_columns(records: Records, concepts: Mapping[str, int]) -> dict[str, list[Any]]:
    """Return texts, marks and blocks, one of each an article.

    Parameters
    ----------
    records
        Articles and mentions.
    concepts
        Number of each concept, by id.

    Returns
    -------
    dict of str to list
        ``text``; ``marks``, triples (steps from the start before, length, concept) in a row; ``blocks``, triples
        (start, length, index into `BLOCKS`) in a row.
    """
    by_article = {id_: list(found) for id_, found in groupby(records.mentions, key=lambda mention: mention.article)}
    pairs = [(article, _utf16(article.text)) for article in records.articles]
    return {
        "text": [article.text for article, _ in pairs],
        "marks": [_marks(by_article.get(article.id, ()), at, concepts) for article, at in pairs],
        "blocks": [_blocks(article, at) for article, at in pairs],
    }


def _utf16(text: str) -> Callable[[int], int]:
    """Return what converts an offset in code points to one in UTF-16 code units."""
    beyond = [found.start() for found in _BEYOND.finditer(text)]
    if not beyond:
        return int

    return lambda offset: offset + bisect_left(beyond, offset)


def _marks(mentions: Iterable[Mention], at: Callable[[int], int], concepts: Mapping[str, int]) -> list[int]:
    row: list[int] = []
    before = end = 0
    for mention in sorted(mentions, key=lambda each: (each.start, -each.end)):
        if mention.concept not in concepts or mention.start < end:
            continue  # where two overlap, the longer is marked
        start, end = mention.start, mention.end
        row += [at(start) - before, at(end) - at(start), concepts[mention.concept]]
        before = at(start)
    return row


def _blocks(article: Article, at: Callable[[int], int]) -> list[int]:
    spans = sorted((span for span in article.spans if span.kind in BLOCKS), key=lambda span: (span.start, -span.end))
    return [n for span in spans for n in (at(span.start), at(span.end) - at(span.start), BLOCKS.index(span.kind))]
