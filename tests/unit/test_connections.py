from __future__ import annotations

from itertools import pairwise

import pytest

from conceptgraph import InputError, Vocabulary
from conceptgraph.connections import explain
from conceptgraph.lookup import find
from conceptgraph.model import Article, Concept, Label, Records
from conceptgraph.pipeline import link, read
from tests.conftest import ARTICLES


@pytest.fixture(scope="module")
def records(vocabulary: Vocabulary) -> Records:
    return link(read([ARTICLES]).articles, vocabulary)


def test_paths_join_the_ends_and_say_how(records: Records) -> None:
    first, second = find(records, "Bloom filter"), find(records, "Cassandra")
    found = explain(records, first, second, k=3)
    assert 1 <= len(found) <= 3
    assert [connection.cost for connection in found] == sorted(connection.cost for connection in found)
    for connection in found:
        assert connection.steps[0].source == "concept:bloom-filter"
        assert connection.steps[-1].target == "concept:apache-cassandra"
        for step, after in pairwise(connection.steps):
            assert step.target == after.source
        assert all(step.text.endswith(".") for step in connection.steps)
    assert any(step.quotes for connection in found for step in connection.steps)
    assert explain(records, second, first, k=1)[0].cost == found[0].cost


def test_articles_are_connected_by_their_link(records: Records) -> None:
    first, second = find(records, "how-uber-built-odin"), find(records, "data-consistency-across-microservices")
    best = explain(records, first, second, k=1)[0]
    assert [step.kind for step in best.steps] == ["links_to"]
    assert "links to" in best.steps[0].text


def test_a_hub_does_not_shortcut_what_is_closer() -> None:
    """Between two articles lie a concept that 30 articles mention and one that two mention; the rarer one explains."""
    hub, rare = (Concept(id=id_, labels=(Label(text=id_),), kind="technology") for id_ in ("hubba", "rareness"))
    texts = ["hubba and rareness", "hubba and rareness", *["hubba alone"] * 28]
    articles = [Article(id=f"t{at:02}", title="t", text=text) for at, text in enumerate(texts)]
    records = link(articles, Vocabulary.of([hub, rare]))
    best, second = explain(records, articles[0], articles[1], k=2)
    assert best.steps[0].target == "concept:rareness"
    assert second.steps[0].target == "concept:hubba"
    assert best.cost < second.cost


def test_articles_with_one_title_are_told_apart(vocabulary: Vocabulary) -> None:
    articles = [Article(id=id_, title="Notes", text="Kafka is here.") for id_ in ("a", "b")]
    (best,) = explain(link(articles, vocabulary), *articles)
    assert [step.text.split("”")[0] for step in best.steps] == ["“Notes (a)", "“Notes (b)"]


def test_what_is_not_connected(vocabulary: Vocabulary) -> None:
    one, other = (Article(id=id_, title=id_, text=text) for id_, text in (("a", "Kafka is here."), ("b", "Nothing.")))
    records = link([one, other], vocabulary)
    assert explain(records, one, other) == []


def test_bad_questions(records: Records) -> None:
    kafka = find(records, "Kafka")
    with pytest.raises(InputError, match="named twice"):
        explain(records, kafka, kafka)
    with pytest.raises(InputError, match="k: 0"):
        explain(records, kafka, find(records, "Cassandra"), k=0)
