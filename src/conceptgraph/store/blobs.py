"""Data that is kept beside a graph under a name: made from it, and made anew where it is missing.

None of it is covered by the hash that guards the graph: who reads one checks it, and makes it anew where it is damaged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

LAYOUT = "layout"
"""Where the nodes of the last map stood: no answer to anything, but what the next map starts from."""


def read_blob(connection: sqlite3.Connection, name: str) -> bytes | None:
    """Return what is kept under a name, or None."""
    row = connection.execute("SELECT data FROM blobs WHERE name = ?", (name,)).fetchone()
    return bytes(row[0]) if row else None


def keep_blob(connection: sqlite3.Connection, name: str, data: bytes) -> None:
    """Keep something under a name, inside the open transaction."""
    connection.execute("INSERT OR REPLACE INTO blobs VALUES (?, ?)", (name, data))


def drop_answers(connection: sqlite3.Connection) -> None:
    """Remove what was made from a graph that has changed: all but the layout, from which the next one starts."""
    connection.execute("DELETE FROM blobs WHERE name != ?", (LAYOUT,))
