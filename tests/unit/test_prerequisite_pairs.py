"""The check set of benchmarks/prerequisites.py does not contradict itself or the vocabulary's names."""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from conceptgraph import Vocabulary

BENCHMARKS = ROOT / "benchmarks"
REQUIRED = {"requires", "requires-far"}
Pair = tuple[str, str, str]


def rows() -> list[dict[str, str]]:
    with (BENCHMARKS / "prerequisite_pairs.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


def read_goals() -> list[dict[str, Any]]:
    goals: list[dict[str, Any]] = json.loads((BENCHMARKS / "prerequisite_goals.json").read_text("utf-8"))
    return goals


GOALS = read_goals()


def id_of(vocabulary: Vocabulary, name: str) -> str:
    (id_,) = vocabulary.find(name)
    return id_


@pytest.fixture(scope="module")
def pairs(vocabulary: Vocabulary) -> list[Pair]:
    return [(id_of(vocabulary, row["first"]), id_of(vocabulary, row["second"]), row["relation"]) for row in rows()]


@pytest.fixture(scope="module")
def required(pairs: list[Pair]) -> nx.DiGraph[str]:
    """The required pairs as a graph, from what is needed to what needs it."""
    return nx.DiGraph((second, first) for first, second, relation in pairs if relation in REQUIRED)


def test_every_name_names_one_concept(vocabulary: Vocabulary) -> None:
    names = {row[side] for row in rows() for side in ("first", "second")}
    for goal in GOALS:
        names |= {goal["goal"], *goal["needs"], *goal["not_needed"]}
    assert {name: found for name in names if len(found := vocabulary.find(name)) != 1} == {}


def test_every_row_is_whole() -> None:
    for row in rows():
        assert list(row) == ["first", "second", "relation", "reason"]
        assert all(row.values()), row
        assert row["reason"].endswith("."), row


def test_counts(pairs: list[Pair]) -> None:
    counts = Counter(relation for _, _, relation in pairs)
    assert counts == {"requires": 160, "requires-far": 60, "sibling": 100, "unrelated": 100}


def test_no_pair_appears_twice_in_either_direction(pairs: list[Pair]) -> None:
    seen = Counter(tuple(sorted((first, second))) for first, second, _ in pairs)
    assert [pair for pair, count in seen.items() if count > 1] == []
    assert all(first != second for first, second, _ in pairs)


def test_required_pairs_are_acyclic(required: nx.DiGraph[str]) -> None:
    assert nx.is_directed_acyclic_graph(required)


def test_no_sibling_or_unrelated_pair_follows_from_required_ones(pairs: list[Pair], required: nx.DiGraph[str]) -> None:
    reachable = dict(nx.all_pairs_shortest_path_length(required))
    for first, second, relation in pairs:
        if relation not in REQUIRED:
            assert second not in reachable.get(first, {}), (first, second)
            assert first not in reachable.get(second, {}), (first, second)


@pytest.mark.parametrize("goal", GOALS, ids=[goal["goal"] for goal in GOALS])
def test_goal_agrees_with_itself_and_the_pairs(
    goal: dict[str, Any], vocabulary: Vocabulary, required: nx.DiGraph[str]
) -> None:
    assert 5 <= len(goal["needs"]) <= 15
    assert 4 <= len(goal["not_needed"]) <= 8
    assert 4 <= len(goal["order"]) <= 8
    concept = id_of(vocabulary, goal["goal"])
    needs, not_needed = ({id_of(vocabulary, name) for name in goal[key]} for key in ("needs", "not_needed"))
    assert len(needs) == len(goal["needs"])
    assert len(not_needed) == len(goal["not_needed"])
    assert needs.isdisjoint(not_needed)
    assert concept not in needs | not_needed
    order = [(id_of(vocabulary, before), id_of(vocabulary, after)) for before, after in goal["order"]]
    assert {id_ for pair in order for id_ in pair} <= needs | {concept}
    known: nx.DiGraph[str] = nx.DiGraph([*required.edges, *order, *((need, concept) for need in needs)])
    assert nx.is_directed_acyclic_graph(known)
    leading_there: set[str] = nx.ancestors(known, concept)
    assert not_needed.isdisjoint(leading_there)


def test_goals_are_thirty() -> None:
    assert len({goal["goal"] for goal in GOALS}) == len(GOALS) == 30
