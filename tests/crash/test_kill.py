"""A build that is killed leaves the old graph or the new one, whole; the next build leaves nothing of the killed one.

``CONCEPTGRAPH_KILLS=300 pytest tests/crash`` kills that many builds at random moments.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path

import pytest

from conceptgraph import StoreError, Vocabulary, store
from conceptgraph.building import build
from conceptgraph.export.node_link import node_link
from conceptgraph.model import Concept, Label
from conceptgraph.pipeline import link, read
from tests.conftest import ARTICLES

KILLS = int(os.environ.get("CONCEPTGRAPH_KILLS", "20"))
FILES = ["concept-map.html", "graph.json", "graph.sqlite", "index.html"]
VOCABULARY = Vocabulary.of(
    Concept(id=word.lower(), labels=(Label(text=word),), kind="technology", definition=f"The word {word}.")
    for word in ("Kafka", "Cassandra", "Redis", "cache", "queue", "index", "replication", "latency", "cluster", "log")
)


def set_corpus(folder: Path, state: int) -> None:
    """Bring the articles to one of three states: they differ in articles added, gone and changed."""
    texts = sorted(path.read_text("utf-8") for path in ARTICLES.glob("*.md"))
    wanted = {f"a{number}.md": texts[number % len(texts)] for number in range(24) if number % 3 != state}
    wanted |= {f"a{number}.md": f"# Part {state}\n\nKafka, Redis and a cache.\n" for number in range(24, 30)}
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def expected(folder: Path) -> str:
    return "".join(node_link(link(read([folder]).articles, VOCABULARY)))


def held(folder: Path) -> str | None:
    """Return the graph that the folder holds, None for none; SQLite must find the file in order."""
    if not (folder / store.FILE).exists():
        return None
    try:
        with store.reading(folder) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return "".join(node_link(store.read(folder)))
    except StoreError as error:
        assert "holds no graph yet" in str(error)  # noqa: PT017 - killed before the first build was done
        return None


def test_killed_at_any_moment(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    graphs = []
    for state in range(3):
        set_corpus(articles, state)
        graphs.append(expected(articles))
    context = get_context("forkserver")
    context.set_forkserver_preload(
        ["conceptgraph.building", "conceptgraph.exporting", "conceptgraph.relatedness", "pyvis.network"]
    )
    pick = random.Random()
    seed = pick.randrange(1 << 30)
    pick.seed(seed)
    seen = {"none": 0, "old": 0, "new": 0, "leftovers": 0}
    folder, state, lasting = tmp_path / "graphs0", 0, 1.0
    for kill in range(KILLS):
        if kill % 5 == 0:
            folder, old = tmp_path / f"graphs{kill}", None
        state = (state + pick.choice([1, 2])) % 3
        set_corpus(articles, state)
        process = context.Process(target=build, args=([articles], folder, VOCABULARY), kwargs={"jobs": 1})
        begun = time.monotonic()
        process.start()
        process.join(pick.uniform(0, 1.1 * lasting))
        process.kill()
        process.join()
        now = held(folder)
        assert now in (old, graphs[state]), f"seed {seed}, kill {kill}"
        seen["new" if now == graphs[state] else "old" if now else "none"] += 1
        if folder.exists():
            seen["leftovers"] += sorted(path.name for path in folder.iterdir()) != FILES
        begun = time.monotonic()
        build([articles], folder, VOCABULARY, jobs=1)
        lasting = 0.7 * lasting + 0.3 * (time.monotonic() - begun)
        old = graphs[state]
        assert held(folder) == old, f"seed {seed}, kill {kill}"
        assert sorted(path.name for path in folder.iterdir()) == FILES, f"seed {seed}, kill {kill}"
        assert (folder / "graph.json").read_text("utf-8") == old
        page = (folder / "concept-map.html").read_text("utf-8")
        assert json.loads(old)["graph"]["build"] in page
        assert page.rstrip().endswith("</html>")
    print(f"{KILLS} kills: {seen}")  # noqa: T201 - with -s: what they met
    assert seen["new"] < KILLS


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
def test_the_processes_of_a_killed_build_end(tmp_path: Path) -> None:
    for number in range(2_000):
        (tmp_path / f"a{number}.md").write_text(f"# Part {number}\n\n" + "Kafka and Redis. " * 200, "utf-8")
    command = [sys.executable, "-m", "conceptgraph", "build", str(tmp_path), "-o", str(tmp_path / "g"), "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    workers: set[int] = set()
    until = time.monotonic() + 60
    while len(workers) < 3 and time.monotonic() < until and process.poll() is None:  # two and the resource tracker
        workers |= _children(process.pid)
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert workers
    until = time.monotonic() + 60
    while any(map(_lives, workers)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [pid for pid in workers if _lives(pid)]


def _children(pid: int) -> set[int]:
    try:
        return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()))
    except OSError:
        return set()


def _lives(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text("ascii")
    except OSError:
        return False
