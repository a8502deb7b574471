"""Articles as Markdown: what reading it gives back is the article's text."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from conceptgraph.model import Article, Link, Span

_MEANS = re.compile(r"([\\`*_\[\]<>|~&#$%^])")
_BEGINS = re.compile(r"^(\s*)(?:([-+=])|(\d{1,9})([.)]))")
_FENCE = re.compile(r"`+")
_WORD = re.compile(r"\w")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\x85]")


def escaped(text: str) -> str:
    r"""Return text that Markdown shows as it is written here, on one line.

    Examples
    --------
    >>> escaped("a_b <i> [x](y)")
    'a\\_b \\<i\\> \\[x\\](y)'
    >>> escaped("1. first")
    '1\\. first'
    """
    line = _MEANS.sub(r"\\\1", " ".join(_CONTROL.sub(" ", text).split()))
    return _BEGINS.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", line)


def code(text: str) -> str:
    """Return text as Markdown's code: between more backticks than stand in it."""
    fence = "`" * (max(map(len, _FENCE.findall(text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def link(text: str, target: str) -> str:
    """Return a link of Markdown."""
    safe = "".join(f"%{ord(sign):02X}" if sign in "<>\\" or ord(sign) < 33 else sign for sign in target)
    return f"[{escaped(text)}](<{safe}>)"


def quoted(value: str) -> str:
    """Return a string as front matter (YAML) writes it: in double quotes, which escape what could end it."""
    signs = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    shown = (
        signs.get(sign) or (sign if sign.isprintable() else f"\\u{ord(sign):04X}" if ord(sign) < 65536 else "")
        for sign in value.encode("utf-8", "ignore").decode()
    )
    return f'"{"".join(shown)}"'


class _Mark(NamedTuple):
    start: int
    end: int
    write: Callable[[str], str]


def markdown_of(article: Article) -> Iterator[str]:
    """Yield the article's text as Markdown, block by block, without front matter.

    Parameters
    ----------
    article
        Its headings, lists, quotes, code, emphasis and links are written as such.
    """
    text = article.text
    levels = {section.start: section.level for section in article.sections if section.level}
    headings = {span.start: levels.get(span.start, 2) for span in article.spans if span.kind == "heading"}
    lines = _Lines(article, headings)
    reached = 0
    for block in [span for span in article.spans if span.kind == "code_block"]:
        if block.start >= reached:
            # A span leaves out the white space at its ends; that of the first line is part of the code.
            start = len(text[: block.start].rstrip(" \t"))
            yield from lines.between(reached, start)
            fence = "`" * max(3, max(map(len, _FENCE.findall(text[start : block.end])), default=0) + 1)
            yield f"{fence}\n{text[start : block.end]}\n{fence}\n\n"
            reached = block.end
    yield from lines.between(reached, len(text))


class _Lines:
    """Writes lines as headings, list items, quotes and paragraphs."""

    def __init__(self, article: Article, headings: dict[int, int]) -> None:
        self._text = article.text
        self._headings = headings
        self._depth = _depths([span for span in article.spans if span.kind == "list_item"])
        self._quotes = deque(span for span in article.spans if span.kind == "quote")
        self._quoted_to = 0
        self._marks = _marks(article.spans, article.links)
        self._next = 0

    def between(self, start: int, end: int) -> Iterator[str]:
        """Yield the blocks between two offsets; line breaks inside a block stay."""
        for block in re.finditer(r"[^\n]+(?:\n[^\n]+)*", self._text[start:end]):
            yield self._block(start + block.start(), start + block.end())

    def _block(self, start: int, end: int) -> str:
        written = ""
        position = start
        for line in self._text[start:end].split("\n"):
            at, position = position, position + len(line) + 1
            inline = self._inline(at, at + len(line))
            if at in self._headings:
                written += f"{'#' * self._headings[at]} {inline}"
            elif at in self._depth:
                written += f"{'  ' * (self._depth[at] - 1)}- {inline}"
            else:
                written += inline
            follows = position < end and position not in self._depth and position not in self._headings
            written += "\\\n" if follows and at not in self._headings else "\n"
        while self._quotes and self._quotes[0].start <= start:
            self._quoted_to = max(self._quoted_to, self._quotes.popleft().end)
        if start < self._quoted_to and start not in self._depth:
            written = "".join(f"> {line}\n" for line in written.splitlines())
        return f"{written}\n"

    def _inline(self, start: int, end: int) -> str:
        pieces, reached = [], start
        while self._next < len(self._marks) and self._marks[self._next].start < end:
            mark = self._marks[self._next]
            self._next += 1
            if mark.start >= reached and mark.end <= end:
                pieces += [_running(self._text[reached : mark.start], first=reached == start)]
                pieces += [mark.write(self._text[mark.start : mark.end])]
                reached = mark.end
        return "".join([*pieces, _running(self._text[reached:end], first=reached == start)])


def _depths(items: Sequence[Span]) -> dict[int, int]:
    """Return how many list items hold the one that starts at an offset, itself counted; at most 20."""
    depths: dict[int, int] = {}
    ends: list[int] = []
    for item in sorted(items, key=lambda item: (item.start, -item.end)):
        while ends and ends[-1] <= item.start:
            ends.pop()
        ends.append(item.end)
        depths[item.start] = min(len(ends), 20)
    return depths


def _running(text: str, *, first: bool) -> str:
    """Return escaped text with the white space around it; only a line's beginning can begin a list."""
    body = text.strip()
    shown = escaped(body) if first else _MEANS.sub(r"\\\1", " ".join(_CONTROL.sub(" ", body).split()))
    lead = " " if text[:1].isspace() else ""
    return f"{lead}{shown}{' ' if body and text[-1:].isspace() else ''}"


def _marks(spans: Sequence[Span], links: Sequence[Link]) -> list[_Mark]:
    """Return links, code and emphasis by their place, the outermost of those that overlap."""
    marks = [_Mark(span.start, span.end, code) for span in spans if span.kind == "code"]
    marks += [_Mark(each.start, each.end, _linked(each.target)) for each in links if each.target]
    marks += [_Mark(span.start, span.end, _strong) for span in spans if span.kind == "emphasis"]
    kept: list[_Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _linked(target: str) -> Callable[[str], str]:
    def written(text: str) -> str:
        # A link to a note keeps Obsidian's form only where it is one; elsewhere it would be shown with its brackets.
        return escaped(text) if target.startswith("[[") else link(text, target)

    return written


def _strong(text: str) -> str:
    """Return emphasised text; only where it begins and ends with a word do the asterisks surely count as emphasis."""
    whole = text and _WORD.match(text[0]) and _WORD.match(text[-1])
    return f"**{escaped(text)}**" if whole else escaped(text)
