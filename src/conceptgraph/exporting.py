"""What every build makes of a graph: outputs, when those there are of another graph or code, and an index."""

from __future__ import annotations

import hashlib
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import conceptgraph.export as exporters
from conceptgraph.communities import communities, grouped
from conceptgraph.export.explorer import study_columns
from conceptgraph.layout import from_bytes, layout, to_bytes
from conceptgraph.relatedness import keep_index, lacks_index, new_index
from conceptgraph.store.blobs import LAYOUT, keep_blob, read_blob
from conceptgraph.store.opening import FILE, reading, transaction
from conceptgraph.store.reader import read_records

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor, Future

    from conceptgraph.communities import Community, Grouped
    from conceptgraph.model import Records
    from conceptgraph.relatedness import RelatednessIndex
    from conceptgraph.vocabulary import Vocabulary

_MADE = {"__pycache__", "cache"}
"""Folders of files that are made from others."""


def refresh(
    connection: sqlite3.Connection,
    folder: Path,
    records: Callable[[], Records],
    vocabulary: Vocabulary | None,
    *,
    second: Executor | None = None,
) -> list[Path]:
    """Make what every build makes, where it is missing, damaged or stale; return the outputs that were written.

    Each is stamped, in the graph folder's file, with the graph and the code that it was made from and with the file's
    size and time, so that nothing need be made in order to be compared.

    Parameters
    ----------
    connection
        To the folder's file, outside a transaction; the folder is held.
    folder
        The graph folder.
    records
        Gives the records; called only when something must be made.
    vocabulary
        What they were made with, if it is at hand.
    second
        A process beside this one, which makes the index and what needs little from this one.
    """
    _clean(folder)
    (digest,) = connection.execute("SELECT value FROM meta WHERE key = 'digest'").fetchone()
    made_of = f"{digest} {_code()}"
    stale = _stale(connection, folder, made_of)
    apart: dict[str, Future[None]] = {}
    index = None
    shared = _Shared(connection, records, made_of, vocabulary)
    if second and any(exporter.takes for exporter in stale.values()):
        if vocabulary and "study" in {what for exporter in stale.values() for what in exporter.takes}:
            shared.study = second.submit(_study_apart, folder, vocabulary).result
        index = second.submit(_index_apart, folder) if lacks_index(connection) else None
        # Those first that take nothing: places of nodes have to be made here.
        apart = {
            name: second.submit(_export_apart, folder, name, shared.given(exporter))
            for name, exporter in sorted(stale.items(), key=lambda one: one[1].takes)
            if "study" not in exporter.takes
        }
    for name, exporter in stale.items():
        if name not in apart:
            exporters.export(shared.records, name, folder / exporter.file, **shared.given(exporter))
            _stamp(connection, folder, exporter.file, made_of)
    if index or lacks_index(connection):
        keep_index(connection, index.result() if index else shared.index().to_bytes())
    for name, made in apart.items():
        made.result()
        _stamp(connection, folder, stale[name].file, made_of)
    return [folder / exporter.file for exporter in stale.values()]


def _stale(connection: sqlite3.Connection, folder: Path, made_of: str) -> dict[str, exporters.Exporter]:
    stamps = dict(connection.execute("SELECT file, stamp FROM exports"))
    return {
        name: exporter
        for name, exporter in exporters.EXPORTERS.items()
        if exporter.default and stamps.get(exporter.file) != f"{made_of} {_state(folder / exporter.file)}"
    }


def _stamp(connection: sqlite3.Connection, folder: Path, file: str, made_of: str) -> None:
    with transaction(connection):
        row = file, f"{made_of} {_state(folder / file)}"
        connection.execute("INSERT OR REPLACE INTO exports VALUES (?, ?)", row)


# What a second process does. It reads the graph itself, which takes less time than to be given it, leaves it to the
# first one to find it damaged, and looks for no cycles in memory: records have none.


@cache
def _records_apart(folder: Path) -> Records:
    with reading(folder) as connection:
        return read_records(connection, folder / FILE, check=False)


def _study_apart(folder: Path, vocabulary: Vocabulary) -> dict[str, Any]:
    return study_columns(_records_apart(folder), vocabulary)


def _export_apart(folder: Path, name: str, given: Mapping[str, Any]) -> None:
    exporters.export(_records_apart(folder), name, folder / exporters.EXPORTERS[name].file, **given)


def _index_apart(folder: Path) -> bytes:
    with reading(folder) as connection:
        return new_index(connection, _records_apart(folder)).to_bytes()


class _Shared:
    """What several outputs are made from: each part is made once, when the first output asks for it."""

    study: Callable[[], Mapping[str, Any]] | None = None
    """Gives the explorer's columns for study paths, where a second process makes them."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        records: Callable[[], Records],
        made_of: str,
        vocabulary: Vocabulary | None,
    ) -> None:
        self._connection = connection
        self._read = records
        self._made_of = made_of
        self._index: RelatednessIndex | None = None
        self.vocabulary = vocabulary

    def given(self, exporter: exporters.Exporter) -> dict[str, Any]:
        """Return what an output takes."""
        return {what: getattr(self, what) for what in exporter.takes}

    @cached_property
    def records(self) -> Records:
        return self._read()

    def index(self) -> RelatednessIndex:
        """Return the index of related articles; only small graphs' pages ask for it."""
        if self._index is None:
            self._index = new_index(self._connection, self.records)
        return self._index

    @cached_property
    def _groups(self) -> Grouped:
        return grouped(self.records)

    @cached_property
    def communities(self) -> Sequence[Community]:
        return communities(self.records, groups=self._groups)

    @cached_property
    def positions(self) -> Mapping[str, tuple[float, float]]:
        """Where nodes stand: as on the last map where that is of this graph, else near there."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone()
        cached = from_bytes(read_blob(self._connection, LAYOUT) or b"")
        if cached and row == (self._made_of,):
            return cached
        places = layout(self.records, cached=cached, groups=self._groups)
        with transaction(self._connection):
            keep_blob(self._connection, LAYOUT, to_bytes(places))
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('layout', ?)", (self._made_of,))
        return places


def _clean(folder: Path) -> None:
    """Remove what killed runs left half written; nobody else writes while the folder is held."""
    for exporter in exporters.EXPORTERS.values():
        for rest in folder.glob(f".{exporter.file}-*"):
            rest.unlink(missing_ok=True)


def _state(path: Path) -> str:
    try:
        at = path.stat()
    except OSError:
        return "missing"
    return f"{at.st_size} {at.st_mtime_ns}"


@cache
def _code() -> str:
    """Return a hash of what the code is: names, sizes and times of its files."""
    here = Path(__file__).parent
    files = sorted(path for path in here.rglob("*.*") if not _MADE & set(path.parts) and path.is_file())
    states = "\n".join(f"{path.relative_to(here)} {_state(path)}" for path in files)
    return hashlib.blake2b(states.encode(), digest_size=8).hexdigest()
