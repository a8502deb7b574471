"""The records as Parquet tables, a file each."""

from __future__ import annotations

from io import RawIOBase
from itertools import islice
from typing import TYPE_CHECKING, Any

from conceptgraph.foreign import needed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.export.rows import Table
    from conceptgraph.model import Records

GROUP = 20_000
"""Rows of a row group: what is held in memory at a time."""


def parquet_tables(records: Records) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield each table's file name and its bytes, as they are made.

    Parameters
    ----------
    records
        The records to show.

    Raises
    ------
    InputError
        pyarrow is not installed.
    """
    from conceptgraph.export.rows import tables  # noqa: PLC0415

    needed("pyarrow.parquet", extra="parquet", to="write Parquet")
    for table in tables(records):
        yield f"{table.name}.parquet", _pieces(table)


class _Pieces(RawIOBase):
    """A file that hands on what is written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._length

    def write(self, piece: Any) -> int:
        self.pieces.append(bytes(piece))
        self._length += len(self.pieces[-1])
        return len(self.pieces[-1])


def _pieces(table: Table) -> Iterator[bytes]:
    arrow = needed("pyarrow", extra="parquet", to="write Parquet")
    parquet = needed("pyarrow.parquet", extra="parquet", to="write Parquet")
    types = {str: arrow.string(), bool: arrow.bool_(), int: arrow.int64(), float: arrow.float64()}
    schema = arrow.schema([(name, types[type_]) for name, type_ in table.columns.items()])
    out = _Pieces()
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while rows := list(islice(table.rows, GROUP)):
            columns = [list(map(_clean, column)) for column in zip(*rows, strict=True)]
            writer.write_table(arrow.table(columns, schema=schema))
            yield from out.pieces
            out.pieces.clear()
    yield from out.pieces


def _clean(value: Any) -> Any:
    """Return a value that is UTF-8: half a surrogate pair is none."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
