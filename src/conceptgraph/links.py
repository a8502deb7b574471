"""Hyperlinks from one article of the corpus to another."""

from __future__ import annotations

import os.path
import re
from typing import TYPE_CHECKING, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from conceptgraph.model import Evidence, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conceptgraph.model import Link

_PLAIN = re.compile(r"(?!//)[\w./-]*\w")
"""A path without anything that an address gives a meaning."""
MAX_FOLDERS = 12
"""How many names of a path, from its end, a link to a note may give."""


class Linked(Protocol):
    """What of an article says where it is and whither it links."""

    @property
    def id(self) -> str:
        """The article's id."""

    @property
    def path(self) -> str:
        """The file it came from."""

    @property
    def url(self) -> str | None:
        """Its address."""

    @property
    def links(self) -> tuple[Link, ...]:
        """Its hyperlinks."""


def links_between(corpus: Iterable[Linked]) -> list[Relation]:
    """Return a ``links_to`` relation for each pair of articles of which one links to the other.

    A link counts when it is a path, relative to the article's file, of another article's file, the address from
    another article's front matter, or ``[[the name]]`` of another article's file, with as many of the folders above it
    as tell it from others.

    Parameters
    ----------
    corpus
        All articles.

    Returns
    -------
    list of Relation
        By source and target, with the links' texts as evidence.
    """
    articles = list(corpus)
    by_path = _unique((os.path.normpath(article.path), article.id) for article in articles if article.path)
    by_url = _unique((_address(article.url), article.id) for article in articles if article.url)
    by_note = _notes(articles) if any(link.target.startswith("[[") for a in articles for link in a.links) else {}
    found: dict[tuple[str, str], list[Link]] = {}
    for article in articles:
        for link in article.links:
            target = _note(article, link, by_note) if link.target.startswith("[[") else None
            target = target or by_url.get(_address(link.target), "") or by_path.get(_path(article, link))
            if target and target != article.id:
                found.setdefault((article.id, target), []).append(link)
    return [
        Relation(source=source, target=target, kind="links_to", confidence=1.0, evidence=(_evidence(source, links),))
        for (source, target), links in sorted(found.items())
    ]


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the mapping without keys that stand for several articles, as a listing page's path does."""
    seen: dict[str, str] = {}
    twice = set()
    for key, id_ in pairs:
        twice |= {key} if seen.setdefault(key, id_) != id_ else set()
    return {key: id_ for key, id_ in seen.items() if key not in twice}


def _notes(articles: Iterable[Linked]) -> dict[str, str]:
    """Return article ids by the ends of their files' paths, without ending, in lower case: "raft", "notes/raft" …."""
    return _unique(
        ("/".join(parts[-length:]), article.id)
        for article in articles
        if article.path
        for parts in [_names(os.path.splitext(article.path)[0])]  # noqa: PTH122 - a Path costs more
        for length in range(1, min(len(parts), MAX_FOLDERS) + 1)
    )


def _names(path: str) -> list[str]:
    return os.path.normpath(path).replace(os.sep, "/").casefold().split("/")


def _note(article: Linked, link: Link, by_note: dict[str, str]) -> str | None:
    """Return the article that ``[[name#heading]]`` means; one beside the article goes before one farther off."""
    name = link.target[2:-2].partition("#")[0].strip().removesuffix(".md").casefold().strip("/")
    beside = _names(os.path.join(os.path.dirname(article.path), name))[-MAX_FOLDERS:]  # noqa: PTH118, PTH120
    return by_note.get(name) or by_note.get("/".join(beside))


def _split(url: str) -> SplitResult:
    """Return a URL's parts; of one that is malformed, none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _address(url: str) -> str:
    if "//" not in url:
        return ""
    parts = _split(url)
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}" if parts.netloc else ""


def _path(article: Linked, link: Link) -> str:
    if _PLAIN.fullmatch(link.target):
        return os.path.normpath(os.path.join(os.path.dirname(article.path), link.target)) if article.path else ""  # noqa: PTH118, PTH120
    parts = _split(link.target)
    if parts.scheme or parts.netloc or not parts.path or not article.path:
        return ""
    return os.path.normpath(os.path.join(os.path.dirname(article.path), unquote(parts.path)))  # noqa: PTH118, PTH120


def _evidence(source: str, links: Sequence[Link]) -> Evidence:
    return Evidence(technique="hyperlink", mentions=tuple((source, link.start, link.end) for link in links))
