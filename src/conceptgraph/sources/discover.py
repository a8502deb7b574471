"""From paths, folders and globs to the files that hold articles, each with its id."""

from __future__ import annotations

import codecs
import os
from dataclasses import dataclass
from fnmatch import fnmatch
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from conceptgraph.errors import InputError
from conceptgraph.files import CONTENTS
from conceptgraph.own_pages import is_page_of_ours
from conceptgraph.slug import slug
from conceptgraph.sources.limits import MAX_BINARY, MAX_LINE, MAX_TEXT, read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file to read articles from.

    Parameters
    ----------
    where
        Its path, as `pathlib.Path` writes it.
    id
        Its path relative to the root that was given, without suffix, each part slugged.
    named
        It was named itself, not found in a folder: then it must be readable.
    columns
        What a table calls the columns id, title, text, url, published, tags and summary, where other than so.
    """

    where: str
    id: str
    named: bool
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> Path:
        """Its path; made when it is asked for, because most files of a build have not changed and are not read."""
        return Path(self.where)

    def bytes(self, limit: int = MAX_BINARY) -> bytes:
        """Return the file as it is.

        Raises
        ------
        InputError
            It cannot be opened, is no regular file, is empty or larger than `limit` bytes.
        """
        return read_bytes(self.path, limit)

    @property
    def name(self) -> str:
        """The file's name as a title: without its ending, spaces for hyphens."""
        return self.path.stem.replace("-", " ").replace("_", " ").strip() or "untitled"

    def text(self) -> str:
        """Return the file as text with plain newlines.

        Raises
        ------
        InputError
            It cannot be opened, is neither UTF-8 text nor UTF-16 text that begins with a byte-order mark, is empty,
            too large or has a line that is.
        """
        raw = self.bytes(MAX_TEXT)
        marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        encoding = "utf-16" if marked else "utf-8-sig"
        try:
            if not marked and b"\0" in raw:
                raise self._binary()
            text = raw.decode(encoding)
        except UnicodeDecodeError as error:
            line = raw[: error.start].decode(encoding, "ignore").count("\n") + 1
            raise InputError(
                f"{self.path}:{line}: byte 0x{raw[error.start]:02x} is not {'UTF-16' if marked else 'UTF-8'}; "
                "save the file as UTF-8"
            ) from None
        if "\0" in text:
            raise self._binary()
        if not text.strip():
            raise InputError(f"{self.path}: is empty; write an article into it or delete it")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._check_lines(text)
        return text

    def _binary(self) -> InputError:
        return InputError(f"{self.path}: is binary, not text; convert it to Markdown or exclude it")

    def _check_lines(self, text: str) -> None:
        if len(text) <= MAX_LINE:
            return
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > MAX_LINE:
                raise InputError(f"{self.path}:{number}: a line of {len(line):,} characters; break it into paragraphs")


def discover(paths: Iterable[str | Path], suffixes: Collection[str], exclude: Iterable[str] = ()) -> list[SourceFile]:
    """Return the files that `paths` name, in the order given and sorted within a folder or glob, each file once.

    Parameters
    ----------
    paths
        Files, folders (read recursively; hidden entries and what conceptgraph itself wrote left out) and globs.
    suffixes
        File name endings, with their dot, that are read in folders and globs.
    exclude
        Glob patterns of paths, relative to their root, to leave out.

    Raises
    ------
    InputError
        A path does not exist, or a folder or glob holds nothing to read.
    """
    patterns = tuple(exclude)
    files: dict[str, SourceFile] = {}
    folders: dict[str, str] = {}
    for given in paths:
        for file in _expand(Path(given), suffixes, patterns):
            files.setdefault(_real(file.where, folders), file)
    return list(files.values())


