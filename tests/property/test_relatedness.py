from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from conceptgraph import Vocabulary, load_vocabulary
from conceptgraph.model import Article, Records
from conceptgraph.pipeline import link
from conceptgraph.relatedness import MEASURES, build_index, related
from conceptgraph.search import Search

VOCABULARY: Vocabulary = load_vocabulary()
WORDS = [
    "Kafka",
    "Bloom filter",
    "Redis",
    "cache",
    "log",
    "bread",
    "C++",
    "message broker",
    ".",
    "\n\n",
    "🙂",
    "’s",
    "the",
]
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))


def corpus(of: list[str]) -> Records:
    return link([Article(id=f"a{at:03}", title=text[:20], text=text) for at, text in enumerate(of)], VOCABULARY)


@settings(max_examples=30)
@given(st.lists(texts, min_size=1, max_size=12))
def test_scores_are_in_range_and_symmetric_where_due(of: list[str]) -> None:
    index = build_index(corpus(of))
    apart = ~np.eye(len(of), dtype=bool)
    for name, measure in MEASURES.items():
        scores = np.stack([measure(index, at) for at in range(len(of))])
        assert scores.shape == (len(of), len(of))
        assert np.isfinite(scores).all()
        assert (scores[apart] >= 0).all()
        assert (scores[apart] <= 1 + 1e-6).all()
        if name in {"words", "concepts", "latent"}:
            assert np.allclose(scores, scores.T, atol=1e-5)


@settings(max_examples=20)
@given(st.lists(texts, min_size=1, max_size=8))
def test_the_same_articles_give_the_same_answer(of: list[str]) -> None:
    records = corpus(of)
    one, other = build_index(records), build_index(corpus(of))
    assert one.to_bytes() == other.to_bytes()
    for article in records.articles:
        found = related(records, one, article.id, k=None)
        assert found == related(records, other, article.id, k=None)
        assert sorted(each.article for each in found) == [each.id for each in records.articles if each is not article]
        assert all(0 <= each.score <= 1 and each.reasons for each in found)


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_no_query_breaks_the_search(query: str) -> None:
    if any(sign.isalnum() for sign in query):
        for hit in SEARCH(query, k=None):
            assert 0 <= hit.score <= 1


SEARCH = Search(corpus(["Kafka is a log.", "Redis is a cache, and Kafka is not.", "Bread."]))
