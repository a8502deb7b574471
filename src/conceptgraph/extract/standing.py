"""How a label stands in a text: evidence of whether it means its concept there, beside how often it does at all.

What an author presents is nearly always meant: a label that fills its line, as a heading or an item does, that stands
before a colon at the head of a line, or that is emphasised as a whole. So are, more often than not, labels that commas
and the like part from all words around them: "Prometheus, Grafana and Jaeger". In "talk host" a word that is no part of
any known name stands before "host", in "to host" it is a verb: more often than not an everyday word. "in degrees" and
"logs in" begin or end with a word that says nothing by itself, and more often than not are no in-degrees and no log-in.
In "host of reasons" and "host-based" a label is but a part of another phrase.

How a label stands at best in an article moves its prior's log-odds by what that is worth (naive Bayes: the prior times
the likelihood ratio of the evidence). What each is worth was learned from labelled articles with priors from others
(logistic regression with the prior as offset): ``benchmarks/learn_evidence.py``. It is about the same whatever the
prior.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.extract.stop_words import STOP

if TYPE_CHECKING:
    from collections.abc import Container

ALONE, LISTED, FREE, LOOSE, PART = 1.9, 0.8, 0.0, -1.0, -2.0
"""Logarithms of how much likelier it is to stand so for a label that means its concept than for one that does not."""

_JOINTS = frozenset("-‑")
_VERB_AFTER = frozenset({"to", "we", "you", "they", "i", "can", "could", "may", "might", "must", "should", "will"})
_OPENING, _CLOSING = frozenset("\n(“\"‘"), frozenset("\n,;:).!?|”\"’")
_SEPARATORS = frozenset(",:;|/&–—")
_WORDS_BEFORE = frozenset({"and", "or", "as", "like", "including", "vs"})
_WORDS_BEHIND = " and ", " or ", " vs"
_NUMBER = " .)0123456789"


def standing(
    text: str, haystack: str, start: int, end: int, emphasised: Container[tuple[int, int]], most: float = ALONE
) -> float:
    """Return how a label stands.

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
    most
        What more than that it is worth is not asked.
    """
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if before in _JOINTS or after in _JOINTS or (after == " " and haystack.startswith("of ", end + 2)):
        return PART
    inner = text.find(" ", start, end)
    if inner >= 0 and (_idle(text[start:inner]) or _idle(text[text.rfind(" ", start, end) + 1 : end])):
        return LOOSE
    word = ""
    # The space before the label is at `start` in the haystack; behind punctuation there is another before that.
    if before == " " and haystack[start - 1] != " ":
        word = haystack[haystack.rfind(" ", 0, start) + 1 : start]
        if inner < 0 and " " not in haystack[start + 1 : end + 1]:
            if (word not in STOP or word in _VERB_AFTER) and not word.isdecimal():  # "12 algorithms" are algorithms
                return LOOSE
    if most <= FREE:
        return FREE
    if (start, end) in emphasised or (after == ":" and (start, end + 1) in emphasised):
        return ALONE
    line = text.rfind("\n", max(start - 5, 0), start) + 1
    heads = (line > 0 or start <= 5) and not text[line:start].strip(_NUMBER)
    if heads and _ends(text, end):
        return ALONE
    opens = heads or before in _OPENING or word in _WORDS_BEFORE or (before == " " and text[start - 2] in _SEPARATORS)
    if opens and (after in _CLOSING or (after == " " and text.startswith(_WORDS_BEHIND, end))):
        return LISTED
    return FREE


def _ends(text: str, end: int) -> bool:
    """Whether at an offset the line ends, or an explanation begins; what stands in brackets before that counts not."""
    if text.startswith(" (", end):
        closed = text.find(")", end)
        end = closed + 1 if closed >= 0 else end
    return end == len(text) or text[end] in "\n:" or text.startswith((" - ", " – ", " — "), end)


def _idle(word: str) -> bool:
    """Whether a word says nothing by itself; "IT" does, and so does the "A" of an A record."""
    return word.lower() in STOP and not word.isupper()
