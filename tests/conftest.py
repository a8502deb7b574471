from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from conceptgraph import Vocabulary, load_vocabulary
from conceptgraph.model import Article, Concept, Fact, Label

settings.register_profile("unhurried", deadline=None)  # machines are noisy, and no test looks at the clock
settings.load_profile("unhurried")

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "articles"


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The built-in vocabulary."""
    return load_vocabulary()


@pytest.fixture
def small() -> Vocabulary:
    """Five concepts with every kind of policy."""
    return Vocabulary.of(
        [
            Concept(
                id="apache-kafka",
                labels=(Label(text="Apache Kafka"), Label(text="Kafka")),
                kind="technology",
                definition="Distributed log that keeps ordered records for many readers.",
                facts=(Fact(kind="broader", target="message-queue"),),
            ),
            Concept(
                id="message-queue",
                labels=(Label(text="Message queue"), Label(text="queue")),
                kind="architecture_pattern",
            ),
            Concept(
                id="go",
                labels=(Label(text="Go", case="exact", prior=0.3, cues=("golang", "goroutine")),),
                kind="language_format",
            ),
            Concept(
                id="replication",
                labels=(Label(text="Replication"), Label(text="replicate", pos="verb")),
                kind="architecture_pattern",
            ),
            Concept(id="c-plus-plus", labels=(Label(text="C++"),), kind="language_format"),
        ]
    )


def article(text: str, **given: object) -> Article:
    """Return an article of plain text."""
    return Article(**{"id": "a", "title": "A", "text": text, **given})  # type: ignore[arg-type]


def chromium() -> str:
    """Return Chromium's path; skip without it, except in CI, where it must be there."""
    found = next((path for path in ("/usr/bin/chromium", "/usr/bin/google-chrome") if Path(path).exists()), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium, and CI must have one")
        pytest.skip("there is no Chromium (Debian: apt-get install chromium)")
    return found
