"""The page's data survives its packing; tests/web/packing.test.mjs holds that the page reads it alike."""

from __future__ import annotations

import json
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from conceptgraph.export.explorer.packing import read, written
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden" / "page_data.json"
numbers = st.lists(st.integers(-(2**31), 2**31), max_size=60)


def graph(concepts: int, articles: int, seed: int) -> dict[str, Any]:
    """Return columns of a graph, rows in the order in which they are read again."""
    pick = random.Random(seed)
    links: list[tuple[int, int, int]] = []
    counts = []
    for _ in range(articles):
        found = pick.sample(range(concepts), min(concepts, pick.randrange(6)))
        rows = sorted((-pick.randrange(101), concept) for concept in found)
        counts.append(len(rows))
        links += [(concept, -weight, pick.randrange(2)) for weight, concept in rows]
    relations = [(pick.randrange(concepts), pick.randrange(concepts)) for _ in range(concepts)]
    number = list(range(len(relations)))
    return {
        "build": f"{concepts} by {articles}",
        "concepts": {
            "id": [("c++", "café", "a-b", "x")[i % 4] + ("" if i < 4 else str(i)) for i in range(concepts)],
            "name": [("C++", "Café", "A b", "Unlike")[i % 4] + ("" if i < 4 else str(i)) for i in range(concepts)],
            "definition": ["the same words in the same order, again and again 🚀"] * concepts,
            "community": [pick.randrange(-1, 4) for _ in range(concepts)],
            "x": [pick.randrange(-900, 900) for _ in range(concepts)],
            "y": [pick.randrange(-90_000, 90_000) for _ in range(concepts)],
        },
        "articles": {
            "id": [f"part/a{i:04}" for i in range(articles)],
            "title": [f"On {i} <script> & more" for i in range(articles)],
            "community": [pick.randrange(-1, 6) for _ in range(articles)],
            "x": [pick.randrange(-900, 900) for _ in range(articles)],
            "y": [pick.randrange(-900, 900) for _ in range(articles)],
        },
        "links": {
            "count": counts,
            "concept": [concept for concept, *_ in links],
            "weight": [weight for _, weight, _ in links],
            "core": "".join("01"[core] for *_, core in links),
            "quote": list(range(len(links))),
            "techniques": ["", "known"],
        },
        "relations": {
            "source": [source for source, _ in relations],
            "target": [target for _, target in relations],
            "kind": [each % 2 for each in number],
            "kinds": ["", "broader"],
            "confidence": [each % 101 for each in number],
            "why": number,
            "technique": [0 for _ in number],
            "techniques": [""],
        },
        "reader": {"marks": [[i, 5, 7][: 3 * (i % 2)] for i in range(articles)]},
    }


def in_order(data: dict[str, Any]) -> dict[str, Any]:
    """Sort the relations, whose order says nothing."""
    rows = data["relations"]
    names = ("source", "target", "kind", "confidence", "why", "technique")
    columns = zip(*sorted(zip(*(rows[name] for name in names), strict=True)), strict=True)
    return {**data, "relations": {**rows, **dict(zip(names, map(list, columns), strict=True))}}


def test_a_graph_is_the_same_again() -> None:
    for seed, (concepts, articles) in enumerate([(1, 0), (3, 2), (30, 40), (300, 500)]):
        data = graph(concepts, articles, seed)
        text = written(json.loads(json.dumps(data)))
        assert in_order(read(text)) == in_order(data)
        assert text.isascii()
        assert text.isprintable()
        assert "<" not in text


@given(st.dictionaries(st.text(), st.one_of(numbers, st.lists(numbers, max_size=40), st.text(), st.lists(st.text()))))
def test_any_columns_are_the_same_again(table: dict[str, Any]) -> None:
    assert read(written({"table": table})) == {"table": table}


def test_text_beyond_the_bound_is_written_out() -> None:
    words = ["a word or two that come again"] * 200_000
    assert read(written({"words": words})) == {"words": words}


def test_half_a_surrogate_pair_does_no_harm() -> None:
    assert read(written({"a": "\ud800x"})) == {"a": "?x"}


def test_what_an_earlier_version_wrote_is_read() -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    assert read(golden["text"]) == golden["data"]
