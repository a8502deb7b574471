"""The outputs that every build makes: made anew when they are of another graph, or of another version of their code."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import conceptgraph.export as exporters
from conceptgraph.store.opening import transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

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
    written = []
    given: list[Records] = []
    for name, exporter in exporters.EXPORTERS.items():
        path = folder / exporter.file
        made_of = f"{digest} {_code()}"
        if exporter.default and stamps.get(exporter.file) != f"{made_of} {_state(path)}":
            given = given or [records()]
            exporters.export(given[0], name, path, vocabulary=vocabulary)
            with transaction(connection):
                row = exporter.file, f"{made_of} {_state(path)}"
                connection.execute("INSERT OR REPLACE INTO exports VALUES (?, ?)", row)
            written.append(path)
    return written


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
