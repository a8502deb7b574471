from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import sparse

from conceptgraph import InputError, StoreError, Vocabulary
from conceptgraph.extract.terms import COUNT, counted, listed, named, words
from conceptgraph.model import Article, Concept, Label, Records
from conceptgraph.pipeline import link, read
from conceptgraph.relatedness import (
    MEASURES,
    RelatednessIndex,
    build_index,
    reasons,
    related,
    related_concepts,
)
from conceptgraph.relatedness.diversity import diversified
from conceptgraph.relatedness.fusion import shares
from conceptgraph.relatedness.latent import LEARNED, latent_vectors
from conceptgraph.relatedness.measures import CANDIDATES, by_walk, largest
from conceptgraph.relatedness.random_walk import transitions, walk
from conceptgraph.relatedness.stored import stored_index
from conceptgraph.relatedness.tfidf import count_matrix, csr, heaviest, tfidf, unit_rows, without_rare
from tests.conftest import ARTICLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from conceptgraph.relatedness.tfidf import Matrix


@pytest.fixture(scope="module")
def records(vocabulary: Vocabulary) -> Records:
    return link(read([ARTICLES]).articles, vocabulary)


@pytest.fixture(scope="module")
def index(records: Records) -> RelatednessIndex:
    return build_index(records)


def of(vocabulary: Vocabulary, *texts: str) -> Records:
    """Return the records of articles a, b, c … with these texts."""
    articles = [Article(id=chr(97 + at), title=text.split(".")[0], text=text) for at, text in enumerate(texts)]
    return link(articles, vocabulary)


def counts(data: bytes) -> dict[int, int]:
    rows = np.frombuffer(data, dtype=COUNT)
    return dict(zip(rows["term"].tolist(), rows["count"].tolist(), strict=True))


def of_counts(*rows: dict[int, int]) -> list[bytes]:
    return [np.array(list(row.items()), dtype=COUNT).tobytes() for row in rows]


def dense(matrix: list[list[float]]) -> Matrix:
    return csr_of(np.array(matrix))


def csr_of(matrix: NDArray[np.float64]) -> Matrix:
    rows, columns = np.nonzero(matrix)
    starts = np.concatenate([[0], np.cumsum(np.count_nonzero(matrix, axis=1))])
    return csr(matrix[rows, columns], columns, starts, matrix.shape)


def test_terms_are_words_and_pairs() -> None:
    assert list(named("The queues of messages").values()) == ["queues", "messages", "queues messages"]
    (kafka,) = named("Kafka")
    assert counts(counted("Kafka", "Kafka is a log."))[kafka] == 3
    assert counts(counted("Kafka", "It is a log by Kafka."))[kafka] == 4
    assert sum(counts(counted("", "thats uses")).values()) == 1  # "that" and "uses" are stop words, "thats" is none
    assert counts(counted("", "log " * 1000))[next(iter(named("log")))] == 255
    assert counts(listed("Kafka logs")).keys() == {*named("Kafka"), *named("log")}


def test_contractions_and_function_words_are_no_terms() -> None:
    text = "Nobody can't read what won’t load; it's five, we'll see a second. Don't."
    assert words(text) == ["read", "load"]
    assert words("Raft's leader, the client’s log and O'Reilly's books") == [
        "raft", "leader", "client", "log", "o'reilly", "book",
    ]  # fmt: skip


def test_every_counted_term_has_a_name() -> None:
    text = "Raft's leaders' logs and C++ servers don't; “thats” naïve, Node.js, 3.8 million, \ud800 and ss"
    assert counts(counted("", text)).keys() == named(text).keys()


def test_count_matrix_puts_each_count_in_its_place() -> None:
    found, terms = count_matrix(of_counts({7: 2, 4_000_000_000: 1}, {}, {7: 1, 3: 5}))
    assert terms.tolist() == [3, 7, 4_000_000_000]
    assert found.toarray().tolist() == [[0, 2, 1], [0, 0, 0], [5, 1, 0]]
    assert count_matrix([])[0].shape == (0, 0)


