"""Articles' texts for the reader view: blocks by their markup, and where each concept stands.

A browser counts UTF-16 code units where Python counts code points, so offsets are converted here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.article_rows import Articles
from conceptgraph.columns import mentions_of
from conceptgraph.evidence import paged
from conceptgraph.export.explorer.ragged import Ragged
from conceptgraph.export.explorer.sentences import utf16
from conceptgraph.extract.quotes import pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from conceptgraph.columns import Ints, Mentions
    from conceptgraph.model import Article, Records

BLOCKS = ("heading", "code_block", "list_item", "quote")
"""Kinds of spans that the reader view sets apart."""


def reader_columns(records: Records, concepts: Mapping[str, int]) -> dict[str, Ragged]:
    """Return marks, blocks and pages of the articles' texts, a row an article.

    Parameters
    ----------
    records
        Articles and mentions.
    concepts
        Number of each concept, by id.

    Returns
    -------
    dict of str to Ragged
        ``marks``, triples (steps from the start before, length, concept) in a row; ``blocks``, triples
        (start, length, index into `BLOCKS`) in a row; ``pages``, where the pages of a PDF start, the first first.
    """
    mentions = mentions_of(records.mentions, records.articles)
    number = np.array([concepts.get(id_, -1) for id_ in mentions.concepts], dtype=np.int64)
    convert = [utf16(text) for text in mentions.texts]
    spans = records.articles.spans() if isinstance(records.articles, Articles) else map(_spans, records.articles)
    pdfs = paged(records.articles)
    return {
        "marks": _marks(mentions, number, convert),
        "blocks": Ragged.from_rows([_blocks(of, at) for of, at in zip(spans, convert, strict=True)]),
        "pages": Ragged.from_rows([_pages(pdfs[i], at) if i in pdfs else [] for i, at in enumerate(convert)]),
    }


def _spans(article: Article) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.kind) for span in article.spans]


def _marks(mentions: Mentions, number: Ints, convert: Sequence[Callable[[int], int]]) -> Ragged:
    """Return each article's marks, by place; `number` is that of each of the mentions' concepts, or -1."""
    known = np.flatnonzero(number[mentions.table["concept"]] >= 0)
    article, table = mentions.article_numbers()[known], mentions.table[known]
    # In order, and of those that begin at one place the longer first.
    order = np.lexsort((-table["end"].astype(np.int64), table["start"], article))
    article, table = article[order], table[order]
    start, end = (table[name].astype(np.int64) for name in ("start", "end"))
    same = article[1:] == article[:-1]
    kept = np.ones(len(article), dtype=bool)
    # Few articles have mentions that overlap: of two the longer is marked.
    for at in np.unique(article[1:][same & (start[1:] < end[:-1])]).tolist():
        last = 0
        for place in range(*np.searchsorted(article, [at, at + 1]).tolist()):
            kept[place] = start[place] >= last
            last = max(last, int(end[place])) if kept[place] else last
    article, start, end, concept = article[kept], start[kept], end[kept], number[table["concept"][kept]]
    bounds = np.searchsorted(article, np.arange(len(convert) + 1))
    for at in [at for at, offset in enumerate(convert) if offset is not int]:
        of = slice(bounds[at], bounds[at + 1])
        start[of], end[of] = ([convert[at](place) for place in places[of].tolist()] for places in (start, end))
    before = np.zeros_like(start)
    before[1:] = np.where(article[1:] == article[:-1], start[:-1], 0)
    rows = np.stack([start - before, end - start, concept], axis=1)
    return Ragged(3 * np.diff(bounds), rows.ravel())


def _blocks(spans: Iterable[tuple[int, int, str]], at: Callable[[int], int]) -> list[int]:
    of = sorted((span for span in spans if span[2] in BLOCKS), key=lambda span: (span[0], -span[1]))
    return [n for start, end, kind in of for n in (at(start), at(end) - at(start), BLOCKS.index(kind))]


def _pages(article: Article, at: Callable[[int], int]) -> list[int]:
    """Return where each page starts; an empty one starts where the next one does."""
    row: list[int] = []
    for page, start, _ in pages(article):
        row += [at(start)] * (page - len(row))
    return row
