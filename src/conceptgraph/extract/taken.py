"""Which stretches of a text are taken already."""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Taken:
    """Half-open stretches that do not overlap each other, to be asked quickly whether one more would.

    Parameters
    ----------
    stretches
        (start, end), in any order.

    Examples
    --------
    >>> taken = Taken([(4, 8)])
    >>> taken.holds(0, 4), taken.holds(7, 9)
    (False, True)
    """

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._stretches = sorted(stretches)

    def add(self, stretches: Iterable[tuple[int, int]]) -> None:
        """Take more stretches."""
        for stretch in stretches:
            insort(self._stretches, stretch)

    def holds(self, start: int, end: int) -> bool:
        """Whether any of ``[start, end)`` is taken."""
        at = bisect_right(self._stretches, (start, end))
        before = at > 0 and self._stretches[at - 1][1] > start
        return before or (at < len(self._stretches) and self._stretches[at][0] < end)
