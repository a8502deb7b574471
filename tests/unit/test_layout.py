from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations
from math import dist
from statistics import median

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

import conceptgraph as cg
from conceptgraph.communities import central_concepts, communities
from conceptgraph.concept_network import concept_network
from conceptgraph.cooccurrence import co_occurrences
from conceptgraph.layout import from_bytes, layout, radii, to_bytes
from conceptgraph.layout.room import part
from conceptgraph.louvain import louvain
from conceptgraph.model import Article, ArticleConcept, Concept, Fact, Label, Records, Relation

TOPICS = 6
EACH = 12


def made(links: dict[str, list[str]], names: dict[str, str] | None = None) -> Records:
    """Return records of articles with concepts, the first the most, and who keeps whose company."""
    rows = [
        ArticleConcept(article=article, concept=concept, weight=round(0.9 / (1 + at), 3), core=at == 0)
        for article, concepts in sorted(links.items())
        for at, concept in enumerate(concepts)
    ]
    ids = sorted({row.concept for row in rows})
    return Records(
        build="made",
        articles=tuple(Article(id=id_, title=id_, text=id_) for id_ in sorted(links)),
        concepts=tuple(
            Concept(id=id_, labels=(Label(text=(names or {}).get(id_, id_)),), kind="practice_field") for id_ in ids
        ),
        article_concepts=tuple(rows),
        relations=tuple(co_occurrences(rows)),
    )


def topical(articles: int = 150, seed: int = 3) -> Records:
    """Return articles that each take concepts of one topic and, now and then, one of another."""
    pick = random.Random(seed)
    links = {}
    for number in range(articles):
        topic = number % TOPICS
        chosen = pick.sample([f"t{topic}-{i:02}" for i in range(EACH)], 5)
        stray = [f"t{pick.randrange(TOPICS)}-{pick.randrange(EACH):02}"] if pick.random() < 0.3 else []
        links[f"a{number:03}"] = list(dict.fromkeys([*chosen, *stray]))
    return made(links)


@pytest.fixture(scope="module")
def records() -> Records:
    return topical()


def overlaps(records: Records) -> int:
    places, sizes = layout(records), radii(records)
    return sum(dist(places[a], places[b]) < sizes[a] + sizes[b] for a, b in combinations(places, 2))


def test_each_node_has_a_place_of_its_own_the_same_each_time(records: Records) -> None:
    places = layout(records)
    nodes = {f"concept:{c.id}" for c in records.concepts} | {f"article:{a.id}" for a in records.articles}
    assert places.keys() == nodes
    assert places == layout(records)
    assert places != layout(records, seed=1)
    assert overlaps(records) == 0


def test_discs_on_one_point_come_apart() -> None:
    radii = np.full(7, 0.3)
    points = part(np.zeros((7, 2)), radii, loose=np.ones(7))
    between = points[:, None, :] - points[None, :, :]
    distance = np.hypot(between[..., 0], between[..., 1])[~np.eye(7, dtype=bool)]
    assert distance.min() > 0.6


def test_communities_stand_apart_and_no_ground_is_wasted(records: Records) -> None:
    places = layout(records)
    pairs = [(r.source, r.target) for r in records.relations]
    within = [dist(places[f"concept:{a}"], places[f"concept:{b}"]) for a, b in pairs if a[:2] == b[:2]]
    across = [dist(places[f"concept:{a}"], places[f"concept:{b}"]) for a, b in pairs if a[:2] != b[:2]]
    assert median(within) < 0.6 * median(across)
    width, height = (max(axis) - min(axis) for axis in zip(*places.values(), strict=True))
    assert width * height < 5 * len(places)
    assert 0.8 < width / height < 2.5


def test_articles_stand_near_what_they_are_about(records: Records) -> None:
    places = layout(records)
    first: dict[str, str] = {}
    for row in records.article_concepts:
        first.setdefault(row.article, row.concept)
    away = [dist(places[f"article:{a}"], places[f"concept:{c}"]) for a, c in first.items()]
    everywhere = [dist(places[f"article:{a}"], places[f"concept:{c.id}"]) for a in first for c in records.concepts]
    assert median(away) < 0.3 * median(everywhere)


