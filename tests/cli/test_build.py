from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from conceptgraph.cli import main
from conceptgraph.store.opening import writing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text("# Kafka\n\nKafka is a log.\n", "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_closing_lines_and_diff(here: Path) -> None:
    assert "the first build: all is new" in run("build").stdout
    assert run("diff").stdout.split() == ["changes", "the", "first", "build:", "all", "is", "new"]
    (here / "articles" / "b.md").write_text("# Redis\n\nRedis is a cache beside Kafka.\n", "utf-8")
    text = run("build", "--jobs", "1").stdout
    assert "read          1 file\n" in text
    assert "new articles  1: b" in text
    assert "Redis" in text
    changes = json.loads(run("diff", "--format", "json").stdout)
    assert changes["new"] == ["b"]
    assert "new articles  1: b" in run("diff").stdout
    assert "none since the last build" in run("build").stdout
    assert run("diff").stdout == run("diff").stdout
    assert "read          2 files" in run("build", "--rebuild").stdout


def test_a_vocabulary_file_that_is_no_longer_given_is_named(here: Path) -> None:
    own = here / "my.yaml"
    own.write_text("apache-kafka: null\n", encoding="utf-8")
    assert run("build").stderr == ""
    assert run("build", "--vocabulary", "my.yaml").stderr == ""
    assert run("build").stderr == (
        f"not used: {own}, which the last build had; to use it, add --vocabulary {own}, or name it in "
        "conceptgraph.toml for all builds\n"
    )
    assert run("build").stderr == ""
    run("build", "--vocabulary", "my.yaml")
    own.unlink()
    assert run("build").stderr == ""


def test_no_exports(here: Path) -> None:
    run("build", "--no-exports")
    assert [path.name for path in (here / "graphs").iterdir()] == ["graph.sqlite"]
    run("build")
    assert (here / "graphs" / "graph.json").exists()


def test_no_wait(here: Path) -> None:
    with writing(here / "graphs"):
        result = run("build", "--no-wait")
    assert result.exit_code == 2
    assert result.stderr == "Error: graphs: another build is writing this folder; run again when it has ended\n"


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_watch(here: Path) -> None:
    command = [sys.executable, "-m", "conceptgraph", "build", "--watch", "--no-exports"]
    # A shell lets what it starts in the background ignore Ctrl-C, which the process would inherit.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with (here / "said").open("w") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        until = time.monotonic() + 300
        while "Ctrl-C ends it" not in (here / "said").read_text("utf-8") and time.monotonic() < until:
            time.sleep(0.05)
        while "new articles  1: c" not in (here / "said").read_text("utf-8") and time.monotonic() < until:
            # Written again and again: a change made before the watch stands is not seen.
            (here / "articles" / "c.md").write_text("# Redis\n\nRedis.\n", "utf-8")
            time.sleep(1)
        # One change that the watch sees for sure: when it is told, no build is under way that the signal would meet.
        (here / "articles" / "d.md").write_text("# Kafka\n\nKafka.\n", "utf-8")
        while "1: d" not in (here / "said").read_text("utf-8") and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0, (here / "said").read_text("utf-8")
        assert "new articles  1: c" in (here / "said").read_text("utf-8")
        assert "Traceback" not in (here / "said").read_text("utf-8")
    finally:
        process.kill()
        process.wait()
