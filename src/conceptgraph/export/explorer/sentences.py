"""The sentences behind links: places in the articles' texts, or words where the page leaves the texts out.

A browser counts UTF-16 code units where Python counts code points. web/quotes.ts words a place as `worded` does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from conceptgraph.extract.quotes import quoted, where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from conceptgraph.columns import Ints

_BEYOND = re.compile(r"[\U00010000-\U0010ffff]")


def utf16(text: str) -> Callable[[int], int]:
    """Return what converts an offset in code points to one in UTF-16 code units; `int` where they are the same.

    Examples
    --------
    >>> utf16("🚀 rocket")(2), utf16("rocket") is int
    (3, True)
    """
    beyond = [found.start() for found in _BEYOND.finditer(text)]
    if not beyond:
        return int

    return lambda offset: offset + bisect_left(beyond, offset)


def quote_places(texts: Sequence[str], article: Ints, table: npt.NDArray[Any]) -> dict[str, Ints]:
    """Return where the sentence of each link stands in its article's text.

    Parameters
    ----------
    texts
        Of all articles.
    article
        Of each link the number of its article, in rising order; shape (links,).
    table
        Of dtype `conceptgraph.columns.WEIGHT`.

    Returns
    -------
    dict
        ``start`` and ``length`` in UTF-16 code units; a length of 0 is no sentence.
    """
    start, end = (table[name].astype(np.int64) for name in ("start", "end"))
    bounds = np.searchsorted(article, np.arange(len(texts) + 1)).tolist()
    for text, bound in zip(texts, pairwise(bounds), strict=True):
        at, of = utf16(text), slice(*bound)
        if at is not int:
            start[of], end[of] = ([at(offset) for offset in offsets[of].tolist()] for offsets in (start, end))
    return {"start": start, "length": end - start}


def worded(data: dict[str, Any]) -> tuple[list[str], Ints]:
    """Return the sentences of a page's links, the first empty, and of each link the number of its own.

    Parameters
    ----------
    data
        What `conceptgraph.export.explorer.data.page_data` or `packing.read` returned, with the articles' texts.
    """
    numbers: dict[str, int] = {"": 0}
    reader, links = data["reader"], data["links"]
    pages, start, length, counts = map(_as_list, (reader["pages"], links["start"], links["length"], links["count"]))
    rows = zip(start, length, strict=True)
    found = []
    for text, starts, count in zip(reader["text"], pages, counts, strict=True):
        units = text.encode("utf-16-le", "surrogatepass") if utf16(text) is not int else b""
        for at, units_long in islice(rows, count):
            sentence = _stretch(text, units, at, at + units_long)
            page = where(bisect_right(starts, at)) if units_long else ""
            found.append(numbers.setdefault(sentence + page, len(numbers)))
    return list(numbers), np.array(found, dtype=np.int64)


def _as_list(column: Any) -> Any:
    return column if isinstance(column, list) else column.tolist()


def _stretch(text: str, units: bytes, start: int, end: int) -> str:
    if units:
        text = units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        return quoted(text, 0, len(text))
    return quoted(text, start, end)
