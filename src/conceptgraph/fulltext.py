"""Full-text tables of articles and concepts, in SQLite's FTS5."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from conceptgraph.model import Records

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""Words without diacritics and endings: "messaging" finds "messages"."""


def full_text(connection: sqlite3.Connection, records: Records) -> None:
    """Make and fill the tables ``search_articles(title, text)`` and ``search_concepts(labels, definition)``.

    They hold the index alone, not the texts; a rowid is the position of the article or concept in the records.
    """
    options = f"content='', tokenize='{TOKENIZER}'"
    connection.execute(f"CREATE VIRTUAL TABLE search_articles USING fts5(title, text, {options})")
    connection.execute(f"CREATE VIRTUAL TABLE search_concepts USING fts5(labels, definition, {options})")
    articles = ((at, _storable(each.title), _storable(each.text)) for at, each in enumerate(records.articles))
    connection.executemany("INSERT INTO search_articles (rowid, title, text) VALUES (?, ?, ?)", articles)
    concepts = (
        (at, _storable("\n".join(label.text for label in each.labels)), _storable(each.definition))
        for at, each in enumerate(records.concepts)
    )
    connection.executemany("INSERT INTO search_concepts (rowid, labels, definition) VALUES (?, ?, ?)", concepts)


def _storable(text: str) -> str:
    """Return the text without halves of surrogate pairs, which SQLite cannot take."""
    return text.encode("utf-8", "replace").decode("utf-8")
