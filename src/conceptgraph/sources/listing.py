"""A listing page of article summaries to articles.

Such a page has a heading, a line "Showing 9 of 17 articles", and then for each article a line with its title and a
line with its summary, whose Markdown was flattened into that one line; it may be cut in mid-sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from conceptgraph.errors import InputError
from conceptgraph.model import Article
from conceptgraph.slug import slug
from conceptgraph.sources import markdown
from conceptgraph.sources.flattened import restore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.sources.discover import SourceFile

_SHOWING = re.compile(r"^Showing \d+ of \d+ articles?\s*$", re.MULTILINE | re.IGNORECASE)


def accepts(file: SourceFile, head: str) -> bool:
    """Whether a text that begins so is a listing page."""
    del file
    return _SHOWING.search(head) is not None


def read(file: SourceFile) -> Iterator[Article]:
    """Yield the articles of a listing page; their ids are the file's id, a slash and the title's slug.

    Of one title the second time, the id ends in a number.
    """
    text = file.text()
    start = _SHOWING.search(text)
    lines = [line.strip() for line in text[start.end() if start else 0 :].splitlines() if line.strip()]
    if not lines or len(lines) % 2:
        raise InputError(
            f"{file.path}: a listing page needs a title line and a summary line for each article; "
            f"it has {len(lines)} lines after 'Showing … articles'"
        )
    seen: Counter[str] = Counter()
    for title, summary in zip(lines[::2], lines[1::2], strict=True):
        id_ = slug(title)
        seen[id_] += 1
        id_ += f"-{seen[id_]}" if seen[id_] > 1 else ""
        article = Article(id=f"{file.id}/{id_}", title=title, text="", path=str(file.path))
        yield markdown.parse(f"{restore(summary)}\n", article, fallback_title=title)