def test_a_small_change_moves_little() -> None:
    before, after = topical(148), topical(150)
    old = layout(before)
    new = layout(after, cached=old)
    moved = [dist(old[node], new[node]) for node in old]
    width = max(x for x, _ in old.values()) - min(x for x, _ in old.values())
    assert median(moved) < 0.04 * width
    assert new.keys() - old.keys() == {"article:a148", "article:a149"}
    assert layout(before, cached={"concept:gone": (1.0, 1.0)}) == old


def test_places_are_kept_as_bytes(records: Records) -> None:
    places = layout(records)
    assert from_bytes(to_bytes(places)) == places


@pytest.mark.parametrize(
    "links",
    [
        {},
        {"a": []},
        {"a": ["x"]},
        {f"a{i:03}": [] for i in range(30)},
        {f"a{i:03}": ["x"] for i in range(200)},
        {f"a{i:03}": [f"x{i:03}", f"y{i:03}"] for i in range(100)},
    ],
    ids=["nothing", "an article", "one and one", "no concepts", "all on one", "pairs"],
)
def test_odd_corpora_have_maps_too(links: dict[str, list[str]]) -> None:
    records = made(links)
    places = layout(records)
    assert len(places) == len(records.articles) + len(records.concepts)
    assert overlaps(records) == 0
    found = communities(records)
    assert sorted(id_ for each in found for id_ in each.concepts) == [concept.id for concept in records.concepts]


def test_communities_are_the_topics(records: Records) -> None:
    found = communities(records)
    assert found == communities(records)
    assert [each.id for each in found] == list(range(TOPICS))
    assert all(len({id_[:2] for id_ in each.concepts}) == 1 for each in found)
    assert sorted(id_ for each in found for id_ in each.articles) == [article.id for article in records.articles]
    topic = {f"a{number:03}": f"t{number % TOPICS}" for number in range(150)}
    assert all(topic[id_] == each.concepts[0][:2] for each in found for id_ in each.articles)


def test_communities_are_named_as_people_write() -> None:
    names = {"r": "Replication", "d": "Data replication", "p": "Paxos", "q": "Quorum", "k": "Apache Kafka"}
    links = {f"a{i}": ["r", "q", "p", "d", "k"] for i in range(3)} | {f"b{i}": ["r", "q", "p"] for i in range(3)}
    records = made(links, names)
    texts = tuple(replace(each, text="Replication needs a quorum; Paxos finds one.") for each in records.articles)
    (community,) = communities(replace(records, articles=texts))
    assert community.name == "Replication, quorum and Paxos"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Server", "Scalability", "Alerting"), "Server, scalability and alerting"),
        (("Server", "Hamming distance", "In-memory cache"), "Server, Hamming distance and in-memory cache"),
    ],
)
def test_words_made_from_others_are_no_proper_names(names: tuple[str, ...], said: str) -> None:
    links = {f"a{i}": list("stu") for i in range(3)} | {"b": ["s"], "c": ["s", "t"]}
    records = made(links, dict(zip("stu", names, strict=True)))
    defined = tuple(replace(each, definition="A thing in memory.") for each in records.concepts)
    (community,) = communities(replace(records, concepts=defined))
    assert community.name == said


def test_what_is_a_kind_of_the_other_names_once() -> None:
    records = made({f"a{i}": ["db", "sql", "log", "disk"] for i in range(3)}, {"db": "Databases", "sql": "SQL"})
    broader = tuple(
        replace(each, facts=(Fact(kind="broader", target="db"),)) if each.id == "sql" else each
        for each in records.concepts
    )
    (community,) = communities(replace(records, concepts=broader))
    assert community.name == "Databases, log and disk"


