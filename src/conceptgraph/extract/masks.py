"""Stretches of a text in which no label is looked for: blocks of code, web addresses, e-mail addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conceptgraph.extract.occurrences import occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conceptgraph.model import Span

MASK = "\0"
_WEB = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>()\[\]\"']+")
_MAIL_BEFORE = re.compile(r"[\w.+-]{1,64}$")
_MAIL_BEHIND = re.compile(r"@[\w-]+\.[\w.]+")


def masked(normal: str, text: str, spans: Iterable[Span]) -> str:
    """Return `normal`, the normal form of `text`, with what is to be passed over blanked out; offsets stay.

    Parameters
    ----------
    normal
        A string as long as `text`.
    text
        The article's text, in which addresses are looked for.
    spans
        The article's spans; blocks of code are passed over, code inside a sentence is not.
    """
    hidden = [(span.start, span.end) for span in spans if span.kind == "code_block"]
    if "://" in text or "www." in text:
        hidden += [found.span() for found in _WEB.finditer(text)]
    hidden += _mail_addresses(text)
    if not hidden:
        return normal
    pieces, reached = [], 0
    for start, end in sorted(hidden):
        if end > reached:
            pieces += [normal[reached:start], MASK * (end - max(start, reached))]
            reached = end
    return "".join([*pieces, normal[reached:]])


def _mail_addresses(text: str) -> list[tuple[int, int]]:
    """Return the offsets of e-mail addresses, looked for from their @: a long word is not read again and again."""
    found = []
    for at in occurrences(text, "@"):
        before, behind = _MAIL_BEFORE.search(text, max(0, at - 64), at), _MAIL_BEHIND.match(text, at)
        if before and behind:
            found.append((before.start(), behind.end()))
    return found
