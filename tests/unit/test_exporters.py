"""Every output is read back by somebody else's library; the same records give the same bytes."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import networkx as nx
import pytest
from click.testing import CliRunner

from conceptgraph import InputError, Vocabulary
from conceptgraph.cli import main
from conceptgraph.errors import TooLargeError
from conceptgraph.export import EXPORTERS, export, neighbourhood
from conceptgraph.export.cypher import cypher
from conceptgraph.export.mermaid import mermaid
from conceptgraph.export.uris import article_uri, concept_uri
from conceptgraph.files import CONTENTS
from conceptgraph.graph import to_networkx
from conceptgraph.model import Concept, Fact, Label, Records
from conceptgraph.pipeline import link, save
from conceptgraph.sources import read_articles
from conceptgraph.vocabulary import load_vocabulary
from tests.conftest import article

if TYPE_CHECKING:
    from pathlib import Path

NASTY = "\"quoted\" 'single' <b>&amp; [x](y) `c` {z} | # ; \\ \n ]] é 🙂 \x07"
"""What every format has to escape: also a control character."""


@pytest.fixture(scope="module")
def records() -> Records:
    """Two articles and three concepts, with names that no format takes as they are."""
    vocabulary = Vocabulary.of(
        [
            Concept(
                id="kafka",
                labels=(Label(text="Kafka"), Label(text=f"Kafka {NASTY}")),
                kind="technology",
                definition=f"A log. {NASTY}",
                facts=(Fact(kind="broader", target="queue"), Fact(kind="requires", target="raft", reason=NASTY)),
                exact_match=("https://example.org/kafka", "no uri <"),
            ),
            Concept(id="queue", labels=(Label(text="Queue"),), kind="architecture_pattern"),
            Concept(id="raft", labels=(Label(text="Raft"), Label(text="KAFKA")), kind="algorithm_data_structure"),
        ]
    )
    articles = [
        article(
            f"One {NASTY}\n\nKafka is a queue and needs Raft.", id="one", title=f"One {NASTY}", url="https://a.b/c"
        ),
        article("CON\n\nRaft, and Kafka.", id="x/two", title="CON", tags=("a b", "2024"), published="2025-01-02"),
    ]
    return link(articles, vocabulary)


@pytest.mark.parametrize("name", list(EXPORTERS))
def test_the_same_bytes(records: Records, tmp_path: Path, name: str) -> None:
    for folder in ("a", "b"):
        export(records, name, tmp_path / folder / EXPORTERS[name].file)
    first, second = (
        {path.relative_to(tmp_path / folder): path.read_bytes() for path in (tmp_path / folder).rglob("*.*")}
        for folder in ("a", "b")
    )
    assert first == second
    assert all(content.decode() for path, content in first.items() if path.suffix != ".parquet")


EVERY_OUTPUT = """
import hashlib, tempfile
from pathlib import Path
from conceptgraph import store
from conceptgraph.export import EXPORTERS, export

