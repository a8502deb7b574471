"""The index of a graph: the one that was stored with it, or a new one from the terms that were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.errors import StoreError
from conceptgraph.relatedness.index import RelatednessIndex, build_index
from conceptgraph.store.blobs import keep_blob, read_blob
from conceptgraph.store.opening import reading, transaction, writing
from conceptgraph.store.terms import read_terms

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from conceptgraph.model import Records

BLOB = "relatedness"
"""The name that the index is stored by."""


def stored_index(records: Records, data: bytes) -> RelatednessIndex | None:
    """Return the index that `RelatednessIndex.to_bytes` gave, where it is whole and of these records."""
    try:
        index = RelatednessIndex.from_bytes(data)
    except StoreError:
        return None
    return index if index.build == records.build else None


def index_in(folder: Path, records: Records, *, keep: bool = True) -> RelatednessIndex:
    """Return the index of a graph folder's records; one that must be made may be kept there for the next time.

    Parameters
    ----------
    folder
        The graph folder.
    records
        What was read from it.
    keep
        Whether to store an index that had to be made; who only reads does not.

    Raises
    ------
    StoreError
        There is no graph, or the file is damaged, foreign or of another version.
    """
    with reading(folder) as connection:
        kept = read_blob(connection, BLOB)
        index = stored_index(records, kept) if kept else None
        counts = None if index else read_terms(connection, records.build)
    if index is None:
        index = build_index(records, counts)
        if keep:
            _keep(folder, index)
    return index


def _keep(folder: Path, index: RelatednessIndex) -> None:
    """Store an index in its graph folder, unless that holds another graph by now, is held or cannot be written."""
    try:
        with writing(folder, wait=False) as connection, transaction(connection):
            row = connection.execute("SELECT value FROM meta WHERE key = 'build'").fetchone()
            if row and row[0] == index.build:
                keep_blob(connection, BLOB, index.to_bytes())
    except StoreError:
        return  # the answer stands without it


def lacks_index(connection: sqlite3.Connection) -> bool:
    """Whether a graph folder's file holds no index of its graph."""
    return connection.execute("SELECT 1 FROM blobs WHERE name = ?", (BLOB,)).fetchone() is None


def new_index(connection: sqlite3.Connection, records: Records) -> RelatednessIndex:
    """Return the index of a graph folder's records, made of the terms that are stored with them."""
    return build_index(records, read_terms(connection, records.build))


def keep_index(connection: sqlite3.Connection, data: bytes) -> None:
    """Store an index beside the records that it was made of."""
    with transaction(connection):
        keep_blob(connection, BLOB, data)
