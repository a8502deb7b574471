"""Fetching, from a server on the loopback address that lives as long as the test."""

from __future__ import annotations

import gzip
import ipaddress
import ssl
import threading
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
import trustme
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from conceptgraph import InputError
from conceptgraph.cli import main
from conceptgraph.fetching import add
from conceptgraph.fetching import client as http_client
from conceptgraph.fetching.addresses import checked_url, is_public, resolve
from conceptgraph.fetching.client import AGENT, Client
from conceptgraph.fetching.lists import feed_entries, kind_of, opml_feeds, sitemap_urls
from conceptgraph.sources import read_articles
from tests import made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 1, 2)
BOMB = b'<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
FILE = b'<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


class Site:
    """What a server answers, by path: (status, headers, body); and what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, str]] = []
        self.url = ""

    def put(
        self, path: str, body: str | bytes = b"", type_: str = "text/html", status: int = 200, **headers: str
    ) -> str:
        content = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {"Content-Type": type_, **headers}, content)
        return self.url + path


@contextmanager
def serving(certificate: trustme.LeafCert | None = None) -> Iterator[Site]:
    """A server that ends with the block; one with a certificate speaks TLS."""
    served = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append((self.path, self.headers["User-Agent"]))
            status, headers, body = served.pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            del format, args

    class Server(ThreadingHTTPServer):
        def finish_request(self, request: Any, client_address: Any) -> None:
            if certificate:  # here, in the request's own thread: a client that refuses it must not stop the server
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                certificate.configure_cert(context)
                try:
                    request = context.wrap_socket(request, server_side=True)
                except OSError:
                    return
            with request:
                super().finish_request(request, client_address)

    server = Server(("127.0.0.1", 0), Handler)
    served.url = f"http{'s' if certificate else ''}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def client(waits: list[float] | None = None) -> Client:
    return Client(allow_private=True, delay=0.001, sleep=(waits if waits is not None else []).append)


def page(title: str) -> str:
    return made.PAGE.replace("Logs: a story", title).replace(
        '<link rel="canonical" href="https://example.org/logs">', ""
    )


def test_a_page_becomes_markdown(site: Site, tmp_path: Path) -> None:
    url = site.put("/a b?q=é", page('Logs: "a" story'))
    added = add([url], tmp_path, client=client(), today=TODAY)
    assert added.left_out == [f"{site.url}/a%20b?q=%C3%A9: the server answered 404; check the address in a browser"]
    url = site.put("/logs", page('Logs: "a" story'))
    added = add([url, url + "#part"], tmp_path, client=client(), today=TODAY)
    assert [path.name for path in added.written] == ["logs-a-story.md"]
    assert added.known == [url]
    text = added.written[0].read_text("utf-8")
    assert text.startswith(
        f'---\ntitle: "Logs: \\"a\\" story"\nurl: "{url}"\npublished: "2025-03-01"\nfetched: "2026-01-02"\n'
    )
    (found,) = read_articles([tmp_path])
    assert (found.title, found.url, found.published, found.tags) == (
        'Logs: "a" story', url, "2025-03-01", ("kafka", "logs"),
    )  # fmt: skip
    assert {agent for _, agent in site.asked} == {AGENT}


def test_nothing_is_overwritten(site: Site, tmp_path: Path) -> None:
    (tmp_path / "con_.md").write_text("mine", encoding="utf-8")
    one, two = site.put("/1", page("CON")), site.put("/2", page("con"))
    added = add([one, two], tmp_path, client=client(), today=TODAY)
    assert len({path.name.casefold() for path in added.written} | {"con_.md"}) == 3
    assert (tmp_path / "con_.md").read_text("utf-8") == "mine"
    outside = add([site.put("/3", page("../../x"))], tmp_path, client=client(), today=TODAY)
    assert outside.written[0].parent == tmp_path


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>T</title><item><title>First</title><link>/first</link><pubDate>Mon, 03 Feb 2025 10:00:00 GMT</pubDate></item>
<item><title>Whole</title><link>/whole</link><content:encoded><![CDATA[<p>{words}</p>]]></content:encoded></item>
<item><title>Gone</title><link>/gone</link></item></channel></rss>"""


