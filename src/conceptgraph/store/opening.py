"""Opening the graph folder's SQLite file, for a build or for reading, with errors in one clear sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from conceptgraph.errors import StoreError
from conceptgraph.store.lock import locked
from conceptgraph.store.schema import SCHEMA_VERSION, version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FILE = "graph.sqlite"
_SIDE_FILES = ("", "-wal", "-shm", "-journal")


@contextmanager
def writing(
    folder: Path, *, wait: bool = True, waiting: Callable[[], None] | None = None
) -> Iterator[sqlite3.Connection]:
    """Hold the graph folder and give a connection to its file; what a failure would leave behind is taken away.

    Raises
    ------
    StoreError
        The folder cannot be written, another build holds it, or its file is damaged or foreign.
    """
    path = folder / FILE
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    with _plain_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder, wait=wait, waiting=waiting):
            begun = not path.exists()
            try:
                with closing(sqlite3.connect(path, isolation_level=None, timeout=3600 if wait else 0)) as connection:
                    version(connection, path)
                    connection.execute("PRAGMA journal_mode = WAL")
                    connection.execute("PRAGMA foreign_keys = ON")
                    yield connection
            except BaseException:
                if begun:
                    _take_away(path, missing)
                raise


def _take_away(path: Path, folders: list[Path]) -> None:
    """Remove the file of a first build that failed before it held a graph, and the folders made for it."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            finished = version(connection, path) is not None
    except (sqlite3.Error, StoreError):
        finished = False
    if not finished:
        for ending in _SIDE_FILES:
            path.with_name(path.name + ending).unlink(missing_ok=True)
        for folder in folders:
            try:
                folder.rmdir()
            except OSError:
                return


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit what is done inside, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _plain_errors(folder: Path) -> Iterator[None]:
    path = folder / FILE
    try:
        yield
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written ({error.strerror}); choose another output folder") from None
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"{path}: cannot be written ({error}); free some space, or choose another output folder"
        ) from None
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: is damaged or no graph ({error}); delete it and build again") from None


@contextmanager
def reading(folder: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection that sees one state of the graph folder, whatever is built meanwhile.

    Raises
    ------
    StoreError
        There is no graph, or the file is damaged, foreign or of another version.
    """
    path = folder / FILE
    if not path.is_file():
        raise StoreError(f"{folder}: holds no graph; run 'conceptgraph build -o {folder}' first, or name another (-g)")
    try:
        with closing(_readable(path)) as connection:
            _check(version(connection, path), path)
            connection.execute("BEGIN")
            yield connection
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); delete it and build again") from None


def _readable(path: Path) -> sqlite3.Connection:
    """Return a connection; where the folder cannot be written and nobody is writing, one that needs no files beside."""
    uri = path.resolve().as_uri()
    alone = [] if path.with_name(path.name + "-wal").exists() else ["mode=ro&immutable=1"]
    for mode in ("mode=rw", "mode=ro", *alone):
        try:
            return _tried(f"{uri}?{mode}")
        except sqlite3.OperationalError as error:
            refused = error
    raise refused


def _tried(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=60)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _check(found: int | None, path: Path) -> None:
    if found is None:
        raise StoreError(f"{path}: holds no graph yet; run 'conceptgraph build' with this output folder")
    if found != SCHEMA_VERSION:
        raise StoreError(f"{path}: was built by an older conceptgraph (schema {found}); build again")
