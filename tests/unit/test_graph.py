from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import conceptgraph as cg
from conceptgraph import graph
from conceptgraph.cooccurrence import co_occurrences, npmi
from conceptgraph.errors import TooLargeError
from conceptgraph.export.node_link import node_link
from conceptgraph.export.pyvis_map import MOST_CONCEPTS, to_pyvis
from conceptgraph.extract import extract
from conceptgraph.layout import layout
from conceptgraph.links import links_between
from conceptgraph.model import ArticleConcept, Label, Link
from conceptgraph.pipeline import corpus_stage
from tests.conftest import ARTICLES, article

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def g() -> cg.ConceptGraph:
    return cg.build(ARTICLES)


def test_npmi() -> None:
    assert npmi(2, 2, 2, 8) == 1.0
    assert npmi(1, 2, 4, 8) == 0.0
    assert npmi(0, 2, 2, 8) == -1.0
    assert npmi(8, 8, 8, 8) == 0.0
    assert npmi(1, 4, 4, 8) < 0


def test_co_occurrences() -> None:
    pairs = {"a": "xy", "b": "xyz", "c": "z", "d": "z", "e": "w"}
    rows = [ArticleConcept(article=a, concept=c, weight=0.5, core=False) for a, cs in pairs.items() for c in cs]
    (relation,) = co_occurrences(rows)
    assert (relation.source, relation.target, relation.confidence) == ("x", "y", 1.0)
    assert relation.evidence[0].detail == "mentioned together in 2 articles: a, b"
    assert list(co_occurrences([])) == []


def test_graph_is_a_plain_graph_that_networkx_algorithms_take(g: cg.ConceptGraph) -> None:
    whole = g.nx
    assert type(whole) is nx.Graph
    assert len(g.articles()) == 40
    assert whole.nodes["concept:apache-cassandra"]["label"] == "Apache Cassandra"
    edge = whole.edges["article:facebooks-database-apache-cassandra", "concept:apache-cassandra"]
    assert edge["kind"] == "mentions"
    assert edge["core"]
    assert {data["kind"] for _, _, data in whole.edges(data=True)} >= {"mentions", "broader", "co_occurs", "links_to"}
    assert nx.pagerank(whole)
    assert all(0 <= data["weight"] <= 1 for _, _, data in whole.edges(data=True))


