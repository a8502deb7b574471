"""Whether an author presents a label: evidence that it means its concept in a text, however seldom it does elsewhere.

A label that fills its line, as a heading or an item does, that stands before a colon at the head of a line, or that is
emphasised as a whole, is nearly always meant. So is, more often than not, a label that commas and the like part from
all words around it: "Prometheus, Grafana and Jaeger". What each is worth was learned as what a label's standing is
(`conceptgraph.extract.standing`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.extract.standing import FREE

if TYPE_CHECKING:
    from collections.abc import Container

ALONE, LISTED = 1.9, 0.8
"""Logarithms of how much likelier it is to stand so for a label that means its concept than for one that does not."""

_OPENING, _CLOSING = frozenset('\n(“"‘'), frozenset('\n,;:).!?|”"’')
_SEPARATORS = frozenset(",:;|/&–—")
_WORDS_BEFORE = frozenset({"and", "or", "as", "like", "including", "vs"})
_WORDS_BEHIND = " and ", " or ", " vs"
_NUMBER = " .)0123456789"
"""What may stand before a label at the head of a line: "2. "."""
_LONGEST_NUMBER = 5


def presented(text: str, haystack: str, start: int, end: int, emphasised: Container[tuple[int, int]]) -> float:
    """Return what it is worth how a label that stands free is presented.

    Parameters
    ----------
    text
        The text.
    haystack
        Its normal form between two spaces.
    start, end
        Half-open offsets of the label in `text`.
    emphasised
        Half-open offsets of the stretches that are emphasised.
    """
    if (start, end) in emphasised or (text.startswith(":", end) and (start, end + 1) in emphasised):
        return ALONE
    heads = _heads(text, start)
    if heads and _ends(text, end):
        return ALONE
    return LISTED if (heads or _opens(text, haystack, start)) and _closes(text, end) else FREE


def _heads(text: str, start: int) -> bool:
    """Whether nothing but a number stands before an offset in its line."""
    least = max(start - _LONGEST_NUMBER, 0)
    line = text.rfind("\n", least, start) + 1 or least
    return (line > least or not least or text[line - 1] == "\n") and not text[line:start].strip(_NUMBER)


def _ends(text: str, end: int) -> bool:
    """Whether at an offset the line ends, or an explanation begins; what stands in brackets before that counts not."""
    if text.startswith(" (", end):
        closed = text.find(")", end)
        end = closed + 1 if closed >= 0 else end
    return end == len(text) or text[end] in "\n:" or text.startswith((" - ", " – ", " — "), end)


def _opens(text: str, haystack: str, start: int) -> bool:
    """Whether what stands before an offset parts it from the words before."""
    if not text.startswith(" ", start - 1):
        return text[start - 1] in _OPENING
    # The space before the label is at `start` in the haystack.
    return text[start - 2] in _SEPARATORS or haystack[haystack.rfind(" ", 0, start) + 1 : start] in _WORDS_BEFORE


def _closes(text: str, end: int) -> bool:
    """Whether what stands at an offset parts it from the words behind."""
    return end == len(text) or text[end] in _CLOSING or text.startswith(_WORDS_BEHIND, end)
