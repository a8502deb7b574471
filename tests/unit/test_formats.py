"""What is read of each format."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import conceptgraph as cg
from conceptgraph import ConceptGraph, InputError, Vocabulary, pipeline
from conceptgraph.cli import main
from conceptgraph.describe import describe
from conceptgraph.export.explorer import explorer_page
from conceptgraph.export.explorer.sentences import worded
from conceptgraph.export.obsidian_vault import obsidian_vault
from conceptgraph.export.pyvis_map import concept_map
from conceptgraph.links import links_between
from conceptgraph.lookup import find
from conceptgraph.markdown_text import markdown_of
from conceptgraph.model import Span
from conceptgraph.pipeline import link, save
from conceptgraph.review import proposals
from conceptgraph.sources import find_files, read_articles, read_file
from conceptgraph.sources.markdown import parse
from tests import made
from tests.conftest import ARTICLES, article
from tests.unit.test_explorer import data_of

if TYPE_CHECKING:
    from conceptgraph.model import Article


KAFKA = "Apache Kafka keeps records in a distributed log."


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def only(path: Path) -> Article:
    (found,) = read_articles([path])
    return found


def marked(found: Article) -> set[tuple[str, str]]:
    return {(span.kind, found.text[span.start : span.end]) for span in found.spans}


def test_web_page(tmp_path: Path) -> None:
    found = only(put(tmp_path, "page.html", made.PAGE))
    assert (found.id, found.title, found.published) == ("page", "Logs: a story", "2025-03-01")
    assert (found.url, found.tags, found.summary) == ("https://example.org/logs", ("kafka", "logs"), "What a log is.")
    assert found.text.startswith("Logs: a story\n\nA log is a list of records, kept in order. Kafka keeps")
    assert "evil" not in found.text
    assert "Home" not in found.text
    assert {
        ("title", "Logs: a story"),
        ("heading", "Parts"),
        ("emphasis", "log"),
        ("code", "records"),
        ("list_item", "nested"),
        ("list_item", "Segment: a file"),
        ("code_block", "kafka = Kafka()\nkafka.send()"),
        ("quote", "Quoted words."),
        ("table_cell", "x"),
    } <= marked(found)
    assert [(link.target, found.text[link.start : link.end]) for link in found.links] == [
        ("https://example.org/b", "order")
    ]


def test_web_page_in_another_encoding(tmp_path: Path) -> None:
    page = made.PAGE.replace("<head>", '<head><meta charset="windows-1252">').replace("Kafka keeps", "Caf\u00e9s keep")
    assert "Cafés keep" in only(put(tmp_path, "page.html", page.encode("windows-1252"))).text


def test_headings_inside_headings(tmp_path: Path) -> None:
    body = f"<h1>Out <h2>In</h2> side</h1><p>{made.WORDS}</p><h1>Next</h1><p>{made.WORDS}</p>"
    (found,) = read_articles([put(tmp_path, "b.epub", made.epub({"a.xhtml": f"<div>{body}</div>"}))])
    assert all(0 <= section.start < section.end <= len(found.text) for section in found.sections)
    assert [section.start for section in found.sections] == sorted(section.start for section in found.sections)


def test_evidence_names_the_page_of_a_pdf(tmp_path: Path, small: Vocabulary) -> None:
    put(tmp_path, "a.pdf", made.pdf("It is a story.", "Kafka keeps records.", "A queue of three.", title="A story"))
    put(tmp_path, "b.md", b"# Other\n\n## page 9\n\nKafka has no pages here.")
    records = link([*read_articles([tmp_path])], small)
    shown = describe(records, find(records, "Kafka"))
    assert {row["id"]: row["page"] for row in shown["links"]} == {"a": 2, "b": None}
    assert [row["page"] for row in describe(records, find(records, "A story"))["links"]] == [2, 3]
    save(records, tmp_path / "graphs")
    printed = CliRunner().invoke(main, ["show", "Kafka", "-g", str(tmp_path / "graphs")]).output
    assert "“Kafka keeps records.” (p. 2)" in printed
    assert "“Kafka has no pages here.”\n" in printed
    sentences, _ = worded(data_of(explorer_page(records)))
    assert {"Kafka keeps records. (p. 2)", "A queue of three. (p. 3)"} <= set(sentences)


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> ConceptGraph:
    """Two articles on Kafka, its sentence on page 2 of the one and page 3 of the other."""
    folder = tmp_path_factory.mktemp("pdfs")
    put(folder, "a.pdf", made.pdf("It is a story.", f"{KAFKA} Odin keeps logs.", title="A story"))
    put(folder, "b.pdf", made.pdf("It is another.", "A queue of three.", KAFKA, title="Another"))
    cg.build(folder).save(folder / "graphs")
    return cg.load(folder / "graphs")


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (["show", "apache-kafka"], [f"“{KAFKA}” (p. 2)", f"“{KAFKA}” (p. 3)"]),
        (["show", "apache-kafka", "--format", "json"], ['"page": 2', '"page": 3']),
        (["related", "a"], [f"“{KAFKA}” (p. 2)", f"“{KAFKA}” (p. 3)"]),
        (["related", "a", "--format", "json"], ['"page": 2', '"page": 3']),
        (["explain", "a", "b"], [f"“{KAFKA}” (p. 2)", f"“{KAFKA}” (p. 3)"]),
        (["explain", "a", "b", "--format", "json"], ['"page": 2', '"page": 3']),
        (["explain", "a", "b", "--format", "csv"], [f"{KAFKA} (p. 2)", f"{KAFKA} (p. 3)"]),
        (["study", "apache-kafka"], [f"“{KAFKA}” (p. 3)"]),
        (["study", "apache-kafka", "--format", "json"], [f'"quote": "{KAFKA}"', '"page": 3']),
        (["study", "apache-kafka", "--format", "md"], [f"> {KAFKA} (p. 3)\n"]),
        (["study", "apache-kafka", "--format", "html"], [f"<blockquote>{KAFKA} (p. 3)</blockquote>"]),
    ],
    ids=" ".join,
)
def test_what_is_printed_names_the_page_of_a_pdf(pdfs: ConceptGraph, command: list[str], wanted: list[str]) -> None:
    result = CliRunner().invoke(main, [*command, "-g", str(pdfs.folder)])
    assert result.exit_code == 0, result.stderr
    lines = " ".join(result.stdout.split()) if "--format" not in command else result.stdout
    assert [each for each in wanted if each not in lines] == []


def test_what_is_extracted_names_the_page_of_a_pdf(pdfs: ConceptGraph, tmp_path: Path) -> None:
    put(tmp_path, "c.md", f"# page 1\n\n{KAFKA}")
    files = [str((pdfs.folder or tmp_path).parent / "a.pdf"), str(tmp_path)]
    result = CliRunner().invoke(main, ["extract", *files, "--format", "jsonl"])
    found = [json.loads(line) for line in result.stdout.splitlines()]
    pages = {item["doc"]: {place["page"] for one in item["concepts"] for place in one["mentions"]} for item in found}
    assert pages == {"a": {2}, "c": {None}}


def test_the_views_name_the_page_of_a_pdf(pdfs: ConceptGraph) -> None:
    with closing(sqlite3.connect((pdfs.folder or Path()) / "graph.sqlite")) as connection:
        for view in ("article_concepts", "evidence"):
            query = f"SELECT DISTINCT article, page FROM {view} WHERE concept = 'apache-kafka' ORDER BY article"
            assert connection.execute(query).fetchall() == [("a", 2), ("b", 3)]


def test_what_is_written_names_the_page_of_a_pdf(pdfs: ConceptGraph) -> None:
    notes = {name: "".join(pieces) for name, pieces in obsidian_vault(pdfs.records)}
    assert f": “{KAFKA}” (p. 2)\n" in notes["concepts/Apache Kafka.md"]
    assert f": “{KAFKA}” (p. 3)\n" in notes["articles/Another.md"]
    assert f'"{KAFKA} (p. 2)"' in concept_map(pdfs.records)
    assert f"“{KAFKA}” (p. 2)</td>" in pdfs.concept("Kafka")._repr_html_()
    assert f"“{KAFKA}” (p. 3)</div>" in pdfs.explain("a", "b")._repr_html_()
    assert all(proposal.quote.page for proposal in proposals(pdfs.records, pdfs.vocabulary))


def test_pdf_names_the_page(tmp_path: Path) -> None:
    content = made.pdf("Kafka keeps records.", "Raft finds con-\nsensus among the nodes.", title="A story")
    found = only(put(tmp_path, "a.pdf", content))
    assert found.title == "A story"
    assert found.text == "A story\n\nKafka keeps records.\n\nRaft finds consensus among the nodes."
    at = found.text.index("consensus")
    assert [s.heading for s in found.sections if s.start <= at < s.end] == ["page 2"]


def test_epub_has_an_article_a_chapter(tmp_path: Path) -> None:
    chapters = {
        "cover.xhtml": "<h1>A book of logs</h1>",
        "one.xhtml": f"<h1>Logs</h1><p>{made.WORDS}</p>",
        "two.xhtml": f"<h1>Logs</h1><p>More. {made.WORDS}</p>",
        "three.xhtml": f"<p>{made.WORDS}</p>",
    }
    found = list(read_articles([put(tmp_path, "book.epub", made.epub(chapters))]))
    assert [(a.id, a.title) for a in found] == [
        ("book/logs", "Logs"),
        ("book/logs-2", "Logs"),
        ("book/a-book-of-logs-part-4", "A book of logs, part 4"),
    ]
    assert {(a.published, a.tags) for a in found} == {("2024-05-06", ("logs",))}
    assert found[0].text.startswith("Logs\n\nKafka keeps")


RST = """\
====
Logs
====

