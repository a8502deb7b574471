"""What must be known first: tiers, cycles, closures."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from conceptgraph.model import Article, ArticleConcept, Concept, Fact, Label, Mention, Records
from conceptgraph.prerequisites import FOLLOWED, Prerequisite, PrerequisiteGraph, prerequisite_graph
from conceptgraph.vocabulary import Vocabulary, load_vocabulary


def concept(id_: str, name: str, *facts: Fact, definition: str = "A thing of its own.") -> Concept:
    return Concept(id=id_, labels=(Label(text=name),), kind="technology", definition=definition, facts=facts)


def edge(a: str, b: str, sure: float = 1.0) -> Prerequisite:
    return Prerequisite(concept=a, needs=b, tier="vocabulary", confidence=sure, reason="")


def test_what_is_stated_is_the_whole() -> None:
    vocabulary = Vocabulary.of(
        [
            concept("log", "Log"),
            concept("store", "Store"),
            concept(
                "log-store",
                "Log store",
                Fact(kind="requires", target="log", reason="It keeps a log."),
                Fact(kind="broader", target="store"),
            ),
        ]
    )
    stated = prerequisite_graph(vocabulary)
    assert [(e.needs, e.tier, e.reason) for e in stated.direct("log-store")] == [
        ("log", "vocabulary", "It keeps a log.")
    ]
    guessed = prerequisite_graph(vocabulary, facts=False)
    assert {e.needs: e.tier for e in guessed.direct("log-store")} == {"log": "name", "store": "name"}


def test_a_name_and_a_definition_tell_of_concepts_without_facts() -> None:
    vocabulary = Vocabulary.of(
        [
            concept("replica", "Replica"),
            concept("quorum", "Quorum", definition="Least number of nodes that must agree."),
            concept("read-replica", "Read replica", Fact(kind="broader", target="replica")),
            concept("strict-vote", "Strict vote", definition="Vote that counts only with a quorum."),
        ]
    )
    graph = prerequisite_graph(vocabulary)
    (named,) = graph.direct("read-replica")
    assert (named.needs, named.tier) == ("replica", "name")
    assert "kind of Replica" in named.reason
    (defined,) = graph.direct("strict-vote")
    assert (defined.needs, defined.tier) == ("quorum", "definition")
    # Shown, and not followed: definitions name neighbours too.
    assert graph.closure(["strict-vote"]) == ["strict-vote"]
    assert graph.closure(["read-replica"]) == ["replica", "read-replica"]
    assert 0 < graph.score("strict-vote", "quorum") < FOLLOWED
    assert graph.score("quorum", "strict-vote") == 0


def corpus() -> Records:
    """Two articles about Odin speak of hashing; the one about hashing does not speak of Odin."""
    texts = {"a": "Odin uses hashing.", "b": "Odin and hashing.", "c": "Hashing."}
    rows = [("a", "odin", True), ("a", "hashing", False), ("b", "odin", True), ("b", "hashing", False)]
    rows += [("c", "hashing", True)]
    mentions = tuple(
        Mention(
            article=article,
            concept=id_,
            start=(start := texts[article].lower().index(id_)),
            end=start + len(id_),
            surface=texts[article][start : start + len(id_)],
            technique="known",
            confidence=1.0,
        )
        for article, id_, _ in sorted(rows)
    )
    return Records(
        build="b",
        articles=tuple(Article(id=id_, title=id_, text=text) for id_, text in texts.items()),
        concepts=(concept("hashing", "Hashing"), concept("odin", "Odin")),
        mentions=mentions,
        article_concepts=tuple(ArticleConcept(article=a, concept=c, weight=0.5, core=core) for a, c, core in rows),
    )


def test_articles_show_what_a_new_concept_needs() -> None:
    graph = prerequisite_graph(Vocabulary.of([concept("hashing", "Hashing")]), corpus())
    (shown,) = graph.direct("odin")
    assert (shown.needs, shown.tier, shown.article) == ("hashing", "mentions", "a")
    assert corpus().articles[0].text[shown.start : shown.end] == "hashing"
    assert graph.direct("hashing") == []


def test_a_circle_is_broken_at_its_weakest_edge() -> None:
    graph = PrerequisiteGraph([edge("a", "b"), edge("b", "c", 0.9), edge("c", "a", 0.6)])
    assert [(e.concept, e.needs) for e in graph.cycles] == [("c", "a")]
    assert graph.closure(["a"]) == ["c", "b", "a"]


def test_a_chain_has_the_fewest_edges() -> None:
    graph = PrerequisiteGraph([edge("a", "b"), edge("b", "c"), edge("a", "c")])
    assert [e.needs for e in graph.chain("a", "c")] == ["c"]


IDS = "abcdefgh"
EDGES = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), st.sampled_from([0.3, 0.6, 0.8, 1.0])), max_size=24
).map(lambda triples: [edge(a, b, sure) for a, b, sure in triples])


@given(edges=EDGES, goals=st.sets(st.sampled_from(IDS), min_size=1, max_size=3))
def test_a_closure_has_everything_once_and_first_things_first(edges: list[Prerequisite], goals: set[str]) -> None:
    graph = PrerequisiteGraph(edges)
    order = graph.closure(goals)
    assert len(order) == len(set(order))
    assert goals <= set(order)
    for id_ in order:
        for need in graph.followed(id_):
            # What lies farther below than a closure reaches is no part of it.
            assert need.needs not in order or order.index(need.needs) < order.index(id_)
    assert graph.needed(goals) <= graph.needed(goals, reach=None)
    assert order == PrerequisiteGraph(reversed(edges)).closure(sorted(goals))


@given(edges=EDGES, known=st.sets(st.sampled_from(IDS)), more=st.sets(st.sampled_from(IDS)))
def test_who_knows_more_needs_no_more(edges: list[Prerequisite], known: set[str], more: set[str]) -> None:
    graph = PrerequisiteGraph(edges)
    assert graph.needed(IDS, known=known | more) <= graph.needed(IDS, known=known)


@given(edges=EDGES)
def test_a_score_is_above_zero_one_way_only(edges: list[Prerequisite]) -> None:
    graph = PrerequisiteGraph(edges)
    for a, b in itertools.combinations(IDS, 2):
        assert graph.score(a, b) == 0 or graph.score(b, a) == 0


def test_the_vocabulary_runs_in_no_circle_of_what_it_requires() -> None:
    vocabulary = load_vocabulary()
    facts = [edge(c.id, fact.target) for c in vocabulary.values() for fact in c.facts if fact.kind == "requires"]
    assert len({e.concept for e in facts}) >= 1500
    assert PrerequisiteGraph(facts).cycles == ()


def test_a_closure_goes_so_far_and_no_farther() -> None:
    graph = PrerequisiteGraph([edge(a, b) for a, b in itertools.pairwise(IDS)])
    assert graph.closure(["a"]) == ["e", "d", "c", "b", "a"]
    assert graph.needed(["a"], reach=None) == set(IDS)
    assert graph.score("a", "h") > 0


def test_weights_without_mentions_are_evidence_too() -> None:
    vocabulary = Vocabulary.of([concept("log", "Log"), concept("broker", "Broker")])
    rows = [("a", "broker", True), ("a", "log", False), ("b", "broker", True), ("b", "log", False), ("c", "log", True)]
    records = Records(
        build="b",
        articles=tuple(Article(id=id_, title=id_, text="") for id_ in "abc"),
        concepts=tuple(vocabulary[id_] for id_ in ("broker", "log")),
        article_concepts=tuple(ArticleConcept(article=a, concept=c, weight=0.5, core=core) for a, c, core in rows),
    )
    (need,) = prerequisite_graph(vocabulary, records).direct("broker")
    assert (need.needs, need.tier, need.article) == ("log", "mentions", "")
