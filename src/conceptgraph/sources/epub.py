"""EPUB books: an article for each chapter, which is a file in the book's reading order."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from conceptgraph.errors import InputError
from conceptgraph.foreign import needed, parse_xml, parsing
from conceptgraph.model import Article
from conceptgraph.slug import slug
from conceptgraph.sources.archive import member, opened
from conceptgraph.sources.elements import article_of, first_heading
from conceptgraph.sources.limits import MAX_TEXT

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from conceptgraph.sources.discover import SourceFile

CONTAINER = "META-INF/container.xml"
MIN_WORDS = 40
"""A file of the book with fewer words is a cover or a title page, not a chapter."""
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"


class _Book(NamedTuple):
    title: str
    published: str | None
    tags: tuple[str, ...]
    chapters: list[str]


def read(file: SourceFile) -> Iterator[Article]:
    """Yield the chapters of a book; their ids are the file's id, a slash and the heading's slug."""
    with opened(file, "an EPUB") as archive:
        book = _book(archive, file)
        seen: Counter[str] = Counter()
        for number, name in enumerate(book.chapters, 1):
            body = _body(member(archive, name, file), file)
            if body is None or len(" ".join(body.itertext()).split()) < MIN_WORDS:
                continue
            title = first_heading(body) or f"{book.title}, part {number}"
            id_ = slug(title) or str(number)
            seen[id_] += 1
            id_ += f"-{seen[id_]}" if seen[id_] > 1 else ""
            known = Article(id=f"{file.id}/{id_}", title=title, text="", path=str(file.path))
            yield article_of(body, _described(known, book))
        if not seen:
            raise InputError(f"{file.path}: has no chapter with {MIN_WORDS} words or more; exclude it")


def _described(known: Article, book: _Book) -> Article:
    return Article(id=known.id, title=known.title, text="", path=known.path, published=book.published, tags=book.tags)


def _book(archive: zipfile.ZipFile, file: SourceFile) -> _Book:
    where = f"{file.path}: {CONTAINER}"
    container = parse_xml(member(archive, CONTAINER, file), where, "EPUB")
    path = next((e.get("full-path") for e in container.iter() if str(e.tag).endswith("}rootfile")), None)
    if not path:
        raise InputError(f"{where}: names no book; export it again")
    package = parse_xml(member(archive, path, file), f"{file.path}: {path}", "EPUB")
    items = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
    order = [items[ref.get("idref")] for ref in package.iter(f"{_OPF}itemref") if ref.get("idref") in items]
    pages = [item.get("href", "") for item in order if "html" in (item.get("media-type") or "")]
    folder = posixpath.dirname(path)
    return _Book(
        title=_first(package, "title") or file.name,
        published=_first(package, "date")[:10] or None,
        tags=tuple(
            dict.fromkeys(filter(None, (" ".join((e.text or "").split()) for e in package.iter(f"{_DC}subject"))))
        ),
        chapters=list(dict.fromkeys(posixpath.normpath(posixpath.join(folder, unquote(page))) for page in pages)),
    )


def _first(package: Any, name: str) -> str:
    return next((" ".join((e.text or "").split()) for e in package.iter(f"{_DC}{name}")), "")


def _body(page: bytes, file: SourceFile) -> Any:
    """Return the body of a chapter's page, or None where it has none."""
    if len(page) > MAX_TEXT:
        raise InputError(f"{file.path}: a chapter is larger than {MAX_TEXT / 2**20:.0f} MB; exclude the file")
    html = needed("lxml.html", extra="formats", to="read EPUB", where=file.path)
    if not page.strip():
        return None
    with parsing(file.path, "an EPUB"):
        return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8", no_network=True)).find("body")
