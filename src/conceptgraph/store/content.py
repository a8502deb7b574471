"""What a graph folder's file holds, between its tables and the records, and the hash that guards it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from conceptgraph.errors import StoreError
from conceptgraph.found import Found
from conceptgraph.stated import StatedRow

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from conceptgraph.columns import Ints

PAIR = np.dtype([("source", "<u4"), ("target", "<u4"), ("confidence", "<f8"), ("articles", "<u4")])
"""A row of the table ``co_occurrences``; the rows are kept packed too, because they are read by every build."""


class IndexRow(NamedTuple):
    """What of a row of the table ``articles`` every build looks at; `links` is JSON text."""

    key: int
    id: str
    path: str
    title: str
    url: str | None
    links: str
    hash: bytes


class ConceptRow(NamedTuple):
    """A row of the table ``concepts``."""

    key: int
    id: str
    name: str
    kind: str
    definition: str
    known: int
    confidence: float | None
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All of a graph but the articles' own rows, which their hashes stand for.

    Parameters
    ----------
    build, vocabulary
        Id of the build, and version of the vocabulary.
    index
        The articles' keys, hashes and more, in the order of their ids.
    found
        What the article stage found in each.
    numbers, techniques
        Concept ids and names of techniques by number.
    concepts, pairs, stated
        The rows of these tables; `pairs` has dtype `PAIR`; each in the order of its key.
    hashed
        Hashes of tables, kept when they are made.
    """

    build: str
    vocabulary: str
    index: Sequence[IndexRow]
    found: Sequence[Found]
    numbers: Sequence[str]
    techniques: Sequence[str]
    concepts: Sequence[ConceptRow]
    pairs: npt.NDArray[Any]
    stated: Sequence[StatedRow]
    hashed: dict[str, bytes] = field(default_factory=dict, compare=False)

    def keys(self) -> Ints:
        """Return the articles' keys; shape (articles,)."""
        return np.array([row.key for row in self.index], dtype=np.int64)

    def pair_keys(self) -> Ints:
        """Return one number for each pair, in rising order."""
        return self.pairs["source"].astype(np.int64) << 32 | self.pairs["target"].astype(np.int64)

    def digest(self, old: Content | None = None) -> str:
        """Return a hash of it all; tables that are the same as in `old`, which was hashed, are not hashed again."""
        state = hashlib.blake2b(f"{self.build} {self.vocabulary}".encode(), digest_size=16)
        state.update(b"".join(row.hash for row in self.index))
        sizes = [(len(one.mentions), len(one.weights), len(one.new)) for one in self.found]
        state.update(np.array(sizes, dtype=np.int64).tobytes() + self.keys().tobytes())
        for part in ("mentions", "weights"):
            state.update(b"".join(getattr(one, part) for one in self.found))
        state.update("".join(one.new for one in self.found).encode())
        state.update(_hash([self.numbers, self.techniques]))
        for table in ("stated", "concepts"):
            same = old is not None and getattr(old, table) == getattr(self, table)
            hashed = old.hashed[table] if old and same else _hash(getattr(self, table))
            self.hashed[table] = hashed
            state.update(hashed)
        state.update(self.pairs.tobytes())
        return state.hexdigest()


def lacking(keys: Ints, others: Ints) -> npt.NDArray[np.bool_]:
    """Return which keys are not among others; both in rising order, neither negative."""
    lacks: npt.NDArray[np.bool_] = np.append(others, -1)[np.searchsorted(others, keys)] != keys
    return lacks


def _hash(rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a hash of rows of text and numbers; the separators are not in JSON text, names or ids."""
    text = "\x1e".join(["\x1f".join(map(str, row)) for row in rows]).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=16).digest()


def read_content(connection: sqlite3.Connection, path: Path, *, check: bool = True) -> Content:
    """Return what a file holds, without the articles' rows.

    Parameters
    ----------
    connection
        To the file.
    path
        The file, for messages.
    check
        Whether to hash it all and compare, where nobody has just done so.

    Raises
    ------
    StoreError
        It is not what was written.
    """
    try:
        content, digest = _content(connection)
        if not check or content.digest() == digest:
            return content
    except (ValueError, TypeError, OverflowError, KeyError):  # of cells of other types than were written
        raise damaged(path) from None
    raise damaged(path)


def _content(connection: sqlite3.Connection) -> tuple[Content, str | None]:
    """Return what the tables say, and the hash that was written with it."""
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    columns = ", ".join(IndexRow._fields)
    query = f"SELECT {columns} FROM articles ORDER BY id"  # noqa: S608 - names of our own
    index = [IndexRow(*row) for row in connection.execute(query)]
    keys = [row.key for row in index]
    found = {row[0]: row[1:] for row in connection.execute("SELECT article, mentions, weights, new FROM found")}
    pairs = connection.execute("SELECT data FROM packed WHERE name = 'pairs'").fetchone()
    content = Content(
        build=meta.get("build", ""),
        vocabulary=meta.get("vocabulary", ""),
        index=index,
        found=[Found(mentions=row[0], weights=row[1], new=row[2]) for row in map(found.__getitem__, keys)],
        numbers=_names(connection, "SELECT id FROM concept_numbers ORDER BY number"),
        techniques=_names(connection, "SELECT name FROM techniques ORDER BY number"),
        concepts=[ConceptRow(*row) for row in connection.execute("SELECT * FROM concepts ORDER BY key")],
        pairs=np.frombuffer(pairs[0] if pairs else b"", dtype=PAIR),
        stated=[StatedRow(*row) for row in connection.execute("SELECT * FROM stated ORDER BY kind, source, target")],
    )
    return content, meta.get("digest")


def damaged(path: Path) -> StoreError:
    """Return the error for a file that is not as it was written."""
    return StoreError(f"{path}: is damaged (its contents are not what was written); build again with --rebuild")


def _names(connection: sqlite3.Connection, query: str) -> list[str]:
    return [name for (name,) in connection.execute(query)]
