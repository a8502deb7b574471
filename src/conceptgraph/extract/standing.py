"""How a label stands in a text: evidence that it may not mean its concept there, besides how often it does elsewhere.

In "talk host" a word that is no part of any known name stands before "host", in "to host" it is a verb: more often than
not an everyday word. "in degrees" and "logs in" begin or end with a word that says nothing by itself, and more often
than not are no in-degrees and no log-in. In "host of reasons" and "host-based" a label is but a part of another
phrase. A label that stands so all through an article moves its prior's log-odds by what that is worth (naive Bayes: the
prior times the likelihood ratio of the evidence); where it stands free, it may be presented
(`conceptgraph.extract.presented`). What each is worth was learned from labelled articles with priors
from others (logistic regression with the prior as offset): ``benchmarks/learn_evidence.py``. It is about the same
whatever the prior.
"""

from __future__ import annotations

from functools import lru_cache

from conceptgraph.extract.stop_words import STOP

FREE, LOOSE, PART = 0.0, -1.0, -2.0
"""Logarithms of how much likelier it is to stand so for a label that means its concept than for one that does not."""

_JOINTS = frozenset("-‑")
_VERB_AFTER = frozenset({"to", "we", "you", "they", "i", "can", "could", "may", "might", "must", "should", "will"})


def standing(text: str, haystack: str, start: int, end: int) -> float:
    """Return how a label stands.

    Parameters
    ----------
    text
        The text.
    haystack
        Its normal form between two spaces.
    start, end
        Half-open offsets of the label in `text`.
    """
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if before in _JOINTS or after in _JOINTS or (after == " " and haystack.startswith("of ", end + 2)):
        return PART
    if _edged_with_idle(text[start:end]):
        return LOOSE
    # The space before the label is at `start` in the haystack; behind punctuation there is another before that.
    if before == " " and haystack[start - 1] != " " and " " not in haystack[start + 1 : end + 1]:
        word = haystack[haystack.rfind(" ", 0, start) + 1 : start]
        if (word not in STOP or word in _VERB_AFTER) and any(map(str.isalpha, word)):  # "12 algorithms" are so
            return LOOSE
    return FREE


@lru_cache(maxsize=50_000)
def _edged_with_idle(surface: str) -> bool:
    """Whether the first or the last of several words says nothing by itself.

    "IT" says something, and so does the "A" of an A record.
    """
    first, *_, last = surface.split(" ") if " " in surface else ("", "")
    return any(word.lower() in STOP and not word.isupper() for word in (first, last))
