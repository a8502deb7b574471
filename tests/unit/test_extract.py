from __future__ import annotations

import pytest

from conceptgraph import Vocabulary
from conceptgraph.extract import extract
from conceptgraph.extract.matcher import FEW, Matcher
from conceptgraph.extract.quotes import article_quotes, quoted
from conceptgraph.extract.report import report, surfaces
from conceptgraph.extract.sentences import Sentences
from conceptgraph.model import Concept, Label, Span
from conceptgraph.sources.markdown import parse
from conceptgraph.vocabulary import load_vocabulary
from tests.conftest import article


def found(text: str, vocabulary: Vocabulary, spans: tuple[Span, ...] = ()) -> list[tuple[str, str]]:
    return [(m.surface, m.concept) for m in extract(article(text, spans=spans), vocabulary).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apache Kafka is not Kafkaesque.", [("Apache Kafka", "apache-kafka")]),
        ("Kafka's log, (Kafka), “Kafka”.", [("Kafka", "apache-kafka")] * 3),
        ("Apache Kafka® and Kafka™", [("Apache Kafka", "apache-kafka"), ("Kafka", "apache-kafka")]),
        ("kafka-based message-queues", [("kafka", "apache-kafka"), ("message-queues", "message-queue")]),
        ("data is replicated, replicating", [("replicated", "replication"), ("replicating", "replication")]),
        ("C++ or C, in C++17", [("C++", "c-plus-plus")]),
        ("see https://kafka.apache.org/queue and kafka@example.org", []),
        ("message, queue", [("queue", "message-queue")]),
        ("message. Queue", [("Queue", "message-queue")]),
        ("my_queue kafka.conf", []),
    ],
)
def test_boundaries(text: str, expected: list[tuple[str, str]], small: Vocabulary) -> None:
    assert found(text, small) == expected


def test_ambiguous_labels_need_a_cue(small: Vocabulary) -> None:
    assert found("Go there. Let it go.", small) == []
    assert found("Go has a goroutine; let it go.", small) == [("Go", "go")]


def test_one_of_two_senses() -> None:
    both = Vocabulary.of(
        [
            Concept(id="disk", labels=(Label(text="partition", prior=0.4, cues=("disk",)),), kind="technology"),
            Concept(id="shard", labels=(Label(text="partition", prior=0.4, cues=("database",)),), kind="technology"),
        ]
    )
    assert found("A partition of a disk.", both) == [("partition", "disk")]
    assert found("A partition of the database.", both) == [("partition", "shard")]
    assert found("A partition.", both) == []


def test_more_cues_outweigh_one() -> None:
    git = Label(text="commit", prior=0.45, cues=("git", "branch"))
    database = Label(text="commit", prior=0.4, cues=("transaction", "rollback", "locks"))
    both = Vocabulary.of(
        [
            Concept(id="in-git", labels=(git,), kind="technology"),
            Concept(id="in-database", labels=(database,), kind="technology"),
        ]
    )
    assert found("A commit of a transaction in git.", both) == [("commit", "in-git")]
    assert found("Each commit frees the locks of its transaction; git has a commit too.", both) == [
        ("commit", "in-database"),
        ("commit", "in-database"),
    ]


def test_code_blocks_are_passed_over_and_code_in_a_sentence_is_not(small: Vocabulary) -> None:
    text = "kafka start\n\nUse kafka here."
    block, code = Span(start=0, end=11, kind="code_block"), Span(start=17, end=22, kind="code")
    assert found(text, small, (block, code)) == [("kafka", "apache-kafka")]
    assert extract(article(text, spans=(block,)), small).mentions[0].start == 17


def test_longest_label_that_stands_wins() -> None:
    nested = Vocabulary.of(
        [
            Concept(id="hash", labels=(Label(text="hashing"),), kind="technology"),
            Concept(id="ring", labels=(Label(text="consistent hashing ring", prior=0.1),), kind="technology"),
            Concept(id="consistent", labels=(Label(text="consistent hashing"),), kind="technology"),
        ]
    )
    assert found("A consistent hashing ring.", nested) == [("consistent hashing", "consistent")]


def test_of_two_labels_that_share_a_word_the_surer_stands_where_another_covers_the_rest() -> None:
    names = {
        "raft": 0.97,
        "raft leader": 0.8,
        "leader election": 0.95,
        "api": 0.9,
        "api key": 0.99,
        "key generation": 0.9,
    }
    crossed = Vocabulary.of(
        Concept(id=text.replace(" ", "-"), labels=(Label(text=text, prior=prior),), kind="technology")
        for text, prior in names.items()
    )
    assert found("The Raft leader election.", crossed) == [("Raft", "raft"), ("leader election", "leader-election")]
    assert found("The Raft leader.", crossed) == [("Raft leader", "raft-leader")]
    assert found("An API key generation.", crossed) == [("API key", "api-key")]
    assert found("The best leader election.", crossed) == [("leader election", "leader-election")]


