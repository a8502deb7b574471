"""A page that opens at once is a page below a size: what is left out of larger ones, and how the page says so."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import numpy as np

from conceptgraph.export.explorer.packing import written
from conceptgraph.export.explorer.ragged import Ragged
from conceptgraph.export.explorer.sentences import worded

if TYPE_CHECKING:
    from collections.abc import Callable

BUDGET = 15_000_000
"""Bytes of data in one page, as they stand in it."""
LEVEL = 5
"""How hard gzip tries where a size is estimated."""
RUN, ONE_IN = 16, 64
"""Of longer columns a run of so many rows, one of so many runs, tells how small the whole will be."""
ROUGHLY = 1.2
"""How far beyond the budget an estimate must be to be believed."""
BEST = 5
"""How many sentences a concept keeps, from the articles that weigh most, where not all have room."""


def packed(data: dict[str, Any], *, budget: int = BUDGET) -> str:
    """Return the data as text of at most so many bytes, if leaving things out makes it so small.

    Parameters
    ----------
    data
        What `conceptgraph.export.explorer.data.page_data` returned. What has to be left out is emptied in it, and
        ``left_out`` says so.
    budget
        Bytes.
    """
    for leave_out in _STEPS:
        if _estimated(data) <= ROUGHLY * budget and len(text := written(data)) <= budget:
            return text
        data["left_out"].append(leave_out(data))
    return written(data)


def _estimated(data: dict[str, Any]) -> float:
    """Return about how many bytes the data takes: what is far too much need not be packed to be known so."""
    columns = [column for part in data.values() for column in (part.values() if isinstance(part, dict) else [part])]
    return sum(map(_estimated_column, columns))


def _estimated_column(column: Any) -> float:
    if isinstance(column, Ragged):
        return _estimated_column(column.lengths) + _estimated_column(column.of)
    if not isinstance(column, list | str | np.ndarray) or len(column) <= RUN * ONE_IN:
        return _compressed(_plain(column))
    begins = range(0, len(column), RUN * ONE_IN)
    some = [_plain(column[begin : begin + RUN]) for begin in begins]
    return _compressed(some) * len(column) / sum(map(len, some))


def _plain(column: Any) -> Any:
    return column.tolist() if isinstance(column, np.ndarray) else column


def _compressed(column: Any) -> int:
    return len(gzip.compress(json.dumps(column, ensure_ascii=False).encode("utf-8", "replace"), LEVEL, mtime=0))


def _keep_best_sentences(data: dict[str, Any]) -> str:
    links = data["links"]
    concept = np.asarray(links["concept"], dtype=np.int64)
    order = np.lexsort((-np.asarray(links["weight"], dtype=np.int64), concept))
    first = np.searchsorted(concept[order], concept[order])
    links["quote"] = np.array(links["quote"], dtype=np.int64)
    links["quote"][order[np.arange(len(order)) - first >= BEST]] = 0
    _drop_unused(data)
    return f"all but the {BEST} best sentences of each concept"


def _drop_texts(data: dict[str, Any]) -> str:
    sentences, numbers = worded(data)
    kept = len(data["strings"])
    data["strings"] = [*data["strings"], *sentences[1:]]
    del data["links"]["start"], data["links"]["length"]
    data["links"]["quote"] = np.where(numbers > 0, numbers + kept - 1, 0)
    data["reader"] = {"text": [], "marks": [], "blocks": [], "pages": []}
    return "the articles' texts"


def _drop_sections(data: dict[str, Any]) -> str:
    data["study"]["headings"] = data["study"]["places"] = []
    return "which sections of an article to study"


def _drop_sentences(data: dict[str, Any]) -> str:
    data["links"]["quote"] = np.zeros(len(data["links"]["quote"]), dtype=np.int64)
    _drop_unused(data)
    return "the quoted sentences"


def _drop_reasons(data: dict[str, Any]) -> str:
    data["study"]["why"] = []
    return "why one concept needs another"


_STEPS: tuple[Callable[[dict[str, Any]], str], ...] = (
    _drop_texts,
    _keep_best_sentences,
    _drop_sections,
    _drop_sentences,
    _drop_reasons,
)


def _drop_unused(data: dict[str, Any]) -> None:
    """Renumber the strings so that only those in use are kept."""
    columns = [(part, name) for part in ("links", "relations", "citations") for name in ("quote", "why")]
    given = [(part, name) for part, name in columns if name in data[part]]
    numbers = [np.asarray(data[part][name], dtype=np.int64) for part, name in given]
    used, new = np.unique(np.concatenate([[0], *numbers]), return_inverse=True)
    ends = np.cumsum([1, *map(len, numbers)])
    for (part, name), column in zip(given, np.split(new, ends[:-1])[1:], strict=True):
        data[part][name] = column
    data["strings"] = [data["strings"][number] for number in used.tolist()]
