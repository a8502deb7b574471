from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import conceptgraph as cg
from conceptgraph.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

TEXT = "# Odin\n\nOdin is our platform for data. Odin and Odyn, a platform called Odyn, use Kafka and a cache.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text(TEXT, encoding="utf-8")
    assert run("build").exit_code == 0
    return tmp_path


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


def decide(here: Path, *decisions: str) -> Result:
    path = here / "decisions.yaml"
    path.write_text("decisions:\n" + "".join(f"  - {{{decision}}}\n" for decision in decisions), encoding="utf-8")
    return run("review", "--apply", str(path))


def built() -> dict[str, bool]:
    """Build again and return each concept with whether it is known."""
    assert run("build").exit_code == 0
    found = json.loads(run("extract", "articles", "--format", "json").stdout)[0]["concepts"]
    return {concept["id"]: concept["known"] for concept in found}


def test_list(here: Path) -> None:
    rows = json.loads(run("review", "--format", "json").stdout)
    assert [row["id"] for row in rows] == ["odin", "odyn"]
    assert rows[0]["sentence"] == "Odin is our platform for data."
    assert rows[0]["kind"] == "technology"
    odin, odyn = run("review", "--list").stdout.split("\n\n")
    assert odin.splitlines()[:2] == [
        "Odin  technology, in 1 article  (odin)",
        "    “Odin is our platform for data.” — a",
    ]
    assert odyn.startswith("Odyn  technology")


def test_list_of_nothing(here: Path) -> None:
    assert decide(here, "action: reject, concept: odin", "action: reject, concept: odyn").exit_code == 0
    assert run("build").exit_code == 0
    assert run("review", "--list").stdout == "No name awaits a decision.\n"
    assert json.loads(run("review", "--format", "json").stdout) == []


def test_accept_alias_and_undo(here: Path) -> None:
    assert built() == {"odin": False, "odyn": False, "apache-kafka": True, "cache": True}
    assert decide(here, "action: accept, concept: odin", "action: alias, concept: odyn, of: odin").exit_code == 0
    assert built() == {"odin": True, "apache-kafka": True, "cache": True}
    assert decide(here, "action: undo, concept: odyn").exit_code == 0
    assert built() == {"odin": True, "odyn": False, "apache-kafka": True, "cache": True}


def test_reject_not_and_same(here: Path) -> None:
    done = decide(
        here,
        "action: reject, concept: odyn",
        "action: not, concept: cache, article: a",
        "action: same, concept: apache-kafka, of: apache-pulsar",
    )
    assert done.exit_code == 0, done.stderr
    assert "3 decisions kept in articles/concepts.yaml" in done.stderr
    assert built() == {"odin": False, "apache-pulsar": True}
    decide(here, "action: undo, concept: cache", "action: undo, concept: apache-kafka")
    assert built() == {"odin": False, "apache-kafka": True, "cache": True}


def test_in_the_terminal(here: Path) -> None:
    result = run("review", typed="a\nl\nodin\n")
    assert "1 of 2: Odin" in result.stdout
    assert "2 decisions kept" in result.stderr
    assert built() == {"odin": True, "apache-kafka": True, "cache": True}
    assert "nothing was decided" in run("review").stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("decisions:\n  - {action: like, concept: odin}", ":2: 'like' is no action"),
        ("decisions:\n  - {action: alias, concept: odin}", ":2: the action 'alias' needs 'of'"),
        ("decisions:\n  - {action: accept, concept: odin, colour: red}", ":2: 'colour' is no part of a decision"),
        ("decisions:\n  - {action: accept, concept: thor}", "'thor' is not among the proposals"),
        ("other: []", "needs the key 'decisions'"),
        ("decisions: [", "not YAML"),
    ],
)
def test_bad_decisions_change_nothing(here: Path, text: str, message: str) -> None:
    path = here / "decisions.yaml"
    path.write_text(text, encoding="utf-8")
    result = run("review", "--apply", str(path))
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (here / "articles" / "concepts.yaml").exists()


