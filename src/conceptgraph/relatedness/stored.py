"""The index of a graph: the one that was stored with it, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.errors import StoreError
from conceptgraph.relatedness.index import RelatednessIndex, build_index

if TYPE_CHECKING:
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
