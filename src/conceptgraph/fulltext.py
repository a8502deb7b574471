"""Full-text tables of articles and concepts, in SQLite's FTS5: those of a graph folder, or the same in memory."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conceptgraph.model import Records

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""Words without diacritics and endings: "messaging" finds "messages". The graph folder's tables have the same."""
_OPTIONS = f"content = '', tokenize = '{TOKENIZER}'"
_TABLES = f"""
CREATE TABLE articles (key INTEGER PRIMARY KEY, id TEXT NOT NULL) STRICT;
CREATE TABLE concepts (key INTEGER PRIMARY KEY, id TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE search_articles USING fts5(title, text, {_OPTIONS});
CREATE VIRTUAL TABLE search_concepts USING fts5(labels, definition, {_OPTIONS});
"""


def in_memory(records: Records) -> sqlite3.Connection:
    """Return a database with the tables ``search_articles(title, text)`` and ``search_concepts(labels, definition)``.

    They hold the index alone, not the texts. A rowid is a key of the tables ``articles(key, id)`` and ``concepts(key,
    id)``, as in a graph folder.
    """
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(_TABLES)
    articles = [(at, _storable(each.title), _storable(each.text)) for at, each in enumerate(records.articles)]
    concepts = [
        (at, _storable("\n".join(label.text for label in each.labels)), _storable(each.definition))
        for at, each in enumerate(records.concepts)
    ]
    for table, ids in _ids(records).items():
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", enumerate(ids))  # noqa: S608 - names of our own
    connection.executemany("INSERT INTO search_articles (rowid, title, text) VALUES (?, ?, ?)", articles)
    connection.executemany("INSERT INTO search_concepts (rowid, labels, definition) VALUES (?, ?, ?)", concepts)
    return connection


def places(connection: sqlite3.Connection, records: Records) -> dict[str, dict[int, int]]:
    """Return where in the records the articles and concepts of the full-text tables' rowids stand, by table."""
    found = {}
    for table, ids in _ids(records).items():
        at = {id_: place for place, id_ in enumerate(ids)}
        rows = connection.execute(f"SELECT key, id FROM {table}")  # noqa: S608 - names of our own
        found[f"search_{table}"] = {key: at[id_] for key, id_ in rows if id_ in at}
    return found


def _ids(records: Records) -> dict[str, list[str]]:
    return {"articles": [each.id for each in records.articles], "concepts": [each.id for each in records.concepts]}


def _storable(text: str) -> str:
    """Return the text without halves of surrogate pairs, which SQLite cannot take."""
    return text.encode("utf-8", "replace").decode("utf-8")
