"""The records as CSV tables (RFC 4180), a file each."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from conceptgraph.export.rows import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.export.rows import Table
    from conceptgraph.model import Records


def csv_tables(records: Records) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield each table's file name and its lines; the first line names the columns.

    ``articles.csv`` can be read as articles again.

    Parameters
    ----------
    records
        The records to show.
    """
    for table in tables(records):
        yield f"{table.name}.csv", _lines(table)


def _lines(table: Table) -> Iterator[str]:
    yield _line(tuple(table.columns))
    for row in table.rows:
        yield _line(tuple("" if value is None else value for value in row))


def _line(row: tuple[Any, ...]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(row)
    return line.getvalue()
