"""Why words mean a concept, or do not."""

from __future__ import annotations

import pytest

from conceptgraph import Vocabulary
from conceptgraph.extract import extract
from conceptgraph.extract.reasons import Reason, why
from conceptgraph.model import Concept, Fact, Label
from tests.conftest import article

GIT = Label(text="commit", prior=0.2, cued=0.9, seen=(1, 5), seen_cued=(9, 10), cues=("branch", "merge"))
WORLD = Vocabulary.of(
    [
        Concept(id="git-commit", labels=(GIT,), kind="technology"),
        Concept(
            id="db-commit",
            labels=(Label(text="commit", prior=0.6),),
            kind="technology",
            facts=(Fact(kind="related", target="lock", reason=""),),
        ),
        Concept(id="lock", labels=(Label(text="lock", prior=0.95),), kind="technology"),
        Concept(id="group-commit", labels=(Label(text="group commit", prior=0.9),), kind="technology"),
        Concept(id="lock-group", labels=(Label(text="lock group", prior=0.85),), kind="technology"),
        Concept(id="go", labels=(Label(text="Go", case="exact", prior=0.9),), kind="language_format"),
        Concept(id="host", labels=(Label(text="host", prior=0.3), Label(text="node", prior=0.45)), kind="technology"),
        Concept(id="rare", labels=(Label(text="rare thing", prior=0.1),), kind="technology"),
        Concept(id="caa", labels=(Label(text="certain access"),), kind="technology"),
    ]
)


def reasons(text: str, concept: str) -> list[Reason]:
    return why(article(text), WORLD, concept)


@pytest.mark.parametrize(
    ("text", "concept", "linked", "confidence", "because"),
    [
        ("A commit on a branch.", "git-commit", 1, 0.9, "with branch in the article; it did in 9 of 10 labelled"),
        ("A commit.", "git-commit", 0, 0.2, "without its cues in the article; it did in 1 of 5 labelled"),
        ("A commit.", "git-commit", 0, 0.2, "too seldom to look at it"),
        ("A commit on a branch.", "db-commit", 0, 0.6, "rather means commit in this article"),
        ("A commit.", "db-commit", 1, 0.6, "It stands free."),
        ("Host: it answers.", "host", 1, 0.74, "It is presented"),
        ("A lock, hosts, a key.", "host", 1, 0.49, "It stands in a list."),
        ("A lock of commit-based ones.", "db-commit", 0, 0.28, "only as a part of other phrases"),
        ("A lock of commit-based ones.", "db-commit", 0, 0.28, "Of 1 other concepts that are sure here, 1 are related"),
        ("A group commit.", "db-commit", 0, 0.34, "inside “group commit”, which means group commit"),
        ("A lock group commit.", "lock-group", 0, 0.85, "shares words with “group commit”, which means group commit"),
        ("They go.", "go", 0, 0.0, "other letters than the label “Go”"),
        ("A rare thing.", "rare", 0, 0.1, "too seldom"),
    ],
)
def test_what_decided(text: str, concept: str, linked: int, confidence: float, because: str) -> None:
    (reason,) = reasons(text, concept)
    assert (reason.concept, reason.places, reason.linked) == (concept, 1, linked)
    assert reason.confidence == pytest.approx(confidence, abs=0.06)
    assert because in " ".join(reason.because)


def test_another_label_of_the_concept_may_decide() -> None:
    host, node = reasons("A talk host.\n\nNode\n\nIt answers.", "host")
    assert (host.linked, node.linked) == (1, 1)
    assert "Another of its labels stands better" in " ".join(host.because)
    assert "Another of its labels stands better" not in " ".join(node.because)


def test_each_label_has_its_reasons_and_what_is_no_label_too() -> None:
    text = "Certain access (CA) is asked. CA it is, certain access. They go to Go."
    assert [(one.surface, one.places, one.linked) for one in reasons(text, "caa")] == [
        ("Certain access", 2, 2),
        ("CA", 2, 2),
    ]
    (go,) = reasons(text, "go")
    assert (go.surface, go.places, go.linked) == ("go", 2, 1)
    assert not reasons(text, "lock")


def test_what_is_said_is_what_was_done(vocabulary: Vocabulary) -> None:
    text = "# Locks\n\nA lock keeps a row. The host of a database holds the log, a session and a key; it may commit."
    read = extract(article(text), vocabulary)
    for concept in {one.concept for one in read.mentions}:
        said = why(article(text), vocabulary, concept)
        mentions = [one for one in read.mentions if one.concept == concept]
        assert sum(one.linked for one in said) == len(mentions)
        assert max(one.confidence for one in said) == pytest.approx(max(one.confidence for one in mentions), abs=0.01)


def test_a_decision_of_ones_own(vocabulary: Vocabulary) -> None:
    own = Vocabulary.of(vocabulary[id_] for id_ in ("apache-kafka",))
    own.not_in = {"apache-kafka": frozenset({"a"})}
    (reason,) = why(article("Kafka is fast."), own, "apache-kafka")
    assert reason.linked == 0
    assert "A decision of your own keeps the concept out of this article." in reason.because
