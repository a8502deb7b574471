"""From a text to its terms: words without endings of number, and pairs of words that follow each other.

A term is told by a number of 32 bits, so that no list of terms is kept; two of a million share one once in four
thousand (Weinberger et al. 2009, "Feature hashing for large scale multitask learning").
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from conceptgraph.extract.stop_words import FUNCTION_WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint32]

COUNT = np.dtype([("term", "<u4"), ("count", "u1")])
"""A term of an article and how often it stands there; 255 stands for more, too. 5 bytes."""
TITLE = 3
"""How many times the title's terms count."""
_WORD = re.compile(r"[^\W_](?:[\w+#.\-'’]*[\w+#])?")
_CLITIC = re.compile(r"['’](?:s|t|d|m|ll|re|ve)$")
"""What stands behind the apostrophe of "Raft's", "don't" and "we'll"."""


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
    >>> words("Raft's caches of Node.js and C++ aren't slow.")
    ['raft', 'cache', 'node.js', 'c++', 'slow']
    """
    return [stem(word) for word in _content(text)]


def _content(text: str) -> list[str]:
    """Return the words of a text in lower case, without stop words."""
    return [word for found in _WORD.findall(text.lower()) if (word := _bare(found)) not in FUNCTION_WORDS]


def _bare(word: str) -> str:
    """Return a word without what is joined to it by an apostrophe: "raft" of "raft's", "don" of "don't"."""
    return _CLITIC.sub("", word) if "'" in word or "’" in word else word


def counted(title: str, text: str) -> bytes:
    """Return how often each term stands in an article: rows of dtype `COUNT`, by term.

    Parameters
    ----------
    title
        Counted `TITLE` times in all.
    text
        The article's text; it begins with the title.

    Examples
    --------
    >>> sorted(np.frombuffer(counted("Kafka", "Kafka logs"), dtype=COUNT)["count"].tolist())
    [1, 1, 3]
    """
    own, titled = (with_pairs(word_numbers(part)) for part in (text, title))
    whole = np.concatenate([own, *[titled] * (TITLE - text.startswith(title))])
    return _rows(*np.unique(whole, return_counts=True))


def listed(text: str) -> bytes:
    """Return the words of a text one by one: rows of dtype `COUNT`."""
    return _rows(word_numbers(text), 1)


def _rows(terms: Numbers, counts: NDArray[np.int64] | int) -> bytes:
    rows = np.empty(len(terms), dtype=COUNT)
    rows["term"] = terms
    rows["count"] = np.minimum(counts, np.iinfo(np.uint8).max)
    return rows.tobytes()


def word_numbers(text: str) -> Numbers:
    """Return the numbers of a text's words, as of `words`."""
    found = np.fromiter(map(_number, _WORD.findall(text.lower())), dtype=np.int64)
    return np.asarray(found[found != _LEFT_OUT], dtype=np.uint32)


def with_pairs(of_words: Numbers) -> Numbers:
    """Return the numbers of words, and then those of each two that follow each other."""
    return np.asarray(np.concatenate([of_words, of_words[:-1] * _MIX + of_words[1:]]))


def named(text: str) -> dict[int, str]:
    """Return the terms of a text by their numbers, as it has them; stop words are left out before pairing.

    Examples
    --------
    >>> list(named("The queues of messages").values())
    ['queues', 'messages', 'queues messages']
    """
    single = _content(text)
    names = [*single, *(f"{first} {second}" for first, second in pairwise(single))]
    numbers = with_pairs(np.array([_crc(stem(word)) for word in single], dtype=np.uint32))
    return dict(zip(numbers.tolist(), names, strict=True))


_MIX = np.uint32(0x9E3779B1)
_LEFT_OUT = -1


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """Return the number of a word, that of its stem; a stop word is `_LEFT_OUT`."""
    bare = _bare(word)
    return _LEFT_OUT if bare in FUNCTION_WORDS else _crc(stem(bare))


def _crc(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))
