"""What a build has to do about each file: only what changed since the last one is read."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conceptgraph.article_stage import hash_of, stat_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from conceptgraph.sources import SourceFile


@dataclass(slots=True)
class BuildPlan:
    """Which files are to be read, which stored files are to go, which have a new time or another spelling only."""

    read: list[SourceFile] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    touched: list[tuple[str, int]] = field(default_factory=list)
    respelled: list[tuple[str, int]] = field(default_factory=list)


def plan_build(connection: sqlite3.Connection, files: Iterable[SourceFile], versions: tuple[str, str]) -> BuildPlan:
    """Return what is to be done: a file of the same size, times and number is the same, else its hash tells.

    Its path may be written otherwise than before, relative or absolute.

    Parameters
    ----------
    connection
        To the graph folder's database.
    files
        The files that there are now.
    versions
        Of the code and the vocabulary; what others read is read again.
    """
    stored = connection.execute("SELECT * FROM files")
    rows = {id_: (key, path, stat, hash_) for key, path, id_, stat, hash_ in stored}
    other = "SELECT file FROM articles WHERE extractor != ? OR vocabulary != ?"
    stale = {key for (key,) in connection.execute(other, versions)}
    plan = BuildPlan()
    for file in files:
        key, path, stat, hash_ = rows.pop(file.id, (None, "", "", b""))
        now = stat_of(file.where)
        there = key is not None and key not in stale and _same_path(path, file.where)
        if not (there and ((now and now == stat) or (hash_ and hash_ == hash_of(file.path)))):
            plan.read.append(file)
            plan.gone += [] if key is None else [key]
            continue
        if now != stat:
            plan.touched.append((now, key))
        if path != file.where:
            plan.respelled.append((file.where, key))
    plan.gone += [key for key, *_ in rows.values()]
    return plan


def _same_path(one: str, other: str) -> bool:
    """Whether two paths lead to one place, however they are written; they mostly are written alike."""
    return one == other or os.path.abspath(one) == os.path.abspath(other)  # noqa: PTH100 - Path.absolute keeps ".."