def test_tfidf_by_hand() -> None:
    counts, columns = count_matrix(of_counts({1: 1, 2: 1}, {1: 1}, {1: 1, 3: 2}))
    assert columns.tolist() == [1, 2, 3]
    found = tfidf(counts).toarray()
    common, rare = np.log(2) * 1.0, np.log(2) * (np.log(2) + 1)
    assert found[0] == pytest.approx(np.array([common, rare, 0]) / np.hypot(common, rare))
    assert found[1] == pytest.approx([1, 0, 0])
    kept, left = without_rare(counts, columns)
    assert left.tolist() == [1]
    assert kept.toarray().tolist() == [[1], [1], [1]]


def test_heaviest_keeps_the_largest_and_breaks_ties_by_column() -> None:
    matrix = dense([[1, 3, 2], [1, 1, 1], [0, 0, 0], [2, 1, 1]])
    assert heaviest(matrix, 2).toarray().tolist() == [[0, 3, 2], [1, 1, 0], [0, 0, 0], [2, 1, 0]]
    backwards = csr([1, 1, 1], [2, 1, 0], [0, 3], (1, 3))
    assert heaviest(backwards, 2).toarray().tolist() == [[1, 1, 0]]


def test_latent_vectors_are_those_of_the_singular_value_decomposition() -> None:
    given = np.random.default_rng(3).random((12, 20)) * np.outer(np.ones(12), 0.7 ** np.arange(20))
    left, singular, _ = np.linalg.svd(given)
    exact = left[:, :3] * singular[:3]
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    found = latent_vectors(csr_of(given), 3)
    assert found @ found.T == pytest.approx(exact @ exact.T, abs=1e-3)
    assert latent_vectors(unit_rows(csr_of(given)), 0).shape == (12, 0)


def test_articles_beyond_the_sample_are_put_into_its_space() -> None:
    pick = np.random.default_rng(4)
    fields = pick.random((3, 12)) ** 4
    given = fields[pick.integers(0, 3, 2 * LEARNED)] * pick.random((2 * LEARNED, 12))
    sampled = latent_vectors(csr_of(given), 3)
    left, singular, _ = np.linalg.svd(given, full_matrices=False)
    exact = left[:, :3] * singular[:3]
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    some = pick.integers(0, 2 * LEARNED, 200)
    assert np.abs(sampled[some] @ sampled[some].T - exact[some] @ exact[some].T).mean() < 0.05


def test_the_walk_by_hand() -> None:
    # A path 0 – 1 – 2: from 0 one step leads to 1; the second back, or on to 2.
    step = transitions(np.array([[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]]), nearest=1)
    assert step == pytest.approx(np.array([[0, 1, 0], [0.5, 0, 0.5], [0, 1, 0]]))
    found = walk(step, 0, restart=0.5, steps=2)
    assert found == pytest.approx([0, 0.25, 0.125])


def test_the_walk_stays_among_those_most_like_the_article(records: Records, index: RelatednessIndex) -> None:
    many = RelatednessIndex(
        build="",
        terms=index.terms,
        words=sparse.csr_array(sparse.vstack([index.words] * 3)),
        concepts=sparse.csr_array(sparse.vstack([index.concepts] * 3)),
        latent=np.vstack([index.latent] * 3),
        spread=index.spread,
    )
    reached = np.flatnonzero(by_walk(many, 5))
    assert 0 < len(reached) <= CANDIDATES
    alike = many.alike([5])[0]
    alike[5] = 0
    assert set(reached.tolist()) <= set(largest(alike, CANDIDATES).tolist())
    count = len(records.articles)
    assert {5 + count, 5 + 2 * count} <= set(reached.tolist())  # its own copies


