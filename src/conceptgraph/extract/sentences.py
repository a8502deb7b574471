"""Sentences by rule: what is quoted as evidence."""

from __future__ import annotations

import re
from bisect import bisect_right

# A sentence ends at a line's end, or at a stop with white space behind it and something that can begin a sentence. Both
# begin with one of five signs, which are found four times as fast as by a look behind at every sign.
_END = re.compile(r"[\n.!?…](?:(?<=\n)\n*|(?!\n)[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9À-Þ`]))")
# Stops that end no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|al|Dr|Mr|Ms|Mrs|Prof|St|No|Fig|approx|resp|Inc|Ltd|Corp|Co|a\.k\.a|U\.S)|\b[A-Z])\.$"
)


class Sentences:
    """The sentences of one text, found once and then looked up by offset.

    Parameters
    ----------
    text
        An article's text.

    Examples
    --------
    >>> text = "Kafka is a log, e.g. of events. It scales."
    >>> start, end = Sentences(text).around(0, 5)
    >>> text[start:end]
    'Kafka is a log, e.g. of events.'
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        for stop in _END.finditer(text):
            at = stop.start()
            if text[at] == "\n" or not _ABBREVIATION.search(text, max(0, at - 11), at + 1):
                self._starts.append(stop.end())

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, number: int) -> str:
        """Return a sentence by its number, as one line."""
        start, end = self.bounds(number)
        return " ".join(self._text[start:end].split())

    def index(self, offset: int) -> int:
        """Return the number of the sentence that the character at `offset` stands in."""
        return bisect_right(self._starts, offset) - 1

    def bounds(self, first: int, last: int | None = None) -> tuple[int, int]:
        """Return the half-open offsets of a sentence by its number, or of those from `first` to `last`."""
        after = (first if last is None else last) + 1
        end = self._starts[after] if after < len(self._starts) else len(self._text)
        while end > self._starts[first] + 1 and self._text[end - 1].isspace():
            end -= 1
        return self._starts[first], end

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open offsets of the sentence, or the sentences, that hold ``[start, end)``."""
        first, last = self.bounds(self.index(start), self.index(max(start, end - 1)))
        return first, max(last, end)

    def quote(self, start: int, end: int) -> str:
        """Return the sentence that holds ``[start, end)`` as one line."""
        first, last = self.around(start, end)
        return " ".join(self._text[first:last].split())
