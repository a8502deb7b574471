from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_cli import failed, run
from tests.conftest import ARTICLES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("related") / "graphs"
    assert run("build", ARTICLES, "-o", folder).exit_code == 0
    return folder


def table(*arguments: str | Path) -> list[dict[str, str]]:
    result = run(*arguments, "--format", "csv")
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def parsed(*arguments: str | Path) -> list[dict[str, object]]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return list(json.loads(result.stdout))


def test_related(graph: Path) -> None:
    asked = ("related", "how-uber-built-odin", "-g", graph)
    shown = run(*asked)
    assert shown.stdout.startswith("Related to “How Uber Built Odin to Handle 3.8 Million Containers”")
    rows = parsed(*asked, "-k", "0")
    assert len(rows) == len(list(ARTICLES.glob("*.md"))) - 1
    assert [row["article"] for row in table(*asked, "-k", "0")] == [row["article"] for row in rows]
    assert list(rows[0]) == ["article", "title", "score", "reasons"]
    fewer = parsed(*asked, "-k", "0", "--exclude", str(rows[0]["article"]), "--measure", "fusion")
    assert [row["article"] for row in fewer] == [row["article"] for row in rows[1:]]
    assert parsed(*asked, "--min-score", "0.99") == []
    assert len(parsed(*asked, "--diversity", "0.5", "-k", "3")) == 3


def test_related_concepts(graph: Path) -> None:
    asked = ("related", "Apache Kafka", "-g", graph, "-k", "3")
    assert run(*asked).stdout.startswith("Related to Apache Kafka\n")
    rows = parsed(*asked)
    assert list(rows[0]) == ["concept", "name", "score", "reasons"]
    assert [row["concept"] for row in table(*asked)] == [row["concept"] for row in rows]


def test_explain(graph: Path) -> None:
    asked = ("explain", "bloom filters", "Cassandra", "-g", graph)
    assert run(*asked).stdout.startswith("Path 1\n")
    paths = parsed(*asked, "-k", "2")
    assert len(paths) == 2
    rows = table(*asked, "-k", "2")
    assert {row["path"] for row in rows} == {"1", "2"}
    assert rows[0]["source"] == "concept:bloom-filter"


def test_nothing_is_related(graph: Path, tmp_path: Path) -> None:
    none = run("related", "how-uber-built-odin", "--min-score", "1", "-g", graph).stdout
    assert none.endswith("\nThere is no other article, or none related so much.\n")
    (tmp_path / "a.md").write_text("# One\n\nKafka.", encoding="utf-8")
    run("build", tmp_path, "-o", tmp_path / "graphs")
    none = run("related", "Kafka", "-g", tmp_path / "graphs").stdout
    assert none == "Related to Apache Kafka\nThere is no other concept that goes with it.\n"


def test_search(graph: Path) -> None:
    asked = ("search", "bloom", "filtr", "-g", graph)
    assert run(*asked).stdout.startswith("Bloom filter  concept  (bloom-filter)\n")
    assert parsed(*asked)[0]["id"] == table(*asked)[0]["id"] == "bloom-filter"
    assert run("search", "qqqqzzzz", "-g", graph).stdout == "Nothing was found.\n"
    assert run("search", "title:kafka AND (", "-g", graph).exit_code == 0


def test_gaps(graph: Path) -> None:
    assert "Often mentioned, never explained\n" in run("gaps", "-g", graph).stdout
    rows = parsed("gaps", "-g", graph, "-k", "2")
    assert [row["kind"] for row in rows].count("unexplained") == 2
    assert [row["text"] for row in table("gaps", "-g", graph, "-k", "2")] == [row["text"] for row in rows]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("related", "casandra"), "nothing is called 'casandra'; the nearest names are Apache Cassandra"),
        (("related", "how-uber-built-odin", "--measure", "magic"), "measure: there is no 'magic'"),
        (("related", "how-uber-built-odin", "--diversity", "2"), "--diversity: 2 is out of range"),
        (
            ("related", "how-uber-built-odin", "--min-score", "nan"),
            "--min-score: nan is out of range; use a number from",
        ),
        (("related", "Kafka", "--min-score", "-1"), "--min-score: -1 is out of range"),
        (("related", "nosuchthing"), "nothing is called 'nosuchthing'; 'conceptgraph articles' and 'conceptgraph"),
        (("related", "how-uber-built-odin", "--exclude", "how-uber-built-odni"), "the nearest names are How Uber"),
        (("explain", "Kafka", "Kafka"), "'Apache Kafka' is named twice"),
        (("explain", "Kafka", "kafca"), "nothing is called 'kafca'; the nearest names are"),
        (("explain", "Kafka", "Odin", "-k", "0"), "k: 0 is no number of paths"),
        (("search", "?!"), "'?!' holds no word"),
    ],
)
def test_bad_questions(graph: Path, arguments: tuple[str, ...], message: str) -> None:
    assert message in failed(*arguments, "-g", graph)