def test_proposals_alone_can_be_rejected(here: Path) -> None:
    """Of the vocabulary's concepts the sentence says what to do instead, and doing it works."""
    result = decide(here, "action: accept, concept: odin", "action: reject, concept: cache")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: reject: 'cache' is in the vocabulary; to remove it, write 'cache: null' into articles/concepts.yaml; "
        "use the action 'not' where only a link is wrong; none of the 2 decisions is kept\n"
    )
    kept = here / "articles" / "concepts.yaml"
    assert not kept.exists()
    kept.write_text("cache: null\n", encoding="utf-8")
    assert built() == {"odin": False, "odyn": False, "apache-kafka": True}
    assert "'cache' is not in the vocabulary" in decide(here, "action: not, concept: cache, article: a").stderr
    assert decide(here, "action: reject, concept: odyn").exit_code == 0
    assert built() == {"odin": False, "apache-kafka": True}
    assert "use the action 'same'" in decide(here, "action: alias, concept: apache-kafka, of: apache-pulsar").stderr


def test_a_decision_is_undone_before_another(here: Path) -> None:
    decide(here, "action: accept, concept: odin")
    built()
    result = decide(here, "action: reject, concept: odin")
    assert result.stderr == "Error: reject: 'odin' was decided before; undo that first\n"


def test_decisions_that_no_longer_fit_stop_the_build(here: Path) -> None:
    kept = here / "articles" / "concepts.yaml"
    kept.write_text("no-such-concept:\n  same_as: cache\n", encoding="utf-8")
    result = run("build")
    assert result.exit_code == 2
    assert "'no-such-concept' is not in the vocabulary" in result.stderr


@pytest.mark.parametrize(
    "decision",
    [
        "action: same, concept: no-such-concept, of: cache",
        "action: same, concept: cache, of: cache",
        "action: alias, concept: odin, of: no-such-concept",
        "action: accept, concept: odin, kind: banana",
        "action: not, concept: cahce, article: a",
    ],
)
def test_what_cannot_be_is_refused_at_once(here: Path, decision: str) -> None:
    result = decide(here, decision)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert not (here / "articles" / "concepts.yaml").exists()


def test_what_was_decided_is_kept_when_the_reader_stops(here: Path) -> None:
    run("review", typed="r\n")
    assert built() == {"odyn": False, "apache-kafka": True, "cache": True}
    rows = json.loads(run("review", "--format", "json").stdout)
    assert [row["id"] for row in rows] == ["odyn"]


def test_decisions_hold_where_articles_lie_further_down(here: Path) -> None:
    assert run("build", ".").exit_code == 0
    done = decide(here, "action: reject, concept: odyn", "action: not, concept: cache, article: articles/a")
    assert "2 decisions kept in concepts.yaml" in done.stderr
    assert run("build", ".").stderr == ""
    named = {concept["id"] for concept in json.loads(run("concepts", "--format", "json").stdout)}
    assert named == {"odin", "apache-kafka"}
    assert list(cg.load("graphs").vocabulary.rejected) == ["odyn"]


def test_decisions_further_down_that_do_not_hold_are_named(here: Path) -> None:
    decide(here, "action: reject, concept: odyn")
    kept = "articles/concepts.yaml"
    assert run("build").stderr == ""
    assert run("build", ".").stderr == (
        f"not used: {kept}: its decisions are for builds of articles, where articles have other ids; "
        f"to use it here too, add --vocabulary {kept}\n"
    )
    assert run("build", ".", "articles", "-o", "both").stderr == ""
    assert run("build", ".", "--vocabulary", kept).stderr == ""


def test_decisions_are_kept_beside_the_articles_of_the_graph(here: Path) -> None:
    other = here / "other"
    (other / "notes").mkdir(parents=True)
    (other / "notes" / "n.md").write_text(TEXT, encoding="utf-8")
    run("build", "other/notes", "-o", "other/graphs")
    (here / "d.yaml").write_text("decisions: [{action: reject, concept: odyn}]", encoding="utf-8")
    assert run("review", "-g", "other/graphs", "--apply", "d.yaml").exit_code == 0
    assert (other / "notes" / "concepts.yaml").exists()
    for paths in ("other/notes", "other/notes/n.md", "other/notes/*.md"):
        found = json.loads(run("extract", paths, "--format", "json").stdout)
        assert "odyn" not in {concept["id"] for concept in found[0]["concepts"]}
