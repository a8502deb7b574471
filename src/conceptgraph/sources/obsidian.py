"""Notes of an Obsidian vault: Markdown with ``[[links]]``, ``![[embeds]]``, ``#tags`` and ``%%comments%%``."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from conceptgraph.model import Article
from conceptgraph.sources import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

    from conceptgraph.sources.discover import SourceFile

_LINK = re.compile(r"(!?)\[\[([^\[\]|\n]{1,400})(?:\|([^\[\]\n]{1,400}))?\]\]")
_TAG = re.compile(r"(?<![\w/#&])#([\w/-]*[^\W\d][\w/-]*)")
_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_BLOCK_ID = re.compile(r"[ \t]\^[A-Za-z0-9-]+$", re.MULTILINE)
_FENCED = re.compile(r"^(```|~~~).*?^\1[`~]*\s*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|mp[34]|webm|wav|pdf|canvas)(?:#|$)", re.IGNORECASE)


def accepts(file: SourceFile, head: str) -> bool:
    """Whether the file lies in a vault: in or below a folder that Obsidian keeps its settings in."""
    del head
    return any((folder / ".obsidian").is_dir() for folder in file.path.absolute().parents)


def read(file: SourceFile) -> Iterator[Article]:
    """Yield the one article of a note. A link's target is kept as it is written, ``[[Note#Heading]]``."""
    text = file.text()
    if "%%" in text:
        text = _COMMENT.sub("", text)
    known = Article(id=file.id, title="", text="", path=str(file.path))
    body = _BLOCK_ID.sub("", text)
    article = markdown.read_text(
        body, known, where=str(file.path), fallback_title=file.path.stem, parser=_obsidian_parser()
    )
    tags = dict.fromkeys([*article.tags, *_TAG.findall(_FENCED.sub("", body))])
    yield replace(article, tags=tuple(tags))


@cache
def _obsidian_parser() -> MarkdownIt:
    parser = markdown.new_parser()
    parser.inline.ruler.before("link", "wiki_link", _wiki_link)
    parser.inline.ruler.before("image", "wiki_embed", _wiki_link)
    return parser


def _wiki_link(state: StateInline, silent: bool) -> bool:
    found = _LINK.match(state.src, state.pos) if state.src[state.pos] in "[!" else None
    if found is None:
        return False
    if not silent and not (found[1] and _PICTURE.search(found[2])):
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": f"[[{found[2].strip()}]]"}
        text = state.push("text", "", 0)
        text.content = (found[3] or found[2].replace("#", " ")).strip()
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True
