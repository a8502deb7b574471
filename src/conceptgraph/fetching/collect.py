"""From addresses, feeds and files to Markdown files in a folder of articles."""

from __future__ import annotations

import mimetypes
import tempfile
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from conceptgraph.errors import InputError
from conceptgraph.fetching.client import Client
from conceptgraph.fetching.lists import Entry, feed_entries, kind_of, opml_feeds, sitemap_urls
from conceptgraph.files import write_whole
from conceptgraph.markdown_text import markdown_of, quoted
from conceptgraph.model import Article
from conceptgraph.slug import distinct, file_name, slug
from conceptgraph.sources import SOURCES, find_files, read_file, read_parts, web_page
from conceptgraph.sources.front_matter import read_front_matter
from conceptgraph.sources.limits import MAX_BINARY, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LIMIT = 50
"""How many articles of one feed or sitemap are fetched where nothing else is said: the latest stand first."""
MAX_SITEMAPS = 20
"""How many sitemaps of a sitemap index are fetched."""


@dataclass(slots=True, kw_only=True)
class Added:
    """What came of it.

    Parameters
    ----------
    written
        The files that were written.
    known
        Addresses that an article in the folder has already.
    left_out
        Why each of the others was left out, a sentence each.
    """

    written: list[Path] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def add(
    things: Iterable[str],
    folder: Path,
    *,
    client: Client | None = None,
    limit: int = LIMIT,
    strict: bool = False,
    today: date | None = None,
    progress: Callable[[str], None] | None = None,
) -> Added:
    """Keep articles as Markdown with front matter in a folder; nothing that is there is overwritten.

    Parameters
    ----------
    things
        Addresses of pages, feeds and sitemaps; feeds, OPML files and files of any format that is read.
    folder
        Where the articles go.
    client
        What fetches.
    limit
        How many articles of one feed or sitemap are fetched.
    strict
        Stop at the first that cannot be had.
    today
        The date that is noted as that of fetching.
    progress
        Called with each address before it is fetched.

    Raises
    ------
    InputError
        With `strict`, something cannot be had.
    StoreError
        The folder cannot be written.
    """
    job = _Job(folder, client or Client(), limit, today or date.today(), progress)
    for thing in things:
        try:
            for article in job.articles(thing, strict=strict):
                job.keep(article)
        except InputError as error:
            if strict:
                raise
            job.added.left_out.append(str(error))
    return job.added


