"""From a tree of HTML elements, or of trafilatura's, to an article's text and spans."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conceptgraph.model import Span
from conceptgraph.sources.builder import TextBuilder

if TYPE_CHECKING:
    from conceptgraph.model import Article, SpanKind

# HTML's names and those of trafilatura, which follow the TEI.
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "head"})
_EMPHASIS = frozenset({"strong", "b", "em", "i", "hi", "dfn"})
_LINKS = frozenset({"a", "ref"})
_CELLS = frozenset({"td", "th", "cell"})
_LINES: dict[str, SpanKind | None] = {"li": "list_item", "item": "list_item", "tr": None, "row": None, "dt": "emphasis"}
_BLOCKS: dict[str, SpanKind | None] = {
    "blockquote": "quote",
    "quote": "quote",
    **dict.fromkeys(
        [
            "p",
            "div",
            "section",
            "article",
            "main",
            "body",
            "ul",
            "ol",
            "dl",
            "dd",
            "list",
            "table",
            "pre",
            "figure",
            "header",
            "footer",
            "address",
            "hr",
            "aside",
            "nav",
        ]
    ),
}
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "math", "iframe", "object", "title", "graphic"})


def article_of(tree: Any, article: Article) -> Article:
    """Return `article` with the text of an lxml element, beginning with the article's title.

    Parameters
    ----------
    tree
        An lxml element. It is walked without recursion, however deep it is.
    article
        What is known beforehand. An empty title is taken from the first heading.
    """
    builder = TextBuilder()
    walker = _Walker(builder)
    title = article.title or first_heading(tree) or article.id.rsplit("/", 1)[-1].replace("-", " ")
    builder.add(title)
    builder.heading(1, 0)
    builder.spans.append(Span(start=0, end=len(builder), kind="title"))
    builder.end_block()
    walker.walk(tree, skip=_repeated_title(tree, title))
    return builder.article(replace(article, title=" ".join(title.split())))


def first_heading(tree: Any) -> str:
    """Return the text of the first heading, empty where there is none."""
    return next((_text(element) for element in tree.iter(*sorted(_HEADINGS)) if _text(element)), "")


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _repeated_title(tree: Any, title: str) -> Any:
    """Return the first heading where it says the title once more."""
    first = next(tree.iter(*sorted(_HEADINGS)), None)
    same = first is not None and _text(first).casefold() == " ".join(title.split()).casefold()
    return first if same else None


class _Walker:
    """Adds a tree's text to a builder; a stack of its own holds where each open element began."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder

    def walk(self, tree: Any, skip: Any) -> None:
        """Add the element and all below it."""
        open_: list[tuple[Any, int]] = []
        todo: list[Any] = [tree]
        while todo:
            item = todo.pop()
            if isinstance(item, str):
                self._builder.add(item)
            elif open_ and item is open_[-1]:
                open_.pop()
                self._close(*item)
                todo += [item[0].tail] if item[0] is not tree and item[0].tail else []
            elif not isinstance(item.tag, str) or _name(item) in _UNSEEN or item is skip:
                todo += [item.tail] if item.tail else []
            elif _name(item) in ("pre", "code") and "\n" in "".join(item.itertext()).strip("\n"):
                self._code_block("".join(item.itertext()))
                todo += [item.tail] if item.tail else []
            else:
                entry = (item, self._open(_name(item)))
                open_.append(entry)
                todo += [entry, *reversed(item), *([item.text] if item.text else [])]

    def _code_block(self, text: str) -> None:
        self._builder.end_block()
        start = self._builder.next_start
        self._builder.add_verbatim(text)
        self._builder.span("code_block", start)
        self._builder.end_block()

    def _open(self, name: str) -> int:
        if name in ("li", "item", "tr", "row", "dt", "ul", "ol", "list", "dd"):
            self._builder.end_line()
        elif name in _HEADINGS or name in _BLOCKS:
            self._builder.end_block()
        elif name in ("br", "lb"):
            self._builder.add(" ")
        return self._builder.next_start

    def _close(self, element: Any, start: int) -> None:
        builder, name = self._builder, _name(element)
        if name in _HEADINGS:
            builder.heading(_level(element), start)
            builder.end_block()
        elif name in _LINES:
            self._mark(_LINES[name], start)
            builder.end_line()
        elif name in _BLOCKS:
            self._mark(_BLOCKS[name], start)
            builder.end_block()
        elif name in _CELLS:
            builder.span("table_cell", start)
            builder.add(" | ")
        elif name in _EMPHASIS:
            builder.span("emphasis", start)
        elif name in ("code", "kbd", "samp", "tt"):
            builder.span("code", start)
        elif name in _LINKS:
            builder.link(element.get("href") or element.get("target") or "", start)

    def _mark(self, kind: SpanKind | None, start: int) -> None:
        if kind:
            self._builder.span(kind, start)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _level(element: Any) -> int:
    level = (element.get("rend") or _name(element))[-1:]
    return int(level) if level in "123456" and level else 2
