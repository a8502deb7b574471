from __future__ import annotations

import json

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from conceptgraph.columns import weights_of
from conceptgraph.export.node_link import node_link
from conceptgraph.graph import to_networkx
from conceptgraph.model import Article, ArticleConcept, Concept, Label, Records, Relation
from conceptgraph.part import part_of, strongest_part

IDS = ["a", 'b"', "c/é", "d<"]
KINDS = ["links_to", "broader", "related", "co_occurs", "requires"]


@st.composite
def records(draw: st.DrawFn) -> Records:
    pairs = draw(st.sets(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=10))
    weight = st.floats(0.01, 0.99)
    rows = [
        ArticleConcept(article=a, concept=c, weight=draw(weight), core=draw(st.booleans())) for a, c in sorted(pairs)
    ]
    keys = st.tuples(st.sampled_from(KINDS), st.sampled_from(IDS), st.sampled_from(IDS))
    kept = [key for key in sorted(draw(st.sets(keys, max_size=12))) if key[1] != key[2]]
    return Records(
        build="x",
        articles=tuple(Article(id=id_, title=id_.upper(), text=id_) for id_ in IDS),
        concepts=tuple(Concept(id=id_, labels=(Label(text=id_),), kind="technology") for id_ in IDS),
        article_concepts=tuple(rows),
        relations=tuple(Relation(kind=k, source=s, target=t, confidence=draw(weight)) for k, s, t in kept),  # type: ignore[arg-type]
    )


@given(records())
def test_the_lines_say_what_networkx_says(given: Records) -> None:
    back = nx.node_link_graph(json.loads("".join(node_link(given))), edges="edges")
    assert nx.utils.graphs_equal(back, to_networkx(given))


@given(records())
def test_edges_and_nodes_are_sorted(given: Records) -> None:
    data = json.loads("".join(node_link(given)))
    assert data["nodes"] == sorted(data["nodes"], key=lambda node: node["id"])
    ends = [(edge["source"], edge["target"]) for edge in data["edges"]]
    assert ends == sorted(ends)


@given(records(), st.integers(0, 4), st.integers(0, 4))
def test_the_strongest_part_is_a_part(given: Records, articles: int, concepts: int) -> None:
    part = strongest_part(given, articles=articles, concepts=concepts)
    assert len(part.articles) <= max(articles, 0) or part is given
    assert set(part.relations) <= set(given.relations)
    assert {row.concept for row in part.article_concepts} <= {concept.id for concept in part.concepts}
    assert list(part_of(given, IDS, IDS).relations) == list(given.relations)
    assert list(weights_of(given.article_concepts, given.articles)) == list(given.article_concepts)
