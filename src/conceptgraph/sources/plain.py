"""Plain text to an article: paragraphs are parted by empty lines, lines inside one are joined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conceptgraph.model import Article, Span
from conceptgraph.sources.builder import TextBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.sources.discover import SourceFile

MAX_TITLE = 160
"""A first line that is longer, in characters, is a paragraph and no title."""


def read(file: SourceFile) -> Iterator[Article]:
    """Yield the one article of a plain text file; its title is a short first line, else the file's name."""
    blocks = [block for block in re.split(r"\n\s*\n", file.text()) if block.strip()]
    first = blocks[0].strip()
    if "\n" not in first and len(first) <= MAX_TITLE:
        title = " ".join(blocks.pop(0).split())
    else:
        title = file.path.stem.replace("-", " ").replace("_", " ")
    builder = TextBuilder()
    builder.add(title)
    builder.heading(1, 0)
    builder.spans.append(Span(start=0, end=len(title), kind="title"))
    for block in blocks:
        builder.end_block()
        builder.add(block)
    yield builder.article(Article(id=file.id, title=title, text="", path=str(file.path)))
