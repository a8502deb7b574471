"""Markdown that was flattened into one line: rules, headings and list items follow each other after a space."""

from __future__ import annotations

import re

_RULE = re.compile(r"\s+-{3,}\s+")
_HEADING = re.compile(r"(?:^|\s+)(#{1,6})\s+(?=\S)")
_TERM = r"\*\*[^*]+\*\*"
# A list begins after a colon, after a heading, or with a term in bold; once begun, each " - " is an item.
_FIRST_ITEM = re.compile(rf"(?<=:)\s+-\s+(?=\S)|\s+-\s+(?={_TERM})")
_ITEM = re.compile(r"\s+-\s+(?=\S)")
_NUMBERED = re.compile(rf"(?<=:)\s+(?=1\.\s+\S)|\s+(?=\d{{1,2}}\.\s+{_TERM})")
_NESTING = re.compile(r":\s*$")


_TELLS = re.compile(rf"\s-{{3,}}\s+#{{1,6}}\s|\S\s+#{{2,6}}\s+\S|\s-\s{_TERM}.*\s-\s{_TERM}")
"""What no line of running text holds: a rule with a heading behind it, a heading, two items of a list."""


def is_flattened(line: str) -> bool:
    """Whether a line holds Markdown that wants lines of its own."""
    return (" #" in line or " - **" in line) and _TELLS.search(" ".join(line.split())) is not None


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
    summary = " ".join(summary.split())  # the patterns below would retry long runs of spaces
    for part in _RULE.split(f" {summary} "):
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
