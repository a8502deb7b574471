"""How a label stands in a text: evidence of whether it means its concept there, beside how often it does at all.

"Host" as a heading of its own, in quotes or before an explanation is presented as a term. In "talk host" a word that
is no part of any known name stands before it, in "to host" it is a verb: more often than not an everyday word. In
"host of reasons" and "host-based" it is but a part of another phrase. A label that stands so all through an article
moves its prior's log-odds by what that is worth (naive Bayes: the prior times the likelihood ratio of the evidence).
What each is worth was learned from labelled articles with priors from others (logistic regression with the prior as
offset). It is about the same whatever the prior.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conceptgraph.extract.stop_words import STOP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conceptgraph.model import Span

PRESENTED, FREE, AFTER_WORD, PART = 1.0, 0.0, -1.0, -2.0
"""Logarithms of how much likelier it is to stand so for a label that means its concept than for one that does not."""

EXPLAINS = re.compile(
    r"[*`®™\"”')]*\s*(?::|[-–—] |\((?:[^)]*)\):| (?:is|are|means|refers to|stands for|allows|lets|works)\b)"
)
"""What follows a term that is explained."""
_QUOTES = frozenset("\"“”‘'’`")
_JOINTS = frozenset("-‑")
_SET_APART = frozenset({"title", "heading", "emphasis", "code"})
_VERB_AFTER = frozenset({"to", "we", "you", "they", "i", "can", "could", "may", "might", "must", "should", "will"})


class Standing:
    """Tells how labels stand in one text.

    Parameters
    ----------
    text
        The text.
    haystack
        Its normal form between two spaces.
    spans
        What its markup said.
    """

    def __init__(self, text: str, haystack: str, spans: Iterable[Span]) -> None:
        self._text, self._haystack = text, haystack
        set_apart = [span for span in spans if span.kind in _SET_APART]
        self._whole = {(span.start, span.end) for span in set_apart}
        self._openings = {span.start for span in set_apart if span.kind == "emphasis"}

    def of(self, start: int, end: int) -> float:
        """Return how the label at half-open offsets stands."""
        text, haystack = self._text, self._haystack
        before = text[start - 1] if start else "\n"
        after = text[end] if end < len(text) else "\n"
        if (
            (start, end) in self._whole
            or (before in _QUOTES and after in _QUOTES)
            or ((before == "\n" or start in self._openings) and EXPLAINS.match(text, end))
        ):
            return PRESENTED
        if before in _JOINTS or after in _JOINTS or (after == " " and haystack.startswith("of ", end + 2)):
            return PART
        # The space before the label is at `start` in the haystack; behind punctuation there is another before that.
        if before == " " and haystack[start - 1] != " " and " " not in haystack[start + 1 : end + 1]:
            word = haystack[haystack.rfind(" ", 0, start) + 1 : start]
            if word not in STOP or word in _VERB_AFTER:
                return AFTER_WORD
        return FREE
