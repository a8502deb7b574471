"""The explorer's page makes the same study paths as Python does, from the data that Python writes into it."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import conceptgraph as cg
from conceptgraph.export.explorer.data import page_data
from conceptgraph.extract.quotes import quote_places, where
from conceptgraph.graph import article_node, concept_node
from conceptgraph.lessons import all_concepts
from conceptgraph.model import Article, ArticleConcept, Concept, Fact, Label, Mention, Records, Section
from conceptgraph.prerequisites import prerequisite_graph
from conceptgraph.slices import titles, with_id
from conceptgraph.study import study_path
from conceptgraph.study.render import to_markdown
from conceptgraph.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tests" / "web" / "study_paths.mjs"
WORLDS = 200

Query = dict[str, Any]


def in_page(worlds: Iterable[tuple[Records, Vocabulary, Sequence[Query]]]) -> list[list[dict[str, Any]]]:
    """Return what the page's script answers to some queries, for each world."""
    node = shutil.which("node")
    if not node or not (ROOT / "node_modules" / "esbuild").exists():
        assert not os.environ.get("CI"), "node and esbuild are missing, and CI must have them"
        pytest.skip("node or esbuild is missing (npm install)")
    given = [{"data": data_of(records, vocabulary), "queries": queries} for records, vocabulary, queries in worlds]
    text = json.dumps(given, default=lambda column: column.tolist())
    done = subprocess.run([node, SCRIPT, "-"], input=text, capture_output=True, text=True, check=True, cwd=ROOT)
    answers: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return answers


def data_of(records: Records, vocabulary: Vocabulary) -> dict[str, Any]:
    nodes = [
        *(concept_node(each.id) for each in records.concepts),
        *(article_node(each.id) for each in records.articles),
    ]
    return page_data(
        records, positions=dict.fromkeys(nodes, (0.0, 0.0)), communities=(), related={}, vocabulary=vocabulary
    )


def in_python(records: Records, vocabulary: Vocabulary, queries: Iterable[Query]) -> list[dict[str, Any]]:
    """Return what the page is to answer."""
    concepts, graph = all_concepts(vocabulary, records), prerequisite_graph(vocabulary, records)
    called = {f"article:{id_}": title for id_, title in titles(records.articles).items()}
    answers = []
    for query in queries:
        path = study_path(
            records,
            graph,
            [
                with_id(records.articles, goal[8:]) if goal.startswith("article:") else concepts[goal]
                for goal in query["goals"]
            ],
            concepts=concepts,
            known=query.get("known", ()),
            minutes=query.get("budget"),
            exclude=query.get("without", ()),
            known_implies=not query.get("strict"),
        )
        answer = json.loads(json.dumps(path.to_dict())) | {"markdown": to_markdown(path, called)}
        for step in answer["steps"]:
            step["quote"] += where(step.pop("page"))  # the page keeps the two together
        answers.append({key: value for key, value in answer.items() if key not in ("goals", "known")})
    return answers


def world(seed: int) -> tuple[Records, Vocabulary, list[Query]]:
    """Return a small corpus with concepts that no article mentions, and things to ask of it."""
    pick = random.Random(seed)
    ids = [f"c{number:02}" for number in range(pick.randint(4, 30))]
    pick.shuffle(ids)
    concepts = [
        Concept(
            id=id_,
            labels=(Label(text=f"Thing *{id_}*"),),
            kind="technology",
            definition=f"What {id_} is.",
            facts=tuple(
                Fact(kind=pick.choice(("requires", "requires", "builds_on", "broader")), target=other, reason=reason)
                for other in sorted(pick.sample(ids[:at], min(at, pick.randint(0, 3))))
                for reason in [pick.choice(("", f"It stands on {other}."))]
            ),
        )
        for at, id_ in enumerate(ids)
    ]
    vocabulary = Vocabulary.of(sorted(concepts, key=lambda each: each.id))
    named = sorted(pick.sample(ids, pick.randint(1, len(ids))))
    articles, rows, mentions = [], [], []
    for number in range(pick.randint(1, 20)):
        article, own, places = _article(f"a{number:02}", named, pick)
        articles.append(article)
        rows += own
        mentions += places
    mentioned = {row.concept for row in rows}
    records = Records(
        build="b",
        articles=tuple(articles),
        concepts=tuple(vocabulary[id_] for id_ in named if id_ in mentioned),
        mentions=tuple(mentions),
        article_concepts=tuple(rows),
    )
    return records, vocabulary, [_query(records, pick) for _ in range(6)]


