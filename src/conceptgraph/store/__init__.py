"""The graph folder's SQLite file: the truth from which every view and export is made."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.article_rows import row_of
from conceptgraph.columns import Weights, weights_of
from conceptgraph.cooccurrence import CoOccurrences, Relations
from conceptgraph.extract.terms import counted
from conceptgraph.found import Corpus, Graph, Numbers, compact
from conceptgraph.pairs import Pairs
from conceptgraph.store import blobs
from conceptgraph.store.changes import Changes
from conceptgraph.store.opening import FILE, reading, transaction, writing
from conceptgraph.store.reader import read_records
from conceptgraph.store.schema import SCHEMA_VERSION, add_indexes, create, prepare
from conceptgraph.store.writer import add_article, add_found, content_of, write_content

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from conceptgraph.model import Mention, Records

__all__ = [
    "FILE",
    "SCHEMA_VERSION",
    "full_text",
    "read",
    "read_blob",
    "read_changes",
    "reading",
    "write",
]


def write(folder: Path, records: Records) -> Path:
    """Replace what the graph folder holds by `records`, in one transaction.

    Parameters
    ----------
    folder
        The graph folder; made when it does not exist.
    records
        All there is to keep.

    Returns
    -------
    pathlib.Path
        The SQLite file.

    Raises
    ------
    StoreError
        The folder cannot be written; what it held before stands.
    """
    with writing(folder) as connection, transaction(connection):
        stamps = connection.execute("SELECT * FROM exports").fetchall() if prepare(connection, folder / FILE) else []
        create(connection)
        _fill(connection, records)
        add_indexes(connection)
        connection.executemany("INSERT INTO exports VALUES (?, ?)", stamps)
    return folder / FILE


def read(folder: Path) -> Records:
    """Return what the graph folder holds.

    Raises
    ------
    StoreError
        There is no graph, or the file is damaged, foreign or of another version.
    """
    with reading(folder) as connection:
        return read_records(connection, folder / FILE)


def read_blob(folder: Path, name: str) -> bytes | None:
    """Return what the graph folder keeps beside the graph under a name, or None; see `conceptgraph.store.blobs`.

    Raises
    ------
    StoreError
        There is no graph, or the file is damaged, foreign or of another version.
    """
    with reading(folder) as connection:
        return blobs.read_blob(connection, name)


def read_changes(folder: Path) -> Changes:
    """Return what the last build that changed the graph changed.

    Raises
    ------
    StoreError
        There is no graph, or the file is damaged, foreign or of another version.
    """
    with reading(folder) as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = 'changes'").fetchone()
    return Changes.from_json(row[0]) if row else Changes(first=True)


def full_text(connection: sqlite3.Connection, records: Records) -> None:
    r"""Make the tables of a graph folder, the full-text search among them, from records: for a graph in memory.

    Parameters
    ----------
    connection
        To an empty database, such as ``sqlite3.connect(":memory:")``.
    records
        What to fill the tables with.

    Examples
    --------
    >>> import sqlite3
    >>> from conceptgraph.model import Article, Records
    >>> connection = sqlite3.connect(":memory:")
    >>> full_text(connection, Records(build="", articles=[Article(id="a", title="Logs", text="Logs\n\nKafka.")]))
    >>> query = "SELECT id FROM articles WHERE key IN (SELECT rowid FROM search_articles WHERE search_articles MATCH ?)"
    >>> connection.execute(query, ("kafka",)).fetchall()
    [('a',)]
    >>> connection.close()
    """
    create(connection, indexed=True)
    _fill(connection, records)


def _fill(connection: sqlite3.Connection, records: Records) -> None:
    """Write records into empty tables; their articles belong to no file, so that a build reads every file."""
    weights = weights_of(records.article_concepts, records.articles)
    numbers, techniques = Numbers(weights.concepts), Numbers()
    of_article = {id_: list(group) for id_, group in groupby(records.mentions, key=lambda mention: mention.article)}
    begins = [0, *weights.ends.tolist()]
    index, founds = [], []
    for at, article in enumerate(records.articles):
        row = row_of(article)
        digest = row.digest()
        rows = weights[begins[at] : begins[at + 1]]
        found = compact(of_article.get(article.id, ()), rows, (), concepts=numbers, techniques=techniques)
        terms = counted(article.title, article.text)
        index.append(add_article(connection, row, digest, terms, file=None, versions=("", "")))
        founds.append(found)
    add_found(connection, ((row.key, found) for row, found in zip(index, founds, strict=True)))
    corpus = Corpus.of([row.id for row in index], founds, list(numbers), list(techniques))
    graph = _graph(records, corpus, numbers)
    content = content_of(index, founds, corpus, graph, build=records.build)
    write_content(connection, None, content, graph, {row.key for row in index})


def _graph(records: Records, corpus: Corpus, numbers: Numbers) -> Graph:
    proposed = {concept.id for concept in records.concepts if not concept.known}
    weights = Weights(corpus.weights, corpus.weight_ends, articles=corpus.articles, concepts=corpus.concepts)
    return Graph(
        mentions=corpus.mentions,
        mention_ends=corpus.mention_ends,
        weights=weights,
        concepts=tuple(records.concepts),
        surely=_surely(records.mentions, proposed) if proposed else {},
        relations=_relations(records, weights, numbers),
    )


def _surely(mentions: Iterable[Mention], proposed: set[str]) -> dict[str, float]:
    return {mention.concept: mention.confidence for mention in mentions if mention.concept in proposed}


def _relations(records: Records, weights: Weights, numbers: Numbers) -> Relations:
    """Return the relations with the numbers of the file; co-occurrences that are no columns are kept as stated."""
    if not isinstance(records.relations, Relations):
        none = np.zeros(0, dtype=np.int64)
        pairs = Pairs(first=none, second=none, confidence=np.zeros(0), articles=none)
        return Relations(tuple(records.relations), CoOccurrences(pairs, weights))
    together = records.relations.together
    number = np.array([numbers[id_] for id_ in together.weights.concepts], dtype=np.int64)
    pairs = Pairs(
        first=number[together.pairs.first],
        second=number[together.pairs.second],
        confidence=together.pairs.confidence,
        articles=together.pairs.articles,
    )
    return Relations(records.relations.others, CoOccurrences(pairs, weights))
