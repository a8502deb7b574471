"""Stretches of a text in which no label is looked for: blocks of code, web addresses, e-mail addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conceptgraph.model import Span

MASK = "\0"
_ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>()\[\]\"']+|[\w.+-]+@[\w-]+\.[\w.]+")


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
    if "://" in text or "www." in text or "@" in text:
        hidden += [found.span() for found in _ADDRESS.finditer(text)]
    for start, end in hidden:
        normal = normal[:start] + MASK * (end - start) + normal[end:]
    return normal
