"""The technique ``known``: labels of the vocabulary."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from conceptgraph.extract.matcher import Matcher
from conceptgraph.model import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conceptgraph.model import Article
    from conceptgraph.vocabulary import Vocabulary

NAME = "known"


@lru_cache(maxsize=4)
def matcher(vocabulary: Vocabulary) -> Matcher:
    """Return the vocabulary's matcher, made once."""
    return Matcher(vocabulary)


def find_known(article: Article, vocabulary: Vocabulary, mentions: Sequence[Mention] = ()) -> list[Mention]:
    """Return the mentions found so far and one for each label of the vocabulary that stands in the article.

    Parameters
    ----------
    article
        The article to read.
    vocabulary
        The concepts to look for.
    mentions
        What earlier techniques found; kept as they are.
    """
    text, id_ = article.text, article.id
    found = [
        Mention(id_, concept, start, end, text[start:end], NAME, confidence)  # by position: names take twice as long
        for start, end, concept, confidence in matcher(vocabulary).find(text, article.spans)
    ]
    return [*mentions, *found] if mentions else found
