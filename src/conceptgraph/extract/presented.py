"""Whether an author presents a label: evidence that it means its concept in a text, however seldom it does elsewhere.

A label that fills its line, as a heading or an item does, that stands before a colon or a dash at the head of a line,
or that is emphasised as a whole, is nearly always meant. So is, more often than not, a label that commas and the like
part from all words around it: "Prometheus, Grafana and Jaeger". What each is worth was learned as what a label's
standing is (`conceptgraph.extract.standing`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.extract.standing import FREE, LOOSE

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from conceptgraph.model import Span

ALONE, LISTED = 1.9, 0.8
"""Logarithms of how much likelier it is to stand so for a label that means its concept than for one that does not."""

_OPENING, _CLOSING = frozenset('\n(“"'), frozenset('\n,;:).!?|”"')
_SEPARATORS = frozenset(",:;|/&–—")
_WORDS_BEFORE = frozenset({"and", "or", "as", "like"})
_BEHIND = " and ", " or ", " vs ", " vs. ", " / ", " & ", " |", " – ", " — "
_EXPLAINS = ": ", ":\n", " - ", " – ", " — "
_LONGEST_NUMBER = 8
"""How many characters a number, "10.2.1 ", or a sign has at most that a line begins with."""
_LONGEST_BRACKET = 80
"""How many characters a bracket between a label and its explanation has at most."""


def emphasised_in(spans: Iterable[Span]) -> set[tuple[int, int]]:
    """Return the half-open offsets of the stretches of an article that are emphasised."""
    return {(span.start, span.end) for span in spans if span.kind == "emphasis"}


def presented(
    text: str, haystack: str, place: tuple[int, int], emphasised: Container[tuple[int, int]], stands: float
) -> float:
    """Return what it is worth how a label is presented, or else how it stands.

    Parameters
    ----------
    text
        The text.
    haystack
        Its normal form between two spaces.
    place
        Half-open offsets of the label in `text`.
    emphasised
        Half-open offsets of the stretches that are emphasised.
    stands
        What it is worth how the label stands; see `conceptgraph.extract.standing`.
    """
    start, end = place
    if stands < LOOSE:
        return stands
    if place in emphasised or (text.startswith(":", end) and (start, end + 1) in emphasised):
        return ALONE
    heads = _heads(text, start)
    if heads and _ends(text, end):
        return ALONE
    return LISTED if stands == FREE and (heads or _opens(text, haystack, start)) and _closes(text, end) else stands


def _heads(text: str, start: int) -> bool:
    """Whether a label stands at the head of its line, or behind a number or a sign there."""
    if start > 1 and text[start - 1] == " " and text[start - 2].isalpha():  # so for most
        return False
    least = max(start - _LONGEST_NUMBER, 0)
    line = text.rfind("\n", least, start) + 1
    if not line:
        if least and text[least - 1] != "\n":
            return False
        line = least
    return not any(map(str.isalpha, text[line:start]))


def _ends(text: str, end: int) -> bool:
    """Whether the line ends at an offset, or an explanation begins there; a bracket before that is passed over."""
    if text.startswith(" (", end):
        closed = text.find(")", end, end + _LONGEST_BRACKET)
        if closed >= 0 and "\n" not in text[end:closed]:
            end = closed + 1
    return (
        text[end : end + 1] in {"", "\n"}
        or text.startswith(_EXPLAINS, end)
        or (end + 1 == len(text) and text[end] == ":")
    )


def _opens(text: str, haystack: str, start: int) -> bool:
    """Whether what stands before an offset parts it from the words before."""
    if not text.startswith(" ", start - 1):
        return text[start - 1] in _OPENING
    # The space before the label is at `start` in the haystack.
    return text[start - 2] in _SEPARATORS or haystack[haystack.rfind(" ", 0, start) + 1 : start] in _WORDS_BEFORE


def _closes(text: str, end: int) -> bool:
    """Whether what stands at an offset parts it from the words behind."""
    if text.startswith(_BEHIND, end) or text[end : end + 1] in {"", "\n"}:
        return True
    return text[end] in _CLOSING and not text[end + 1 : end + 2].isalnum()  # not the colon of "host:8080"
