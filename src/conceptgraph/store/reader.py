"""From the graph folder's file to the records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.article_rows import ArticleRow, Articles
from conceptgraph.columns import Mentions, Weights
from conceptgraph.cooccurrence import CoOccurrences, Pairs, Relations
from conceptgraph.found import Corpus, only, set_confidence
from conceptgraph.model import Records
from conceptgraph.stated import StatedRelations
from conceptgraph.store.content import damaged, read_content
from conceptgraph.vocabulary.compiled import unpack

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from conceptgraph.store.content import Content

_ARTICLES = f"SELECT {', '.join(ArticleRow._fields)} FROM articles ORDER BY id"  # noqa: S608 - names of our own


def read_records(connection: sqlite3.Connection, path: Path, content: Content | None = None) -> Records:
    """Return what the file holds.

    Parameters
    ----------
    connection
        To the file.
    path
        The file, for messages.
    content
        What `read_content` would give, where it is known.

    Raises
    ------
    StoreError
        The file is not as it was written.
    """
    try:
        content = content or read_content(connection, path)
        articles = Articles([ArticleRow(*row) for row in connection.execute(_ARTICLES)])
        if [row.digest() for row in articles.rows] != [row.hash for row in content.index]:
            raise damaged(path)
        return _records(articles, content)
    except (ValueError, TypeError, IndexError, OverflowError):
        raise damaged(path) from None


def _records(articles: Articles, content: Content) -> Records:
    ids = [row.id for row in articles.rows]
    corpus = Corpus.of(ids, content.found, content.numbers, content.techniques)
    standing = np.zeros(len(content.numbers), dtype=bool)
    standing[[row.key for row in content.concepts]] = True
    mentions, mention_ends = only(standing, corpus.mentions, corpus.mention_ends)
    table, weight_ends = only(standing, corpus.weights, corpus.weight_ends)
    surely = {row.id: row.confidence for row in content.concepts if row.confidence is not None}
    set_confidence(mentions, content.numbers, surely)
    weights = Weights(table, weight_ends, articles=ids, concepts=content.numbers)
    concepts = [unpack(row.id, json.loads(row.record), known=bool(row.known)) for row in content.concepts]
    return Records(
        build=content.build,
        articles=articles,
        concepts=tuple(sorted(concepts, key=lambda concept: concept.id)),
        mentions=Mentions(
            mentions,
            mention_ends,
            articles=ids,
            texts=[row.text for row in articles.rows],
            concepts=content.numbers,
            techniques=content.techniques,
        ),
        article_concepts=weights,
        relations=Relations(StatedRelations(content.stated), CoOccurrences(_pairs(content), weights)),
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