def test_a_feed(site: Site, tmp_path: Path) -> None:
    site.put("/first", page("First of all"))
    feed = site.put("/feed", RSS.format(words=made.WORDS * 6), "application/rss+xml")
    added = add([feed], tmp_path, client=client(), today=TODAY)
    assert [path.name for path in added.written] == ["first-of-all.md", "whole.md"]
    assert added.left_out == [f"{site.url}/gone: the server answered 404; check the address in a browser"]
    assert "/whole" not in [path for path, _ in site.asked]  # the feed has the whole text
    articles = {a.id: a for a in read_articles([tmp_path])}
    assert articles["first-of-all"].published == "2025-02-03"
    assert articles["whole"].url == f"{site.url}/whole"
    again = add([feed], tmp_path, client=client(), today=TODAY)
    assert (again.written, len(again.known)) == ([], 2)
    with pytest.raises(InputError, match="answered 404"):
        add([feed], tmp_path, client=client(), strict=True)
    assert len(add([feed], tmp_path / "few", client=client(), limit=1).written) == 1


def test_opml_and_sitemap(site: Site, tmp_path: Path) -> None:
    one, two = site.put("/one", page("One")), site.put("/two", page("Two"))
    feed = site.put(
        "/feed", f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>x</title><link href='{one}'/></entry></feed>"
    )
    opml = tmp_path / "subscriptions.opml"
    opml.write_text(
        f"<opml><body><outline><outline xmlUrl='{feed}'/><outline xmlUrl='{site.url}/no'/></outline></body></opml>"
    )
    added = add([str(opml)], tmp_path / "a", client=client(), today=TODAY)
    assert [path.stem for path in added.written] == ["one"]
    assert added.left_out[0].startswith(f"{site.url}/no: the server answered 404")
    inner = site.put(
        "/inner.xml.gz", gzip.compress(f"<urlset><url><loc>{two}</loc></url></urlset>".encode()), "application/gzip"
    )
    index = site.put("/sitemap.xml", f"<sitemapindex><sitemap><loc>{inner}</loc></sitemap></sitemapindex>", "text/xml")
    added = add([index], tmp_path / "b", client=client(), today=TODAY)
    assert [path.stem for path in added.written] == ["two"], added.left_out


def test_files_of_other_formats(site: Site, tmp_path: Path) -> None:
    (tmp_path / "r.rst").write_text("T\n=\n\n**Bold** words.\n", encoding="utf-8")
    url = site.put("/paper", made.pdf("Kafka keeps records.", title="A paper"), "application/pdf")
    odd = site.put("/picture", b"\x89PNG", "image/png")
    broken = site.put("/broken", b"%PDF-1.7 no", "application/pdf")
    added = add([str(tmp_path / "r.rst"), url, odd, broken], tmp_path / "a", client=client(), today=TODAY)
    assert [path.stem for path in added.written] == ["t", "a-paper"]
    assert added.left_out[0] == f"{odd}: is of the type 'image/png', which is not read; name a page with an article"
    assert added.left_out[1].startswith(f"{broken}: cannot be read as a PDF")
    assert "**Bold** words." in added.written[0].read_text("utf-8")


def test_robots(site: Site, tmp_path: Path) -> None:
    site.put("/robots.txt", "User-agent: conceptgraph\nDisallow: /private\nCrawl-delay: 7\n", "text/plain")
    waits: list[float] = []
    urls = [site.put(f"/{name}", page(name)) for name in ("private", "one", "two")]
    added = add(urls, tmp_path, client=client(waits), today=TODAY)
    assert added.left_out == [f"{urls[0]}: the site's robots.txt asks programs to stay away; save the page by hand"]
    assert [path for path, _ in site.asked] == ["/robots.txt", "/one", "/two"]
    assert len(waits) == 1
    assert 6 < waits[0] <= 7
    site.put("/robots.txt", "", status=503)
    with pytest.raises(InputError, match=r"robots\.txt asks programs to stay away"):
        client().get(urls[1])
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 600\n")
    with pytest.raises(InputError, match="asks for 600 seconds"):
        client().get(urls[1])


