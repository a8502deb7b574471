"""reStructuredText, through docutils' document tree; nothing is included from other files, and raw text is dropped."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conceptgraph.errors import InputError
from conceptgraph.foreign import needed, parsing
from conceptgraph.model import Article, Span
from conceptgraph.sources.builder import TextBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conceptgraph.model import SpanKind
    from conceptgraph.sources.discover import SourceFile

_SETTINGS: dict[str, Any] = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,  # a docutils.conf beside the articles could switch both on again
    "report_level": 5,
    "halt_level": 5,
    "line_length_limit": 2**20,
    "doctitle_xform": True,
    "syntax_highlight": "none",
}
MAX_CHARACTERS = 2**20
"""Characters of a file: docutils takes some ten seconds for a million."""
MAX_LINES = 20_000
"""Lines of a file: docutils makes a parser of its own for each list that begins, a millisecond each."""
MAX_SEARCH = 2 * 10**8
"""Signs that may begin markup times the length of their paragraph, in all: from each docutils looks for the end."""
MAX_REFERENCES = 10_000
"""References of a file: those that lead nowhere are replaced one by one in a list of all."""
MAX_EXPANDED = 2**20
"""Characters that substitutions may come to: ten lines of ten substitutions each come to ten thousand million."""
MAX_DEPTH = 50
"""How deep lists, quotes and directives may nest: docutils goes up to seven calls deeper for each level."""
_MARK = re.compile(r"[*`|_]")
_OPENER = re.compile(r"(?:[-+*•‣⁃]|\(?[\w#]{1,9}[.)]|:[^:\n]+:|-\w|\.\. (?:\[[^]\n]+\]|[\w-]+::))[ ]+")
_REFERENCE = re.compile(r"[\w`\]|]__?(?!\w)")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_SUBSTITUTION = re.compile(r"^\s*\.\.[ \t]+\|([^|\n]+)\|(.*(?:\n[ \t]+(?!\.\.[ \t]).*)*)", re.MULTILINE)
_SUBSTITUTED = re.compile(r"\|([^|\n]+)\|")
_UNSEEN = frozenset(
    [
        "comment",
        "system_message",
        "raw",
        "substitution_definition",
        "target",
        "pending",
        "docinfo",
        "image",
        "citation_reference",
        "footnote_reference",
        "problematic",
        "meta",
    ]
)
_BLOCKS: dict[str, SpanKind | None] = {
    "block_quote": "quote",
    **dict.fromkeys(
        [
            "paragraph",
            "section",
            "bullet_list",
            "enumerated_list",
            "definition_list",
            "field_list",
            "table",
            "line_block",
            "topic",
            "sidebar",
            "admonition",
            "note",
            "warning",
            "tip",
            "hint",
            "important",
            "caution",
            "danger",
            "attention",
            "error",
            "figure",
            "rubric",
            "footnote",
            "subtitle",
        ]
    ),
}
_LINES: dict[str, SpanKind | None] = {"list_item": "list_item", "row": None, "line": None, "term": "emphasis"}
_TIGHT = frozenset({"list_item", "entry", "definition", "field_body"})
"""A paragraph in one of these is a line of it, not a block of its own."""
_INLINE: dict[str, SpanKind] = {
    "emphasis": "emphasis",
    "strong": "emphasis",
    "title_reference": "emphasis",
    "literal": "code",
    "inline": "code",
}


def read(file: SourceFile) -> Iterator[Article]:
    """Yield the one article of a reStructuredText file."""
    core = needed("docutils.core", extra="formats", to="read reStructuredText", where=file.path)
    text = file.text()
    _check(text, file.path)
    with parsing(file.path, "reStructuredText"):
        document = core.publish_doctree(text, source_path=str(file.path), settings_overrides=dict(_SETTINGS))
        title = " ".join(document.get("title", "").split()) or file.name
        about = _docinfo(document)
        builder = TextBuilder()
        builder.add(title)
        builder.heading(1, 0)
        builder.spans.append(Span(start=0, end=len(builder), kind="title"))
        builder.end_block()
        _Walker(builder).walk(document)
    known = Article(id=file.id, title=title, text="", path=str(file.path), published=about.get("date", "")[:10] or None)
    yield builder.article(replace(known, tags=tuple(filter(None, map(str.strip, about.get("tags", "").split(","))))))


def _check(text: str, path: Path) -> None:
    """Refuse a text that docutils would take minutes for, or never end with."""
    if len(text) > MAX_CHARACTERS or text.count("\n") > MAX_LINES:
        raise InputError(f"{path}: has more than {MAX_CHARACTERS:,} characters or {MAX_LINES:,} lines; split it")
    if sum(len(_MARK.findall(part)) * len(part) for part in _PARAGRAPHS.split(text)) > MAX_SEARCH:
        raise InputError(f"{path}: has too many signs of markup in paragraphs too long; put empty lines between them")
    if sum(1 for _ in _REFERENCE.finditer(text)) > MAX_REFERENCES:
        raise InputError(f"{path}: has more than {MAX_REFERENCES:,} references; split it")
    if _expanded(text) > MAX_EXPANDED:
        raise InputError(f"{path}: has substitutions in substitutions that unfold without end; write them out")
    line = next((number for number, depth in enumerate(_depths(text), 1) if depth > MAX_DEPTH), None)
    if line is not None:
        raise InputError(f"{path}:{line}: nests lists, quotes or directives more than {MAX_DEPTH} deep; write it flat")


def _depths(text: str) -> Iterator[int]:
    """Yield how deep each line is: in how many indented blocks it stands, and how many more it opens itself."""
    indents: list[int] = []
    for line in text.split("\n"):
        bare = line.lstrip()
        while bare and indents and indents[-1] >= len(line) - len(bare):
            indents.pop()
        if bare:
            indents.append(len(line) - len(bare))
        opened = 0
        while opened <= MAX_DEPTH and (opener := _OPENER.match(bare)):
            bare = bare[opener.end() :]
            opened += 1
        yield len(indents) + opened


def _expanded(text: str) -> int:
    """Return about how many characters a text has once each substitution stands for what it means."""
    meanings = {name.casefold().strip(): meaning for name, meaning in _SUBSTITUTION.findall(text)}
    inner = {name: _SUBSTITUTED.findall(meaning) for name, meaning in meanings.items()}
    lengths = {name: len(meaning) for name, meaning in meanings.items()}
    used = Counter(name.casefold().strip() for name in _SUBSTITUTED.findall(_SUBSTITUTION.sub("", text)))
    total = 0
    while used and total <= MAX_EXPANDED:  # a circle ends there too
        total += sum(lengths.get(name, 0) * count for name, count in used.items())
        below: Counter[str] = Counter()
        for name, count in used.items():
            for each in inner.get(name, ()):
                below[each.casefold().strip()] += count
        used = below
    return total


def _docinfo(document: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for info in document.children:
        if info.tagname == "docinfo":
            for field in info.children:
                name = field.children[0].astext() if field.tagname == "field" else field.tagname
                found[name.casefold()] = field.children[-1].astext()
    return found


class _Walker:
    """Adds a docutils tree to a builder; a stack of its own holds where each open node began."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder

    def walk(self, document: Any) -> None:
        """Add all of the document but its title, which stands there already."""
        todo: list[tuple[Any, int, int]] = [
            (document, int("title" in document), -1)
        ]  # node, level of headings, start where it is to be closed
        while todo:
            node, level, start = todo.pop()
            name = node.tagname
            if start >= 0:
                self._close(node, name, level, start)
            elif name == "#text":
                self._builder.add(node.astext())
            elif name in ("literal_block", "doctest_block", "math_block"):
                self._code(node.astext())
            elif name not in _UNSEEN and not (name == "title" and node.parent is document and "title" in document):
                todo.append((node, level, self._open(node, name)))
                below = level + (name == "section")
                todo += [(child, min(below, 6), -1) for child in reversed(node.children)]

    def _code(self, text: str) -> None:
        self._builder.end_block()
        start = self._builder.next_start
        self._builder.add_verbatim(text)
        self._builder.span("code_block", start)
        self._builder.end_block()

    def _open(self, node: Any, name: str) -> int:
        if name in _LINES:
            self._builder.end_line()
        elif (name in _BLOCKS and not (name == "paragraph" and node.parent.tagname in _TIGHT)) or name == "title":
            self._builder.end_block()
        return self._builder.next_start

    def _close(self, node: Any, name: str, level: int, start: int) -> None:
        builder = self._builder
        if name == "title":
            builder.heading(max(level, 1), start)
            builder.end_block()
        elif name in _INLINE:
            builder.span(_INLINE[name], start)
        elif name == "reference":
            builder.link(node.get("refuri", ""), start)
        elif name == "entry":
            builder.span("table_cell", start)
            builder.add(" | ")
        elif name == "paragraph" and node.parent.tagname in _TIGHT:
            if node.parent.tagname != "entry":
                builder.end_line()
        elif name in _LINES or name in _BLOCKS:
            kind = _LINES.get(name) or _BLOCKS.get(name)
            if kind:
                builder.span(kind, start)
            if name in _LINES:
                builder.end_line()
            else:
                builder.end_block()
