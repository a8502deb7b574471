"""``conceptgraph prerequisites`` and ``conceptgraph study``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from conceptgraph.cli import main

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = {
    "quic": "# How QUIC works\n\nQUIC is a transport protocol over UDP. QUIC has streams. QUIC encrypts.\n",
    "udp": "# UDP in short\n\nUDP is a protocol without connections. UDP sends datagrams. UDP loses some.\n",
    "http-3": "# What HTTP/3 is\n\nHTTP/3 is HTTP over QUIC. HTTP/3 needs no TCP. HTTP/3 is quick.\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("study")
    for name, text in ARTICLES.items():
        (root / f"{name}.md").write_text(text, "utf-8")
    result = CliRunner().invoke(main, ["build", str(root), "-o", str(root / "graphs")])
    assert result.exit_code == 0, result.output
    return root / "graphs"


def run(*arguments: object) -> Any:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return result


def test_prerequisites_of_the_vocabulary_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = json.loads(run("prerequisites", "HTTP/3", "--format", "json").stdout)
    assert list(found) == ["HTTP/3"]
    assert {"id", "name", "confidence", "tier", "reason"} == set(found["HTTP/3"][0])
    assert "quic" in {row["id"] for row in found["HTTP/3"]}
    closure = json.loads(run("prerequisites", "HTTP/3", "--closure", "--format", "json").stdout)["HTTP/3"]
    order = [row["id"] for row in closure]
    assert order.index("user-datagram-protocol") < order.index("quic")
    assert "http-3" not in order


def test_unknown_names_are_refused_or_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused = CliRunner().invoke(main, ["prerequisites", "HTPP/3"])
    assert refused.exit_code == 2
    assert "nearest names are" in refused.output
    found = run("prerequisites", "HTTP/3", "no such thing at all", "--skip-unknown", "--format", "json")
    assert list(json.loads(found.stdout)) == ["HTTP/3"]
    assert "skipped: nothing is called 'no such thing at all'; no name in the vocabulary is near" in found.stderr


def test_a_path_as_json(folder: Path) -> None:
    path = json.loads(run("study", "HTTP/3", "-g", folder, "--format", "json").stdout)
    assert path["goals"] == ["http-3"]
    assert [step["article"] for step in path["steps"]] == ["udp", "quic", "http-3"]
    assert path["minutes"] == sum(step["minutes"] for step in path["steps"])
    assert {"article", "concepts", "minutes", "why", "unlocks"} <= set(path["steps"][0])
    assert path["concepts"][-1] == "http-3"
    assert {"gaps", "cut", "known"} <= set(path)


def test_what_is_known_comes_from_names_and_files(folder: Path, tmp_path: Path) -> None:
    whole = json.loads(run("study", "HTTP/3", "-g", folder, "--format", "json").stdout)
    (tmp_path / "known.json").write_text('{"known": ["quic"]}', "utf-8")
    (tmp_path / "known.txt").write_text("# mine\nQUIC\n", "utf-8")
    paths = [
        json.loads(run("study", "HTTP/3", "--know", know, "-g", folder, "--format", "json").stdout)
        for know in ("QUIC", tmp_path / "known.json", tmp_path / "known.txt")
    ]
    assert paths[0] == paths[1] == paths[2]
    assert [step["article"] for step in paths[0]["steps"]] == ["http-3"]
    assert set(paths[0]["concepts"]) < set(whole["concepts"])


def test_a_file_of_another_form_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text('{"knows": []}', "utf-8")
    result = CliRunner().invoke(main, ["study", "HTTP/3", "--know", str(tmp_path / "known.json"), "-g", str(folder)])
    assert result.exit_code == 2
    assert "holds no list of names" in result.output


def test_an_unknown_goal_offers_the_nearest_names(folder: Path) -> None:
    result = CliRunner().invoke(main, ["study", "QUICK", "-g", str(folder)])
    assert result.exit_code == 2
    assert "QUIC" in result.output


@pytest.mark.parametrize(("form", "begins"), [("table", "A way to HTTP/3\n"), ("md", "# A way"), ("html", "<!doctype")])
def test_a_path_to_read(folder: Path, form: str, begins: str) -> None:
    told = run("study", "HTTP/3", "-g", folder, "--format", form).stdout
    assert told.startswith(begins)
    assert told.count("Farther from the goal: ") == 1


def test_a_goal_that_is_known_says_so(folder: Path) -> None:
    assert "known already" in run("study", "QUIC", "--know", "HTTP/3", "-g", folder).stdout


def test_a_budget_binds_and_a_second_path_is_another(folder: Path) -> None:
    path = json.loads(run("study", "HTTP/3", "--minutes", 1, "-g", folder, "--format", "json").stdout)
    assert path["minutes"] <= 1
    assert path["cut"]
    second = json.loads(run("study", "HTTP/3", "--minutes", 1, "--second", "-g", folder, "--format", "json").stdout)
    assert {step["article"] for step in path["steps"]}.isdisjoint(step["article"] for step in second["steps"])
