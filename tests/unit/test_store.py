from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest

import conceptgraph as cg
from conceptgraph import building, pipeline, store
from conceptgraph.article_stage import CHUNK, read_files, stat_of
from conceptgraph.export import EXPORTERS, export
from conceptgraph.export.node_link import node_link
from conceptgraph.extract.terms import counted
from conceptgraph.found import Numbers
from conceptgraph.layout import from_bytes, layout
from conceptgraph.processes import process_pool
from conceptgraph.relatedness import build_index, stored
from conceptgraph.sources import find_files
from conceptgraph.store import schema
from conceptgraph.store.blobs import LAYOUT, keep_blob, read_blob
from conceptgraph.store.changes import Changes
from conceptgraph.store.opening import transaction, writing
from conceptgraph.store.terms import read_terms
from tests.conftest import ARTICLES

if TYPE_CHECKING:
    from conceptgraph import Vocabulary
    from conceptgraph.building import Built


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    write(tmp_path / "articles" / "a.md", "# Kafka\n\nKafka is a queue. A platform called Odin runs; Odin is fast.\n")
    write(tmp_path / "articles" / "b.md", "# Queues\n\nA queue before Kafka, replicated.\n")
    write(tmp_path / "articles" / "c.md", "# Copies\n\nReplication of Kafka. Odin. See [a](a.md).\n")
    return tmp_path / "articles"


def built(articles: Path, small: Vocabulary, **given: Any) -> Built:
    return building.build([articles], articles.parent / "graphs", small, **{"jobs": 1, **given})


def test_only_what_changed_is_read(articles: Path, small: Vocabulary) -> None:
    first = built(articles, small)
    assert (first.read, first.changes and first.changes.first, len(first.exports)) == (3, True, 3)
    again = built(articles, small)
    assert (again.read, again.changes, again.exports) == (0, None, ())
    write(articles / "b.md", "# Queues\n\nGo and a goroutine before Kafka.\n")
    write(articles / "d.md", "# More\n\nC++ and a queue.\n")
    (articles / "c.md").unlink()
    third = built(articles, small)
    assert third.read == 2
    assert third.changes == store.read_changes(articles.parent / "graphs")
    assert third.changes
    assert (third.changes.new, third.changes.changed, third.changes.gone) == (("d",), ("b",), ("c",))
    assert third.changes.new_concepts == ("C++", "Go")
    assert third.changes.gone_concepts == ("Replication",)
    assert dict(third.changes.lines())["new articles"] == "1: d"
    assert built(articles, small, rebuild=True).read == 3


