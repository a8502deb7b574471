"""The outputs that every build makes: made anew when they are of another graph, or of another version of their code."""

from __future__ import annotations

import hashlib
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import conceptgraph.export as exporters
from conceptgraph.communities import communities, grouped
from conceptgraph.layout import from_bytes, layout, to_bytes
from conceptgraph.store.blobs import LAYOUT, keep_blob, read_blob
from conceptgraph.store.opening import transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

    from conceptgraph.communities import Community, Grouped
    from conceptgraph.model import Records
    from conceptgraph.vocabulary import Vocabulary

_MADE = {"__pycache__", "cache"}
"""Folders of files that are made from others."""


def refresh(
    connection: sqlite3.Connection, folder: Path, records: Callable[[], Records], vocabulary: Vocabulary | None
) -> list[Path]:
    """Write the outputs that every build makes, where they are missing, damaged or stale; return those written.

    Each is stamped, in the graph folder's file, with the graph and the code that it was made from and with the file's
    size and time, so that nothing need be made in order to be compared.

    Parameters
    ----------
    connection
        To the folder's file, outside a transaction; the folder is held.
    folder
        The graph folder.
    records
        Gives the records; called only when an output must be made.
    vocabulary
        What they were made with, if it is at hand.
    """
    _clean(folder)
    (digest,) = connection.execute("SELECT value FROM meta WHERE key = 'digest'").fetchone()
    stamps = dict(connection.execute("SELECT file, stamp FROM exports"))
    made_of = f"{digest} {_code()}"
    written = []
    shared = _Shared(connection, records, made_of)
    for name, exporter in exporters.EXPORTERS.items():
        path = folder / exporter.file
        if exporter.default and stamps.get(exporter.file) != f"{made_of} {_state(path)}":
            given = {what: vocabulary if what == "vocabulary" else getattr(shared, what) for what in exporter.takes}
            exporters.export(shared.records, name, path, **given)
            with transaction(connection):
                row = exporter.file, f"{made_of} {_state(path)}"
                connection.execute("INSERT OR REPLACE INTO exports VALUES (?, ?)", row)
            written.append(path)
    return written


class _Shared:
    """What several outputs are made from: each part is made once, when the first output asks for it."""

    def __init__(self, connection: sqlite3.Connection, records: Callable[[], Records], made_of: str) -> None:
        self._connection = connection
        self._read = records
        self._made_of = made_of

    @cached_property
    def records(self) -> Records:
        return self._read()

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