@pytest.fixture
def authority(tmp_path: Path) -> trustme.CA:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return authority


def test_a_certificate_that_nobody_vouches_for(authority: trustme.CA, tmp_path: Path) -> None:
    with serving(authority.issue_cert("127.0.0.1")) as site:
        url = site.put("/logs", page("Kafka and Raft"))
        added = add([url], tmp_path / "a", client=client(), today=TODAY)
    (reason,) = added.left_out
    assert reason.startswith(f"{site.url}/robots.txt: its certificate is not trusted (")
    assert reason.endswith("; if it should be, name a file with it in SSL_CERT_FILE")
    assert (added.written, site.asked) == ([], [])


def test_a_certificate_that_is_trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with serving(authority.issue_cert("127.0.0.1")) as site:
        url = site.put("/logs", page("Kafka and Raft"))
        added = add([url], tmp_path / "a", client=client(), today=TODAY)
    assert [path.name for path in added.written] == ["kafka-and-raft.md"], added.left_out
    assert f'url: "{url}"' in added.written[0].read_text("utf-8")


def test_a_certificate_of_another_host(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with serving(authority.issue_cert("other.example")) as site:
        with pytest.raises(InputError, match=r"its certificate is not trusted \(IP address mismatch"):
            client().get(site.put("/logs", page("Logs")))
        assert site.asked == []


def test_https_where_there_is_none(site: Site) -> None:
    with pytest.raises(InputError, match="cannot be fetched"):
        client().get(site.put("/logs").replace("http://", "https://"))


def test_redirects(site: Site) -> None:
    end = site.put("/end", "text", "text/plain")
    assert client().get(site.put("/go", status=302, Location="/end")).url == end
    for target in ("file:///etc/passwd", "ftp://127.0.0.1/x", "http://user@127.0.0.1/", "gopher:x", "http://[::1"):
        with pytest.raises(InputError, match="which is not fetched"):
            client().get(site.put("/away", status=301, Location=target))
    with pytest.raises(InputError, match="leads on more than 5 times"):
        client().get(site.put("/round", status=307, Location="/round"))


def test_private_addresses(site: Site) -> None:
    url = site.put("/x", "text", "text/plain")
    for address in (url, url.replace("127.0.0.1", "localhost"), url.replace("127.0.0.1", "[::ffff:127.0.0.1]")):
        with pytest.raises(InputError, match=r"has the private address .*--allow-private"):
            Client().get(address)
    assert site.asked == []


def test_a_redirect_to_a_private_address(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    # The first hop is let through as if it were public; the second is checked all the same.
    there = site.url.rpartition(":")[2]
    monkeypatch.setattr(
        http_client,
        "resolve",
        lambda host, port, *, allow_private: (
            ("127.0.0.1", port) if host == "public.example" else original(host, port, allow_private=allow_private)
        ),
    )
    site.put("/go", status=302, Location=f"http://127.0.0.1:{there}/secret")
    with pytest.raises(InputError, match=r"127\.0\.0\.1: has the private address"):
        Client().get(f"http://public.example:{there}/go")
    assert "/secret" not in [path for path, _ in site.asked]


original = resolve


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1", "fe80::1",
     "fd00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::", "255.255.255.255", "198.18.0.1"],
)  # fmt: skip
def test_what_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


def test_what_is_public() -> None:
    assert all(is_public(ipaddress.ip_address(each)) for each in ("93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8"))