def test_largest_breaks_ties_by_position() -> None:
    scores = np.array([0, 2, 1, 2, 1, 1], dtype=np.float32)
    assert largest(scores, 4).tolist() == [1, 2, 3, 4]
    assert largest(scores, 9).tolist() == list(range(6))
    assert largest(scores, 0).tolist() == []


def test_scores_of_a_few_are_those_of_all(index: RelatednessIndex) -> None:
    some = np.array([3, 8, 21])
    assert index.among(some) == pytest.approx(index.alike(some)[:, some], abs=1e-5)
    assert np.vstack([index.alike([at])[0] for at in some]) == pytest.approx(index.alike(some), abs=1e-6)


def test_shares_sum_to_one_and_leave_out_what_does_not_vary() -> None:
    assert shares(np.array([0.1, 0.2, 0.2]), (1.0, 1.0, 0.5)) == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert shares(np.array([0.1, 0.0, 0.1]), (1.0, 1.0, 1.0)) == pytest.approx([0.5, 0, 0.5])
    assert shares(np.zeros(3)).tolist() == [0, 0, 0]


def test_diversity_passes_over_what_is_like_the_first() -> None:
    alike = np.array([[1, 0.99, 0.1], [0.99, 1, 0.1], [0.1, 0.1, 1]])
    scores = np.array([0.9, 0.89, 0.5], dtype=np.float32)
    assert diversified(scores, alike, diversity=0.0) == [0, 1, 2]
    assert diversified(scores, alike, diversity=0.5) == [0, 2, 1]


def test_related_articles_of_one_subject_come_first(vocabulary: Vocabulary) -> None:
    records = of(
        vocabulary,
        "Kafka keeps messages. Apache Kafka is a message broker that keeps messages in a log.",
        "RabbitMQ in use. RabbitMQ is a message broker that routes messages to queues.",
        "Baking bread. Flour, water, salt and yeast make a dough that must rest for hours.",
        "A sourdough. Flour and water make a dough without yeast that must rest for days.",
    )
    index = build_index(records)
    assert [each.article for each in related(records, index, "a", k=1)] == ["b"]
    assert [each.article for each in related(records, index, "c", k=1)] == ["d"]


