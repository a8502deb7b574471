"""Files that would give their articles one id: the first keeps it, the others get one of their own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from conceptgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conceptgraph.sources.discover import SourceFile


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


def _others(file: SourceFile, first: SourceFile) -> Iterator[str]:
    ending = file.path.suffix[1:].lower()
    if ending != first.path.suffix[1:].lower():
        yield f"{file.id}-{ending}"
    yield from (f"{file.id}-{number}" for number in count(2))
