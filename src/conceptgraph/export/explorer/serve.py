"""Serves the explorer's page to this machine, so that it can reload itself after a build."""

from __future__ import annotations

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from conceptgraph.errors import InputError
from conceptgraph.export.explorer import served_page

if TYPE_CHECKING:
    from pathlib import Path

HOST = "127.0.0.1"


def server(page: Path, port: int = 0) -> ThreadingHTTPServer:
    """Return a server of one page, bound to 127.0.0.1 and not yet running.

    It answers ``/`` with the page and ``/version`` with what changes when the page is built anew, and only where the
    request names this machine, so that no website can read the page by pointing a name of its own at 127.0.0.1.

    Parameters
    ----------
    page
        The file to serve; it is read at each request.
    port
        0 takes a free one.

    Raises
    ------
    InputError
        The port is taken.
    """

    class Handler(_Handler):
        path_of_page = page

    try:
        return ThreadingHTTPServer((HOST, port), Handler)
    except OSError as error:
        raise InputError(f"--port: {port} cannot be used ({error.strerror}); choose another, or none") from None


class _Handler(BaseHTTPRequestHandler):
    path_of_page: Path

    def do_GET(self) -> None:
        """Answer with the page, its version, or that there is nothing here."""
        name = self.headers.get("Host", "").rpartition(":")[0]
        if name not in (HOST, "localhost"):
            self.send_error(HTTPStatus.FORBIDDEN)
        elif self.path in ("/", "/index.html"):
            self._answer("text/html", served_page(self.path_of_page.read_text("utf-8")))
        elif self.path == "/version":
            self._answer("text/plain", str(self.path_of_page.stat().st_mtime_ns))
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _answer(self, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the page asks every second."""
