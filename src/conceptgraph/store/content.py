"""What a graph folder's file holds, between its tables and the records, and the hash that guards it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
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

PAIR = np.dtype([("source", "<i8"), ("target", "<i8"), ("confidence", "<f8"), ("articles", "<i8")])


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
    keys, hashes
        The articles' keys and hashes, in the order of their ids.
    found
        What the article stage found in each.
    numbers, techniques
        Concept ids and names of techniques by number.
    concepts, pairs, stated
        The rows of these tables; `pairs` has dtype `PAIR`; each in the order of its key.
    """

    build: str
    vocabulary: str
    keys: Ints
    hashes: Sequence[bytes]
    found: Sequence[Found]
    numbers: Sequence[str]
    techniques: Sequence[str]
    concepts: Sequence[ConceptRow]
    pairs: npt.NDArray[Any]
    stated: Sequence[StatedRow]

    def digest(self) -> str:
        """Return a hash of it all."""
        state = hashlib.blake2b(f"{self.build} {self.vocabulary}".encode(), digest_size=16)
        state.update(b"".join(self.hashes))
        sizes = [(len(one.mentions), len(one.weights), len(one.new)) for one in self.found]
        state.update(np.array(sizes, dtype=np.int64).tobytes() + self.keys.tobytes())
        for part in ("mentions", "weights"):
            state.update(b"".join(getattr(one, part) for one in self.found))
        state.update("".join(one.new for one in self.found).encode())
        state.update(_flat([self.numbers, self.techniques]))
        state.update(_flat(self.stated))
        state.update(_flat(self.concepts))
        state.update(self.pairs.tobytes())
        return state.hexdigest()


def _flat(rows: Iterable[Sequence[Any]]) -> bytes:
    """Return rows of text and numbers as bytes; the separators are not in JSON text, names or ids."""
    return "\x1e".join(["\x1f".join(map(str, row)) for row in rows]).encode("utf-8", "surrogatepass") + b"\x1d"


def read_content(connection: sqlite3.Connection, path: Path) -> Content:
    """Return what a file holds, without the articles' rows.

    Raises
    ------
    StoreError
        It is not what was written.
    """
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    rows = connection.execute(
        "SELECT a.key, a.hash, f.mentions, f.weights, f.new FROM articles a JOIN found f ON f.article = a.key"
        " ORDER BY a.id"
    ).fetchall()
    pairs = connection.execute("SELECT source, target, confidence, articles FROM co_occurrences ORDER BY 1, 2")
    content = Content(
        build=meta.get("build", ""),
        vocabulary=meta.get("vocabulary", ""),
        keys=np.array([row[0] for row in rows], dtype=np.int64),
        hashes=[row[1] for row in rows],
        found=[Found(mentions=row[2], weights=row[3], new=row[4]) for row in rows],
        numbers=_names(connection, "SELECT id FROM concept_numbers ORDER BY number"),
        techniques=_names(connection, "SELECT name FROM techniques ORDER BY number"),
        concepts=[ConceptRow(*row) for row in connection.execute("SELECT * FROM concepts ORDER BY key")],
        pairs=np.array(pairs.fetchall(), dtype=PAIR),
        stated=[StatedRow(*row) for row in connection.execute("SELECT * FROM stated ORDER BY kind, source, target")],
    )
    if content.digest() != meta.get("digest"):
        raise damaged(path)
    return content


def damaged(path: Path) -> StoreError:
    """Return the error for a file that is not as it was written."""
    return StoreError(f"{path}: is damaged (its contents are not what was written); delete it and build again")


def _names(connection: sqlite3.Connection, query: str) -> list[str]:
    return [name for (name,) in connection.execute(query)]
