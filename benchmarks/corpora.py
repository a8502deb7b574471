"""Corpora of any size, made from the project's own articles and vocabulary with a seed."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

from conceptgraph.model import Article, Span
from conceptgraph.sources import read_articles

if TYPE_CHECKING:
    from conceptgraph import Vocabulary

ARTICLES = Path(__file__).parents[1] / "articles"


def sentences_of_articles() -> list[str]:
    """Return the sentences of articles/."""
    return [s for a in read_articles([ARTICLES]) for s in re.split(r"(?<=[.!?])\s+|\n+", a.text) if s]


def shuffled_sentences(count: int, characters: int = 1_700, seed: int = 7) -> list[Article]:
    """Return articles of about `characters` each, of sentences of articles/ in random order: much repeated wording."""
    sentences = sentences_of_articles()
    pick = random.Random(seed)
    return [_article(number, sentences, characters, pick) for number in range(count)]


def of_definitions(vocabulary: Vocabulary, count: int, concepts: int, each: int = 12, seed: int = 7) -> list[Article]:
    """Return articles that speak of `each` of the first `concepts` concepts of the vocabulary, picked at random."""
    pick = random.Random(seed)
    known = [concept for concept in vocabulary.values() if not concept.name.endswith(")")][:concepts]
    articles = []
    for number in range(count):
        chosen = pick.sample(known, min(each, len(known)))
        body = "\n\n".join(f"{concept.name}: {concept.definition}" for concept in chosen)
        title = f"{chosen[0].name} and {chosen[-1].name}"
        span = Span(start=0, end=len(title), kind="title")
        articles.append(Article(id=f"a{number:06}", title=title, text=f"{title}\n\n{body}", spans=(span,)))
    return articles


def _article(number: int, sentences: list[str], characters: int, pick: random.Random) -> Article:
    text = ""
    while len(text) < characters:
        text += pick.choice(sentences) + pick.choice([" ", " ", " ", "\n\n"])
    return Article(id=f"a{number:06}", title="A", text=text)