def test_the_way_in_which_a_path_is_written_changes_nothing(
    articles: Path, small: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(articles.parent)
    write(articles / "t.csv", "id,text\none,Cassandra\ntwo,A log of Kafka\n")
    folder = articles.parent / "graphs"
    built(articles, small)
    for root in (Path("articles"), articles / ".." / "articles", articles):
        again = building.build([root], folder, small, jobs=1)
        assert (again.read, again.changes) == (0, None)
        building.build([root], articles.parent / "anew", small, jobs=1, rebuild=True)
        assert store.read(folder) == store.read(articles.parent / "anew")
        with writing(folder) as connection:
            assert read_terms(connection, store.read(folder).build)  # they go with the new hashes
    write(articles / "b.md", "# Queues\n\nGo and a goroutine before Kafka.\n")
    monkeypatch.chdir(articles)  # whence nobody knows where a relative path led
    other = building.build([Path("../articles")], folder, small, jobs=1)
    assert other.changes
    assert other.changes.changed == ("b",)
    assert building.build([Path()], folder, small, rebuild=True).changes == Changes()


def test_a_touched_file_is_not_read_again_and_a_new_vocabulary_reads_all(articles: Path, small: Vocabulary) -> None:
    built(articles, small)
    (articles / "a.md").touch()
    assert built(articles, small).read == 0
    assert built(articles, cg.Vocabulary.of([*small.values()][:3])).read == 3


def test_other_code_reads_all(articles: Path, small: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    built(articles, small)
    monkeypatch.setattr(building, "code_version", lambda: "another")
    assert built(articles, small).read == 3


def test_new_links_are_told(articles: Path, small: Vocabulary) -> None:
    built(articles, small)
    for number in range(4):
        write(articles / f"n{number}.md", "# N\n\nC++ and Go, a goroutine.\n")
    changes = built(articles, small).changes
    assert changes
    assert ("C++", "Go", "co_occurs") in [link[:3] for link in changes.strongest]
    assert changes.new_links >= 1


def test_a_build_from_nothing_tells_only_links_that_are_new(articles: Path, small: Vocabulary) -> None:
    """It numbers the concepts anew, and all come after those that are gone."""
    write(articles / "0.md", "# First\n\nReplication.\n")
    for number in range(4):
        write(articles / f"n{number}.md", "# N\n\nC++ and Go, a goroutine.\n")
    built(articles, small)
    (articles / "0.md").unlink()
    fewer = cg.Vocabulary.of([concept for concept in small.values() if concept.name != "Replication"])
    changes = built(articles, fewer, rebuild=True).changes
    assert changes
    assert changes.gone_concepts == ("Replication",)
    assert changes.new_links == 0


def test_a_second_build_waits_or_stops(articles: Path, small: Vocabulary) -> None:
    built(articles, small)
    folder = articles.parent / "graphs"
    waited = threading.Event()
    with writing(folder):
        with pytest.raises(cg.StoreError, match="another build is writing this folder"):
            built(articles, small, wait=False)
        second = threading.Thread(target=lambda: built(articles, small, waiting=waited.set))
        second.start()
        assert waited.wait(30)
        assert second.is_alive()
        assert len(store.read(folder).articles) == 3  # readers do not wait
    second.join(30)
    assert not second.is_alive()


def test_readers_see_a_whole_graph_during_a_build(articles: Path, small: Vocabulary) -> None:
    built(articles, small)
    folder = articles.parent / "graphs"
    before = store.read(folder)
    with writing(folder) as connection, transaction(connection):
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute("DELETE FROM articles")
        assert store.read(folder) == before
        connection.execute("ROLLBACK")
        connection.execute("BEGIN")
    assert store.read(folder) == before


def test_jobs_do_not_matter(articles: Path, small: Vocabulary) -> None:
    for number in range(5 * CHUNK + 3):
        write(articles / f"n{number}.md", f"# N {number}\n\nKafka and queue {number}, Go, a goroutine.\n")
    built(articles, small, jobs=3, exports=False)
    found = [*node_link(store.read(articles.parent / "graphs"))]
    built(articles, small, jobs=1, rebuild=True, exports=False)
    assert [*node_link(store.read(articles.parent / "graphs"))] == found
    files = find_files([articles])
    numbers: list[list[str]] = []
    for jobs in (1, 2):
        concepts = Numbers()
        rows = [
            row
            for file in read_files(files, small, concepts=concepts, techniques=Numbers(), jobs=jobs)
            for row in file.articles
        ]
        assert len(rows) == len(files)
        numbers.append(list(concepts))
    assert numbers[0] == numbers[1]


def test_a_second_process_makes_the_same(articles: Path, small: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = articles.parent / "graphs"

    def made() -> tuple[list[bytes], bytes | None]:
        written = [exporter.file for exporter in EXPORTERS.values() if exporter.default]
        with writing(folder) as connection:
            return [(folder / file).read_bytes() for file in written], read_blob(connection, stored.BLOB)

    built(articles, small)
    alone = made()
    shutil.rmtree(folder)
    monkeypatch.setattr(building, "WORTH_IT", 1)
    begun = Mock(wraps=process_pool)
    monkeypatch.setattr(building, "process_pool", begun)
    assert len(built(articles, small, jobs=2).exports) == 3
    begun.assert_called_once()
    assert made() == alone
    assert built(articles, small, jobs=2).exports == ()


def test_a_full_disk_leaves_the_old_graph(articles: Path, small: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    built(articles, small)
    folder = articles.parent / "graphs"
    before = store.read(folder), (folder / "graph.json").read_bytes()
    for number in range(40):
        write(articles / f"n{number}.md", "# N\n\n" + "Kafka and a queue. " * 500)
    connect = sqlite3.connect

    def full(*given: Any, **named: Any) -> Any:
        connection = connect(*given, **named)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(sqlite3, "connect", full)
        with pytest.raises(
            cg.StoreError, match=r"graph.sqlite: cannot be written \(database or disk is full\); free some"
        ):
            built(articles, small)
    assert (store.read(folder), (folder / "graph.json").read_bytes()) == before
    assert sorted(path.name for path in folder.iterdir()) == [
        "concept-map.html",
        "graph.json",
        "graph.sqlite",
        "index.html",
    ]
    assert built(articles, small).read == 40


def test_a_real_full_disk(articles: Path, small: Vocabulary, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if (
        not mount
        or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=2m", "none", disk], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("cannot mount a small disk here")
    try:
        building.build([articles], disk / "graphs", small, exports=False)
        before = store.read(disk / "graphs")
        for number in range(40):
            write(articles / f"n{number}.md", "# N\n\n" + "Kafka and a queue. " * 3_000)
        with pytest.raises(cg.StoreError, match="cannot be written"):
            building.build([articles], disk / "graphs", small)
        assert store.read(disk / "graphs") == before
        with pytest.raises(cg.StoreError, match="cannot be written"):
            building.build([articles], disk / "new", small)
        assert not (disk / "new").exists()
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_folder_that_cannot_be_written(articles: Path, small: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(articles.parent / "file", "not a folder")
    with pytest.raises(cg.StoreError, match="cannot be written"):
        building.build([articles], file, small)
    with pytest.raises(cg.StoreError, match="cannot be written"):
        building.build([articles], file / "below", small)
    built(articles, small)
    folder = articles.parent / "graphs"
    before = store.read(folder)
    write(articles / "b.md", "# Other\n\nKafka.\n")
    connect = sqlite3.connect
    read_only = f"{(folder / 'graph.sqlite').as_uri()}?mode=ro&immutable=1"
    with monkeypatch.context() as patched:
        patched.setattr(sqlite3, "connect", lambda *_, **named: connect(read_only, uri=True, isolation_level=None))
        with pytest.raises(cg.StoreError, match=r"cannot be written \(attempt to write a readonly database\)"):
            built(articles, small)
    assert store.read(folder) == before


def test_a_graph_on_a_read_only_disk_can_be_read(
    articles: Path, small: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(articles, small)
    before = store.read(articles.parent / "graphs")
    connect = sqlite3.connect

    def refused(name: str, **named: Any) -> Any:
        if "immutable" not in name:
            raise sqlite3.OperationalError("unable to open database file")
        return connect(name, **named)

    monkeypatch.setattr(sqlite3, "connect", refused)
    assert store.read(articles.parent / "graphs") == before


def test_a_failed_first_build_leaves_nothing(articles: Path, small: Vocabulary) -> None:
    write(articles / "empty.md", "")
    with pytest.raises(cg.InputError, match="is empty"):
        building.build([articles], articles.parent / "deep" / "graphs", small, strict=True)
    assert not (articles.parent / "deep").exists()
    write(articles.parent / "x" / "a.md", "# One")
    with pytest.raises(cg.InputError, match="two files have the id 'a'"):
        building.build([articles, articles.parent / "x"], articles.parent / "deep" / "graphs", small, strict=True)
    write(articles.parent / "a.csv", "id,text\nb,Raft")
    write(articles.parent / "a" / "b.md", "# Raft")
    with pytest.raises(cg.InputError, match=r"“b” has the id 'a/b', as “Raft” in .*b.md has"):
        building.build(
            [articles.parent / "a.csv", articles.parent], articles.parent / "deep" / "graphs", small, strict=True
        )
    assert not (articles.parent / "deep").exists()


@pytest.mark.parametrize(
    "names",
    [("t/u/one.md", "t.csv"), ("t.csv", "t/u/one.md"), ("t.csv", "t/u.jsonl", "t/u/one.md"), ("t/u.jsonl", "t.csv")],
)
def test_of_articles_with_one_id_the_first_is_kept(
    articles: Path, small: Vocabulary, tmp_path: Path, names: tuple[str, ...]
) -> None:
    """Whichever came first into the folder, and as a build from nothing has it; the others are named by every build."""
    contents = {
        "t.csv": "id,text\nu/one,Cassandra\nu/two,A log\n",
        "t/u.jsonl": '{"id": "one", "text": "Raft"}',
        "t/u/one.md": "# One\n\nKafka.",
    }
    folder = articles.parent / "graphs"
    for name in names:
        write(articles / name, contents[name])
        building.build([articles], folder, small)
    again = building.build([articles], folder, small)
    anew = building.build([articles], tmp_path / "anew", small)
    read = pipeline.read([articles])
    kept, *others = sorted(names, reverse=True, key=lambda name: name.count("/"))
    for left_out in (again.left_out, anew.left_out, read.left_out):
        assert sorted(one.path for one in left_out) == sorted(str(articles / name) for name in others)
        assert all("has the id 't/u/one', as “" in one.reason for one in left_out)
    assert store.read(folder) == store.read(tmp_path / "anew")
    assert store.read(folder).articles == read.articles
    assert {a.id: a.path for a in read.articles}["t/u/one"] == str(articles / kept)
    (articles / kept).unlink()
    building.build([articles], folder, small)
    assert {a.id: a.path for a in store.read(folder).articles}["t/u/one"] == str(articles / others[0])


def test_pages_of_ours_are_no_articles_whatever_they_are_called(articles: Path, small: Vocabulary) -> None:
    folder = articles.parent / "graphs"
    before = building.build([articles], folder, small)
    records = store.read(folder)
    write(articles / "quoted.md", '<meta name="generator" content="conceptgraph">\n\nmarks a page of the log.')
    for name, form in (("a.html", "pyvis"), ("x/map.htm", "explorer"), ("x/all.md", "markdown")):
        (articles / name).parent.mkdir(exist_ok=True)
        export(records, form, articles / name)
    way = cg.ConceptGraph(records).study_path("Apache Cassandra")
    write(articles / "way.md", way.to_markdown())
    write(articles / "way.html", way.to_html())
    after = building.build([articles], folder, small)
    assert after.changes
    assert (after.changes.new, after.changes.gone) == (("quoted",), ())
    assert not after.left_out
    assert after.articles == before.articles + 1 == len(pipeline.read([articles]).articles)
    assert building.build([articles], folder, small).read == 0


def test_bad_rows_are_named_by_every_build(articles: Path, small: Vocabulary) -> None:
    """Also by one that has nothing else to do; the graph, and what `diff` says of it, stay as they are."""
    write(articles / "t.csv", "id,text\none,Cassandra\ntwo,\n")
    folder = articles.parent / "graphs"
    first, again = (building.build([articles], folder, small) for _ in range(2))
    assert first.changes
    assert again.changes is None
    assert [[left_out.reason for left_out in built.left_out] for built in (first, again)] == [
        [f"{articles / 't.csv'}:3: has no text, or neither id nor title; fill the row or delete it"]
    ] * 2
    assert store.read_changes(folder).first
    write(articles / "t.csv", "id,text\none,Cassandra\ntwo,A log\n")
    mended = building.build([articles], folder, small)
    assert not mended.left_out
    assert mended.changes
    assert mended.changes.new == ("t/two",)
    write(articles / "t.csv", "id,text\none,\n")
    with pytest.raises(cg.InputError, match=r"t.csv:2: has no text"):
        building.build([articles / "t.csv"], folder, small)


def test_versions(articles: Path, small: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    built(articles, small)
    folder = articles.parent / "graphs"
    before = store.read(folder)

    def set_version(number: int) -> None:
        with closing(sqlite3.connect(folder / "graph.sqlite")) as connection:
            connection.execute(f"PRAGMA user_version = {number}")

    set_version(store.SCHEMA_VERSION + 1)
    for work in (lambda: store.read(folder), lambda: built(articles, small)):
        with pytest.raises(cg.StoreError, match=r"newer conceptgraph .* update conceptgraph"):
            work()
    set_version(store.SCHEMA_VERSION - 1)
    with pytest.raises(cg.StoreError, match=r"older conceptgraph .* build again"):
        store.read(folder)
    monkeypatch.setitem(
        schema.MIGRATIONS,
        store.SCHEMA_VERSION - 1,
        "CREATE TABLE note (a TEXT) STRICT;\nINSERT INTO note VALUES ('moved')",
    )
    assert built(articles, small).read == 0  # migrated, and nothing read again
    monkeypatch.delitem(schema.MIGRATIONS, store.SCHEMA_VERSION - 1)
    set_version(store.SCHEMA_VERSION - 1)
    assert built(articles, small).read == 3  # built anew
    assert store.read(folder) == before


def test_a_file_without_pages_is_migrated(articles: Path, small: Vocabulary) -> None:
    built(articles, small)
    folder = articles.parent / "graphs"
    with closing(sqlite3.connect(folder / "graph.sqlite")) as connection:
        for view in ("article_concepts", "evidence"):
            connection.execute(f"DROP VIEW {view}")
            connection.execute(f"CREATE VIEW {view} AS SELECT 1 AS article")
        connection.execute("PRAGMA user_version = 3")
        connection.commit()
    assert built(articles, small).read == 0
    with closing(sqlite3.connect(folder / "graph.sqlite")) as connection:
        for view in ("article_concepts", "evidence"):
            assert {page for (page,) in connection.execute(f"SELECT page FROM {view}")} == {None}


def test_a_map_starts_from_the_one_before(articles: Path, small: Vocabulary) -> None:
    built(articles, small)
    folder = articles.parent / "graphs"
    first = from_bytes(store.read_blob(folder, LAYOUT) or b"")
    write(articles / "d.md", "# More\n\nC++ and a queue.\n")
    built(articles, small)
    second = from_bytes(store.read_blob(folder, LAYOUT) or b"")
    assert second == layout(store.read(folder), cached=first)
    page = (folder / "index.html").read_bytes()
    (folder / "index.html").unlink()
    built(articles, small)
    assert (folder / "index.html").read_bytes() == page
    built(articles, small, rebuild=True)
    assert from_bytes(store.read_blob(folder, LAYOUT) or b"") == layout(store.read(folder))


def test_a_damaged_layout_is_made_anew(articles: Path, small: Vocabulary) -> None:
    built(articles, small)
    folder = articles.parent / "graphs"
    whole = store.read_blob(folder, LAYOUT)
    with writing(folder) as connection, transaction(connection):
        keep_blob(connection, LAYOUT, b"\0" + (whole or b"")[1:])
    (folder / "index.html").unlink()
    built(articles, small)
    assert store.read_blob(folder, LAYOUT) == whole


def test_damage_is_found_or_does_not_matter(tmp_path: Path) -> None:
    g = cg.build(ARTICLES)
    store.write(tmp_path, g.records)
    path = tmp_path / "graph.sqlite"
    whole = path.read_bytes()
    pick = random.Random(11)
    found = 0
    for _ in range(60):
        damaged = bytearray(whole)
        for at in (pick.randrange(len(whole)) for _ in range(pick.choice([1, 1, 40]))):
            damaged[at] ^= 1 << pick.randrange(8)
        path.write_bytes(damaged)
        try:
            assert store.read(tmp_path) == g.records
        except cg.StoreError as error:
            found += "\n" not in str(error)
    for length in (0, 17, 5_000, len(whole) // 2, len(whole) - 4_096):
        path.write_bytes(whole[:length])
        with pytest.raises(cg.StoreError):
            store.read(tmp_path)
    assert found > 10


def test_a_damaged_graph_is_not_built_upon(articles: Path, small: Vocabulary) -> None:
    built(articles, small)
    folder = articles.parent / "graphs"
    with closing(sqlite3.connect(folder / "graph.sqlite")) as connection, connection:
        connection.execute("UPDATE found SET mentions = x'00' WHERE article = 1")
    with pytest.raises(cg.StoreError, match=r"is damaged .* --rebuild"):
        store.read(folder)
    with pytest.raises(cg.StoreError, match="is damaged"):
        built(articles, small)
    built(articles, small, rebuild=True)
    assert len(store.read(folder).articles) == 3


def test_times_that_are_just_now_do_not_count(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "# A")
    until = time.monotonic() + 30
    while not stat_of(path) and time.monotonic() < until:
        time.sleep(0.02)
    settled = stat_of(path)
    assert settled
    write(path, "# B")
    assert stat_of(path) != settled


def test_many_records_at_once_are_those_one_by_one(tmp_path: Path) -> None:
    building.build([ARTICLES], tmp_path / "out", cg.load_vocabulary(), exports=False)
    records = store.read(tmp_path / "out")
    for columns in (records.articles, records.mentions, records.article_concepts, records.relations):
        each = [columns[at] for at in range(len(columns))]
        assert list(columns) == each
        for part in (slice(3), slice(5, -2), slice(None, None, -7), slice(len(each) // 3, None, 2)):
            assert list(columns[part]) == each[part]
    kinds = [relation.kind for relation in records.relations]
    for start in (0, kinds.index("co_occurs") - 2, kinds.index("related") - 2):  # over both seams
        assert list(records.relations[start : start + 5]) == [records.relations[at] for at in range(start, start + 5)]


def test_search(articles: Path, small: Vocabulary) -> None:
    built(articles, small)
    with store.reading(articles.parent / "graphs") as connection:
        query = (
            "SELECT a.id FROM search_articles s JOIN articles a ON a.key = s.rowid"
            " WHERE search_articles MATCH ? ORDER BY 1"
        )
        assert connection.execute(query, ("replicate",)).fetchall() == [("b",), ("c",)]
        query = "SELECT c.id FROM search_concepts s JOIN concepts c ON c.key = s.rowid WHERE search_concepts MATCH ?"
        assert connection.execute(query, ("distributed log",)).fetchall() == [("apache-kafka",)]


def test_the_index_is_kept_by_the_build_or_by_the_first_question(
    articles: Path, small: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = articles.parent / "graphs"
    built(articles, small)
    kept = store.read_blob(folder, stored.BLOB)
    records = store.read(folder)
    assert kept == build_index(records).to_bytes()
    write(articles / "d.md", "# More\n\nC++ and a queue.\n")
    built(articles, small, exports=False)
    assert store.read_blob(folder, stored.BLOB) is None
    records = store.read(folder)
    index = stored.index_in(folder, records)
    assert index.to_bytes() == build_index(records).to_bytes()
    assert store.read_blob(folder, stored.BLOB) == index.to_bytes()
    monkeypatch.setattr(stored, "build_index", lambda *_: pytest.fail("it is there"))
    assert stored.index_in(folder, records).to_bytes() == index.to_bytes()


def test_the_index_is_made_of_the_terms_that_are_kept(
    articles: Path, small: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = articles.parent / "graphs"
    built(articles, small, exports=False)
    write(articles / "a.md", "# Other\n\nKafka and RabbitMQ.\n")
    (articles / "b.md").unlink()
    built(articles, small, exports=False)
    records = store.read(folder)
    afresh = build_index(records).to_bytes()
    monkeypatch.setattr("conceptgraph.relatedness.index.counted", lambda *_: pytest.fail("they are there"))
    assert stored.index_in(folder, records).to_bytes() == afresh
    with store.reading(folder) as connection:
        assert read_terms(connection, records.build) == [counted(each.title, each.text) for each in records.articles]
        assert read_terms(connection, "another") is None


@pytest.mark.parametrize("damage", ["UPDATE terms SET counts = x'0000000001' WHERE article = 1", "DELETE FROM terms"])
def test_damaged_terms_are_counted_anew(articles: Path, small: Vocabulary, damage: str) -> None:
    folder = articles.parent / "graphs"
    built(articles, small, exports=False)
    with closing(sqlite3.connect(folder / "graph.sqlite")) as connection, connection:
        connection.execute(damage)
    records = store.read(folder)
    assert stored.index_in(folder, records).to_bytes() == build_index(records).to_bytes()


def test_the_index_of_records_that_the_folder_no_longer_holds_is_not_kept(articles: Path, small: Vocabulary) -> None:
    folder = articles.parent / "graphs"
    built(articles, small, exports=False)
    records = store.read(folder)
    write(articles / "d.md", "# More\n\nC++ and a queue.\n")
    built(articles, small, exports=False)
    assert stored.index_in(folder, records).to_bytes() == build_index(records).to_bytes()
    assert store.read_blob(folder, stored.BLOB) is None


def test_the_index_is_given_where_it_cannot_be_kept(articles: Path, small: Vocabulary) -> None:
    folder = articles.parent / "graphs"
    built(articles, small, exports=False)
    records = store.read(folder)
    with writing(folder):  # another build holds it
        assert stored.index_in(folder, records).build == records.build
    assert store.read_blob(folder, stored.BLOB) is None