def test_none_ranks_all_others_and_options_hold(records: Records, index: RelatednessIndex) -> None:
    ids = {article.id for article in records.articles}
    for measure in MEASURES:
        found = related(records, index, "how-uber-built-odin", k=None, measure=measure)
        assert {each.article for each in found} == ids - {"how-uber-built-odin"}
        scores = [each.score for each in found]
        assert scores == sorted(scores, reverse=True)
    best = related(records, index, "how-uber-built-odin", k=None)
    assert all(each.reasons for each in best)
    least = best[2].score - 1e-4  # scores are rounded
    assert [each.article for each in related(records, index, "how-uber-built-odin", minimum=least)][:3] == [
        each.article for each in best[:3]
    ]
    without = related(records, index, "how-uber-built-odin", k=None, exclude=[best[0].article])
    assert [each.article for each in without] == [each.article for each in best[1:]]
    diverse = related(records, index, "how-uber-built-odin", k=None, diversity=1.0)
    assert {each.article for each in diverse} == {each.article for each in best}
    assert diverse[0].article == best[0].article or diverse[0].score <= best[0].score


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"k": 0}, "k: 0 is no number"),
        ({"measure": "magic"}, "there is no 'magic'; use one of fusion, words"),
        ({"diversity": 1.5}, "diversity: 1.5 is out of range"),
        ({"diversity": float("nan")}, "diversity: nan is out of range"),
        ({"minimum": float("nan")}, "minimum: nan is out of range"),
    ],
)
def test_options_out_of_range(
    records: Records, index: RelatednessIndex, option: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        related(records, index, "how-uber-built-odin", **option)  # type: ignore[arg-type]


def test_index_is_deterministic_and_survives_storage(records: Records, index: RelatednessIndex) -> None:
    data = index.to_bytes()
    assert build_index(records).to_bytes() == data
    loaded = RelatednessIndex.from_bytes(data)
    for article in records.articles:
        assert related(records, loaded, article.id, k=None) == related(records, index, article.id, k=None)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 not a zip", b"x" * 100])
def test_damaged_index(records: Records, index: RelatednessIndex, damage: bytes) -> None:
    with pytest.raises(StoreError, match="damaged"):
        RelatednessIndex.from_bytes(damage)
    with pytest.raises(StoreError, match="damaged"):
        RelatednessIndex.from_bytes(index.to_bytes()[:-200])
    assert stored_index(records, damage) is None


def test_an_index_of_another_build_is_not_used(records: Records, index: RelatednessIndex) -> None:
    other = replace(records, build="other")
    with pytest.raises(StoreError, match="another build"):
        related(other, index, "how-uber-built-odin")
    found = stored_index(records, index.to_bytes())
    assert found is not None
    assert found.build == records.build
    assert stored_index(other, index.to_bytes()) is None


def test_reasons_quote_both_articles_and_share_the_score(records: Records, index: RelatednessIndex) -> None:
    texts = {article.id: " ".join(article.text.split()) for article in records.articles}
    kinds = set()
    for at in range(len(records.articles)):
        for other in range(len(records.articles)):
            if other != at:
                found = reasons(records, index, at, other)
                kinds |= {reason.kind for reason in found}
                assert sum(reason.share or 0.0 for reason in found if reason.kind == "concept") <= 1.001
                for reason in found:
                    for quote in reason.quotes:
                        assert all(part in texts[quote.article] for part in quote.sentence.split(" — "))
    assert kinds >= {"link", "concept", "bridge"}


def test_similar_wording_is_said_where_that_is_all() -> None:
    vocabulary = Vocabulary.of([Concept(id="go", labels=(Label(text="Golang"),), kind="language_format")])
    text = "Flour, water, salt and yeast make a dough."
    records = of(vocabulary, f"Bread. {text}", f"Rolls. {text}", "Golang. It compiles.", "Nothing of that sort here.")
    index = build_index(records)
    (reason,) = reasons(records, index, 0, 1)
    assert reason.kind == "wording"
    assert "no shared concept" in reason.text
    assert "“dough”" in reason.text
    (reason,) = reasons(records, index, 0, 3)
    assert reason.kind == "subject"


def test_numbers_letters_and_function_words_are_no_reason() -> None:
    records = of(
        Vocabulary.of([]),
        "Bread. Nobody can't knead 12 doughs x times.",
        "Rolls. Don't let anybody knead a dough of 12 x.",
        "Tea. Boil it.",
    )
    (reason,) = reasons(records, build_index(records), 0, 1)
    assert reason.text == "no shared concept, but words in common: “doughs”, “knead”"


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_tiny_corpora(vocabulary: Vocabulary, count: int) -> None:
    records = of(vocabulary, *["Kafka. Kafka is a log.", "Redis. Redis is a cache.", "Empty."][:count])
    index = RelatednessIndex.from_bytes(build_index(records).to_bytes())
    for article in records.articles:
        found = related(records, index, article.id, k=None)
        assert len(found) == count - 1
        assert all(0 <= each.score <= 1 and each.reasons for each in found)


def test_unknown_article(records: Records, index: RelatednessIndex) -> None:
    with pytest.raises(KeyError):
        related(records, index, "no-such-article")


def test_related_concepts(records: Records) -> None:
    found = related_concepts(records, "apache-kafka", k=None)
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    by_id = {each.concept: each for each in found}
    assert "apache-kafka" not in by_id
    assert by_id["message-broker"].reasons[0].startswith("Apache Kafka is a kind of Message broker")
    assert any("both related to" in reason for each in found for reason in each.reasons)
    assert any("mentioned together" in reason for each in found for reason in each.reasons)
    assert related_concepts(records, "apache-kafka", k=2) == found[:2]
    with pytest.raises(KeyError):
        related_concepts(records, "no-such-concept")