records = store.read(Path(FOLDER))
with tempfile.TemporaryDirectory() as made:
    for name, exporter in EXPORTERS.items():
        export(records, name, Path(made, exporter.file))
    for path in sorted(Path(made).rglob("*.*")):
        print(path.relative_to(made), hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_the_same_bytes_whatever_the_order_of_sets(records: Records, tmp_path: Path) -> None:
    save(records, tmp_path / "graphs")
    code = EVERY_OUTPUT.replace("FOLDER", repr(str(tmp_path / "graphs")))
    printed = [
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1]
    assert printed[0].count(b"\n") >= len(EXPORTERS)


PAGES = {"explorer", "pyvis"}
"""Outputs of bounded size: a page shows a part of a graph that is too large for it."""


@pytest.mark.parametrize("name", sorted(set(EXPORTERS) - PAGES))
def test_outputs_come_in_pieces(records: Records, name: str) -> None:
    """Nothing larger than an article is held; of Parquet, than a group of rows."""
    exporter = EXPORTERS[name]
    written = exporter.write(records)
    assert isinstance(written, Iterator)
    contents = [content for _, content in written] if exporter.folder else [written]
    for content in contents:
        assert isinstance(content, Iterator)
        assert name == "parquet" or max(len(piece) for piece in content) < 2_000


def plain(value: Any) -> Any:
    """Return a value without what XML cannot hold."""
    return value.replace("\x07", "") if isinstance(value, str) else value


def test_graphml_is_the_graph(records: Records, tmp_path: Path) -> None:
    export(records, "graphml", tmp_path / "g.graphml")
    again, graph = nx.read_graphml(tmp_path / "g.graphml"), to_networkx(records)
    assert {node: {k: plain(v) for k, v in data.items()} for node, data in graph.nodes.items()} == dict(
        again.nodes.items()
    )
    assert {frozenset(e): data for e, data in again.edges.items()} == {frozenset(e): d for e, d in graph.edges.items()}
    assert again.graph["build"] == records.build


def test_gexf_has_what_gephi_draws(records: Records, tmp_path: Path) -> None:
    export(records, "gexf", tmp_path / "g.gexf")
    again, graph = nx.read_gexf(tmp_path / "g.gexf"), to_networkx(records)
    assert set(again) == set(graph)
    kafka = again.nodes["concept:kafka"]
    assert (kafka["kind"], kafka["known"], kafka["articles"]) == ("technology", True, 2)
    assert kafka["viz"]["color"] == {"r": 0, "g": 114, "b": 178, "a": 1.0}
    assert kafka["viz"]["size"] > again.nodes["concept:queue"]["viz"]["size"]
    places = {(node["viz"]["position"]["x"], node["viz"]["position"]["y"]) for node in again.nodes.values()}
    assert len(places) == 5
    for source, target, data in graph.edges(data=True):
        assert again.edges[source, target]["weight"] == data["weight"]


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_xml_of_more_edges_than_networkx_holds(records: Records, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    edges = to_networkx(records).number_of_edges()
    monkeypatch.setattr("conceptgraph.graph.MOST_EDGES", edges - 1)
    with pytest.raises(TooLargeError):
        to_networkx(records)
    assert sum("<edge " in str(piece) for piece in EXPORTERS[name].write(records)) == edges


def test_csv_tables_are_the_records(records: Records, tmp_path: Path) -> None:
    export(records, "csv", tmp_path / "t")
    rows = {}
    for path in (tmp_path / "t").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            rows[path.stem] = list(csv.DictReader(stream))
    assert sorted(rows) == ["article_concepts", "articles", "concepts", "mentions", "relations"]
    texts = {row["id"]: row["text"] for row in rows["articles"]}
    for row in rows["mentions"]:
        assert texts[row["article"]][int(row["start"]) : int(row["end"])] == row["surface"]
    assert len(rows["mentions"]) == len(records.mentions)
    assert {(row["kind"], row["source"]) for row in rows["relations"]} >= {("requires", "kafka")}
    assert [a.id for a in read_articles([tmp_path / "t" / "articles.csv"])] == ["articles/one", "articles/x/two"]


def test_parquet_tables_are_those_of_csv(records: Records, tmp_path: Path) -> None:
    import pandas as pd

    export(records, "parquet", tmp_path / "p")
    export(records, "csv", tmp_path / "c")
    for path in (tmp_path / "p").glob("*.parquet"):
        table = pd.read_parquet(path)
        types = {name: str(dtype) for name, dtype in table.dtypes.items()}
        same = pd.read_csv(tmp_path / "c" / f"{path.stem}.csv", keep_default_na=False)
        pd.testing.assert_frame_equal(table, same.astype(types), check_dtype=False)


def parsed(path: Path, form: str) -> Any:
    import rdflib

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib's own use of what it deprecates
        return rdflib.Graph().parse(path, format=form)


def test_skos(records: Records, tmp_path: Path) -> None:
    import rdflib
    from rdflib.namespace import SKOS

    export(records, "skos", tmp_path / "c.ttl")
    graph = parsed(tmp_path / "c.ttl", "turtle")
    kafka = rdflib.URIRef(concept_uri("kafka"))
    assert [str(o) for o in graph.objects(kafka, SKOS.prefLabel)] == ["Kafka"]
    assert [str(o) for o in graph.objects(kafka, SKOS.altLabel)] == [f"Kafka {NASTY}"]
    assert [str(o) for o in graph.objects(kafka, SKOS.definition)] == [f"A log. {NASTY}"]
    assert list(graph.objects(kafka, SKOS.broader)) == [rdflib.URIRef(concept_uri("queue"))]
    assert list(graph.objects(kafka, SKOS.exactMatch)) == [rdflib.URIRef("https://example.org/kafka")]
    assert (kafka, rdflib.URIRef("urn:conceptgraph:terms:requires"), rdflib.URIRef(concept_uri("raft"))) in graph
    assert len(list(graph.subjects(rdflib.RDF.type, SKOS.Concept))) == 3


@pytest.mark.parametrize("name", ["skos", "jsonld"])
def test_concepts_come_back_as_a_vocabulary(records: Records, tmp_path: Path, name: str) -> None:
    path = tmp_path / EXPORTERS[name].file
    export(records, name, path)
    again = load_vocabulary(path, builtin=False)
    assert set(again) == {"kafka", "queue", "raft"}
    assert again["raft"].labels[1].text == "KAFKA"
    assert again["kafka"].kind == "technology"
    assert again["kafka"].definition.startswith("A log. \"quoted\" 'single' <b>")
    assert [(fact.kind, fact.target) for fact in again["kafka"].facts] == [("broader", "queue")]


def test_json_ld(records: Records, tmp_path: Path) -> None:
    import rdflib

    export(records, "jsonld", tmp_path / "g.jsonld")
    graph = parsed(tmp_path / "g.jsonld", "json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    two = rdflib.URIRef(article_uri("x/two"))
    assert (two, rdflib.RDF.type, schema.Article) in graph
    assert str(next(graph.objects(two, schema.datePublished))) == "2025-01-02"
    spoken_of = {*graph.objects(two, schema.about), *graph.objects(two, schema.mentions)}
    assert spoken_of == {rdflib.URIRef(concept_uri("raft")), rdflib.URIRef(concept_uri("kafka"))}
    one = rdflib.URIRef(article_uri("one"))
    assert list(graph.objects(one, schema.url)) == [rdflib.URIRef("https://a.b/c")]
    assert str(next(graph.objects(one, schema.headline))) == f"One {NASTY}"


def test_cypher_runs(records: Records, tmp_path: Path) -> None:
    import ladybug

    connection = ladybug.Connection(ladybug.Database(str(tmp_path / "db")))
    strings = "id STRING PRIMARY KEY, title STRING, url STRING, published STRING, summary STRING"
    connection.execute(f"CREATE NODE TABLE Article({strings})")
    connection.execute(
        "CREATE NODE TABLE Concept(id STRING PRIMARY KEY, name STRING, kind STRING, definition STRING, known BOOLEAN)"
    )
    connection.execute("CREATE REL TABLE MENTIONS(FROM Article TO Concept, weight DOUBLE, core BOOLEAN)")
    for kind in ("BROADER", "REQUIRES", "CO_OCCURS"):
        connection.execute(f"CREATE REL TABLE {kind}(FROM Concept TO Concept, confidence DOUBLE, because STRING)")
    for line in "".join(cypher(records)).split("\n"):
        if line and not line.startswith("//"):
            connection.execute(line)

    def rows(query: str) -> list[Any]:
        return connection.execute(query).get_all()  # type: ignore[union-attr]

    assert rows("MATCH (a:Article) RETURN count(a)") == [[2]]
    title = f"One {NASTY}".replace("\x07", " ")
    assert rows("MATCH (a:Article {id: 'one'}) RETURN a.title") == [[title]]
    assert rows("MATCH (:Article)-[m:MENTIONS]->(:Concept) RETURN count(m)") == [[len(records.article_concepts)]]
    because = NASTY.replace("\x07", " ")
    assert rows("MATCH (a:Concept)-[r:REQUIRES]->(b) RETURN a.id, b.id, r.because") == [["kafka", "raft", because]]


def test_obsidian_vault_is_a_vault(records: Records, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    export(records, "obsidian", vault)
    names = sorted(path.relative_to(vault).as_posix() for path in vault.rglob("*.md"))
    assert names[0] == "articles/CON_.md"
    assert names[2:] == ["concepts/Kafka.md", "concepts/Queue.md", "concepts/Raft.md"]
    (vault / ".obsidian").mkdir()
    notes = {note.path.rsplit("/", 1)[1]: note for note in read_articles([vault])}
    stems = {path.stem for path in vault.rglob("*.md")}
    for note in notes.values():
        assert {link.target[2:-2] for link in note.links if link.target.startswith("[[")} <= stems
    kafka = notes["Kafka.md"]
    assert "Kafka is a queue and needs Raft." in kafka.text
    assert {"Queue", "Raft", "CON_"} <= {link.target[2:-2] for link in kafka.links}
    assert notes["CON_.md"].tags == ("a-b", "n2024")


def test_obsidian_vault_is_what_others_take_for_one(records: Records, tmp_path: Path) -> None:
    """Read with obsidiantools: each link leads to a note, front matter is YAML, and the graph is ours."""
    import obsidiantools.api as obsidian

    title = f"One {NASTY}".replace("&amp;", "&")  # obsidiantools reads a note by way of HTML, which unfolds entities
    one, two = records.articles
    export(replace(records, articles=(replace(one, title=title), two)), "obsidian", tmp_path / "vault")
    vault = obsidian.Vault(tmp_path / "vault").connect().gather()
    assert vault.nonexistent_notes == []
    assert vault.isolated_notes == []
    about = {note: vault.get_front_matter(note) for note in vault.md_file_index}
    ids = {about[note]["id"]: note for note in about}
    assert set(ids) == {"one", "x/two", "kafka", "queue", "raft"}
    assert about[ids["one"]]["title"] == title
    assert about["Kafka"]["aliases"] == [f"Kafka {NASTY}"]
    linked = {frozenset(pair) for pair in vault.graph.edges() if pair[0] != pair[1]}
    ours = {(row.article, row.concept) for row in records.article_concepts}
    ours |= {(relation.source, relation.target) for relation in records.relations}
    assert linked == {frozenset((ids[one], ids[other])) for one, other in ours}
    assert "Kafka is a queue and needs Raft." in vault.get_readable_text("Kafka")


def test_a_folder_with_files_of_others_is_left_alone(records: Records, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "mine.md").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is no empty folder and was made by no export"):
        export(records, "obsidian", folder)
    assert [path.name for path in folder.iterdir()] == ["mine.md"]
    (folder / "mine.md").unlink()
    export(records, "obsidian", folder)
    (folder / "mine.md").write_text("mine", encoding="utf-8")
    export(neighbourhood(records, "concept:queue"), "obsidian", folder)
    assert min(path.name for path in folder.rglob("*.md") if path.name != "mine.md") == "Kafka.md"
    assert not (folder / "articles" / "CON_.md").exists()
    assert (folder / "mine.md").exists()
    assert "articles/CON_.md" not in (folder / CONTENTS).read_text("utf-8")


def test_mermaid(records: Records) -> None:
    text = "".join(mermaid(records))
    nodes = re.findall(r'^  n\d+(?:\["[^"\n]*"\]|\(\["[^"\n]*"\]\)):::\w+$', text, re.MULTILINE)
    edges = re.findall(r'^  n\d+ (?:===|---|-\.->\|"[^"\n|]*"\|) n\d+$', text, re.MULTILINE)
    styles = re.findall(r"^  classDef \w+ stroke:#\w{6},stroke-width:2px$", text, re.MULTILINE)
    assert 1 + len(nodes) + len(edges) + len(styles) == len(text.splitlines())
    assert len(nodes) == 5
    many = Records(
        build="", concepts=tuple(Concept(id=f"c{n}", labels=(Label(text="c"),), kind="technology") for n in range(200))
    )
    with pytest.raises(InputError, match=r"200 nodes.*--around NAME"):
        "".join(mermaid(many))


def test_markdown_index(records: Records, tmp_path: Path) -> None:
    """As a reader of CommonMark sees it: every name as it is, and every link leading to something."""
    from markdown_it import MarkdownIt

    path = tmp_path / "a #%3F folder" / "two ü.md"
    path.parent.mkdir()
    path.touch()
    one, two = records.articles
    spiteful = replace(two, url="javascript:alert(1)", path=str(path))
    (tmp_path / "out").mkdir()
    export(replace(records, articles=(one, spiteful)), "markdown", tmp_path / "out" / "index.md")
    tokens = MarkdownIt("commonmark").parse((tmp_path / "out" / "index.md").read_text("utf-8"))
    assert {token.type for token in tokens} <= {
        f"{name}_{side}" for name in ("heading", "paragraph", "bullet_list", "list_item") for side in ("open", "close")
    } | {"inline"}
    inline = [token for token in tokens if token.type == "inline"]
    shown = ["".join(child.content for child in token.children or ()) for token in inline]
    said = [
        "Technology", "Kafka", f"A log. {NASTY}", "Algorithm or data structure", "Raft", "Architecture or pattern",
        "Queue", f"One {NASTY}", "CON",
    ]  # fmt: skip
    assert {" ".join(text.replace("\x07", " ").split()) for text in said} == set(shown[2:])
    links = [
        (token, child.attrs["href"]) for token in inline for child in token.children or () if child.type == "link_open"
    ]
    assert len(links) == len(records.article_concepts)
    for token, target in links:
        if token.children[1].content == "CON" or token.children[2].content == "CON":  # type: ignore[index]
            assert (tmp_path / "out" / unquote(str(target))).samefile(path)
        else:
            assert target == "https://a.b/c"


def test_neighbourhood(records: Records) -> None:
    assert [c.id for c in neighbourhood(records, "concept:queue").concepts] == ["kafka", "queue"]
    near = neighbourhood(records, "concept:queue", hops=0)
    assert (near.articles, near.mentions, near.relations) == ((), (), ())
    assert neighbourhood(records, "article:one", hops=5).mentions == tuple(records.mentions)


def test_command(records: Records, tmp_path: Path) -> None:
    save(records, tmp_path / "graphs")
    run = CliRunner().invoke
    where = ["-g", str(tmp_path / "graphs"), "-o", str(tmp_path / "g.mmd")]
    done = run(main, ["export", "--format", "mermaid", "--around", "queue", *where])
    assert done.exit_code == 0, done.output
    assert '(["Queue"])' in (tmp_path / "g.mmd").read_text("utf-8")
    done = run(main, ["export", "--format", "word", *where])
    assert done.exit_code == 2
    assert "json, pyvis, graphml, gexf" in done.output
    json.loads((tmp_path / "graphs" / "graph.json").read_text("utf-8"))
