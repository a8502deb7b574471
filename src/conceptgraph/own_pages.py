"""Pages that conceptgraph itself wrote, and how to know them again: lying among articles, they are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HTML_MARK = '<meta name="generator" content="conceptgraph">'
"""What stands near the beginning of every web page of ours, as a line."""
MARKDOWN_MARK = "[//]: # (generator: conceptgraph)"
"""What stands near the beginning of every Markdown page of ours, as a line that is not shown."""
_MARKED = 4_096
"""How many bytes are looked at for a mark."""


def is_page_of_ours(path: Path) -> bool:
    """Return whether a file is a page that conceptgraph made; after ``build .`` it lies among the articles."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with path.open("rb") as stream:
            lines = stream.read(_MARKED).splitlines()
    except OSError:
        return False
    # An article may quote the mark of a web page; it does not begin as one.
    web = bool(lines) and lines[0] == b"<!doctype html>"
    return (HTML_MARK if web else MARKDOWN_MARK).encode() in lines
