"""The article stage: files are read and linked one by one, in chunks, over as many processes as there are to use."""

from __future__ import annotations

import hashlib
import os
import time
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from conceptgraph.article_rows import row_of
from conceptgraph.errors import InputError
from conceptgraph.extract import extract
from conceptgraph.extract.terms import counted
from conceptgraph.found import Numbers, compact, renumbered
from conceptgraph.processes import process_pool
from conceptgraph.sources import read_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from conceptgraph.article_rows import ArticleRow
    from conceptgraph.found import Found
    from conceptgraph.sources import SourceFile
    from conceptgraph.vocabulary import Vocabulary

CHUNK = 40
"""How many files a process is given at a time."""
WORTH_IT = 200
"""Fewer files than this are read by one process: others would take longer to start."""
_TICK, _COARSE_TICK = 50_000_000, 2_000_000_000
"""Nanoseconds within which two changes of a file may have one time; the second where times are whole seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """What was read from one file.

    Parameters
    ----------
    stat
        Size, times and number of the file as text; empty where they do not tell whether it changes.
    hash
        Of its bytes.
    articles
        Its articles' rows, their hashes, their terms, and what was found in them.
    left_out
        Why parts of it could not be read, such as rows of a table.
    problem
        Why it cannot be read; empty when it can.
    """

    stat: str
    hash: bytes
    articles: list[tuple[ArticleRow, bytes, bytes, Found]]
    left_out: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunk:
    files: list[FileRead]
    concepts: list[str]
    techniques: list[str]


def stat_of(path: Path | str) -> str:
    """Return what of a file changes whenever its bytes do, as text; empty where that is not sure.

    Size and times alone do not tell two files apart that swapped names, nor a change within one tick of the clock: the
    number of the file and the time of its last renaming are looked at too, and times that are just now do not count.
    """
    try:
        at = os.stat(path)  # noqa: PTH116 - half the time of Path.stat
    except OSError:
        return ""
    latest = max(at.st_mtime_ns, at.st_ctime_ns)
    tick = _COARSE_TICK if at.st_mtime_ns % 1_000_000_000 == 0 and at.st_ctime_ns % 1_000_000_000 == 0 else _TICK
    if time.time_ns() - latest < tick:
        return ""
    return f"{at.st_size} {at.st_mtime_ns} {at.st_ctime_ns} {at.st_ino}"


def hash_of(path: Path) -> bytes:
    """Return a hash of a file's bytes; empty when it cannot be read."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return b""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).digest()
    except OSError:
        return b""


def read_files(
    files: Sequence[SourceFile], vocabulary: Vocabulary, *, concepts: Numbers, techniques: Numbers, jobs: int
) -> Iterator[FileRead]:
    """Yield what each file holds, in the order of the files, whatever the number of processes.

    Parameters
    ----------
    files
        The files to read.
    vocabulary
        The concepts to look for.
    concepts, techniques
        The numbers to use; new names are added.
    jobs
        How many processes may be used.
    """
    chunks = [files[begin : begin + CHUNK] for begin in range(0, len(files), CHUNK)]
    alone = jobs < 2 or len(files) < WORTH_IT
    results = (_read_chunk(chunk, vocabulary) for chunk in chunks) if alone else _spread(chunks, vocabulary, jobs)
    for chunk in results:
        numbers = [concepts[id_] for id_ in chunk.concepts], [techniques[name] for name in chunk.techniques]
        found = iter(renumbered([found for file in chunk.files for *_, found in file.articles], *numbers))
        for file in chunk.files:
            articles = [(row, digest, terms, next(found)) for row, digest, terms, _ in file.articles]
            yield replace(file, articles=articles)


def _spread(chunks: Sequence[Sequence[SourceFile]], vocabulary: Vocabulary, jobs: int) -> Iterator[_Chunk]:
    """Yield the chunks' results in order; only a few chunks are under way at a time, so that results do not pile up."""
    pool = process_pool(jobs, _prepare, vocabulary)
    try:
        under_way = deque(pool.submit(_read_given, chunk) for chunk in chunks[: 4 * jobs])
        for chunk in chunks[4 * jobs :]:
            yield under_way.popleft().result()
            under_way.append(pool.submit(_read_given, chunk))
        while under_way:
            yield under_way.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_given: list[Vocabulary] = []
"""The vocabulary of a process that reads chunks."""


def _prepare(vocabulary: Vocabulary) -> None:
    _given.append(vocabulary)


def _read_given(files: Sequence[SourceFile]) -> _Chunk:
    return _read_chunk(files, _given[0])


def _read_chunk(files: Sequence[SourceFile], vocabulary: Vocabulary) -> _Chunk:
    concepts, techniques = Numbers(), Numbers()
    read = [_read(file, vocabulary, concepts, techniques) for file in files]
    return _Chunk(files=read, concepts=list(concepts), techniques=list(techniques))


def _read(file: SourceFile, vocabulary: Vocabulary, concepts: Numbers, techniques: Numbers) -> FileRead:
    stat, hash_ = stat_of(file.path), hash_of(file.path)
    articles, left_out = [], []
    try:
        for article in read_parts(file):
            if isinstance(article, InputError):
                left_out.append(str(article))
                continue
            found = extract(article, vocabulary)
            row = row_of(article)
            packed = compact(found.mentions, found.concepts, found.new, concepts=concepts, techniques=techniques)
            articles.append((row, row.digest(), counted(article.title, article.text), packed))
    except InputError as error:
        return FileRead(stat=stat, hash=hash_, articles=[], problem=str(error))
    # A file that changed while it was read is read again by the next build. So is one with parts left out, for each
    # build has to say so.
    same = stat != "" and stat == stat_of(file.path)
    steady = (same or hash_ == hash_of(file.path)) and not left_out
    return FileRead(
        stat=stat if same and not left_out else "",
        hash=hash_ if steady else b"",
        articles=articles,
        left_out=tuple(left_out),
    )
