"""Whatever was done to the articles since the last build, the next one gives the graph of a build from nothing."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from conceptgraph import Vocabulary, store
from conceptgraph.building import build
from conceptgraph.errors import InputError
from conceptgraph.export.node_link import node_link
from conceptgraph.model import Concept, Fact, Label

NAMES = ["a.md", "b.md", "c.txt", "deep/a.md", "deep/d.md"]
SENTENCES = [
    "Kafka is a log.",
    "A queue stands before Go and a goroutine.",
    "A platform called Odin runs here, and Odin is fast.",
    "Odin-Agent helps Odin.",
    "Replication replicates C++ code.",
    "OpenWeather tells.",
    "See [another](b.md) and [one more](deep/d.md).",
    "**Kafka**: a message queue (MQ). The MQ is full.",
]
texts = st.lists(st.sampled_from(SENTENCES), min_size=0, max_size=5).map("\n\n".join)
names = st.sampled_from(NAMES)
edits = st.one_of(
    st.tuples(st.just("write"), names, texts),
    st.tuples(st.just("delete"), names),
    st.tuples(st.just("rename"), names, names),
    st.tuples(st.just("swap"), names, names),
    st.tuples(st.just("append"), names, st.sampled_from(SENTENCES)),
    st.tuples(st.just("vocabulary"), st.integers(0, 3)),
    st.tuples(st.just("touch"), names),
)


def vocabulary(number: int) -> Vocabulary:
    """Return one of four: with and without a concept, with another fact, with one not meant somewhere."""
    facts = (Fact(kind="related", target="kafka", reason="both"),) if number == 1 else ()
    concepts = [
        Concept(id="kafka", labels=(Label(text="Kafka"),), kind="technology", facts=(_fact("queue"),)),
        Concept(id="queue", labels=(Label(text="queue"), Label(text="message queue")), kind="technology", facts=facts),
        Concept(
            id="replication", labels=(Label(text="Replication"), Label(text="replicate", pos="verb")), kind="technology"
        ),
    ]
    if number == 2:
        concepts.append(Concept(id="odin", labels=(Label(text="Odin"),), kind="technology", facts=(_fact("kafka"),)))
    made = Vocabulary.of(concepts)
    if number == 3:
        made.not_in = {"kafka": frozenset({"a"})}
        made.version += " not"
    return made


def _fact(target: str) -> Fact:
    return Fact(kind="related", target=target, reason="kept apart")


def edit(folder: Path, change: tuple[object, ...]) -> None:
    """Do one edit; those of files that are not there do nothing."""
    kind, *rest = change
    paths = [folder / str(name) for name in rest if name in NAMES]
    if kind == "write":
        paths[0].parent.mkdir(exist_ok=True)
        paths[0].write_text(f"# Title\n\n{rest[1]}\n", "utf-8")
    elif kind == "swap" and all(path.exists() for path in paths):
        aside = folder / "aside"
        paths[0].rename(aside)
        if paths[1].exists():
            paths[1].rename(paths[0])
        aside.rename(paths[1])
    elif paths and paths[0].exists():
        if kind == "delete":
            paths[0].unlink()
        elif kind == "rename":
            paths[1].parent.mkdir(exist_ok=True)
            paths[0].rename(paths[1])
        elif kind == "append":
            # The worst that an editor can do: the same length, the same times.
            at = paths[0].stat()
            paths[0].write_text(paths[0].read_text("utf-8").replace("Kafka is a log.", "Odin is a loft."), "utf-8")
            os.utime(paths[0], ns=(at.st_atime_ns, at.st_mtime_ns))
        elif kind == "touch":
            os.utime(paths[0])


def outcome(articles: Path, folder: Path, words: Vocabulary) -> str:
    """Return graph.json, or the sentence that says why there is none."""
    try:
        build([articles], folder, words, jobs=1, exports=False)
    except InputError as error:
        return str(error)
    return "".join(node_link(store.read(folder)))


@settings(max_examples=60)
@given(st.lists(st.lists(edits, min_size=1, max_size=3), min_size=1, max_size=5))
def test_a_build_after_edits_is_a_build_from_nothing(history: list[list[tuple[object, ...]]]) -> None:
    with TemporaryDirectory() as place:
        articles, kept = Path(place, "articles"), Path(place, "kept")
        articles.mkdir()
        (articles / "always.md").write_text("# Always\n\nKafka and a queue. Odin is a platform; Odin runs.\n", "utf-8")
        number = 0
        for at, changes in enumerate(history):
            for change in changes:
                number = int(str(change[1])) if change[0] == "vocabulary" else number
                edit(articles, change)
            words = vocabulary(number)
            anew = outcome(articles, Path(place, f"anew{at}"), words)
            assert outcome(articles, kept, words) == anew
            if not anew.startswith("{"):
                continue
            assert store.read(kept) == store.read(Path(place, f"anew{at}"))
            assert tables(kept) == tables(Path(place, f"anew{at}"))


def tables(folder: Path) -> list[list[tuple[object, ...]]]:
    """Return what a person who queries the file sees, in words."""
    queries = (
        "SELECT * FROM evidence ORDER BY article, start, concept",
        "SELECT * FROM article_concepts ORDER BY article, concept",
        "SELECT * FROM concept_articles ORDER BY concept",
        "SELECT * FROM relations ORDER BY kind, source, target",
        "SELECT c.id, l.number, l.text FROM labels l JOIN concepts c ON c.key = l.concept ORDER BY 1, 2",
        "SELECT id FROM concepts WHERE key IN (SELECT rowid FROM search_concepts('kafka OR odin')) ORDER BY 1",
        "SELECT id FROM articles WHERE key IN (SELECT rowid FROM search_articles('odin')) ORDER BY 1",
        "PRAGMA foreign_key_check",
        "PRAGMA integrity_check",
    )
    with store.reading(folder) as connection:
        return [
            [tuple(round(x, 9) if isinstance(x, float) else x for x in row) for row in connection.execute(query)]
            for query in queries
        ]
