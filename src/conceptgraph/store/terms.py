"""How often each term stands in each article: kept so that only changed articles are counted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import sqlite3


def add_terms(connection: sqlite3.Connection, article: int, digest: bytes, counts: bytes) -> None:
    """Write the terms of the article with this key and hash."""
    row = article, counts, crc32(digest + counts)
    connection.execute('INSERT INTO terms (article, counts, "check") VALUES (?, ?, ?)', row)


def respell_terms(connection: sqlite3.Connection, article: int, digest: bytes, new_digest: bytes) -> None:
    """Let the terms of an article go with its new hash, where they were what was written for the old one."""
    for counts, check in connection.execute(
        'SELECT counts, "check" FROM terms WHERE article = ?', (article,)
    ).fetchall():
        if crc32(digest + counts) == check:
            connection.execute('UPDATE terms SET "check" = ? WHERE article = ?', (crc32(new_digest + counts), article))


def read_terms(connection: sqlite3.Connection, build: str) -> list[bytes] | None:
    """Return the terms of all articles in the order of their ids.

    None where the file holds another build by now, or any of them are not what was written for their article: then
    they are to be counted anew.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = 'build'").fetchone()
    if row != (build,):
        return None
    query = 'SELECT a.hash, t.counts, t."check" FROM articles a LEFT JOIN terms t ON t.article = a.key ORDER BY a.id'
    rows = connection.execute(query).fetchall()
    whole = all(isinstance(counts, bytes) and crc32(digest + counts) == check for digest, counts, check in rows)
    return [counts for _, counts, _ in rows] if whole else None
