"""Markdown with front matter (CommonMark and tables) to an article of plain text."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from conceptgraph.errors import InputError
from conceptgraph.model import Article, Span
from conceptgraph.sources.builder import TextBuilder
from conceptgraph.sources.flattened import is_flattened, restore
from conceptgraph.sources.front_matter import read_front_matter
from conceptgraph.sources.limits import MAX_LINE, MAX_NESTING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from conceptgraph.model import SpanKind
    from conceptgraph.sources.discover import SourceFile

_UNSEEN = re.compile(r"<(script|style)\b|</(script|style)\b", re.IGNORECASE)
_OPENERS = re.compile(rf"\s*(?:(?:>|[-+*]|\d{{1,9}}[.)])[ \t]*){{{MAX_NESTING}}}(?=.*[^\s*+-])")
_BREAK = re.compile(r"<(?:br|hr|/p|/div|/li|/tr|/td|/th)\b", re.IGNORECASE)
_INLINE_SPANS: dict[str, SpanKind] = {"strong": "emphasis", "em": "emphasis"}
_BLOCK_SPANS: dict[str, SpanKind] = {
    "list_item": "list_item",
    "blockquote": "quote",
    "td": "table_cell",
    "th": "table_cell",
}


def read(file: SourceFile) -> Iterator[Article]:
    """Yield the one article of a Markdown file."""
    known = Article(id=file.id, title="", text="", path=str(file.path))
    yield read_text(file.text(), known, where=str(file.path), fallback_title=file.name)


def read_text(
    text: str, known: Article, *, where: str, fallback_title: str, parser: MarkdownIt | None = None
) -> Article:
    """Return the article of a Markdown text with front matter.

    Parameters
    ----------
    text
        The whole text.
    known
        What is known beforehand; its title, address, date, tags and summary stand over those of the front matter.
    where
        The file that errors name.
    fallback_title
        The title where there is no other.
    parser
        What parses the Markdown, where it is of a dialect.

    Raises
    ------
    InputError
        The front matter is malformed, or the Markdown nested too deeply.
    """
    front = read_front_matter(text, where)
    lines = text[front.body :].split("\n")
    for number, line in enumerate(lines, text.count("\n", 0, front.body) + 1):
        if len(line) > MAX_LINE:
            raise InputError(f"{where}:{number}: a line of {len(line):,} characters; break it into paragraphs")
        if _OPENERS.match(line):
            raise InputError(f"{where}:{number}: opens more than {MAX_NESTING} lists or quotes; write it flat")
    body = "\n".join(restore(line) if is_flattened(line) else line for line in lines)
    article = replace(
        known,
        title=known.title or front.title or "",
        url=known.url or front.url,
        published=known.published or front.published,
        tags=known.tags or front.tags,
        summary=known.summary or front.summary,
    )
    return parse(body, article, fallback_title=fallback_title, parser=parser)


def parse(markdown: str, article: Article, *, fallback_title: str, parser: MarkdownIt | None = None) -> Article:
    """Return `article` with the text of `markdown`, beginning with the title.

    Parameters
    ----------
    markdown
        CommonMark, with tables.
    article
        What is known beforehand; an empty title is taken from a heading that opens the text.
    fallback_title
        The title where there is no other.
    parser
        What parses it, where it is of a dialect.
    """
    tokens = (parser or common_parser()).parse(markdown)
    opening = _opening_heading(tokens)
    title = article.title or opening or fallback_title
    builder = TextBuilder()
    if opening is None or opening.casefold() != title.casefold():
        builder.add(title)
        builder.heading(1, 0)
        builder.end_block()
    _Walker(builder).blocks(tokens)
    heading_end = next((span.end for span in builder.spans if span.kind == "heading" and span.start == 0), 0)
    if heading_end:
        builder.spans.append(Span(start=0, end=heading_end, kind="title"))
    return builder.article(replace(article, title=title))


@cache
def common_parser() -> MarkdownIt:
    """Return the parser of CommonMark with tables, made once."""
    return new_parser()


def new_parser() -> MarkdownIt:
    """Return a parser of CommonMark with tables, to be changed for a dialect."""
    return MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"])


def _opening_heading(tokens: Sequence[Token]) -> str | None:
    if len(tokens) > 1 and tokens[0].type == "heading_open":
        scratch = TextBuilder()
        _Walker(scratch).inline(tokens[1].children or [])
        return scratch.article(Article(id="", title="", text="")).text or None
    return None


class _Walker:
    """Walks markdown-it's tokens and fills a builder."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._open: list[int] = []
        self._links: list[tuple[str, int]] = []
        self._unseen = 0

    def blocks(self, tokens: Sequence[Token]) -> None:
        """Add block tokens."""
        builder = self._builder
        for token in tokens:
            name = token.type.removesuffix("_open").removesuffix("_close")
            if token.type == "inline":
                self.inline(token.children or [])
            elif token.type in ("fence", "code_block"):
                builder.end_block()
                start = builder.next_start
                builder.add_verbatim(token.content)
                builder.span("code_block", start)
                builder.end_block()
            elif token.type == "html_block":
                self._html(token.content)
            elif token.type.endswith("_open"):
                self._open.append(builder.next_start)
            elif token.type.endswith("_close"):
                self._close(name, token)

    def _close(self, name: str, token: Token) -> None:
        builder = self._builder
        start = self._open.pop()
        if name == "heading":
            builder.heading(int(token.tag[1]), start)
        elif name in _BLOCK_SPANS:
            builder.span(_BLOCK_SPANS[name], start)
        if name in ("td", "th"):
            builder.add(" | ")
        elif name in ("list_item", "tr") or (name == "paragraph" and token.hidden):
            builder.end_line()
        elif name not in ("thead", "tbody"):
            builder.end_block()

    def inline(self, tokens: Sequence[Token]) -> None:
        """Add the inline tokens of one block."""
        builder = self._builder
        opened: list[int] = []
        for token in tokens:
            kind = token.type
            if kind == "html_inline":
                self._inline_html(token.content)
            elif self._unseen:
                continue
            elif kind in ("text", "softbreak"):
                builder.add(token.content or " ")
            elif kind == "hardbreak":
                builder.end_line()
            elif kind == "code_inline":
                start = builder.next_start
                builder.add(token.content)
                builder.span("code", start)
            elif kind.endswith("_open"):
                opened.append(builder.next_start)
                self._links += [(str(token.attrGet("href")), builder.next_start)] if kind == "link_open" else []
            elif kind.endswith("_close") and opened:
                self._close_inline(kind.removesuffix("_close"), opened.pop())
        self._unseen = 0

    def _close_inline(self, name: str, start: int) -> None:
        if name == "link":
            target, begin = self._links.pop()
            self._builder.link(target, begin)
        elif name in _INLINE_SPANS:
            self._builder.span(_INLINE_SPANS[name], start)

    def _inline_html(self, tag: str) -> None:
        unseen = _UNSEEN.match(tag)
        if unseen:
            self._unseen = max(0, self._unseen + (1 if unseen[1] else -1))
        elif _BREAK.match(tag):
            self._builder.add(" ")

    def _html(self, content: str) -> None:
        text = _Text()
        text.feed(content)
        text.close()
        for block in text.blocks():
            self._builder.end_block()
            self._builder.add(block)
        self._builder.end_block()


class _Text(HTMLParser):
    """The text of an HTML fragment, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._unseen += tag in ("script", "style")
        self._pieces.append("\0" if tag not in ("a", "b", "i", "em", "strong", "code", "span") else "")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in ("script", "style")))
        self._pieces.append("\0" if tag not in ("a", "b", "i", "em", "strong", "code", "span") else "")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._pieces.append(data)

    def blocks(self) -> list[str]:
        """Return the text between block tags."""
        return [block for block in "".join(self._pieces).split("\0") if block.strip()]
