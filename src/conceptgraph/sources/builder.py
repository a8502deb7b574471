"""Building an article's plain text piece by piece, with spans that say what the markup said."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from conceptgraph.model import Article, Link, Section, Span

if TYPE_CHECKING:
    from conceptgraph.model import SpanKind


class TextBuilder:
    """Plain text that grows block by block; offsets of spans, headings and links are noted as it grows."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._offsets: list[int] = []
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
        for part in (self._pending, text) if self._pending else (text,):
            self._parts.append(part)
            self._offsets.append(self._length)
            self._length += len(part)
        self._pending = ""

    def _trimmed(self, start: int) -> int:
        """Return where, from `start` on, the first sign stands that is no white space; at most the text's end."""
        for number in range(max(bisect_right(self._offsets, start) - 1, 0), len(self._parts)):
            offset = self._offsets[number]
            rest = self._parts[number][max(start - offset, 0) :]
            if rest.strip():
                return max(start, offset) + len(rest) - len(rest.lstrip())
        return self._length

    def end_line(self) -> None:
        """End a line inside a block: a list item, a table row."""
        if self._parts and self._pending != "\n\n":
            self._pending = "\n"

    def end_block(self) -> None:
        """End a block: a paragraph, a heading, a list."""
        if self._parts:
            self._pending = "\n\n"

    def span(self, kind: SpanKind, start: int) -> None:
        """Mark what was added since `start`, if anything, from its first sign that is no white space; all of a code."""
        start = start if kind == "code_block" else self._trimmed(start)  # indentation is part of it
        if self._length > start:
            self.spans.append(Span(start=start, end=self._length, kind=kind))

    def heading(self, level: int, start: int) -> None:
        """Note that what was added since `start` is a heading."""
        start = self._trimmed(start)
        if self._length > start:
            self._headings.append((level, start, self._length))
            self.span("heading", start)

    def link(self, target: str, start: int) -> None:
        """Note that what was added since `start` is a link's text."""
        start = self._trimmed(start)
        if self._length > start:
            self.links.append(Link(target=target, start=start, end=self._length))

    def article(self, article: Article) -> Article:
        """Return `article` with the text, sections, spans and links built here."""
        text = "".join(self._parts)
        return replace(
            article,
            text=text,
            sections=tuple(_sections(text, sorted(self._headings, key=lambda heading: heading[1]))),  # they may nest
            spans=tuple(sorted(self.spans, key=lambda span: (span.start, -span.end, span.kind))),
            links=tuple(self.links),
        )


def _sections(text: str, headings: list[tuple[int, int, int]]) -> list[Section]:
    sections = []
    if text and (not headings or headings[0][1] > 0):
        end = headings[0][1] if headings else len(text)
        sections.append(Section(heading="", level=0, start=0, end=end))
    stops = _stops([(level, start) for level, start, _ in headings], len(text))
    for (level, start, end), stop in zip(headings, stops, strict=True):
        sections.append(Section(heading=text[start:end], level=level, start=start, end=max(stop, end)))
    return sections


def _stops(headings: list[tuple[int, int]], end: int) -> list[int]:
    """Return where each section ends: at the next heading of its level or above it. One pass, with the open ones."""
    stops = [end] * len(headings)
    open_: list[int] = []
    for number, (level, start) in enumerate(headings):
        while open_ and headings[open_[-1]][0] >= level:
            stops[open_.pop()] = start
        open_.append(number)
    return stops
