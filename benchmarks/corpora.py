"""Corpora of any size, made from the project's own articles and vocabulary with a seed."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.cooccurrence import co_occurrences
from conceptgraph.model import Article, ArticleConcept, Records, Relation, Span
from conceptgraph.sources import read_articles

if TYPE_CHECKING:
    import numpy.typing as npt

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


def with_communities(
    vocabulary: Vocabulary, nodes: int, each: int = 8, *, share: float = 0.3, seed: int = 7
) -> Records:
    """Return records of about `nodes` nodes, a `share` of them concepts, `each` concepts an article, in topics.

    Topics lie on a ring; concepts are the rarer the later they stand in theirs (Zipf's law). An article takes most of
    its concepts from its own topic, some from the next ones, and a few from what the whole field speaks of. Names are
    the vocabulary's; co-occurrence is computed as in a build, and most concepts are a kind of their topic's first.
    There are no texts and no mentions.
    """
    pick = np.random.default_rng(seed)
    named = list(vocabulary.values())
    of = [named[i] for i in sorted(pick.choice(len(named), round(nodes * share), replace=False).tolist())]
    topics = max(4, round(len(of) ** 0.5 / 2.5))
    topic_of = pick.integers(0, topics, len(of))
    chances = [_chances(topic_of, home, topics) for home in range(topics)]
    articles, rows = [], []
    for number in range(nodes - len(of)):
        chance = chances[int(pick.integers(0, topics))]
        found = pick.choice(len(of), min(each, np.count_nonzero(chance)), replace=False, p=chance).tolist()
        title = f"{of[found[0]].name} and {of[found[-1]].name}"
        articles.append(Article(id=f"a{number:06}", title=title, text=""))
        weights = sorted(pick.beta(1.2, 2.5, len(found)).tolist(), reverse=True)
        for at, weight in zip(found, weights, strict=True):
            row = ArticleConcept(
                article=f"a{number:06}", concept=of[at].id, weight=round(max(weight, 0.01), 3), core=weight > 0.5
            )
            rows.append(row)
    mentioned = {row.concept for row in rows}
    concepts = tuple(replace(concept, facts=()) for concept in of if concept.id in mentioned)
    facts = _kinds([concept.id for concept in of], topic_of.tolist(), mentioned)
    relations = (*facts, *co_occurrences(rows))
    return Records(
        build=f"made-{nodes}-{each}-{seed}",
        articles=tuple(articles),
        concepts=tuple(sorted(concepts, key=lambda concept: concept.id)),
        article_concepts=tuple(rows),
        relations=tuple(sorted(relations, key=lambda each: (each.kind, each.source, each.target))),
    )


def _chances(topic_of: npt.NDArray[np.int64], home: int, topics: int) -> npt.NDArray[np.float64]:
    """Return how likely an article of a topic is to take each concept."""
    nearness = np.array([8.0, 1.0, 0.2] + [0.0] * topics)
    apart = np.abs(topic_of - home)
    chance = nearness[np.minimum(np.minimum(apart, topics - apart), 3)]
    for topic in range(topics):
        members = np.flatnonzero(topic_of == topic)
        chance[members] /= 4.0 + np.arange(len(members))
    chance[: max(3, len(topic_of) // 200)] += 0.05  # what everybody speaks of
    return np.asarray(chance / chance.sum())


def _kinds(ids: list[str], topic_of: list[int], mentioned: set[str]) -> list[Relation]:
    first: dict[int, str] = {}
    facts = []
    for number, (id_, topic) in enumerate(zip(ids, topic_of, strict=True)):
        if id_ not in mentioned:
            continue
        if topic in first and number % 3:
            facts.append(Relation(source=id_, target=first[topic], kind="broader", confidence=1.0))
        first.setdefault(topic, id_)
    return facts