def test_the_first_texts_are_searched_as_the_later_ones_are(vocabulary: Vocabulary) -> None:
    text = "\n".join(concept.definition for concept in list(vocabulary.values())[::300])
    matcher = Matcher(vocabulary)
    first, *others = [matcher.find(text) for _ in range(FEW + 2)]
    assert len(first) > 20
    assert others == [first] * (FEW + 1)


def test_surfaces_are_the_text(vocabulary: Vocabulary) -> None:
    text = "İ Kafka 🙂 and Bloom filters—twice: Bloom filters, ＫＡＦＫＡ"
    extraction = extract(article(text), vocabulary)
    assert extraction.mentions
    for mention in extraction.mentions:
        assert text[mention.start : mention.end] == mention.surface


def test_a_name_and_its_short_form_are_one_more_surface() -> None:
    words = ("continuous integration", "CI")
    ci = Concept(id="ci", labels=tuple(Label(text=text) for text in words), kind="practice_field")
    other = Concept(id="lint", labels=(Label(text="lint"),), kind="practice_field")
    read = extract(
        article("Continuous integration (CI), lint (CI) and CI (continuous integration"), Vocabulary.of([ci, other])
    )
    assert surfaces(read, {}) == {
        "ci": ["Continuous integration", "CI", "continuous integration", "Continuous integration (CI)"],
        "lint": ["lint"],
    }
    (row,) = (each for each in report(read, {"ci": ci, "lint": other})["concepts"] if each["id"] == "ci")
    assert "Continuous integration (CI)" in row["surfaces"]


def test_a_name_inside_a_longer_one_of_the_same_concept_is_one_more_surface() -> None:
    cache = Concept(id="cache", labels=(Label(text="cache"), Label(text="cache layer")), kind="architecture_pattern")
    vocabulary = Vocabulary.of([cache])
    read = extract(article("A cache layer."), vocabulary)
    assert surfaces(read, vocabulary) == {"cache": ["cache layer", "cache"]}


def test_letters_that_imitate_bold_are_letters(small: Vocabulary) -> None:
    assert found("𝐀𝐩𝐚𝐜𝐡𝐞 𝗞𝗮𝗳𝗸𝗮", small) == [("𝐀𝐩𝐚𝐜𝐡𝐞 𝗞𝗮𝗳𝗸𝗮", "apache-kafka")]


def test_weight_and_core(small: Vocabulary) -> None:
    text = "Kafka\n\nKafka: a log. Kafka is fast, Kafka scales.\n\nOther things use a queue."
    spans = (Span(start=0, end=5, kind="title"), Span(start=7, end=12, kind="emphasis"))
    kafka, queue = extract(article(text, spans=spans), small).concepts
    assert (kafka.concept, kafka.core) == ("apache-kafka", True)
    assert (queue.concept, queue.core) == ("message-queue", False)
    assert 0 < queue.weight < kafka.weight < 1


def test_hostile_text_takes_no_longer_than_it_must(small: Vocabulary) -> None:
    """Each of these took minutes where a pattern went over the text again and again."""
    many = ("https://example.org/x " * 20_000, "Odin is a platform. " * 5_000, "AB (CD) " * 20_000, "(" * 100_000)
    for text in ("a" * 200_000 + " x@example.org", *many):
        assert isinstance(found(text, small), list)


def test_empty_vocabulary() -> None:
    assert found("Kafka", Vocabulary.of([])) == []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It uses e.g. Kafka. Next.", ["It uses e.g. Kafka.", "Next."]),
        ("Node.js 3.5 is out. “Good.” Yes.", ["Node.js 3.5 is out.", "“Good.”", "Yes."]),
        ("A heading\n\nA text", ["A heading", "A text"]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    at = Sentences(text)
    assert [at.quote(text.index(sentence), text.index(sentence) + 1) for sentence in sentences] == sentences


def test_a_quote_is_one_line() -> None:
    # tests/web/quotes.test.mjs holds the page to the same.
    text = " a\x1cb\x85c\ufeffd\u3000e "
    assert quoted(text, 0, len(text)) == "a b c\ufeffd e"


def test_a_row_of_a_table_is_quoted_only_where_nothing_else_is() -> None:
    table = "| store | what |\n|---|---|\n| Cassandra | a wide-column database on a ring of nodes |\n"
    text = f"{table}\nWe have put Cassandra first in every list.\n"
    read = extract(parse(text, article(""), fallback_title="Stores"), load_vocabulary())
    assert (
        article_quotes(read.article, read.mentions)["apache-cassandra"].sentence
        == "We have put Cassandra first in every list."
    )
