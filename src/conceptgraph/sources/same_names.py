"""Files, and articles, of one id: the first keeps it; other files get one of their own, other articles are left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Protocol

from conceptgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conceptgraph.sources.discover import SourceFile


class Titled(Protocol):
    """What is said of an article that has the id of another."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def path(self) -> str:
        """Its file."""


def told_apart(files: Sequence[SourceFile], *, strict: bool = False) -> list[SourceFile]:
    """Return the files in their order, each with an id that no other has.

    Of files with one id that with the smallest path keeps it; another is told by its ending ("raft-pdf" beside
    "raft"), or by a number where that is the same. Which gets what depends on their paths alone, not on the order in
    which they were named nor on what they hold, so that a build of what changed gives the ids of a build from nothing.

    Parameters
    ----------
    files
        The files.
    strict
        Whether two files with one id are an error.

    Raises
    ------
    InputError
        Two files have one id, and `strict` is set.
    """
    often = Counter(file.id for file in files)
    if len(often) == len(files):
        return list(files)
    taken = set(often)
    ids: dict[str, str] = {}
    first: dict[str, SourceFile] = {}
    for file in sorted((file for file in files if often[file.id] > 1), key=lambda file: file.path.parts):
        other = first.setdefault(file.id, file)
        if other is file:
            continue
        if strict:
            raise InputError(f"two files have the id '{file.id}': {other.path} and {file.path}; rename one")
        ids[file.where] = new = next(id_ for id_ in _others(file, other) if id_ not in taken)
        taken.add(new)
    return [replace(file, id=ids.get(file.where, file.id)) for file in files]


def precedence(id_: str, file: SourceFile) -> tuple[bool, tuple[str, ...]]:
    """Return what tells which of several files' articles with one id keeps it: that with the least.

    The article that its file is named for comes before one that a file holds among others, such as a row of a table,
    then the smaller path; as with `told_apart`, nothing depends on the order in which files are read.

    Examples
    --------
    >>> from conceptgraph.sources.discover import SourceFile
    >>> note = SourceFile(where="notes/raft.md", id="notes/raft", named=False)
    >>> table = SourceFile(where="notes.csv", id="notes", named=False)
    >>> precedence("notes/raft", note) < precedence("notes/raft", table)
    True
    """
    return id_ != file.id, file.path.parts


def same_id(article: Titled, other: Titled) -> str:
    """Return why an article is left out: another has its id."""
    of = f"“{other.title}” in {other.path}"
    return f"{article.path}: “{article.title}” has the id '{article.id}', as {of} has; rename one"


def _others(file: SourceFile, first: SourceFile) -> Iterator[str]:
    ending = file.path.suffix[1:].lower()
    if ending != first.path.suffix[1:].lower():
        yield f"{file.id}-{ending}"
    yield from (f"{file.id}-{number}" for number in count(2))
