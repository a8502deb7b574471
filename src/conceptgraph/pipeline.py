"""The one composer: sources, extraction, corpus stage, store, exports."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from conceptgraph import store
from conceptgraph.article_rows import row_of
from conceptgraph.corpus_stage import build_id, make_graph
from conceptgraph.errors import InputError
from conceptgraph.extract import extract
from conceptgraph.found import Corpus, Numbers, compact
from conceptgraph.model import Records
from conceptgraph.sources import find_files, precedence, read_parts, same_id
from conceptgraph.store.opening import writing
from conceptgraph.store.reader import read_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from conceptgraph.extract import Extraction
    from conceptgraph.model import Article
    from conceptgraph.sources import SourceFile
    from conceptgraph.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A file found in a folder, or a row of a table, that could not be read or has the id of another, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The articles that were read, and the files that were left out."""

    articles: tuple[Article, ...]
    left_out: tuple[LeftOut, ...]


def read(
    paths: Iterable[str | Path],
    *,
    exclude: Iterable[str] = (),
    strict: bool = False,
    columns: Mapping[str, str] = MappingProxyType({}),
    progress: Callable[[int, int], None] | None = None,
) -> Read:
    """Read every article under `paths`.

    Parameters
    ----------
    paths
        Files, folders and globs. A file named itself must be readable; one found in a folder is left out when it is
        not.
    exclude
        Glob patterns of paths to leave out.
    strict
        Stop at the first file or row that cannot be read, and where two would have one id.
    columns
        What tables call the columns id, title, text, url, published, tags and summary, where other than so.
    progress
        Called with the number of files read and of all files.

    Raises
    ------
    InputError
        Nothing can be read.
    """
    files = find_files(paths, exclude, columns, strict=strict)
    seen: dict[str, tuple[Article, SourceFile]] = {}
    left_out: list[LeftOut] = []

    for number, file in enumerate(files, 1):
        try:
            parts = list(read_parts(file))
        except InputError as error:
            if strict or file.named:
                raise
            left_out.append(LeftOut(path=file.where, reason=str(error)))
            continue
        for part in parts:
            bad = _taken(part, file, seen)
            if bad and strict:
                raise InputError(bad.reason)
            left_out += [bad] if bad else []
        if progress:
            progress(number, len(files))
    if not seen:
        raise nothing_read(left_out)
    ordered = tuple(seen[id_][0] for id_ in sorted(seen))
    return Read(articles=ordered, left_out=tuple(left_out))


def _taken(part: Article | InputError, file: SourceFile, seen: dict[str, tuple[Article, SourceFile]]) -> LeftOut | None:
    """Note an article in `seen`; return what is left out: it, another with its id, or what could not be read."""
    if isinstance(part, InputError):
        return LeftOut(path=file.where, reason=str(part))
    first, its = seen.setdefault(part.id, (part, file))
    if first is part:
        return None
    if precedence(part.id, file) < precedence(part.id, its):
        seen[part.id] = part, file
        return LeftOut(path=its.where, reason=same_id(first, part))
    return LeftOut(path=file.where, reason=same_id(part, first))


def nothing_read(left_out: Sequence[LeftOut]) -> InputError:
    """Return the error for a build without any article."""
    why = f"; the first problem: {left_out[0].reason}" if left_out else "; name a file, a folder or a glob"
    return InputError(f"no article could be read{why}")


def link(
    articles: Sequence[Article], vocabulary: Vocabulary, *, progress: Callable[[int, int], None] | None = None
) -> Records:
    """Link articles to concepts, and concepts to each other.

    Parameters
    ----------
    articles
        In the order of their ids.
    vocabulary
        The concepts to look for.
    progress
        Called with the number of articles linked and of all articles.

    Returns
    -------
    Records
        The whole graph.
    """

    def extractions() -> Iterable[Extraction]:
        for number, article in enumerate(articles, 1):
            yield extract(article, vocabulary)
            if progress:
                progress(number, len(articles))

    return corpus_stage(extractions(), vocabulary)


def corpus_of(extractions: Iterable[Extraction]) -> tuple[Corpus, tuple[Article, ...]]:
    """Return what was found in articles as arrays, and the articles."""
    concepts, techniques = Numbers(), Numbers()
    articles, found = [], []
    for one in extractions:
        articles.append(one.article)
        found.append(compact(one.mentions, one.concepts, one.new, concepts=concepts, techniques=techniques))
    corpus = Corpus.of([article.id for article in articles], found, list(concepts), list(techniques))
    return corpus, tuple(articles)


def corpus_stage(extractions: Iterable[Extraction], vocabulary: Vocabulary) -> Records:
    """Return the records of a corpus from what was found in each of its articles, in the order of their ids."""
    corpus, articles = corpus_of(extractions)
    graph = make_graph(corpus, articles, vocabulary)
    return Records(
        build=build_id((row_of(article).digest() for article in articles), vocabulary),
        articles=articles,
        concepts=tuple(graph.concepts),
        mentions=graph.mention_columns(corpus, [article.text for article in articles]),
        article_concepts=graph.weights,
        relations=graph.relations,
    )


def save(records: Records, folder: Path, vocabulary: Vocabulary | None = None) -> list[Path]:
    """Keep the records in the graph folder, and make its exports anew where they are of another build.

    Parameters
    ----------
    records
        The graph.
    folder
        The graph folder.
    vocabulary
        What the graph was made with, for study paths in the explorer.

    Returns
    -------
    list of pathlib.Path
        The exports that were written.

    Raises
    ------
    StoreError
        The folder cannot be written; the graph it held before stands.
    """
    from conceptgraph import exporting  # noqa: PLC0415 - slow to import

    path = store.write(folder, records)
    with writing(folder) as connection:
        return exporting.refresh(connection, folder, lambda: read_records(connection, path), vocabulary)