class _Job:
    """One run: what was fetched, and which names and addresses the folder has."""

    def __init__(
        self, folder: Path, client: Client, limit: int, today: date, progress: Callable[[str], None] | None
    ) -> None:
        self.added = Added()
        self._folder = folder
        self._client = client
        self._limit = limit
        self._today = today
        self._progress = progress
        self._taken, self._urls = _present(folder)

    def articles(self, thing: str, *, strict: bool) -> Iterator[Article]:
        """Yield the articles that an address or a file stands for."""
        web = thing.startswith(("http://", "https://"))
        if not web and "://" in thing:
            raise InputError(f"{thing}: is no address of http or https; only these are fetched")
        body = self._fetched(thing) if web else b""
        if isinstance(body, Article):
            yield body
            return
        if not web:
            path = Path(thing).expanduser()
            body = read_bytes(path, MAX_BINARY) if path.is_file() else b""
        entries = self._listed(body, thing)
        if entries is None:
            yield from self._of_files(thing, strict=strict)
            return
        for entry in entries:
            try:
                found = self._entry(entry)
            except InputError as error:
                if strict:
                    raise
                self.added.left_out.append(str(error))
                continue
            if found:
                yield found

    def _of_files(self, thing: str, *, strict: bool) -> Iterator[Article]:
        """Yield the articles of a file, or of a folder's; one that cannot be read does not keep the others from us."""
        for file in find_files([thing]):
            try:
                for part in read_parts(file):
                    if isinstance(part, InputError) and strict:
                        raise part
                    if isinstance(part, InputError):
                        self.added.left_out.append(str(part))
                    else:
                        yield part
            except InputError as error:
                if strict:
                    raise
                self.added.left_out.append(str(error))

    def _fetched(self, url: str) -> Article | bytes:
        """Return the article that stands at an address, or the bytes of the list that does."""
        if self._progress:
            self._progress(url)
        answer = self._client.get(url)
        if kind_of(answer.body, urlsplit(answer.url).path):
            return answer.body
        return _read(answer.body, answer.type, answer.url)

    def _listed(self, body: bytes, where: str) -> list[Entry] | None:
        """Return the entries of a feed, an OPML file or a sitemap; None where it is none of them."""
        match kind_of(body, where):
            case "feed":
                return feed_entries(body, where)[: self._limit]
            case "opml":
                return [entry for feed in opml_feeds(body, where) for entry in self._feed(feed)]
            case "sitemap":
                pages, further = sitemap_urls(body, where)
                for url in further[:MAX_SITEMAPS]:
                    if len(pages) >= self._limit:
                        break
                    pages += sitemap_urls(self._client.get(url).body, url)[0]
                return [Entry(url=page) for page in pages[: self._limit]]
        return None

    def _feed(self, url: str) -> list[Entry]:
        """Return a feed's entries; one that cannot be had does not keep the others of an OPML file from us."""
        try:
            return feed_entries(self._client.get(url).body, url)[: self._limit]
        except InputError as error:
            self.added.left_out.append(str(error))
            return []

    def _entry(self, entry: Entry) -> Article | None:
        if entry.url and _same(entry.url) in self._urls:
            self.added.known.append(entry.url)
            return None
        known = Article(id="", title=entry.title, text="", url=entry.url or None, published=entry.published)
        if entry.content:
            page = f"<html><body><article>{entry.content}</article></body></html>"
            return web_page.parse(page.encode("utf-8", "replace"), known, entry.title or "untitled")
        found = self._fetched(entry.url)
        if isinstance(found, bytes):
            raise InputError(f"{entry.url}: is a list of articles, not one; name it itself")
        return replace(found, published=entry.published or found.published)

    def keep(self, article: Article) -> None:
        """Write an article, unless one with its address is there."""
        if article.url and _same(article.url) in self._urls:
            self.added.known.append(article.url)
            return
        name = file_name(slug(article.title) or "untitled").replace(" ", "-")
        path = self._folder / f"{distinct(name, self._taken, joint='-')}.md"
        write_whole(path, _file(article, self._today))
        self.added.written.append(path)
        if article.url:
            self._urls.add(_same(article.url))


def _file(article: Article, today: date) -> Iterator[str]:
    given = {
        "title": article.title,
        "url": article.url,
        "published": article.published,
        "fetched": today.isoformat(),
        "summary": article.summary,
    }
    yield "---\n"
    yield from (f"{key}: {quoted(value)}\n" for key, value in given.items() if value)
    if article.tags:
        yield "tags:\n"
        yield from (f"  - {quoted(tag)}\n" for tag in article.tags)
    yield "---\n\n"
    yield from markdown_of(article)


def _read(body: bytes, type_: str, url: str) -> Article:
    """Return the article that a server sent; what is not HTML is read like a file of its type."""
    name = unquote(Path(urlsplit(url).path).name)
    suffix = Path(name).suffix.lower()
    if type_ in ("text/html", "application/xhtml+xml", "") or not type_:
        return web_page.parse(body, Article(id="", title="", text="", url=url), name or "untitled")
    endings = {"text/markdown": ".md", "text/plain": suffix if suffix in (".md", ".rst", ".txt") else ".txt"}
    ending = endings.get(type_) or mimetypes.guess_extension(type_) or suffix
    if ending not in frozenset().union(*(source.suffixes for source in SOURCES.values())):
        raise InputError(f"{url}: is of the type '{type_[:80]}', which is not read; name a page with an article")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{file_name(Path(name).stem)}{ending}")
        path.write_bytes(body)
        try:
            (file,) = find_files([path])
            found = next(iter(read_file(file)))
        except InputError as error:
            raise InputError(str(error).replace(str(path), url)) from None
    return replace(found, path="", url=found.url or url)


def _present(folder: Path) -> tuple[set[str], set[str]]:
    """Return the names, in lower case, and the addresses of the articles that a folder has."""
    names, urls = set(), set()
    for path in folder.glob("*"):
        names.add(path.stem.casefold())
        if path.suffix.lower() in (".md", ".markdown"):
            try:
                front = read_front_matter(path.read_text("utf-8", errors="replace"), str(path))
            except (OSError, InputError):  # the build will say what is wrong with it
                continue
            urls |= {_same(front.url)} if front.url else set()
    return names, urls


def _same(url: str) -> str:
    """Return what two addresses of one page share."""
    parts = urlsplit(url)
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{parts.query}"
