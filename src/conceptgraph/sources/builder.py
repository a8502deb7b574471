"""Building an article's plain text piece by piece, with spans that say what the markup said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conceptgraph.model import Article, Link, Section, Span

if TYPE_CHECKING:
    from conceptgraph.model import SpanKind


class TextBuilder:
    """Plain text that grows block by block; offsets of spans, headings and links are noted as it grows."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._pending = ""
        self.spans: list[Span] = []
        self.links: list[Link] = []
        self._headings: list[tuple[int, int, int]] = []

    def __len__(self) -> int:
        return self._length + len(self._pending)

    @property
    def next_start(self) -> int:
        """The offset at which the next piece of text will stand."""
        return self._length + len(self._pending)

    def add(self, text: str) -> None:
        """Append text to the current block, runs of white space folded; at a block's start leading space is dropped."""
        folded = " ".join(text.split())
        if not folded:
            if text and self._parts and not self._pending:
                self._pending = " "
            return
        lead = " " if text[0].isspace() and self._parts and not self._pending else ""
        self._append(lead + folded)
        if text[-1].isspace():
            self._pending = " "

    def add_verbatim(self, text: str) -> None:
        """Append text with its line breaks, as for a block of code."""
        if text.strip():
            self._append(text.rstrip("\n"))

    def _append(self, text: str) -> None:
        if self._pending:
            self._parts.append(self._pending)
            self._length += len(self._pending)
            self._pending = ""
        self._parts.append(text)
        self._length += len(text)

    def end_line(self) -> None:
        """End a line inside a block: a list item, a table row."""
        if self._parts and self._pending != "\n\n":
            self._pending = "\n"

    def end_block(self) -> None:
        """End a block: a paragraph, a heading, a list."""
        if self._parts:
            self._pending = "\n\n"

    def span(self, kind: SpanKind, start: int) -> None:
        """Mark what was added since `start`, if anything."""
        if self._length > start:
            self.spans.append(Span(start=start, end=self._length, kind=kind))

    def heading(self, level: int, start: int) -> None:
        """Note that what was added since `start` is a heading."""
        if self._length > start:
            self._headings.append((level, start, self._length))
            self.span("heading", start)

    def link(self, target: str, start: int) -> None:
        """Note that what was added since `start` is a link's text."""
        if self._length > start:
            self.links.append(Link(target=target, start=start, end=self._length))

    def article(self, article: Article) -> Article:
        """Return `article` with the text, sections, spans and links built here."""
        text = "".join(self._parts)
        return replace(
            article,
            text=text,
            sections=tuple(_sections(text, self._headings)),
            spans=tuple(sorted(self.spans, key=lambda span: (span.start, -span.end, span.kind))),
            links=tuple(self.links),
        )


def _sections(text: str, headings: list[tuple[int, int, int]]) -> list[Section]:
    sections = []
    if text and (not headings or headings[0][1] > 0):
        end = headings[0][1] if headings else len(text)
        sections.append(Section(heading="", level=0, start=0, end=end))
    for i, (level, start, end) in enumerate(headings):
        stop = next((begin for other, begin, _ in headings[i + 1 :] if other <= level), len(text))
        sections.append(Section(heading=text[start:end], level=level, start=start, end=stop))
    return sections
