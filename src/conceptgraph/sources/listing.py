"""A listing page of article summaries to articles.

Such a page has a heading, a line "Showing 9 of 17 articles", and then for each article a line with its title and a
line with its summary. The summary's Markdown was flattened into that one line: rules, headings and list items follow
each other after a space. `restore` puts the line breaks back; a summary may be cut in mid-sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conceptgraph.errors import InputError
from conceptgraph.model import Article
from conceptgraph.slug import slug
from conceptgraph.sources import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.sources.discover import SourceFile

_SHOWING = re.compile(r"^Showing \d+ of \d+ articles?\s*$", re.MULTILINE | re.IGNORECASE)
_RULE = re.compile(r"\s+-{3,}\s+")
_HEADING = re.compile(r"(?:^|\s+)(#{1,6})\s+(?=\S)")
_TERM = r"\*\*[^*]+\*\*"
# A list begins after a colon, after a heading, or with a term in bold; once begun, each " - " is an item.
_FIRST_ITEM = re.compile(rf"(?<=:)\s+-\s+(?=\S)|\s+-\s+(?={_TERM})")
_ITEM = re.compile(r"\s+-\s+(?=\S)")
_NUMBERED = re.compile(rf"(?<=:)\s+(?=1\.\s+\S)|\s+(?=\d{{1,2}}\.\s+{_TERM})")
_NESTING = re.compile(r":\s*$")


def accepts(head: str) -> bool:
    """Whether a text that begins so is a listing page."""
    return _SHOWING.search(head) is not None


def read(file: SourceFile) -> Iterator[Article]:
    """Yield the articles of a listing page; their ids are the file's id, a slash and the title's slug."""
    text = file.text()
    start = _SHOWING.search(text)
    lines = [line.strip() for line in text[start.end() if start else 0 :].splitlines() if line.strip()]
    if not lines or len(lines) % 2:
        raise InputError(
            f"{file.path}: a listing page needs a title line and a summary line for each article; "
            f"it has {len(lines)} lines after 'Showing … articles'"
        )
    for title, summary in zip(lines[::2], lines[1::2], strict=True):
        article = Article(id=f"{file.id}/{slug(title)}", title=title, text="", path=str(file.path))
        yield markdown.parse(f"{restore(summary)}\n", article, fallback_title=title)


def restore(summary: str) -> str:
    """Return a flattened summary as Markdown with its line breaks.

    Parameters
    ----------
    summary
        One line in which ``---``, ``### Heading`` and ``- item`` follow each other.

    Examples
    --------
    >>> print(restore("It scales. --- ### Main Points - **Model**: - Rows and columns. - No joins."))
    It scales.
    <BLANKLINE>
    ### Main Points
    <BLANKLINE>
    - **Model**:
        - Rows and columns.
        - No joins.
    """
    blocks: list[str] = []
    for part in _RULE.split(f" {summary.strip()} "):
        marks = list(_HEADING.finditer(part))
        blocks += _lines(part[: marks[0].start()] if marks else part)
        ends = [mark.start() for mark in marks[1:]] + [len(part)]
        for mark, end in zip(marks, ends, strict=bool(marks)):
            blocks += _section(mark[1], part[mark.end() : end])
    return "\n\n".join(block for block in blocks if block)


def _section(hashes: str, text: str) -> list[str]:
    """Return a heading and the list behind it: the first item's dash ends the heading."""
    heading, *items = _ITEM.split(text.strip(), maxsplit=1)
    return [f"{hashes} {heading.strip()}", *(_listed(items[0]) if items else [])]


def _lines(text: str) -> list[str]:
    """Return a paragraph and the list that may follow it."""
    text = text.strip()
    numbered = _NUMBERED.split(text)
    if len(numbered) > 1:
        return [numbered[0], "\n".join(item.strip() for item in numbered[1:])]
    first = _FIRST_ITEM.search(text)
    if not first:
        return [text]
    return [text[: first.start()], *_listed(text[first.end() :])]


def _listed(text: str) -> list[str]:
    """Return list items as one Markdown list; items after one that ends in a colon are nested below it."""
    lines: list[str] = []
    nested = False
    for item in _ITEM.split(text.strip()):
        opens = _NESTING.search(item) is not None
        if nested and re.match(rf"{_TERM}\s*:?\s*$", item):
            nested = False
        lines.append(f"{'    ' if nested and not opens else ''}- {item.strip()}")
        nested = opens or nested
    return ["\n".join(lines)]
