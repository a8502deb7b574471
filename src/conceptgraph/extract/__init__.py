"""From an article to the concepts that it mentions: one file per technique."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conceptgraph.extract.abbreviations import find_abbreviations
from conceptgraph.extract.coordination import find_coordinated
from conceptgraph.extract.known import find_known
from conceptgraph.extract.new_concepts import describe_new, find_new
from conceptgraph.extract.weight import weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conceptgraph.model import Article, ArticleConcept, Concept, Mention
    from conceptgraph.vocabulary import Vocabulary

__all__ = ["TECHNIQUES", "VERSION", "Extraction", "extract"]

VERSION = 4
"""Changes whenever the same article and vocabulary may give other mentions than before."""

TECHNIQUES: dict[str, Callable[[Article, Vocabulary, Sequence[Mention]], list[Mention]]] = {
    "known": find_known,
    "abbreviations": find_abbreviations,
    "coordination": find_coordinated,
    "new-concepts": find_new,
}
"""Techniques by name, in the order in which they run: each is given what those before it found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was found in one article.

    Parameters
    ----------
    article
        The article.
    mentions
        By position, none overlapping another.
    concepts
        Each mentioned concept with its weight, by falling weight.
    new
        Those that the vocabulary does not have, as the article presents them.
    """

    article: Article
    mentions: tuple[Mention, ...]
    concepts: tuple[ArticleConcept, ...]
    new: tuple[Concept, ...] = ()


def extract(article: Article, vocabulary: Vocabulary) -> Extraction:
    """Return the concepts that an article mentions.

    Parameters
    ----------
    article
        The article to read.
    vocabulary
        The concepts to look for.

    Examples
    --------
    >>> from conceptgraph.model import Article
    >>> from conceptgraph.vocabulary import load_vocabulary
    >>> text = "Cassandra asks a Bloom filter before it reads a file."
    >>> found = extract(Article(id="a", title="A", text=text), load_vocabulary())
    >>> [mention.concept for mention in found.mentions][:2]
    ['apache-cassandra', 'bloom-filter']
    """
    mentions: list[Mention] = []
    for technique in TECHNIQUES.values():
        mentions = technique(article, vocabulary, mentions)
    if vocabulary.not_in:
        mentions = [one for one in mentions if article.id not in vocabulary.not_in.get(one.concept, ())]
    return Extraction(
        article=article,
        mentions=tuple(mentions),
        concepts=tuple(weigh(article, mentions)),
        new=tuple(describe_new(article, mentions)),
    )