:Date: 2025-03-01

A **log** is a *list* of ``records``, see `order <other.rst>`_.

Parts
-----

- one item
- Segment

.. code-block:: python

   kafka = Kafka()

.. include:: secret.txt
.. raw:: html

   <b>evil</b>

+---+---+
| a | b |
+---+---+

.. no-such-directive:: x
"""


def test_restructured_text(tmp_path: Path) -> None:
    put(tmp_path, "secret.txt", "secret words")
    put(tmp_path, "docutils.conf", "[general]\nfile_insertion_enabled: yes\nraw_enabled: yes\n")
    found = only(put(tmp_path, "r.rst", RST))
    assert (found.title, found.published) == ("Logs", "2025-03-01")
    text = "Logs\n\nA log is a list of records, see order.\n\nParts\n\none item\nSegment\n\nkafka = Kafka()\n\na | b |"
    assert found.text == text
    assert [(section.heading, section.level) for section in found.sections] == [("Logs", 1), ("Parts", 2)]
    assert {("list_item", "Segment"), ("code_block", "kafka = Kafka()"), ("table_cell", "a")} <= marked(found)
    assert [link.target for link in found.links] == ["other.rst"]


def test_notebook(tmp_path: Path) -> None:
    content = made.notebook(("markdown", "# Logs\n\nA **log**."), ("code", "import evil"), ("markdown", "The end."))
    found = only(put(tmp_path, "n.ipynb", content))
    assert (found.title, found.text) == ("Logs", "Logs\n\nA log.\n\nThe end.")
    assert ("emphasis", "log") in marked(found)


def test_word(tmp_path: Path) -> None:
    body = made.paragraph("Parts", style="Heading1") + made.paragraph("Kafka keeps ") + made.paragraph("log", bold=True)
    found = only(put(tmp_path, "w.docx", made.docx(body)))
    assert (found.title, found.published, found.tags) == ("Logs in Word", "2025-03-01", ("kafka", "logs"))
    assert found.text == "Logs in Word\n\nParts\n\nKafka keeps\n\nlog"
    assert {("heading", "Parts"), ("emphasis", "log")} <= marked(found)


CSV = 'id,title,text,tags\nfirst,One,"A **log**,\nwith two lines",a; b\nx/second,,Only text,\n'


def test_csv(tmp_path: Path) -> None:
    first, second = read_articles([put(tmp_path, "t.csv", "\ufeff" + CSV)])
    assert (first.id, first.title, first.text) == ("t/first", "One", "One\n\nA log, with two lines")
    assert first.tags == ("a; b",)
    assert (second.id, second.title) == ("t/x/second", "x/second")


def test_columns_of_other_names(tmp_path: Path) -> None:
    path = put(tmp_path, "t.tsv", "slug\tbody\nfirst\tSome words\n")
    with pytest.raises(InputError, match=r"needs a column 'text'.*it has 'slug', 'body'"):
        list(read_articles([path]))
    (file,) = find_files([path], columns={"id": "slug", "text": "body"})
    assert [a.text for a in read_file(file)] == ["first\n\nSome words"]
    with pytest.raises(InputError, match="columns: 'txt' is none"):
        find_files([path], columns={"txt": "body"})


def test_json_lines(tmp_path: Path) -> None:
    rows = [{"id": 7, "title": "Seven", "text": "Words", "tags": ["a"]}, {"title": "Eight", "text": "More"}]
    path = put(tmp_path, "t.jsonl", "\n".join(map(json.dumps, rows)))
    assert [(a.id, a.tags) for a in read_articles([path])] == [("t/7", ("a",)), ("t/eight", ())]


BAD = 'id,title,text\na,One,A log\nb,Two,\na,Three,A list\nc,Four,"caf\udce9"\nd,Five,A tree\n'


def test_a_bad_row_is_left_out_alone(tmp_path: Path) -> None:
    table = put(tmp_path, "t.csv", "")
    table.write_bytes(BAD.encode("utf-8", "surrogateescape"))
    lines = put(tmp_path, "u.jsonl", '{"id": "a", "text": "A log"}\n{"id": \n[]\n{"id": "a", "text": "A list"}\n')
    read = pipeline.read([table, lines])
    assert [article.id for article in read.articles] == ["t/a", "t/d", "u/a"]
    assert [left_out.reason.replace(f"{tmp_path}/", "").partition(" (")[0] for left_out in read.left_out] == [
        "t.csv:3: has no text, or neither id nor title; fill the row or delete it",
        "t.csv:4: has the id 't/a', as line 2 has; give each row an id of its own",
        "t.csv:5: byte 0xe9 is not UTF-8; save the file as UTF-8",
        "u.jsonl:2: is not JSON",
        "u.jsonl:3: is no JSON object; write one object a line",
        "u.jsonl:4: has the id 'u/a', as line 1 has; give each row an id of its own",
    ]
    for bad in (table, lines):
        with pytest.raises(InputError, match=r":(2|3): "):
            pipeline.read([bad], strict=True)
    with pytest.raises(InputError, match=r"v.csv:2: has no text"):
        pipeline.read([put(tmp_path, "v.csv", "id,text\na,\n")])


@pytest.mark.parametrize("library", ["trafilatura", "pypdf", "mammoth"])
def test_a_library_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    name = {"trafilatura": "a.html", "pypdf": "a.pdf", "mammoth": "a.docx"}[library]
    path = put(tmp_path, name, made.PAGE)
    with pytest.raises(
        InputError, match=rf"{name}: to read .*, conceptgraph needs {library} \(.*conceptgraph\[formats\]'$"
    ):
        list(read_articles([path]))


def test_a_notebook_may_leave_out_what_cannot_be_read(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "# A\n\nKafka.")
    put(tmp_path, "empty.md", "")
    with pytest.raises(InputError, match=r"empty.md: is empty"):
        cg.build(tmp_path)
    with pytest.warns(UserWarning, match=r"left out: .*empty.md: is empty"):
        assert list(cg.build(tmp_path, strict=False).articles().index) == ["a"]


def test_half_a_surrogate_pair(tmp_path: Path) -> None:
    rows = put(tmp_path, "t.jsonl", '{"id": "a\\ud800", "title": "b\\ud800", "text": "c \\ud800", "tags": ["\\ud800"]}')
    cells = put(tmp_path, "n.ipynb", made.notebook(("markdown", "c \ud800"), metadata={"title": "b\ud800"}))
    for found in (only(rows), only(cells)):
        assert found.text.endswith("c ?")
        assert "".join([found.id, found.title, found.text, *found.tags]).encode()


def test_parquet(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({"title": ["One", "Two"], "text": ["A log", "A list"], "other": [1, 2]})
    parquet.write_table(table, tmp_path / "t.parquet")
    assert [(a.id, a.text) for a in read_articles([tmp_path / "t.parquet"])] == [
        ("t/one", "One\n\nA log"),
        ("t/two", "Two\n\nA list"),
    ]


NOTE = """\
---
tags: [logs]
---
See [[Raft#Terms|the terms]] and [[Kafka]], ![[picture.png]] and `[[no link]]`. #storage/disk ^block-1
%% a comment %%

```
#no-tag [[no link]]
```
"""


def test_obsidian_vault(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    put(tmp_path, "Logs.md", NOTE)
    put(tmp_path, "a/Raft.md", "Finds consensus. [[b/Kafka]]")
    put(tmp_path, "a/Kafka.md", "The writer.")
    put(tmp_path, "b/Kafka.md", "The log.")
    notes = {note.id: note for note in read_articles([tmp_path])}
    logs = notes["logs"]
    assert logs.tags == ("logs", "storage/disk")
    assert logs.text.startswith("Logs\n\nSee the terms and Kafka, and [[no link]]. #storage/disk\n")
    assert "comment" not in logs.text
    links = [(relation.source, relation.target) for relation in links_between(list(notes.values()))]
    assert links == [("a/raft", "b/kafka"), ("logs", "a/raft")]


def test_files_named_for_their_folder(tmp_path: Path) -> None:
    for name in ("a/index.md", "b/README.md", "b/c/_index.md", "index.md"):
        put(tmp_path, name, "# Title\n\nText.")
    assert sorted(a.id for a in read_articles([tmp_path])) == ["a", "b", "b/c", "index"]
    put(tmp_path, "b/index.md", "# Another")
    assert sorted(a.id for a in read_articles([tmp_path])) == ["a", "b", "b-2", "b/c", "index"]


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.md")), ids=lambda path: path.stem)
def test_articles_survive_being_written_as_markdown(path: Path) -> None:
    found = only(path)
    again = parse("".join(markdown_of(found)), article("", title=found.title), fallback_title="x")
    assert again.text == found.text
    assert [link.target for link in again.links] == [link.target for link in found.links]
    assert [section.level for section in again.sections] == [section.level for section in found.sections]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1), max_size=4))
def test_any_text_survives_being_written_as_markdown(words: list[str]) -> None:
    text = "\n\n".join(["Title", *words])
    titled = article(text, spans=(Span(start=0, end=5, kind="heading"),))
    again = parse("".join(markdown_of(titled)), article("", title="Title"), fallback_title="x")
    assert again.text == text
