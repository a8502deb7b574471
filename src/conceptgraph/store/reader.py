"""From the graph folder's file to the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.article_rows import ArticleRow, Articles
from conceptgraph.columns import Mentions, Weights
from conceptgraph.cooccurrence import CoOccurrences, Relations
from conceptgraph.found import Corpus, only, set_confidence
from conceptgraph.json_rows import parsed
from conceptgraph.model import Records
from conceptgraph.pairs import Pairs
from conceptgraph.stated import StatedRelations
from conceptgraph.store.content import damaged, read_content
from conceptgraph.vocabulary.compiled import unpack

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    import numpy.typing as npt

    from conceptgraph.store.content import Content

_ARTICLES = f"SELECT {', '.join(ArticleRow._fields)} FROM articles ORDER BY id"  # noqa: S608 - names of our own


def read_records(
    connection: sqlite3.Connection, path: Path, content: Content | None = None, *, check: bool = True
) -> Records:
    """Return what the file holds.

    Parameters
    ----------
    connection
        To the file.
    path
        The file, for messages.
    content
        What `read_content` would give, where it is known.
    check
        As of `read_content`, for the articles' rows too.

    Raises
    ------
    StoreError
        The file is not as it was written.
    """
    try:
        content = content or read_content(connection, path, check=check)
        articles = Articles([ArticleRow(*row) for row in connection.execute(_ARTICLES)])
        if check and [row.digest() for row in articles.rows] != [row.hash for row in content.index]:
            raise damaged(path)
        return _records(articles, content)
    except (ValueError, TypeError, IndexError, OverflowError):
        raise damaged(path) from None


def co_occurrences_in(content: Content) -> CoOccurrences:
    """Return the co-occurrences of what a file holds."""
    return _together(content, _corpus(content))


def _corpus(content: Content) -> Corpus:
    return Corpus.of([row.id for row in content.index], content.found, content.numbers, content.techniques)


def _standing(content: Content) -> npt.NDArray[np.bool_]:
    """Return which concepts are no proposals that do not stand; shape (numbers,)."""
    standing = np.zeros(len(content.numbers), dtype=bool)
    standing[[row.key for row in content.concepts]] = True
    return standing


def _together(content: Content, corpus: Corpus) -> CoOccurrences:
    table, ends = only(_standing(content), corpus.weights, corpus.weight_ends)
    return CoOccurrences(_pairs(content), Weights(table, ends, articles=corpus.articles, concepts=content.numbers))


def _records(articles: Articles, content: Content) -> Records:
    corpus = _corpus(content)
    mentions, mention_ends = only(_standing(content), corpus.mentions, corpus.mention_ends)
    surely = {row.id: row.confidence for row in content.concepts if row.confidence is not None}
    set_confidence(mentions, content.numbers, surely)
    together = _together(content, corpus)
    packed = parsed([row.record for row in content.concepts])
    concepts = [unpack(row.id, one, known=bool(row.known)) for row, one in zip(content.concepts, packed, strict=True)]
    return Records(
        build=content.build,
        articles=articles,
        concepts=tuple(sorted(concepts, key=lambda concept: concept.id)),
        mentions=Mentions(
            mentions,
            mention_ends,
            articles=corpus.articles,
            texts=[row.text for row in articles.rows],
            concepts=content.numbers,
            techniques=content.techniques,
        ),
        article_concepts=together.weights,
        relations=Relations(StatedRelations(content.stated), together),
    )


def _pairs(content: Content) -> Pairs:
    """Return the pairs in the order of their concepts' ids."""
    names, table = content.numbers, content.pairs
    rank = np.argsort(np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64))
    order = np.lexsort((rank[table["target"]], rank[table["source"]]))
    table = table[order]
    return Pairs(
        first=table["source"].astype(np.int64),
        second=table["target"].astype(np.int64),
        confidence=table["confidence"].copy(),
        articles=table["articles"].astype(np.int64),
    )