def test_limits(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "MAX_BODY", 2**16)
    with pytest.raises(InputError, match="is larger than 0 MB"):
        client().get(site.put("/big", b"x" * 2**17))
    with pytest.raises(InputError, match="is larger than 0 MB"):
        client().get(site.put("/bomb", gzip.compress(b"\0" * 2**24), Content_Encoding="gzip"))
    assert client().get(site.put("/small", gzip.compress(b"text"), Content_Encoding="gzip")).body == b"text"
    with pytest.raises(InputError, match="cannot be fetched"):
        client().get(site.put("/bad", b"no gzip", Content_Encoding="gzip"))
    with pytest.raises(InputError, match="in the encoding 'br'"):
        client().get(site.put("/br", b"x", Content_Encoding="br"))
    monkeypatch.setattr(http_client, "DEADLINE", -1.0)
    with pytest.raises(InputError, match="takes longer than"):
        client().get(site.put("/slow", b"text"))


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a/b", "http://", "https://user:pw@a/", "http://a:99999/", "http://[::1", "x"]
)
def test_what_is_no_address(url: str, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        checked_url(url)
    with pytest.raises(InputError):
        add([url], tmp_path, client=client(), strict=True)


@given(st.text(max_size=60).map("http://a.example/".__add__))
def test_addresses_are_sent_as_one_line_of_ascii(url: str) -> None:
    try:
        checked = checked_url(url)
    except InputError:
        return
    assert checked.isascii()
    assert not any(sign.isspace() or ord(sign) < 33 for sign in checked)


@pytest.mark.parametrize("prologue", [BOMB, FILE], ids=["bomb", "file"])
def test_entities_are_refused(prologue: bytes) -> None:
    for data in (prologue, prologue.decode().encode("utf-16")):
        for read in (feed_entries, opml_feeds, sitemap_urls):
            with pytest.raises(InputError, match="declares XML entities"):
                read(data, "x")


@given(
    st.binary(max_size=200), st.sampled_from([b"<rss><channel><item>", b"<opml>", b"<urlset><url><loc>", b"\x1f\x8b"])
)
def test_damaged_lists_are_refused_in_one_sentence(data: bytes, start: bytes) -> None:
    for read in (feed_entries, opml_feeds, sitemap_urls):
        try:
            read(start + data, "x")
        except InputError as error:
            assert "\n" not in str(error)  # noqa: PT017


def test_a_bad_file_of_a_folder_is_left_out_alone(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text("", encoding="utf-8")
    (notes / "b.csv").write_text("id,text\none,Kafka\ntwo,\nthree,Raft\n", encoding="utf-8")
    (notes / "c.md").write_text("# Last\n\nA log.", encoding="utf-8")
    added = add([str(notes)], tmp_path / "articles")
    assert [path.name for path in added.written] == ["one.md", "three.md", "last.md"]
    assert [reason.split(": ")[1].split(";")[0] for reason in added.left_out] == [
        "is empty",
        "has no text, or neither id nor title",
    ]
    with pytest.raises(InputError, match="is empty"):
        add([str(notes)], tmp_path / "others", strict=True)


def test_what_a_file_is() -> None:
    assert kind_of(b"<?xml version='1.0'?><rss>", "") == "feed"
    assert kind_of(b"<!doctype html><html><p>about &lt;rss</p><pre><rss>", "") == ""
    assert kind_of("<opml>".encode("utf-16"), "") == "opml"
    assert kind_of(b"# <Markdown>", "") == ""


def test_command(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    url = site.put("/logs", page("Kafka and Raft"))
    run = CliRunner().invoke
    done = run(main, ["add", url])
    assert done.exit_code == 2
    assert "nothing was added; 127.0.0.1: has the private address" in done.output
    assert not (tmp_path / "articles").exists()
    done = run(main, ["add", url, "--allow-private", "--delay", "0"])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "articles" / "kafka-and-raft.md").exists()
    assert (tmp_path / "graphs" / "graph.json").exists()
