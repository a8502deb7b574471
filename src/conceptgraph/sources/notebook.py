"""Jupyter notebooks: the Markdown cells, in order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from conceptgraph.errors import InputError
from conceptgraph.foreign import parsing
from conceptgraph.model import Article
from conceptgraph.sources import markdown
from conceptgraph.sources.limits import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.sources.discover import SourceFile

MAX_NOTEBOOK = 64 * 2**20
"""Bytes of a notebook: its pictures stand in it as text."""


def read(file: SourceFile) -> Iterator[Article]:
    """Yield the one article of a notebook."""
    with parsing(file.path, "a notebook"):
        given = json.loads(file.bytes(MAX_NOTEBOOK))
        text = "\n\n".join(_markdown_cells(given)).encode("utf-8", "replace").decode()
    if not text.strip():
        raise InputError(f"{file.path}: has no Markdown cells; write some, or exclude it")
    if len(text) > MAX_TEXT:
        raise InputError(f"{file.path}: holds more than {MAX_TEXT / 2**20:.0f} MB of text; split it")
    about = given.get("metadata")
    title = about.get("title", "") if isinstance(about, dict) else ""
    known = Article(
        id=file.id, title=title if isinstance(title, str) and title.isprintable() else "", text="", path=str(file.path)
    )
    yield markdown.read_text(text, known, where=str(file.path), fallback_title=file.name)


def _markdown_cells(notebook: dict[str, Any]) -> Iterator[str]:
    # Before version 4 of the format, cells stood in worksheets.
    sheets = [notebook, *notebook.get("worksheets", [])]
    for cell in (cell for sheet in sheets for cell in sheet.get("cells", [])):
        if cell.get("cell_type") == "markdown":
            source = cell.get("source", "")
            yield source if isinstance(source, str) else "".join(map(str, source))
