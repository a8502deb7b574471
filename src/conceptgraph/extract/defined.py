"""Terms that an article defines together with their short form: "Time-based One-Time Password (TOTP)".

After Schwartz and Hearst (2003), as in `conceptgraph.extract.abbreviations`, where long forms that the vocabulary does
not have are looked for too: of the words before the bracket the fewest that the short form abbreviates.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conceptgraph.extract.abbreviations import abbreviates, bare

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 90
"""How many characters before a bracket are looked at for a long form."""
_BRACKET = re.compile(r"\(([A-Za-z][^()\n]{1,69})\)")
_SHORT = re.compile(r"[A-Z][A-Za-z&/.-]{1,9}")
_SHORT_BEFORE = re.compile(r"(?<![\w-])([A-Z][A-Za-z&/.-]{1,9}) $")
_ENDS = re.compile(r"[\n.,;:()“”\"]")
_WORD = re.compile(r"(?<![\w-])\w")


def defined(text: str) -> Iterator[tuple[str, str]]:
    """Yield (long form, short form) of each term that the text defines so.

    Examples
    --------
    >>> list(defined("It checks the Time-based One-Time Password (TOTP). An RTO (Recovery Time Objective) is set."))
    [('Time-based One-Time Password', 'TOTP'), ('Recovery Time Objective', 'RTO')]
    """
    for bracket in _BRACKET.finditer(text):
        at, inside = bracket.start(), bracket[1]
        if _SHORT.fullmatch(inside):
            short = bare(inside)
            before = _ENDS.split(text[max(0, at - MOST) : at])[-1].rstrip()
            # From the last word to more, as many as there are letters, and some for "of" and "the".
            starts = [word.start() for word in _WORD.finditer(before)][: -len(short) - 4 : -1]
            long = next((before[start:] for start in starts if _of_it(short, before[start:])), None)
            if long:
                yield long, short
        elif inside[0].isupper() and not _ENDS.search(inside):
            found = _SHORT_BEFORE.search(text, max(0, at - 14), at)
            if found and _of_it(bare(found[1]), inside):
                yield inside, bare(found[1])


def _of_it(short: str, long: str) -> bool:
    """Whether one abbreviates the other, both begin with one letter, and the short form is more than a name."""
    begins = short[0].casefold() == long[0].casefold()
    return begins and sum(sign.isupper() for sign in short) > 1 and abbreviates(short, long)
