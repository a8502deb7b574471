"""What lists articles: feeds (RSS and Atom), OPML, sitemaps."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from conceptgraph.errors import InputError
from conceptgraph.foreign import check_entities, needed, parse_xml, parsing

if TYPE_CHECKING:
    from collections.abc import Iterable

FULL = 1_500
"""Characters of HTML from which on an entry's content in a feed is taken for the article itself."""
MAX_SITEMAP = 50 * 2**20
"""Bytes of a sitemap once unpacked, as its protocol allows."""
_START = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article that a list names, with what the list says of it; `content` is HTML where it has the whole."""

    url: str
    title: str = ""
    published: str | None = None
    content: str = ""


def kind_of(body: bytes, name: str) -> str:
    """Return ``feed``, ``opml``, ``sitemap`` or "" by how a file begins and what it is called."""
    if body[:2] == b"\x1f\x8b" and ".xml" in name:
        return "sitemap"
    start = body[:_START].replace(b"\0", b"").lower()
    roots = {b"<opml": "opml", b"<urlset": "sitemap", b"<sitemapindex": "sitemap"}
    roots |= {b"<rss": "feed", b"<feed": "feed", b"<rdf:rdf": "feed"}
    found = [(start.find(root), kind) for root, kind in roots.items() if root in start]
    page = start.find(b"<html")
    first = min(found, default=(-1, ""))
    return first[1] if first[1] and not 0 <= page < first[0] else ""


def feed_entries(body: bytes, url: str) -> list[Entry]:
    """Return the entries of an RSS or Atom feed, in its order.

    Raises
    ------
    InputError
        It declares XML entities, or has no entry.
    """
    feedparser = needed("feedparser", extra="feeds", to="read feeds", where=url)
    check_entities(body, url)
    with parsing(url, "a feed"):
        # Reading the HTML sanitizes it. From bytes: a string could be taken for a file's name.
        parsed = feedparser.parse(BytesIO(body), response_headers={"content-location": url}, sanitize_html=False)
        found = [_entry(entry, url) for entry in parsed.entries]
    if not found:
        raise InputError(f"{url}: is a feed without entries; name the page itself")
    return [entry for entry in found if entry.url or entry.content]


def _entry(given: Any, url: str) -> Entry:
    contents = [str(each.get("value", "")) for each in given.get("content", ()) if "html" in str(each.get("type"))]
    content = max(contents, key=len, default="")
    day = given.get("published_parsed") or given.get("updated_parsed")
    link = str(given.get("link") or "")
    return Entry(
        url=urljoin(url, link) if link else "",
        title=" ".join(str(given.get("title") or "").split()),
        published=f"{day[0]:04d}-{day[1]:02d}-{day[2]:02d}" if day else None,
        content=content if len(content) >= FULL else "",
    )


def opml_feeds(body: bytes, where: str) -> list[str]:
    """Return the addresses of the feeds that an OPML file subscribes to.

    Raises
    ------
    InputError
        It is not well-formed, declares entities, or names no feed.
    """
    root = parse_xml(body, where, "OPML")
    return _some((e.get("xmlUrl") or e.get("xmlurl") or "" for e in root.iter("outline")), where, "OPML file", "feed")


def sitemap_urls(body: bytes, where: str) -> tuple[list[str], list[str]]:
    """Return the pages that a sitemap names, and the further sitemaps.

    Raises
    ------
    InputError
        It is not well-formed, declares entities, names nothing, or is larger than its protocol allows.
    """
    root = parse_xml(_unpacked(body, where), where, "sitemaps")
    places: dict[str, list[str]] = {"url": [], "sitemap": []}
    for element in root.iter():
        kind = str(element.tag).rpartition("}")[2]
        if kind in places:
            loc = next((each for each in element if str(each.tag).rpartition("}")[2] == "loc"), None)
            places[kind] += [] if loc is None else [" ".join((loc.text or "").split())]
    _some([*places["url"], *places["sitemap"]], where, "sitemap", "page")
    return places["url"], places["sitemap"]


def _unpacked(body: bytes, where: str) -> bytes:
    if body[:2] == b"\x1f\x8b":
        try:
            with gzip.GzipFile(fileobj=BytesIO(body)) as stream:
                body = stream.read(MAX_SITEMAP + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(f"{where}: cannot be unpacked ({error}); name another sitemap") from None
    if len(body) > MAX_SITEMAP:
        raise InputError(f"{where}: is larger than {MAX_SITEMAP / 2**20:.0f} MB; name a smaller sitemap")
    return body


def _some(given: Iterable[str], where: str, what: str, of: str) -> list[str]:
    found = list(dict.fromkeys(each.strip() for each in given if each.strip()))
    if not found:
        raise InputError(
            f"{where}: is {'an' if what[0] in 'AEIO' else 'a'} {what} that names no {of}; name the page itself"
        )
    return found
