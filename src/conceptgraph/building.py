"""Building a graph folder: only what changed is read, and the graph is that of a build from nothing."""

from __future__ import annotations

import gc
import json
import os
import sqlite3
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from conceptgraph.article_rows import links_of
from conceptgraph.article_stage import read_files
from conceptgraph.build_plan import plan_build
from conceptgraph.code_version import code_version
from conceptgraph.corpus_stage import Before, build_id, make_graph
from conceptgraph.errors import InputError, StoreError
from conceptgraph.found import Corpus, Numbers
from conceptgraph.json_rows import parsed
from conceptgraph.pipeline import LeftOut, nothing_read
from conceptgraph.processes import process_pool
from conceptgraph.sources import SourceFile, find_files, precedence, same_id
from conceptgraph.store.blobs import drop_answers
from conceptgraph.store.changes import Changes, changes_between
from conceptgraph.store.content import read_content
from conceptgraph.store.opening import FILE, transaction, writing
from conceptgraph.store.reader import co_occurrences_in, read_records
from conceptgraph.store.schema import add_indexes, create, prepare
from conceptgraph.store.writer import (
    add_article,
    add_found,
    content_of,
    remove_articles,
    respell_file,
    write_content,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import ModuleType

    from conceptgraph.article_rows import ArticleRow
    from conceptgraph.build_plan import BuildPlan
    from conceptgraph.found import Found
    from conceptgraph.model import Link, Records
    from conceptgraph.store.content import Content, IndexRow
    from conceptgraph.vocabulary import Vocabulary


WORTH_IT = 2_000
"""Of fewer articles one process makes all exports: another would take longer to start and to read the graph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did.

    Parameters
    ----------
    articles, concepts, mentions
        How many the graph has.
    read
        How many files were read: those that changed.
    left_out
        Files and rows of tables that could not be read or have the id of another, and why.
    changes
        What is other than before; None when nothing is.
    no_longer
        Vocabulary files that the last build used and this one did not, although they are there.
    exports
        The exports that were written.
    """

    articles: int
    concepts: int
    mentions: int
    read: int
    left_out: tuple[LeftOut, ...]
    changes: Changes | None
    no_longer: tuple[Path, ...]
    exports: tuple[Path, ...]


class _Linked(NamedTuple):
    id: str
    path: str
    url: str | None
    links: tuple[Link, ...]


def build(
    paths: Iterable[str | Path],
    folder: Path,
    vocabulary: Vocabulary,
    *,
    exclude: Iterable[str] = (),
    strict: bool = False,
    columns: Mapping[str, str] = MappingProxyType({}),
    rebuild: bool = False,
    jobs: int | None = None,
    wait: bool = True,
    waiting: Callable[[], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
    exports: bool = True,
) -> Built:
    """Bring a graph folder up to date with its articles: one transaction, and the exports.

    Parameters
    ----------
    paths
        Files, folders and globs that hold articles.
    folder
        The graph folder; made when it does not exist.
    vocabulary
        The concepts to look for.
    exclude
        Glob patterns of paths to leave out.
    strict
        Stop at the first file or row that cannot be read, and where two would have one id; else a row, and a file
        found in a folder, is left out.
    columns
        What tables call the columns id, title, text, url, published, tags and summary, where other than so.
    rebuild
        Read every file, changed or not.
    jobs
        How many processes read articles and make the exports; as many as there are cores when not given.
    wait, waiting
        Whether to wait while another build holds the folder; what to call then.
    progress
        Called with the number of files read and to read.
    exports
        Whether to make the exports too.

    Returns
    -------
    Built
        What was done.

    Raises
    ------
    InputError
        Nothing can be read.
    StoreError
        The folder cannot be written, or its file is damaged; the graph that it held stands.
    """
    jobs = jobs or os.cpu_count() or 1
    files = find_files(paths, exclude, columns, strict=strict)
    with ExitStack() as processes, writing(folder, wait=wait, waiting=waiting) as connection:
        with transaction(connection):
            grown = prepare(connection, folder / FILE) and _count(connection, "articles") > 0
            with _uncollected():
                before = _before(connection, folder / FILE, rebuild=rebuild) if grown else None
            if rebuild or not grown:
                create(connection)
            job = _Job(connection, vocabulary, before=before, anew=rebuild, strict=strict, columns=columns)
            plan = plan_build(connection, files, job.versions)
            second = processes.enter_context(process_pool(1, gc.disable)) if exports and jobs > 1 else None
            if second and len(job.articles) >= WORTH_IT and (plan.read or plan.gone):
                second.submit(_import_exporting)  # so that it is ready when the graph is
            job.read(plan, jobs, progress)
            if len(job.articles) < WORTH_IT:
                second = None
            with _uncollected():
                changes = job.finish()
            no_longer = _note_files(connection, vocabulary)
        records = _once(lambda: read_records(connection, folder / FILE, job.content))
        with _uncollected():
            written = _exporting().refresh(connection, folder, records, vocabulary, second=second) if exports else []
        counts = [_count(connection, table) for table in ("articles", "concepts", "mentions")]
    return Built(
        articles=counts[0],
        concepts=counts[1],
        mentions=counts[2],
        read=job.files_read,
        left_out=tuple(job.left_out),
        changes=changes,
        no_longer=tuple(no_longer),
        exports=tuple(written),
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles: records have none, and looking at millions takes a third of a build."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def _exporting() -> ModuleType:
    from conceptgraph import exporting  # noqa: PLC0415 - slow to import

    return exporting


def _import_exporting() -> None:
    _exporting()


def _once(make: Callable[[], Records]) -> Callable[[], Records]:
    """Return a function that makes the records when it is first called, and gives the same ones from then on."""
    made: list[Records] = []

    def given() -> Records:
        if not made:
            made.append(make())
        return made[0]

    return given


def _before(connection: sqlite3.Connection, path: Path, *, rebuild: bool) -> Content | None:
    """Return what the file holds; a damaged one is nothing to a build that begins anew."""
    try:
        return read_content(connection, path)
    except (StoreError, sqlite3.DatabaseError):
        if rebuild:
            return None
        raise


def _note_files(connection: sqlite3.Connection, vocabulary: Vocabulary) -> list[Path]:
    """Note the vocabulary's files for the next build; return those of the last build that are no longer among them."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'vocabulary_files'").fetchone()
    before = json.loads(row[0]) if row else []
    now = [str(path.resolve()) for path in vocabulary.files]
    if now != before:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('vocabulary_files', ?)", (json.dumps(now),))
    return [Path(path) for path in before if path not in now and Path(path).is_file()]


def _count(connection: sqlite3.Connection, table: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - names of our own
    return int(count)


class _Job:
    """One build inside its transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        vocabulary: Vocabulary,
        *,
        before: Content | None,
        anew: bool,
        strict: bool,
        columns: Mapping[str, str],
    ) -> None:
        self.connection = connection
        self.vocabulary = vocabulary
        self.strict = strict
        self.left_out: list[LeftOut] = []
        self.files_read = 0
        renamed = f" {sorted(columns.items())}" if columns else ""  # which change what a table says
        self.versions = (code_version() + renamed, vocabulary.version)
        self.before = before
        self.old = None if anew else before
        # A build reads again whatever other code or another vocabulary read: one article tells for all.
        alike = "SELECT 1 FROM articles WHERE extractor = ? AND vocabulary = ?"
        self.alike = self.old if connection.execute(alike, self.versions).fetchone() else None
        self.concepts = Numbers(self.old.numbers if self.old else ())
        self.techniques = Numbers(self.old.techniques if self.old else ())
        self.articles: dict[int, tuple[IndexRow, Found]] = {}
        if self.old:
            self.articles = {row.key: (row, found) for row, found in zip(self.old.index, self.old.found, strict=True)}
        self.fresh: set[int] = set()
        self.respelled: set[str] = set()
        self.content = self.old

    def read(self, plan: BuildPlan, jobs: int, progress: Callable[[int, int], None] | None) -> None:
        """Read the files that changed, and take out what is gone."""
        self._remove(plan.gone)
        self.connection.executemany("UPDATE files SET stat = ? WHERE key = ?", plan.touched)
        for path, key in plan.respelled:
            for row in respell_file(self.connection, key, path):
                self.articles[row.key] = row, self.articles[row.key][1]
                self.respelled.add(row.id)
        before = {row.id: row for row in self.before.index} if self.before and plan.read else {}
        places = {row.id: row for row, _ in self.articles.values()}
        results = read_files(plan.read, self.vocabulary, concepts=self.concepts, techniques=self.techniques, jobs=jobs)
        for number, (file, found) in enumerate(zip(plan.read, results, strict=True), 1):
            for problem in found.left_out:
                self._leave_out(file, problem, strict=self.strict)
            if found.problem:
                self._leave_out(file, found.problem, strict=self.strict or file.named)
            else:
                state = (file.where, file.id, found.stat, found.hash)
                added = "INSERT INTO files (path, id, stat, hash) VALUES (?, ?, ?, ?) RETURNING key"
                (key,) = self.connection.execute(added, state).fetchone()
                for article, digest, terms, things in found.articles:
                    if article.id in places and not self._comes_first(article, file, key, places[article.id]):
                        continue
                    row = places[article.id] = add_article(
                        self.connection, article, digest, terms, file=key, versions=self.versions
                    )
                    self.articles[row.key] = row, things
                    self.fresh.add(row.key)
                    old = before.get(row.id)
                    if old and old.path != row.path and article._replace(path=old.path).digest() == old.hash:
                        self.respelled.add(row.id)
            if progress:
                progress(number, len(plan.read))
        self.files_read = len(plan.read)

    def _comes_first(self, article: ArticleRow, file: SourceFile, key: int, other: IndexRow) -> bool:
        """Leave out one of two articles with one id; return whether that is the other one."""
        its = "SELECT f.key, f.path, f.id FROM files f JOIN articles a ON a.file = f.key WHERE a.key = ?"
        other_key, where, id_ = self.connection.execute(its, (other.key,)).fetchone()
        other_file = SourceFile(where=where, id=id_, named=False)
        first = precedence(article.id, file) < precedence(article.id, other_file)
        if first:
            self._leave_out(other_file, same_id(other, article), strict=self.strict)
            remove_articles(self.connection, [other.key])
            del self.articles[other.key]
            self.fresh.discard(other.key)
        else:
            self._leave_out(file, same_id(article, other), strict=self.strict)
        # As a file with bad rows, it is read by each build, which has to say so.
        forgotten = "UPDATE files SET stat = '', hash = x'' WHERE key = ?"
        self.connection.execute(forgotten, (other_key if first else key,))
        return first

    def _execute(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()

    def _leave_out(self, file: SourceFile, problem: str, *, strict: bool) -> None:
        if strict:
            raise InputError(problem)
        self.left_out.append(LeftOut(path=file.where, reason=problem))

    def _remove(self, files: Sequence[int]) -> None:
        """Take out files with their articles, and articles that belong to no file."""
        loose = "SELECT key FROM articles WHERE file IS NULL"
        keys = [key for (key,) in self._execute(loose)]
        for file in files:
            keys += [key for (key,) in self.connection.execute("SELECT key FROM articles WHERE file = ?", (file,))]
        remove_articles(self.connection, keys)
        self.connection.executemany("DELETE FROM files WHERE key = ?", [(file,) for file in files])
        for key in keys:
            del self.articles[key]

    def finish(self) -> Changes | None:
        """Run the corpus stage and write what it changes; return what that is, None for nothing."""
        if not self.articles:
            raise nothing_read(self.left_out)
        rows, found = zip(*sorted(self.articles.values(), key=lambda one: one[0].id), strict=True)
        build = build_id((row.hash for row in rows), self.vocabulary)
        if self.old and not self.fresh and list(rows) == list(self.old.index) and build == self.old.build:
            return None
        add_found(self.connection, ((key, self.articles[key][1]) for key in sorted(self.fresh)))
        corpus = Corpus.of([row.id for row in rows], found, list(self.concepts), list(self.techniques))
        known = {row.id: row for row in self.alike.concepts if row.known} if self.alike else {}
        graph = make_graph(corpus, _linked(rows), self.vocabulary, self._before(rows))
        new = content_of(rows, found, corpus, graph, build=build, vocabulary=self.vocabulary.version, known=known)
        write_content(self.connection, self.old, new, graph, self.fresh)
        self.content = new
        add_indexes(self.connection)
        drop_answers(self.connection)
        changes = Changes(first=True)
        if self.before:
            changes = changes_between(self.before, new, respelled=self.respelled)
            if self.old and changes == Changes():
                return None  # a file was read again and says the same; what changed last stays what `diff` tells
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES ('changes', ?)", (changes.to_json(),))
        return changes

    def _before(self, rows: Sequence[IndexRow]) -> Before | None:
        """Return what the corpus stage can take over."""
        if not self.alike:
            return None
        return Before(
            concepts={row.id for row in self.alike.concepts},
            stated=self.alike.stated,
            linked=list(map(_place, rows)) == list(map(_place, self.alike.index)),
            together=co_occurrences_in(self.alike),
        )


def _place(row: IndexRow) -> tuple[str, str, str | None, str]:
    """Return what links between articles are made of."""
    return row.id, row.path, row.url, row.links


def _linked(rows: Sequence[IndexRow]) -> Iterator[_Linked]:
    """Yield whither articles link."""
    for row, own in zip(rows, parsed(row.links for row in rows), strict=True):
        yield _Linked(row.id, row.path, row.url, links_of(own))
