"""The technique ``abbreviations``: a short form that the article defines stands for its long form throughout.

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (Pacific
Symposium on Biocomputing 2003): in ``long form (SF)`` or ``SF (long form)`` each letter of the short form is found,
from the right, in the long form, the first at the beginning of a word. Only long forms that are known concepts count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from conceptgraph.extract.occurrences import occurrences
from conceptgraph.extract.taken import Taken
from conceptgraph.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conceptgraph.model import Article
    from conceptgraph.vocabulary import Vocabulary

NAME = "abbreviations"
CONFIDENCE = 0.95
"""How surely a short form means what the article says it does."""
_START = attrgetter("start")
_SHORT_BEHIND = re.compile(r"\s?\(([A-Za-z][\w&/.-]{1,9})\)")
_SHORT_BEFORE = re.compile(r"(?<!\w)([A-Za-z][\w&/.-]{1,9}) \($")


def find_abbreviations(article: Article, vocabulary: Vocabulary, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, and one for each place where a short form stands that the article defines.

    Parameters
    ----------
    article
        The article to read.
    vocabulary
        Not asked: a short form is worth a mention even if the vocabulary knows it for something else.
    mentions
        What was found so far; where a short form was read as something else, that is corrected.
    """
    del vocabulary
    defined = dict(_definitions(article.text, mentions)) if "(" in article.text else None
    if not defined:
        return list(mentions)
    plural = {f"{short}s": concept for short, concept in defined.items() if short.isupper()}
    meant = {**plural, **defined}
    kept = [mention for mention in mentions if meant.get(mention.surface, mention.concept) == mention.concept]
    blocks = [(span.start, span.end) for span in article.spans if span.kind == "code_block"]
    taken = Taken([*blocks, *((mention.start, mention.end) for mention in kept)])
    found = [
        Mention(
            article=article.id,
            concept=concept,
            start=place.start(),
            end=place.end(),
            surface=place[0],
            technique=NAME,
            confidence=CONFIDENCE,
        )
        for short, concept in sorted(defined.items())
        for place in _places(article.text, short)
        if not taken.holds(*place.span())
    ]
    return sorted([*kept, *found], key=lambda mention: mention.start)


def _places(text: str, short: str) -> Iterator[re.Match[str]]:
    """Yield each place where a short form stands as a word, in the plural too."""
    word = re.compile(rf"(?<![\w.-]){re.escape(short)}s?(?![\w-]|\.\w)")
    yield from filter(None, (word.match(text, at) for at in occurrences(text, short)))


def _definitions(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Yield (short form, concept) for each definition in the text."""
    for at in sorted([*occurrences(text, "("), *occurrences(text, ")")]):
        mention = _ending(mentions, at)
        found = None
        if mention and text[at] == "(":
            found = _SHORT_BEHIND.match(text, mention.end)
        elif mention and mention.end == at:
            found = _SHORT_BEFORE.search(text, max(0, mention.start - 14), mention.start)
        if mention and found and abbreviates(bare(found[1]), mention.surface):
            yield bare(found[1]), mention.concept


def _ending(mentions: Sequence[Mention], at: int) -> Mention | None:
    """Return the mention that ends at an offset or one character before it."""
    before = bisect_left(mentions, at, key=_START) - 1
    return mentions[before] if before >= 0 and at - 1 <= mentions[before].end <= at else None


def bare(short: str) -> str:
    """Return a short form without the s of its plural: "APIs" is "API"."""
    return short[:-1] if len(short) > 2 and short.endswith("s") and short[:-1].isupper() else short


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in order, the first at the beginning of a word.

    Parameters
    ----------
    short
        A candidate for a short form: it has a capital, is a single word, and is shorter than the long form's half.
    long
        The words before it.

    Examples
    --------
    >>> abbreviates("CDN", "content delivery network"), abbreviates("CDN", "content network")
    (True, False)
    """
    if not any(sign.isupper() for sign in short) or len(long) < 2 * len(short) or " " not in long.replace("-", " "):
        return False
    letters = [sign.lower() for sign in short if sign.isalnum()]
    at = len(long)
    for number, letter in enumerate(reversed(letters)):
        first = number == len(letters) - 1
        at -= 1
        while at >= 0 and (long[at].lower() != letter or (first and at > 0 and long[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return False
    return True
