"""Study paths: order, budgets, gaps, and what is said of each step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import conceptgraph as cg
from conceptgraph.model import Article, ArticleConcept, Concept, Label, Records
from conceptgraph.prerequisites import Prerequisite, PrerequisiteGraph
from conceptgraph.slices import with_id
from conceptgraph.study import StudyPath, study_path
from conceptgraph.study.reading import minutes_of

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests" / "golden" / "study_cases.json").read_text("utf-8"))


def concepts_of(ids: str) -> dict[str, Concept]:
    return {
        id_: Concept(id=id_, labels=(Label(text=id_.upper()),), kind="technology", definition=f"What {id_} is.")
        for id_ in ids
    }


def path_of(case: dict[str, Any]) -> StudyPath:
    """Return the path of a made case: articles with minutes, what they are about, explain in passing and mention."""
    edges = [
        Prerequisite(concept=a, needs=b, tier="vocabulary", confidence=sure, reason=f"{a} uses {b}.")
        for a, b, sure in case["requires"]
    ]
    articles = case["articles"]
    records = Records(
        build="b",
        articles=tuple(
            Article(id=id_, title=id_.title(), text=" ".join(["word"] * 238 * one["minutes"]))
            for id_, one in sorted(articles.items())
        ),
        article_concepts=tuple(
            ArticleConcept(article=id_, concept=concept, weight=weight, core=key == "explains")
            for id_, one in sorted(articles.items())
            for weight, key in ((0.5, "explains"), (0.4, "passing"), (0.2, "mentions"))
            for concept in one.get(key, "")
        ),
    )
    concepts = concepts_of(case["concepts"])
    return study_path(
        records,
        PrerequisiteGraph(edges),
        [
            with_id(records.articles, goal.removeprefix("article:")) if goal.startswith("article:") else concepts[goal]
            for goal in case["goals"]
        ],
        concepts=concepts,
        known=case.get("known", ""),
        minutes=case.get("budget"),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    """The explorer's page is held to the same cases: tests/web/study.test.mjs."""
    path = path_of(case)
    found = {
        "concepts": "".join(path.concepts),
        "minutes": path.minutes,
        "note": path.note,
        "gaps": "".join(gap.id for gap in path.gaps),
        "steps": [[step.article, "".join(step.concepts), step.minutes] for step in path.steps],
        "cut": [[cut.article, "".join(cut.concepts)] for cut in path.cut],
    }
    assert found == {"note": "", "gaps": "", "cut": [], **case["expected"]}


def test_a_step_says_why_and_what_it_opens() -> None:
    path = path_of(next(case for case in CASES if case["name"] == "a chain"))
    first, *_, last = path.steps
    assert first.why == ("C needs B: c uses b.", "B needs A: b uses a.")
    assert first.unlocks == ("b",)
    assert last.why == ("It explains C, which you want to understand.",)
    assert path.minutes == sum(step.minutes for step in path.steps)


def test_what_is_missing_far_from_the_goal_is_only_named() -> None:
    requires = [("d", "c", 1.0), ("c", "b", 1.0), ("c", "a", 1.0)]
    articles = {"one": {"minutes": 1, "explains": "d"}}
    path = path_of({"concepts": "abcd", "requires": requires, "articles": articles, "goals": "d"})
    assert [(gap.id, gap.distance) for gap in path.gaps] == [("c", 1), ("a", 2), ("b", 2)]
    assert path.to_markdown().endswith("\n- **C**: What c is.\n- Farther from the goal: A, B\n")
    html = path.to_html()
    assert "<dt>C</dt><dd>What c is.</dd></dl>\n<p>Farther from the goal: A, B</p>" in html


IDS = "abcdef"


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    pairs = draw(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=10))
    articles = {
        f"article-{number}": {
            "minutes": draw(st.integers(1, 6)),
            "explains": "".join(sorted(draw(st.sets(st.sampled_from(IDS), max_size=3)))),
        }
        for number in range(draw(st.integers(1, 6)))
    }
    return {
        "concepts": IDS,
        "requires": [(a, b, 1.0) for a, b in pairs if a > b],
        "articles": articles,
        "goals": draw(st.sampled_from(IDS)),
        "known": "".join(draw(st.sets(st.sampled_from(IDS), max_size=2))),
        "budget": draw(st.none() | st.integers(1, 12)),
    }


@settings(deadline=None)
@given(case=cases())
def test_laws(case: dict[str, Any]) -> None:
    path = path_of(case)
    needs = {a: {b for x, b, _ in case["requires"] if x == a} for a in IDS}
    assert len(path.concepts) == len(set(path.concepts))
    for at, id_ in enumerate(path.concepts):
        assert not needs[id_] & set(path.concepts[at:])
    assert case["budget"] is None or path.minutes <= case["budget"]
    assert not set(path.concepts) & set(case["known"])
    assert path == path_of(case)
    assert len({step.article for step in path.steps}) == len(path.steps)


@settings(deadline=None)
@given(case=cases(), more=st.sampled_from(IDS))
def test_who_knows_more_has_no_more_to_learn(case: dict[str, Any], more: str) -> None:
    assert set(path_of(case | {"known": case["known"] + more}).concepts) <= set(path_of(case).concepts)


@pytest.fixture(scope="module")
def ours() -> cg.ConceptGraph:
    return cg.build(ROOT / "articles")


@pytest.mark.parametrize("minutes", [10, 30, 60])
def test_budgets_bind_on_our_articles(ours: cg.ConceptGraph, minutes: int) -> None:
    whole = ours.study_path("Apache Cassandra")
    path = ours.study_path("Apache Cassandra", minutes=minutes)
    assert path.minutes <= minutes
    assert path.concepts == whole.concepts
    assert len(path.steps) > 1
    assert bool(path.cut) or path.minutes >= whole.minutes


def test_a_second_path_avoids_the_first(ours: cg.ConceptGraph) -> None:
    first = ours.study_path("Apache Cassandra", minutes=20)
    second = ours.study_path("Apache Cassandra", minutes=20, exclude=[step.article for step in first.steps])
    assert second.steps
    assert not {step.article for step in first.steps} & {step.article for step in second.steps}


def test_an_article_is_a_goal_too(ours: cg.ConceptGraph) -> None:
    path = ours.study_path("raft-consensus")
    assert path.goals == ("article:raft-consensus",)
    assert "raft-consensus" in {step.article for step in path.steps}


def test_tables(ours: cg.ConceptGraph) -> None:
    direct = ours.prerequisites("Raft")
    assert list(direct.columns) == ["name", "confidence", "tier", "reason"]
    assert set(direct.index) < set(ours.prerequisites("Raft", closure=True).index)
    assert "raft" in ours.unlocks(direct.name.iloc[0]).index
    assert {"name", "opens", "because"} == set(ours.next_topics(["SQL", "hash function"]).columns)
    assert ours.prerequisites("Algorithm").empty


def test_a_path_to_read(ours: cg.ConceptGraph) -> None:
    path = ours.study_path("Bloom filter")
    assert path.to_markdown().startswith("# A way to Bloom filter\n")
    assert "<!doctype html>" in path.to_html()
    assert json.loads(json.dumps(path.to_dict()))["goals"] == ["bloom-filter"]


def test_code_is_read_slowly() -> None:
    from conceptgraph.model import Span

    text = " ".join(["word"] * 476)
    assert minutes_of(Article(id="a", title="A", text=text)) == 2
    code = Article(id="a", title="A", text=text, spans=(Span(start=0, end=len(text), kind="code_block"),))
    assert minutes_of(code) == 6