def test_a_graph_too_large_for_networkx_is_taken_in_parts(g: cg.ConceptGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    near = g.neighborhood("cassandra")
    assert set(near) == {"concept:apache-cassandra", *g.nx["concept:apache-cassandra"]}
    assert near.edges["article:facebooks-database-apache-cassandra", "concept:apache-cassandra"]["core"]
    assert len(g.neighborhood("how-uber-built-odin", hops=2)) > len(g.neighborhood("how-uber-built-odin"))
    monkeypatch.setattr("conceptgraph.graph.MOST_EDGES", 100)
    with pytest.raises(TooLargeError, match=r"more than the 100 that NetworkX holds well; take a part: g.neighb"):
        _ = cg.ConceptGraph(g.records).nx


def test_the_concept_graph_keeps_what_is_stated_and_the_strongest_company(g: cg.ConceptGraph) -> None:
    concepts = g.concept_graph()
    assert set(concepts) == {node for node in g.nx if node.startswith("concept:")}
    kinds = {kind for *_, data in concepts.edges(data=True) for kind in data["kinds"].split(",")}
    assert kinds >= {"broader", "co_occurs"}
    assert "links_to" not in kinds
    assert concepts.nodes["concept:apache-cassandra"] == g.nx.nodes["concept:apache-cassandra"]
    few = graph.concept_graph(g.records, strongest=1)
    assert few.number_of_edges() < concepts.number_of_edges() < g.nx.number_of_edges()
    together = [one for one in g.records.relations if one.kind == "co_occurs"]
    best = min(together, key=lambda one: (-one.confidence, one.source, one.target))
    assert few.has_edge(f"concept:{best.source}", f"concept:{best.target}")


def test_co_occurrences_keep_the_strongest_of_either_end(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = {f"a{n}": ["hub", f"c{n % 4}"] for n in range(16)} | {f"b{n}": ["other"] for n in range(9)}
    rows = [ArticleConcept(article=a, concept=c, weight=0.5, core=False) for a, cs in pairs.items() for c in cs]
    whole = co_occurrences(rows)
    assert [(one.source, one.target) for one in whole] == [(f"c{n}", "hub") for n in range(4)]
    monkeypatch.setattr("conceptgraph.pairs.STRONGEST", 1)
    assert list(co_occurrences(rows)) == list(whole)  # each has no other partner than the hub
    monkeypatch.setattr("conceptgraph.pairs._BLOCK", 2)
    assert list(co_occurrences(rows)) == list(whole)


@given(st.lists(st.sets(st.sampled_from("abcdef"), max_size=5), max_size=14))
def test_co_occurrence_by_matrices_is_npmi(articles: list[set[str]]) -> None:
    rows = [
        ArticleConcept(article=f"{at:02}", concept=concept, weight=0.5, core=False)
        for at, concepts in enumerate(articles)
        for concept in sorted(concepts)
    ]
    total = sum(map(bool, articles))
    expected = {}
    for first, second in combinations("abcdef", 2):
        both = sum({first, second} <= concepts for concepts in articles)
        counts = [sum(one in concepts for concepts in articles) for one in (first, second)]
        score = npmi(both, counts[0], counts[1], total) if both >= 2 else 0.0
        if round(score, 4) > 0:
            expected[first, second] = pytest.approx(score, abs=1e-4)
    assert {(one.source, one.target): one.confidence for one in co_occurrences(rows)} == expected


def test_digraph(g: cg.ConceptGraph) -> None:
    broader = g.digraph(kinds=["broader"])
    assert nx.is_directed_acyclic_graph(broader)
    assert broader.number_of_edges() > 0
    assert nx.utils.graphs_equal(broader, g.digraph(kinds="broader"))
    with pytest.raises(ValueError, match="no such edge kind: likes"):
        g.digraph(kinds=["likes"])


def test_tables(g: cg.ConceptGraph) -> None:
    mentions = g.mentions()
    assert len(mentions) == len(g.records.mentions)
    row = mentions[mentions.concept == "apache-cassandra"].iloc[0]
    assert row.surface in row.sentence
    concepts = g.concepts()
    assert concepts["articles"]["apache-cassandra"] >= 4
    assert concepts.weight.is_monotonic_decreasing
    assert "Apache Cassandra" in g.articles()["core"]["facebooks-database-apache-cassandra"]


def test_node_link_round_trip_and_same_bytes(g: cg.ConceptGraph) -> None:
    text = "".join(node_link(g.records))
    back = nx.node_link_graph(json.loads(text), edges="edges")
    assert nx.utils.graphs_equal(back, g.nx)
    assert text == "".join(node_link(cg.build(ARTICLES).records))


def test_order_of_paths_does_not_matter(g: cg.ConceptGraph) -> None:
    paths = sorted(ARTICLES.glob("*.md"))
    assert cg.build(*reversed(paths)).records == cg.build(*paths).records


def test_store_round_trip(g: cg.ConceptGraph, tmp_path: Path) -> None:
    g.save(tmp_path)
    assert cg.load(tmp_path).records == g.records
    assert {path.name for path in tmp_path.iterdir()} == {
        "graph.sqlite",
        "graph.json",
        "index.html",
        "concept-map.html",
    }


def test_stale_exports_are_made_anew(g: cg.ConceptGraph, tmp_path: Path) -> None:
    g.save(tmp_path)
    (tmp_path / "graph.json").write_text("{}", encoding="utf-8")
    before = (tmp_path / "concept-map.html").stat().st_mtime_ns
    g.save(tmp_path)
    assert g.records.build in (tmp_path / "graph.json").read_text("utf-8")
    assert (tmp_path / "concept-map.html").stat().st_mtime_ns == before


def test_layout_is_the_same_each_time_and_nothing_overlaps(g: cg.ConceptGraph) -> None:
    places = layout(g.records)
    assert places == layout(g.records)
    assert set(places) == set(g.nx)
    concepts = [place for node, place in places.items() if node.startswith("concept:")]
    closest = min(abs(complex(*a) - complex(*b)) for i, a in enumerate(concepts) for b in concepts[:i])
    assert closest > 0.4


def test_symmetric_relations_are_said_once(g: cg.ConceptGraph) -> None:
    related = [(r.source, r.target) for r in g.records.relations if r.kind in ("related", "contrasts_with")]
    assert all(source < target for source, target in related)
    assert not any("related,related" in data["kinds"] for _, _, data in g.nx.edges(data=True))


def test_articles_with_the_same_concepts_do_not_lie_on_each_other() -> None:
    vocabulary = cg.Vocabulary.of([cg.Concept(id="x", labels=(Label(text="Kafka"),), kind="technology")])
    found = [extract(article("Kafka.", id=f"a{number}"), vocabulary) for number in range(6)]
    places = layout(corpus_stage(found, vocabulary))
    assert min(abs(complex(*a) - complex(*b)) for a, b in combinations(places.values(), 2)) > 0.4


def test_pages_that_were_damaged_are_made_anew(g: cg.ConceptGraph, tmp_path: Path) -> None:
    g.save(tmp_path)
    page = tmp_path / "concept-map.html"
    whole = page.read_bytes()
    page.write_bytes(whole[:2_000])
    g.save(tmp_path)
    assert page.read_bytes() == whole


def test_a_graph_of_an_older_schema_is_built_anew(g: cg.ConceptGraph, tmp_path: Path) -> None:
    g.save(tmp_path)
    with closing(sqlite3.connect(tmp_path / "graph.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 0")
    with pytest.raises(cg.StoreError, match="older conceptgraph"):
        cg.load(tmp_path)
    g.save(tmp_path)
    assert cg.load(tmp_path).records == g.records


def test_malformed_addresses_are_no_links() -> None:
    one = article("x", url="http://[bad", links=(Link(target="http://[bad", start=0, end=1),), path="a.md")
    assert links_between([one]) == []


def test_nothing_to_build() -> None:
    with pytest.raises(cg.InputError, match="no article could be read; name a file"):
        cg.build()


def test_to_pyvis(g: cg.ConceptGraph) -> None:
    net = to_pyvis(g.records)
    assert type(net).__module__ == "pyvis.network"
    assert len(net.nodes) == len(g.articles()) + MOST_CONCEPTS
    assert net.get_node("concept:apache-cassandra")["label"] == "Apache Cassandra"
    assert net.options.physics.enabled is False
    assert net.options.edges.smooth.enabled is False
    net.toggle_physics(True)  # the network stays the reader's to change


def test_links_between_articles(g: cg.ConceptGraph) -> None:
    links = g.digraph(kinds=["links_to"])
    assert links.number_of_edges() >= 5
    assert all(node.startswith("article:") for node in links)


def test_import_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import sys, conceptgraph; print([m for m in ('spacy', 'pandas', 'networkx', 'pyvis') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_unknown_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = cg.nothing
