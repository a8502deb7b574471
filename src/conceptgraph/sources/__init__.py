"""Reading articles: one file per format."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from conceptgraph.errors import InputError
from conceptgraph.own_pages import is_page_of_ours
from conceptgraph.sources import (
    epub,
    listing,
    markdown,
    notebook,
    obsidian,
    pdf,
    plain,
    restructured,
    table,
    web_page,
    word,
)
from conceptgraph.sources.discover import SourceFile, discover, root_of
from conceptgraph.sources.same_names import precedence, same_id, told_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from conceptgraph.model import Article

__all__ = [
    "SOURCES",
    "Source",
    "SourceFile",
    "find_files",
    "precedence",
    "read_articles",
    "read_file",
    "read_parts",
    "root_of",
    "same_id",
]


class Source(NamedTuple):
    """A format: the endings of its files, its reader, and what tells its files where several formats have an ending.

    A reader that can tell what part of a file is bad, such as a row of a table, yields the error in its place.
    """

    suffixes: frozenset[str]
    read: Callable[[SourceFile], Iterator[Article | InputError]]
    accepts: Callable[[SourceFile, str], bool] = lambda file, head: True  # noqa: ARG005


SOURCES: dict[str, Source] = {
    "listing": Source(frozenset({".txt", ".md"}), listing.read, listing.accepts),
    "obsidian": Source(frozenset({".md"}), obsidian.read, obsidian.accepts),
    "markdown": Source(frozenset({".md", ".markdown"}), markdown.read),
    "plain": Source(frozenset({".txt"}), plain.read),
    "html": Source(frozenset({".html", ".htm", ".xhtml"}), web_page.read),
    "pdf": Source(frozenset({".pdf"}), pdf.read),
    "epub": Source(frozenset({".epub"}), epub.read),
    "rst": Source(frozenset({".rst"}), restructured.read),
    "notebook": Source(frozenset({".ipynb"}), notebook.read),
    "docx": Source(frozenset({".docx"}), word.read),
    "csv": Source(frozenset({".csv", ".tsv"}), table.read_csv),
    "jsonl": Source(frozenset({".jsonl", ".ndjson"}), table.read_json_lines),
    "parquet": Source(frozenset({".parquet"}), table.read_parquet),
}
"""Formats by name; of several for one ending the first that accepts the file reads it."""

_HEAD = 400
"""How many characters of a file a format may look at to know its own."""


def find_files(
    paths: Iterable[str | Path],
    exclude: Iterable[str] = (),
    columns: Mapping[str, str] = MappingProxyType({}),
    *,
    strict: bool = False,
) -> list[SourceFile]:
    """Return the files to read under `paths`, as `conceptgraph.sources.discover.discover` finds them.

    Each has an id of its own; see `conceptgraph.sources.same_names.told_apart`.

    Parameters
    ----------
    paths, exclude
        As there.
    columns
        What tables call `conceptgraph.sources.table.COLUMNS`, where other than so.
    strict
        Whether two files that would have one id are an error.

    Raises
    ------
    InputError
        A path does not exist or holds nothing to read, no column can be renamed so, or two files have one id.
    """
    unknown = next((name for name in columns if name not in table.COLUMNS), None)
    if unknown is not None:
        raise InputError(f"columns: '{unknown}' is none; there are {', '.join(table.COLUMNS)}")
    found = _found(paths, exclude)
    often = Counter(file.id for file in found)
    # A page of conceptgraph's own takes no article's id.
    articles = [file for file in found if often[file.id] == 1 or file.named or not is_page_of_ours(file.path)]
    files = told_apart(articles, strict=strict)
    return [replace(file, columns=tuple(columns.items())) for file in files] if columns else files


def _found(paths: Iterable[str | Path], exclude: Iterable[str]) -> list[SourceFile]:
    return discover(paths, frozenset().union(*(source.suffixes for source in SOURCES.values())), exclude)


def read_file(file: SourceFile) -> Iterator[Article]:
    """Yield the articles of one file.

    Raises
    ------
    InputError
        The file, or a part of it, cannot be read as any known format, or holds no article.
    """
    for part in read_parts(file):
        if isinstance(part, InputError):
            raise part
        yield part


def read_parts(file: SourceFile) -> Iterator[Article | InputError]:
    """Yield the articles of one file, and in place of a part that cannot be read, such as a row of a table, the error.

    A page that conceptgraph made holds none, unless it is named itself.

    Raises
    ------
    InputError
        The file cannot be read as any known format, or holds no article; where all its parts are bad, the first error.
    """
    if not file.named and is_page_of_ours(file.path):
        return
    suffix = file.path.suffix.lower()
    fitting = [source for source in SOURCES.values() if suffix in source.suffixes]
    if not fitting:
        known = sorted(frozenset().union(*(source.suffixes for source in SOURCES.values())))
        raise InputError(f"{file.path}: files ending in '{suffix}' are not read; use one of {', '.join(known)}")
    head = file.text()[:_HEAD] if len(fitting) > 1 else ""
    problem = InputError(f"{file.path}: holds no article, only what stands around one; write one, or exclude it")
    bad: list[InputError] = []
    parts = next(source for source in fitting if source.accepts(file, head)).read(file)
    for part in parts:
        if isinstance(part, InputError):
            bad.append(part)
            continue
        yield from bad
        yield part
        yield from parts
        return
    raise next(iter(bad), problem)


def read_articles(paths: Iterable[str | Path], exclude: Iterable[str] = ()) -> Iterator[Article]:
    """Yield every article under `paths`, file by file.

    Parameters
    ----------
    paths
        Files, folders and globs.
    exclude
        Glob patterns of paths, relative to their root, to leave out.

    Raises
    ------
    InputError
        Something cannot be read, or two articles have the same id.
    """
    seen: dict[str, Article] = {}
    for file in find_files(paths, exclude):
        for article in read_file(file):
            other = seen.setdefault(article.id, article)
            if other is not article:
                raise InputError(same_id(article, other))
            yield article
