"""The technique ``coordination``: "vertical and horizontal scaling" speaks of vertical scaling too."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from conceptgraph.model import Mention
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.readings import ACCEPT, NOTHING, unpack_reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conceptgraph.model import Article
    from conceptgraph.vocabulary import Vocabulary

NAME = "coordination"
_JOINTS = (" and ", " or ", " & ", "/")
# What may stand before "B head": "A and ", "A, C, or ", "A/".
_BEFORE = re.compile(r"(?<![\w-])((?:[A-Za-z][\w-]+, )*[A-Za-z][\w-]+)(?:,? (?:and|or|&) |/)$")


def find_coordinated(article: Article, vocabulary: Vocabulary, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, and one for each word that shares the head of a compound behind it.

    In "A and B head", where "B head" was found and "A head" is a label that needs no cue, "A" is a mention of that.

    Parameters
    ----------
    article
        The article to read.
    vocabulary
        Says whether the joined words are a label.
    mentions
        What was found so far.
    """
    text = article.text
    found = [
        one
        for mention in mentions
        if (" " in mention.surface or "-" in mention.surface) and text.endswith(_JOINTS, 0, mention.start)
        for one in _shared(article, vocabulary, mention)
    ]
    if not found:
        return list(mentions)
    taken = {offset for mention in mentions for offset in range(mention.start, mention.end)}
    return sorted([*mentions, *(one for one in found if one.start not in taken)], key=lambda mention: mention.start)


def _shared(article: Article, vocabulary: Vocabulary, mention: Mention) -> Iterator[Mention]:
    start = mention.start
    words = re.split(r"[ -]", mention.surface)
    before = _BEFORE.search(article.text, max(0, start - 40), start)
    if not before:
        return
    for word in re.finditer(r"[\w-]+", before[1]):
        row = vocabulary.readings.get(normal_form(f"{word[0]} {' '.join(words[1:])}").strip())
        reading = unpack_reading(json.loads(row)[0]) if row and row != NOTHING else None
        if reading and reading.surfaces is None and reading.plain >= ACCEPT and reading.concept != mention.concept:
            start = before.start(1) + word.start()
            yield Mention(
                article=article.id,
                concept=reading.concept,
                start=start,
                end=start + len(word[0]),
                surface=word[0],
                technique=NAME,
                confidence=round(reading.plain * mention.confidence, 3),
            )
