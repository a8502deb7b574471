"""From a text to its terms: words without endings of number, and pairs of words that follow each other."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

TITLE = 3
"""How many times the title's terms count."""
_WORD = re.compile(r"[^\W_](?:[\w+#.\-]*[\w+#])?")
_STOP = """
a about above after again against all also although always am among an and another any are as at away back be because
become been before being below between both but by can cannot could did do does doesn doing don done down during each
either else etc even ever every few first for from further get gets give given go goes going got had has have having
he her here hers herself him himself his how however i if in instead into is isn it its itself just keep kept know let
lets like ll made make makes making many may me might mine more most much must my myself need needs never no nor not
now of off often on once one only or other others our ours out over own per put quite rather re really said same say
says see seen several she should since so some something still such take takes tell than that the their theirs them
themselves then there these they thing things this those though three through thus to together too two under until up
upon us use used uses using usually ve very via want was way ways we well were what when where whether which while who
whom whose why will with within without would yet you your yours
"""
STOP = frozenset(_STOP.split())
"""Words that say nothing of what a text is about."""


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return an English noun without its plural's ending (the S-stemmer: Harman 1991, "How effective is suffixing?").

    Examples
    --------
    >>> stem("replicas"), stem("queries"), stem("cache"), stem("address")
    ('replica', 'query', 'cache', 'address')
    """
    if len(word) <= 3 or not word.endswith("s") or "." in word:  # Node.js is no plural
        return word
    if word.endswith("ies") and word[-4] not in "ea":
        return word[:-3] + "y"
    return word if word[-2] in "us" else word[:-1]


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, stemmed, without stop words.

    Examples
    --------
    >>> words("The caches of Node.js and C++ are fast.")
    ['cache', 'node.js', 'c++', 'fast']
    """
    found = _WORD.findall(text.lower())
    return [stem(word) for word in found if word not in STOP]


def terms(text: str) -> list[str]:
    """Return a text's words and its pairs of words that follow each other, stop words left out before pairing."""
    single = words(text)
    return single + [f"{first} {second}" for first, second in pairwise(single)]


def column(term: str) -> int:
    """Return the number that stands for a term: its CRC-32.

    The columns of a matrix are these numbers, so that no list of terms is kept. Two of a million terms may share one
    (Weinberger et al. 2009, "Feature hashing for large scale multitask learning").
    """
    return crc32(term.encode("utf-8", "surrogatepass"))


def counted(title: str, text: str) -> Counter[int]:
    """Return how often each term stands in an article, by `column`.

    Parameters
    ----------
    title
        Counted `TITLE` times in all.
    text
        The article's text; it begins with the title.
    """
    found = terms(text) + terms(title) * (TITLE - text.startswith(title))
    return Counter(map(column, found))
