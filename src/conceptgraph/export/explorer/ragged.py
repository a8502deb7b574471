"""Rows of unequal lengths as one array: what lists of lists of whole numbers are where there are many."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conceptgraph.columns import Ints


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of whole numbers.

    Parameters
    ----------
    lengths
        Of the rows; shape (rows,).
    of
        The rows one after another; shape (sum of lengths,).

    Examples
    --------
    >>> Ragged.from_rows([[1, 2], [], [3]]).tolist()
    [[1, 2], [], [3]]
    """

    lengths: Ints
    of: Ints

    @classmethod
    def from_rows(cls, rows: Sequence[Sequence[int]]) -> Ragged:
        """Return rows as arrays."""
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        return cls(lengths, np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(lengths.sum())))

    def __len__(self) -> int:
        return len(self.lengths)

    def tolist(self) -> list[list[int]]:
        """Return the rows as lists."""
        ends, flat = np.cumsum(self.lengths).tolist(), self.of.tolist()
        return [flat[begin:end] for begin, end in pairwise([0, *ends])]
