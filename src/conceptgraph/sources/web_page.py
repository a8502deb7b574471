"""Saved web pages and newsletters: the main text, without menus and footers (trafilatura, Barbaresi 2021)."""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from conceptgraph.errors import InputError
from conceptgraph.foreign import needed, parsing
from conceptgraph.model import Article
from conceptgraph.sources.elements import article_of
from conceptgraph.sources.limits import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.sources.discover import SourceFile

MAX_ELEMENTS = 200_000
"""Elements of a page: extraction looks at each several times."""
MAX_CELLS = 1_000
"""Cells of a table's row: extraction takes the square of their number."""
MAX_ATTRIBUTES = 1_000
"""Attributes of an element: the parser itself compares each with each."""
_ATTRIBUTE = rb"[\s/]++[^\s>/][^\s=>/]*+(?:\s*+=\s*+(?>\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_MANY_ATTRIBUTES = re.compile(rb"<[a-zA-Z][^\s>/]*+(?>%b){%d}" % (_ATTRIBUTE, MAX_ATTRIBUTES))


def read(file: SourceFile) -> Iterator[Article]:
    """Yield the one article of a web page."""
    yield parse(file.bytes(MAX_TEXT), Article(id=file.id, title="", text="", path=str(file.path)), file.name)


def parse(page: bytes, article: Article, fallback_title: str) -> Article:
    """Return `article` with the main text of a page, and title, date, address, tags and summary where not given.

    Parameters
    ----------
    page
        HTML in any encoding that it declares, or whose letters tell.
    article
        What is known beforehand; its path or address is named in errors.
    fallback_title
        The title where the page has none.

    Raises
    ------
    InputError
        The page cannot be read, or has no text of its own.
    """
    where = article.path or article.url
    found = _extracted(page, article.url, str(where))
    if found is None or not "".join(found.body.itertext()).strip():
        raise InputError(f"{where}: has no main text (a page that scripts write?); save it as the browser shows it")
    title = article.title or " ".join((found.title or "").split()) or fallback_title
    known = Article(
        id=article.id,
        title=title,
        text="",
        path=article.path,
        url=article.url or _address(found.url),
        published=article.published or _day(found.date),
        tags=article.tags or _tags([*(found.tags or ()), *(found.categories or ())]),
        summary=article.summary or " ".join((found.description or "").split()) or None,
    )
    return article_of(found.body, known)


def _extracted(page: bytes, url: str | None, where: str) -> Any:
    trafilatura = needed("trafilatura", extra="formats", to="read web pages", where=where)
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it warns of is not for our users
    if _MANY_ATTRIBUTES.search(page.replace(b"\0", b"")):  # of UTF-16 too
        raise InputError(f"{where}: has an element with {MAX_ATTRIBUTES:,} attributes; save the article alone")
    with parsing(where, "a web page"):
        tree = trafilatura.load_html(page)
        if tree is None:
            return None
        if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
            raise InputError(f"{where}: has more than {MAX_ELEMENTS:,} elements; save the article alone")
        if any(len(row) > MAX_CELLS for row in tree.iter("tr")):
            raise InputError(f"{where}: has a table with more than {MAX_CELLS:,} columns; save the article alone")
        return trafilatura.bare_extraction(
            tree,
            url=url,
            with_metadata=True,
            include_links=True,
            include_formatting=True,
            include_tables=True,
            include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )


def _day(given: str | None) -> str | None:
    try:
        return date.fromisoformat((given or "")[:10]).isoformat()
    except ValueError:
        return None


def _address(given: str | None) -> str | None:
    return given if given and given.startswith(("http://", "https://")) else None


def _tags(given: list[str]) -> tuple[str, ...]:
    tags = (tag.strip() for text in given for tag in text.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))
