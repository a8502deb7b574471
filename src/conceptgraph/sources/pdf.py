"""PDF files: a section for each page, so that evidence can name it."""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from conceptgraph.errors import InputError
from conceptgraph.foreign import needed, parsing
from conceptgraph.model import Article, Section, Span
from conceptgraph.sources.builder import TextBuilder
from conceptgraph.sources.limits import MAX_PAGES, MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conceptgraph.sources.discover import SourceFile

_BROKEN = re.compile(r"([^\W\d_]{2,})-\n([a-zß-öø-ÿ]{2,})")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BULLET = re.compile(r"^\s*[•‣▪●◦–*-]\s+")
SHORT = 0.75
"""A line that ends a sentence and is shorter than this share of the page's longest one ends a paragraph."""


def read(file: SourceFile) -> Iterator[Article]:
    """Yield the one article of a PDF."""
    with parsing(file.path, "a PDF"):
        reader = _reader(file)
        pages = _pages(file, reader)
        about = reader.metadata or {}
        title = _line(about.get("/Title")) or _first_line(pages) or file.name
        tags = tuple(dict.fromkeys(tag for tag in re.split(r"\s*[,;]\s*", _line(about.get("/Keywords"))) if tag))
        known = Article(id=file.id, title=title, text="", path=str(file.path), tags=tags)
        yield _article(known, _mended(pages))


def _reader(file: SourceFile) -> Any:
    pypdf = needed("pypdf", extra="formats", to="read PDF", where=file.path)
    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it mends is not for our users
    reader = pypdf.PdfReader(BytesIO(file.bytes()), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError(f"{file.path}: is encrypted; save it without a password")
    return reader


def _pages(file: SourceFile, reader: Any) -> list[str]:
    if len(reader.pages) > MAX_PAGES:
        raise InputError(f"{file.path}: has {len(reader.pages):,} pages, more than {MAX_PAGES:,}; split it")
    pages, length = [], 0
    for page in reader.pages:
        pages.append(page.extract_text().replace("\0", "").encode("utf-8", "replace").decode())
        length += len(pages[-1])
        if length > MAX_TEXT:
            raise InputError(f"{file.path}: holds more than {MAX_TEXT / 2**20:.0f} MB of text; split it")
    if not any(page.strip() for page in pages):
        raise InputError(f"{file.path}: holds no text (scanned pages?); run text recognition on it first")
    return pages


def _mended(pages: Sequence[str]) -> list[str]:
    """Return the pages with words joined that a line's end broke, as the rest of the text writes them."""
    words = Counter(word.casefold() for page in pages for word in _WORD.findall(page))

    def joined(broken: re.Match[str]) -> str:
        with_hyphen, without = f"{broken[1]}-{broken[2]}", f"{broken[1]}{broken[2]}"
        return with_hyphen if words[with_hyphen.casefold()] > words[without.casefold()] else without

    return [_BROKEN.sub(joined, page) for page in pages]


def _article(known: Article, pages: Sequence[str]) -> Article:
    builder = TextBuilder()
    builder.add(known.title)
    builder.heading(1, 0)
    builder.spans.append(Span(start=0, end=len(builder), kind="title"))
    starts = []
    for page in pages:
        builder.end_block()
        starts.append(builder.next_start)
        _add(builder, [line.rstrip() for line in page.split("\n")])
    article = builder.article(known)
    ends = [*starts[1:], len(article.text)]
    named = (
        Section(heading=f"page {number}", level=1, start=min(start, len(article.text)), end=min(end, len(article.text)))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
        if start < end
    )
    opening = (replace(section, end=min(starts[0], len(article.text))) for section in article.sections[:1])
    return replace(article, sections=(*opening, *named))


def _add(builder: TextBuilder, lines: Sequence[str]) -> None:
    """Add a page's lines: joined to paragraphs, which a short last line or an empty one ends."""
    longest = max(map(len, lines), default=0)
    for line in lines:
        if not line.strip():
            builder.end_block()
            continue
        bullet = _BULLET.match(line)
        if bullet:
            builder.end_line()
        start = builder.next_start
        builder.add(line[bullet.end() if bullet else 0 :] + " ")
        if bullet:
            builder.span("list_item", start)
        if line.endswith((".", "!", "?", ":")) and len(line) < SHORT * longest:
            builder.end_block()


def _line(value: object) -> str:
    return " ".join(str(value or "").replace("\0", "").split())[:300]


def _first_line(pages: Sequence[str]) -> str:
    first = next((line.strip() for page in pages for line in page.split("\n") if line.strip()), "")
    return _line(first) if len(first) <= 160 else ""
