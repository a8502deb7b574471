"""An HTTP client with manners: it obeys robots.txt, waits between requests, and has limits of time and size."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from conceptgraph.errors import InputError
from conceptgraph.fetching.addresses import PORTS, checked_url, resolve

if TYPE_CHECKING:
    from collections.abc import Callable

AGENT = f"conceptgraph/{version('conceptgraph')} (reads articles for a person's own notes)"
TIMEOUT = 20.0
"""Seconds without an answer after which a connection is given up."""
DEADLINE = 60.0
"""Seconds for one answer in all: a server that sends a byte now and then must not hold us for ever."""
MAX_BODY = 32 * 2**20
"""Bytes of an answer, as sent and unpacked: long PDFs have 20 MB."""
MAX_ROBOTS = 512 * 2**10
"""Bytes of robots.txt that are read, as RFC 9309 asks for at least."""
MAX_HOPS = 5
"""Redirects that are followed."""
DELAY = 1.0
"""Seconds between two requests to one host, where its robots.txt does not ask for more."""
MAX_DELAY = 30.0
"""A longer wait than this, in seconds, that robots.txt may ask for is not waited for: the page is left out."""
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server sent: the address that it came from in the end, its type, and its bytes."""

    url: str
    type: str
    body: bytes


class Client:
    """Fetches one address at a time.

    Parameters
    ----------
    allow_private
        Whether hosts of this machine and of private networks may be asked.
    delay
        Seconds between two requests to one host.
    sleep
        What waits.
    """

    def __init__(
        self, *, allow_private: bool = False, delay: float = DELAY, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._allow_private = allow_private
        self._delay = delay
        self._sleep = sleep
        self._robots: dict[str, RobotFileParser] = {}
        self._asked: dict[str, float] = {}

    def get(self, url: str) -> Answer:
        """Return what an address holds, each redirect checked like the address itself.

        Raises
        ------
        InputError
            It is refused by robots.txt, private, not there, too large or too slow; the message says which.
        """
        address = checked_url(url)
        for _ in range(MAX_HOPS + 1):
            self._permitted(address)
            status, headers, body = self._request(address, MAX_BODY)
            target = headers.get("location")
            if status in _MOVED and target:
                address = self._next(address, target)
                continue
            if status != 200:
                raise InputError(f"{address}: the server answered {status}; check the address in a browser")
            return Answer(
                url=address, type=headers.get("content-type", "").partition(";")[0].strip().lower(), body=body
            )
        raise InputError(f"{url}: leads on more than {MAX_HOPS} times; name the page itself")

    def _next(self, address: str, target: str) -> str:
        try:
            return checked_url(urljoin(address, target))
        except (InputError, ValueError) as error:
            raise InputError(f"{address}: leads to '{target[:200]}', which is not fetched ({error})") from None

    def _permitted(self, address: str) -> None:
        """Raise InputError where robots.txt keeps us off the address; wait as long as it asks."""
        parts = urlsplit(address)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            self._robots[host] = self._read_robots(host)
        robots = self._robots[host]
        if not robots.can_fetch(AGENT, address):
            raise InputError(f"{address}: the site's robots.txt asks programs to stay away; save the page by hand")
        wait = max(float(robots.crawl_delay(AGENT) or 0), self._delay)
        if wait > MAX_DELAY:
            raise InputError(
                f"{address}: robots.txt asks for {wait:.0f} seconds between requests; save the page by hand"
            )
        since = time.monotonic() - self._asked.get(host, -wait)
        if since < wait:
            self._sleep(wait - since)
        self._asked[host] = time.monotonic()

    def _read_robots(self, host: str) -> RobotFileParser:
        """Return a site's rules (RFC 9309): none where there is no file, all forbidden where the server fails."""
        robots = RobotFileParser()
        address = f"{host}/robots.txt"
        for _ in range(MAX_HOPS + 1):
            status, headers, body = self._request(address, MAX_ROBOTS, cut=True)
            if status not in _MOVED or not headers.get("location"):
                break
            address = self._next(address, headers["location"])
        rules = body.decode("utf-8", "replace").splitlines() if status == 200 else []
        robots.parse(["User-agent: *", "Disallow: /"] if status >= 500 else rules)
        return robots

    def _request(self, url: str, limit: int, *, cut: bool = False) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        address = resolve(host, port, allow_private=self._allow_private)
        connection = _Secure(host, port, address) if parts.scheme == "https" else _Plain(host, port, address)
        headers = {"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "gzip"}
        end = time.monotonic() + DEADLINE
        try:
            connection.request("GET", f"{parts.path}{f'?{parts.query}' if parts.query else ''}", headers=headers)
            response = connection.getresponse()
            got = {name.lower(): value for name, value in response.getheaders()}
            if response.status != 200:
                return response.status, got, b""
            return response.status, got, _body(response, got, url, limit, end, cut=cut)
        except ssl.SSLCertVerificationError as error:
            said = error.verify_message.rstrip(".")
            raise InputError(
                f"{url}: its certificate is not trusted ({said}); if it should be, name a file with it in SSL_CERT_FILE"
            ) from None
        except (OSError, http.client.HTTPException, zlib.error) as error:
            said = " ".join(str(error).split())[:200] or type(error).__name__
            raise InputError(f"{url}: cannot be fetched ({said}); check the address and the network") from None
        finally:
            connection.close()


def _body(
    response: http.client.HTTPResponse, headers: dict[str, str], url: str, limit: int, end: float, *, cut: bool
) -> bytes:
    """Return an answer's bytes, unpacked; at most `limit`, which is an error unless it may be cut there."""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise InputError(f"{url}: was sent in the encoding '{encoding[:40]}', which was not asked for; save it by hand")
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in encoding else None
    body = bytearray()
    while piece := response.read1(2**16):
        if time.monotonic() > end:
            raise InputError(f"{url}: takes longer than {DEADLINE:.0f} seconds; try again later")
        body += unpack.decompress(piece, limit + 1 - len(body)) if unpack else piece
        if len(body) > limit:
            if cut:
                return bytes(body[:limit])
            raise InputError(f"{url}: is larger than {limit / 2**20:.0f} MB; save the article alone")
    return bytes(body)


class _Plain(http.client.HTTPConnection):
    """A connection to an address that was checked, whatever the name stands for by now."""

    def __init__(self, host: str, port: int, address: tuple[str, int]) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address = address

    def connect(self) -> None:
        """Connect to the address."""
        self.sock = socket.create_connection(self._address, TIMEOUT)


class _Secure(http.client.HTTPSConnection):
    """The same with TLS; the certificate is checked against the host's name."""

    def __init__(self, host: str, port: int, address: tuple[str, int]) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(host, port, timeout=TIMEOUT, context=self._tls)
        self._address = address

    def connect(self) -> None:
        """Connect to the address and agree on keys."""
        self.sock = self._tls.wrap_socket(socket.create_connection(self._address, TIMEOUT), server_hostname=self.host)