def test_an_organization_is_no_topic() -> None:
    records = made({f"a{i}": ["maker", "log", "disk"] for i in range(3)} | {"b": ["maker"]})
    of_kind = tuple(replace(each, kind="organization") if each.id == "maker" else each for each in records.concepts)
    (before,), (after,) = communities(records), communities(replace(records, concepts=of_kind))
    assert ("maker" in before.name.lower(), "maker" in after.name.lower()) == (True, False)


def test_what_is_spoken_of_everywhere_leads_no_group() -> None:
    own = {f"a{i}": list("vuwx") for i in range(6)} | {f"b{i}": list("klmnopq") for i in range(6)}
    records = made(own | {f"c{i}": list("uklmnopq") for i in range(5)})
    group = next(each for each in communities(records) if "u" in each.concepts)
    assert group.concepts[0] == "v"


def test_small_groups_join_the_nearest_and_the_unlinked_are_gathered() -> None:
    links = {f"a{i}": ["p", "q", "r", "s", "t"] for i in range(4)} | {"b": ["u"], "c": ["v"]}
    found = communities(made(links))
    assert [each.name for each in found][1:] == ["Other concepts"]
    assert found[1].concepts == ("u", "v")
    near = made(links | {"d": ["p", "lone"]})
    assert "lone" in communities(near)[0].concepts


def test_central_is_what_articles_lead_to() -> None:
    links = {f"a{i}": ["hub", f"own{i}"] for i in range(5)} | {"list": [f"item{i}" for i in range(20)]}
    records = made(links)
    assert central_concepts(records, 1) == ["hub"]
    assert len(central_concepts(records, 4)) == 4
    assert central_concepts(made({}), 3) == []
    g = cg.ConceptGraph(records)
    assert g.central_concepts(1) == ["hub"]
    assert g.communities() == communities(records)


def test_the_network_is_pruned_to_the_strongest() -> None:
    ids = [f"c{i:02}" for i in range(20)]
    pick = random.Random(1)
    relations = tuple(
        Relation(source=a, target=b, kind="co_occurs", confidence=round(pick.uniform(0.1, 1), 3))
        for a, b in combinations(ids, 2)
    )
    base = replace(made({"a": ids}), relations=relations)
    assert 20 * 3 <= concept_network(base, strongest=3).links.nnz <= 2 * 20 * 3
    links = concept_network(base, strongest=3).links.toarray()
    assert (links == links.T).all()
    assert (links.diagonal() == 0).all()
    whole = concept_network(base, strongest=20).links.toarray()
    for i, j in combinations(range(20), 2):
        strong = whole[i, j] >= sorted(whole[i])[-3] or whole[i, j] >= sorted(whole[j])[-3]
        assert (links[i, j] > 0) == strong


def test_a_concept_with_few_links_is_tied_to_what_its_article_is_about() -> None:
    network = concept_network(made({"a": ["x", "y", "z", "w", "v"]}))
    tied = network.links.toarray()[network.concepts.index("v")]
    assert [id_ for id_, weight in zip(network.concepts, tied, strict=True) if weight] == ["x", "y", "z"]


def test_louvain_groups_as_well_as_networkx(records: Records) -> None:
    links = concept_network(records).links
    graph = nx.from_scipy_sparse_array(links)
    label = louvain(links, resolution=1.0, seed=3)
    assert label.tolist() == louvain(links, resolution=1.0, seed=3).tolist()
    groups = [set(np.flatnonzero(label == number).tolist()) for number in range(label.max() + 1)]
    theirs = nx.community.louvain_communities(graph, resolution=1.0, seed=3)
    assert nx.community.modularity(graph, groups) > 0.98 * nx.community.modularity(graph, theirs)


def test_louvain_of_little() -> None:
    assert louvain(sparse.csr_array((0, 0)), resolution=1.0, seed=0).tolist() == []
    assert louvain(sparse.csr_array((3, 3)), resolution=1.0, seed=0).tolist() == [0, 1, 2]
