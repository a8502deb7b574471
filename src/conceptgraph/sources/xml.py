"""Parsing XML that strangers wrote: without entities, external files or a document type."""

from __future__ import annotations

import re
from typing import Any

from conceptgraph.errors import InputError
from conceptgraph.sources.limits import needed, parsing

_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)


def parse_xml(data: bytes, where: object, what: str) -> Any:
    """Return the root element of an XML text.

    Parameters
    ----------
    data
        The text, in the encoding that it declares.
    where
        The file or address that errors name.
    what
        The format, as people say it: "OPML".

    Raises
    ------
    InputError
        It is not well-formed, or declares entities: a kilobyte of them can unfold to gigabytes, or to a file of the
        reader's.
    """
    check_entities(data, where)
    trees = needed("defusedxml.ElementTree", extra="formats", to=f"read {what}")
    with parsing(where, what):
        return trees.fromstring(data, forbid_entities=True, forbid_external=True)


def check_entities(data: bytes, where: object) -> None:
    """Raise InputError where an XML text declares entities, in any encoding that keeps ASCII's order of signs."""
    if _ENTITY.search(data.replace(b"\0", b"")):
        raise InputError(f"{where}: declares XML entities, which can unfold without end; remove its <!ENTITY …> lines")