def _real(path: str, folders: dict[str, str]) -> str:
    """Return a file's real path, which a loop of links does not stop; each folder is looked up once."""
    if os.path.islink(path):  # noqa: PTH114 - a Path takes ten times as long
        return os.path.realpath(path)
    folder, name = os.path.split(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return f"{folders[folder]}{os.sep}{name}"


def _expand(given: Path, suffixes: Collection[str], exclude: tuple[str, ...]) -> Iterator[SourceFile]:
    given = given.expanduser()
    try:
        there = given.is_file()
    except (OSError, ValueError) as error:
        raise InputError(f"{str(given)[:80]}…: is no usable path ({error}); name a file, a folder or a glob") from None
    if there:
        yield SourceFile(where=str(given), id=_id(given.name), named=True)
        return
    if given.is_dir():
        root, found = str(given), _walk(str(given))
    elif has_magic(str(given)):
        root, found = _glob(given)
    else:
        raise InputError(f"{given}: no such file or folder; name a file, a folder or a glob")
    kept = [
        relative
        for relative in found
        if os.path.splitext(relative)[1].lower() in suffixes  # noqa: PTH122 - a Path takes ten times as long
        and not (exclude and _excluded(relative.replace(os.sep, "/"), exclude))
        and not (relative.endswith(_USUAL) and is_page_of_ours(Path(root, relative)))
    ]
    if not kept:
        raise InputError(f"{given}: holds no articles; put files ending in {', '.join(sorted(suffixes))} there")
    above = "" if root == "." else os.path.join(root, "")  # noqa: PTH118
    for relative in kept:
        yield SourceFile(where=f"{above}{relative}", id=_id(relative), named=False)


_USUAL = ("index.html", "concept-map.html", "index.md")
"""What builds and exports call their pages; looking into every file here would be slow, so that others pass."""


def _excluded(relative: str, exclude: tuple[str, ...]) -> bool:
    return any(fnmatch(relative, rule) for rule in exclude)


def _walk(root: str) -> list[str]:
    """Return the files below a folder, relative to it, sorted by the parts of their paths."""
    found: list[list[str]] = []
    for parent, folders, names in os.walk(root):
        if CONTENTS in names and parent != root:  # an export: what it says stands in the articles
            folders[:] = []
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        above = [part for part in parent[len(root) :].split(os.sep) if part]  # noqa: PTH206 - as below
        found += [[*above, name] for name in names if not name.startswith(".")]
    return [os.sep.join(parts) for parts in sorted(found)]  # noqa: PTH118


def _glob(pattern: Path) -> tuple[str, list[str]]:
    """Return the folder above the first wildcard, and the files that the pattern matches below it, relative to it."""
    parts = pattern.parts
    first = next(i for i, part in enumerate(parts) if has_magic(part))
    root = Path(*parts[:first])
    try:
        found = [path.relative_to(root) for path in root.glob(str(Path(*parts[first:]))) if path.is_file()]
    except ValueError as error:
        raise InputError(f"{pattern}: is no usable glob ({error}); write articles/**/*.md, say") from None
    return str(root), [str(path) for path in sorted(found) if not _hidden(path)]


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)


def root_of(where: str, id_: str) -> Path | None:
    """Return the folder from which a file's articles have such ids: what was given, or the folder above a glob.

    Examples
    --------
    >>> root_of("notes/articles/raft.md", "articles/raft").name
    'notes'
    """
    path = Path(where)
    of_file = ((root, _id(str(path.relative_to(root)))) for root in path.parents)
    return next((root for root, own in of_file if f"{id_}/".startswith(f"{own}/")), None)


_OF_FOLDER = frozenset({"index", "readme", "_index"})
"""Names of files that stand for the folder that they are in, as a blog's posts do: they go by the folder's name."""


def _id(relative: str) -> str:
    names = os.path.splitext(relative)[0].split(os.sep)  # noqa: PTH122, PTH206 - a Path takes ten times as long
    parts = [slug(name) for name in names]
    if len(parts) > 1 and (parts[-1] in _OF_FOLDER or names[-1].casefold() in _OF_FOLDER):
        parts.pop()
    return "/".join(part for part in parts if part) or "article"
