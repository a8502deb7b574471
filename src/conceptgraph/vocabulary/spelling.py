"""Other spellings of a label, by rule: prefixes, British and American letters, numbers, "and"."""

from __future__ import annotations

import re

_PREFIX = "anti|bi|cyber|geo|hyper|meta|micro|mis|multi|non|over|post|pre|re|semi|sub|un"
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_AS_FIGURE = {word: str(number) for number, word in enumerate(_NUMBERS, 1)}
_RULES = (
    (re.compile(rf"(?<![\w-])({_PREFIX})-(?=[a-z]{{3}})", re.IGNORECASE), r"\1"),
    # Few words that begin with the letters of the other prefixes have them ("report", "until").
    (re.compile(r"(?<![\w-])(anti|cyber|geo|hyper|meta|micro|multi|non|semi)(?=[a-z]{4})", re.IGNORECASE), r"\1-"),
    (re.compile(r"(?<=[a-z]{3})iz(?=(?:e[ds]?|ers?|ing|ations?)\b)"), "is"),
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e[ds]?|ers?|ing|ations?)\b)"), "iz"),
    (re.compile(r"\b(behavi|col|fav|neighb)or", re.IGNORECASE), r"\1our"),
    (re.compile(r"\b(behavi|col|fav|neighb)our", re.IGNORECASE), r"\1or"),
    (re.compile(r"\bcenter", re.IGNORECASE), "centre"),
    (re.compile(r"\bcentre", re.IGNORECASE), "center"),
    (re.compile(" and "), " & "),
    (re.compile(" & "), " and "),
)
_FIGURES = re.compile(rf"(?<![\w-])(?:{'|'.join(_NUMBERS)})(?=-)", re.IGNORECASE)


def spellings(text: str) -> tuple[str, ...]:
    """Return other ways to spell a label, each of which differs from it in one thing.

    Examples
    --------
    >>> spellings("multi-tenant cluster"), spellings("Data center"), spellings("two-phase commit"), spellings("replica")
    (('multitenant cluster',), ('Data centre',), ('2-phase commit',), ())
    """
    variants = [pattern.sub(instead, text) for pattern, instead in _RULES]
    variants.append(_FIGURES.sub(lambda word: _AS_FIGURE[word[0].lower()], text))
    return tuple(variant for variant in dict.fromkeys(variants) if variant != text)
