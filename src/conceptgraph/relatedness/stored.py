"""The index of a graph: the one that was stored with it, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.errors import StoreError
from conceptgraph.relatedness.index import RelatednessIndex, build_index
from conceptgraph.store.opening import reading, transaction, writing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from conceptgraph.model import Records

BLOB = "relatedness"
"""The name that the index is stored by."""
AT_BUILD = 2_000
"""Most articles whose index a build makes: beyond, the first question makes it, so that no build waits for it."""


def index_of(records: Records, stored: bytes | None = None) -> RelatednessIndex:
    """Return the index of some records.

    Parameters
    ----------
    records
        The corpus.
    stored
        What `RelatednessIndex.to_bytes` gave; it is used where it is whole and of these records, and made anew
        otherwise.
    """
    if stored:
        try:
            index = RelatednessIndex.from_bytes(stored)
        except StoreError:
            return build_index(records)
        if index.build == records.build:
            return index
    return build_index(records)


def index_in(folder: Path, records: Records) -> RelatednessIndex:
    """Return the index of a graph folder's records; one that must be made is kept there for the next time.

    Parameters
    ----------
    folder
        The graph folder.
    records
        What was read from it.

    Raises
    ------
    StoreError
        There is no graph, or the file is damaged, foreign or of another version.
    """
    with reading(folder) as connection:
        row = connection.execute("SELECT data FROM blobs WHERE name = ?", (BLOB,)).fetchone()
    index = index_of(records, bytes(row[0]) if row else None)
    if not row:
        _keep(folder, index)
    return index


def _keep(folder: Path, index: RelatednessIndex) -> None:
    """Store an index in its graph folder, unless that holds another graph by now, is held or cannot be written."""
    try:
        with writing(folder, wait=False) as connection, transaction(connection):
            row = connection.execute("SELECT value FROM meta WHERE key = 'build'").fetchone()
            if row and row[0] == index.build:
                connection.execute("INSERT OR REPLACE INTO blobs VALUES (?, ?)", (BLOB, index.to_bytes()))
    except StoreError:
        return  # the answer stands without it


def keep_index(connection: sqlite3.Connection, records: Callable[[], Records]) -> None:
    """Store the index of a graph folder's records beside them, unless it is there or they are more than `AT_BUILD`.

    Parameters
    ----------
    connection
        To the folder's file, outside a transaction; the folder is held.
    records
        Gives the records; called only when the index must be made.
    """
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    if articles <= AT_BUILD and not connection.execute("SELECT 1 FROM blobs WHERE name = ?", (BLOB,)).fetchone():
        data = build_index(records()).to_bytes()
        with transaction(connection):
            connection.execute("INSERT OR REPLACE INTO blobs VALUES (?, ?)", (BLOB, data))
