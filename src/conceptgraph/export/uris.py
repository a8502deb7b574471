"""Identifiers of articles and concepts on the web of data."""

from __future__ import annotations

from urllib.parse import quote

BASE = "urn:conceptgraph:"
"""Names without an owner on the network; whoever publishes a graph puts an address of their own in their place."""
TERMS = f"{BASE}terms:"


def concept_uri(id_: str) -> str:
    """Return a concept's URI.

    Examples
    --------
    >>> concept_uri("c++")
    'urn:conceptgraph:concept:c%2B%2B'
    """
    return f"{BASE}concept:{quote(id_.encode('utf-8', 'replace'), safe='')}"


def article_uri(id_: str) -> str:
    """Return an article's URI."""
    return f"{BASE}article:{quote(id_.encode('utf-8', 'replace'), safe='/')}"


def usable(uri: str) -> bool:
    """Whether a string from elsewhere is a URI that can stand between angle brackets as it is."""
    return ":" in uri and not any(
        sign in '<>"{}|^`\\' or ord(sign) <= 32 or 0xD800 <= ord(sign) < 0xE000 for sign in uri
    )