def _article(
    id_: str, named: Sequence[str], pick: random.Random
) -> tuple[Article, list[ArticleConcept], list[Mention]]:
    lines, sections, mentions = [f"Title {id_}."], [], []
    spoken = sorted(pick.sample(named, min(len(named), pick.randint(1, 6))))
    for number in range(pick.randint(0, 6)):
        start = sum(len(line) + 1 for line in lines)
        lines.append(f"Part {number} 🚀.")
        for concept in pick.choices(spoken, k=pick.randint(0, 4)):
            at = sum(len(line) + 1 for line in lines)
            mention = Mention(
                article=id_, concept=concept, start=at, end=at + 3, surface=concept, technique="known", confidence=1.0
            )
            mentions.append(mention)
            lines.append(f"{concept} is what this sentence is about{' indeed' * pick.randint(0, 90)}.")
        end = sum(len(line) + 1 for line in lines)
        sections.append(Section(heading=f"page {number}", level=pick.choice((1, 2, 3)), start=start, end=end))
    path = pick.choice(("a.md", "a.pdf"))
    title = f"Title {int(id_[1:]) % 12}"  # of many articles, some are called the same
    article = Article(id=id_, title=title, text="\n".join(lines), sections=tuple(sections), path=path)
    places = quote_places(article, mentions)
    rows = [
        ArticleConcept(
            article=id_,
            concept=concept,
            weight=weight,
            core=weight > 0.6 or pick.random() < 0.1,
            quote=places.get(concept, (0, 0)),
        )
        for concept in spoken
        for weight in [pick.choice((0.1, 0.325, 0.3299, 0.33, 0.334, 0.5, 0.7, 0.7))]
    ]
    rows.sort(key=lambda row: (-row.weight, row.concept))
    return article, rows, mentions


def _query(records: Records, pick: random.Random) -> Query:
    ids = [concept.id for concept in records.concepts]
    goals = [f"article:{pick.choice(records.articles).id}"] if pick.random() < 0.3 else []
    return {
        "goals": [*goals, *pick.sample(ids, min(len(ids), pick.randint(0 if goals else 1, 2)))],
        "known": pick.sample(ids, min(len(ids), pick.randint(0, 2))),
        "budget": pick.choice((None, 1, 3, 6, 12)),
        "strict": pick.random() < 0.3,
        "without": [each.id for each in records.articles if pick.random() < 0.1],
    }


def test_both_answer_alike_in_made_worlds() -> None:
    worlds = [world(seed) for seed in range(WORLDS)]
    wanted = [in_python(*each) for each in worlds]
    for seed, (found, want) in enumerate(zip(in_page(worlds), wanted, strict=True)):
        assert found == want, seed
    steps = [answer["steps"] for answers in wanted for answer in answers]
    assert sum(len(each) > 1 for each in steps) > WORLDS, "most worlds are worth a path"
    assert any(step["sections"] for each in steps for step in each)
    assert any("(p. " in step["quote"] for each in steps for step in each)
    assert any(step["title"] == "Title 0 (a12)" for each in steps for step in each)
    assert any(answer["cut"] for answers in wanted for answer in answers)


def test_both_answer_alike_on_our_articles() -> None:
    g = cg.build(ROOT / "articles")
    goals = [f"article:{article.id}" for article in g.records.articles]
    goals += ["apache-cassandra", "raft", "bloom-filter", "http-3", "saga-pattern", "message-queue"]
    queries = [
        {"goals": [goal], "known": known, "budget": budget}
        for goal in goals
        for known, budget in (((), None), (("sql", "hash-function"), 30), (("database",), 10))
    ]
    queries.append({"goals": ["apache-cassandra", "article:raft-consensus"], "budget": 60})
    (found,) = in_page([(g.records, g.vocabulary, queries)])
    for query, answer, want in zip(queries, found, in_python(g.records, g.vocabulary, queries), strict=True):
        assert answer == want, query
