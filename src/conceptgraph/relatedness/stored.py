"""The index of a graph: the one that was stored with it, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.errors import StoreError
from conceptgraph.relatedness.index import RelatednessIndex, build_index
from conceptgraph.store.opening import transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from conceptgraph.model import Records

BLOB = "relatedness"
"""The name that the index is stored by."""


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


def keep_index(connection: sqlite3.Connection, records: Callable[[], Records]) -> None:
    """Store the index of a graph folder's records beside them, unless it is there.

    Parameters
    ----------
    connection
        To the folder's file, outside a transaction; the folder is held.
    records
        Gives the records; called only when the index must be made.
    """
    if connection.execute("SELECT 1 FROM blobs WHERE name = ?", (BLOB,)).fetchone() is None:
        data = build_index(records()).to_bytes()
        with transaction(connection):
            connection.execute("INSERT OR REPLACE INTO blobs VALUES (?, ?)", (BLOB, data))
