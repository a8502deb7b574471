"""Phrases of which one word is marked off by quotation marks or brackets: “cold” data, 'hot' standby, (digital) pens.

The marks part the words in the normal form, so that no label is found across them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import ahocorasick_rs

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSES = ("” ", "’ ", '" ', "' ", ") ")
_OPENS = "“‘\"'("
_MARKS = ahocorasick_rs.AhoCorasick(_CLOSES)
_LONGEST = 24
"""How many characters a word that is marked off has at most."""
_BEHIND = re.compile(r"([A-Za-z][\w-]*)(?: [A-Za-z][\w-]*)?")


def marked_phrases(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and words of each phrase of two or three words of which the first is marked off.

    Examples
    --------
    >>> text = "Keep “cold” data store files."
    >>> [(text[start:end], words) for start, end, words in marked_phrases(text)]
    [('cold” data store', 'cold data store'), ('cold” data', 'cold data')]
    """
    for mark, at, behind in _MARKS.find_matches_as_indexes(text):
        start = text.rfind(_OPENS[mark], max(at - _LONGEST, 0), at) + 1
        if start and text[start:at].isalpha() and not text[max(start - 2, 0) : start - 1].isalnum():
            found = _BEHIND.match(text, behind)
            for end in dict.fromkeys((found.end(), found.end(1)) if found else ()):
                yield start, end, f"{text[start:at]} {text[behind:end]}"
