"""Articles as flat rows of text: what the graph folder keeps, and what an article's hash is made of."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from conceptgraph.columns import AT_ONCE, Columns
from conceptgraph.errors import InputError
from conceptgraph.json_rows import parsed
from conceptgraph.model import Article, Link, Section, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class ArticleRow(NamedTuple):
    """An article; tags, spans, links and sections are JSON text: lists of their fields in order."""

    id: str
    title: str
    path: str
    url: str | None
    published: str | None
    summary: str | None
    tags: str
    spans: str
    links: str
    sections: str
    text: str

    def digest(self) -> bytes:
        """Return a hash of the whole row, 16 bytes.

        Raises
        ------
        InputError
            The article holds half a character (a lone surrogate), which is no text.
        """
        parts = ["\0" if part is None else part for part in self]
        lengths = ",".join(str(len(part)) for part in parts)
        try:
            whole = "".join([lengths, *parts]).encode()
        except UnicodeEncodeError:
            raise InputError(f"{self.path}: holds half a character (a lone surrogate); remove it") from None
        return hashlib.blake2b(whole, digest_size=16).digest()


def row_of(article: Article) -> ArticleRow:
    """Return an article as a row."""
    return ArticleRow(
        id=article.id,
        title=article.title,
        path=article.path,
        url=article.url,
        published=article.published,
        summary=article.summary,
        tags=_dump(article.tags),
        spans=_dump([(span.start, span.end, span.kind) for span in article.spans]),
        links=_dump([(link.target, link.start, link.end) for link in article.links]),
        sections=_dump([(part.heading, part.level, part.start, part.end) for part in article.sections]),
        text=article.text,
    )


def links_of(parts: Iterable[tuple[str, int, int]]) -> tuple[Link, ...]:
    """Return links from their parts, as a row's JSON text has them."""
    return tuple(Link(target=target, start=start, end=end) for target, start, end in parts)


class Articles(Columns[Article]):
    """Articles kept as rows; each is made when it is asked for, and not kept."""

    __slots__ = ("rows",)

    def __init__(self, rows: Sequence[ArticleRow]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def one(self, at: int) -> Article:
        """Return an article."""
        (article,) = self.some(range(at, at + 1))
        return article

    def some(self, places: range) -> Iterator[Article]:
        """Return some articles."""
        rows = [self.rows[at] for at in places]
        parts = [row.sections for row in rows], [row.spans for row in rows], [row.links for row in rows]
        for row, sections, spans, links in zip(rows, *map(parsed, parts), strict=True):
            yield Article(
                id=row.id,
                title=row.title,
                text=row.text,
                sections=tuple([Section(heading=h, level=n, start=start, end=end) for h, n, start, end in sections]),
                spans=tuple([Span(start=start, end=end, kind=kind) for start, end, kind in spans]),
                links=links_of(links),
                path=row.path,
                url=row.url,
                published=row.published,
                tags=_tags(row),
                summary=row.summary,
            )

    def spans(self) -> Iterator[list[tuple[int, int, str]]]:
        """Yield (start, end, kind) of each article's spans."""
        for begin in range(0, len(self.rows), AT_ONCE):
            yield from parsed([row.spans for row in self.rows[begin : begin + AT_ONCE]])

    def described(self) -> Iterator[Article]:
        """Yield the articles without sections, spans and links, which take most of the time to make."""
        for row in self.rows:
            yield Article(
                id=row.id,
                title=row.title,
                text=row.text,
                path=row.path,
                url=row.url,
                published=row.published,
                tags=_tags(row),
                summary=row.summary,
            )


def article_ids(articles: Iterable[Article]) -> list[str]:
    """Return the articles' ids; of those kept as rows without making any article."""
    return [row.id for row in articles.rows] if isinstance(articles, Articles) else [one.id for one in articles]


def article_texts(articles: Iterable[Article]) -> dict[str, str]:
    """Return the articles' texts by their ids; of those kept as rows without making any article."""
    return {one.id: one.text for one in (articles.rows if isinstance(articles, Articles) else articles)}


def _tags(row: ArticleRow) -> tuple[str, ...]:
    return tuple(json.loads(row.tags)) if row.tags != "[]" else ()


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
