"""Hostile and clumsy input: one clear sentence for each, and the other articles are built all the same."""

from __future__ import annotations

import json
import os
import re
import struct
import tracemalloc
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conceptgraph import InputError, store
from conceptgraph.cli import main
from conceptgraph.export import export
from conceptgraph.pipeline import link, read
from conceptgraph.slug import distinct, file_name
from conceptgraph.sources import SOURCES, SourceFile, read_articles, read_file
from conceptgraph.sources.limits import MAX_LINE, MAX_TEXT
from conceptgraph.vocabulary import load_vocabulary
from tests import made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOMB = '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
DEEP = 10_000


def zip_bomb() -> bytes:
    """A megabyte of zip that unpacks to a gigabyte."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("x.xml", "w", force_zip64=True) as x:
        for _ in range(1024):
            x.write(b"\0" * 2**20)
    return out.getvalue()


def understated(archive: bytes) -> bytes:
    """An archive in whose directory each file is said to hold ten bytes."""
    content = bytearray(archive)
    at = content.find(b"PK\1\2")
    while at >= 0:
        content[at + 24 : at + 28] = struct.pack("<I", 10)
        at = content.find(b"PK\1\2", at + 1)
    return bytes(content)


def many_pages(count: int) -> bytes:
    """A PDF with one page, which stands in the book so many times."""
    return re.sub(
        rb"/Kids \[(\d+ 0 R)\s*\]", lambda kids: b"/Kids [%b]" % ((kids[1] + b" ") * count), made.pdf("Kafka")
    )


def indented(line: str) -> bytes:
    """A line a hundred times, each deeper by the three spaces that are within all that reStructuredText nests."""
    return "\n\n".join("   " * depth + line for depth in range(100)).encode()


def within(markup: bytes) -> bytes:
    """A page whose article ends with some markup."""
    return made.PAGE.encode().replace(b"</article>", markup + b"</article>")


HOSTILE = [
    ("big.md", lambda: b"a " * (25 * 2**20), "is larger than 4 MB; split it"),
    ("line.md", lambda: b"# T\n\n" + b"a" * (MAX_LINE + 1), "line.md:3: a line of 131,073 characters"),
    ("quotes.md", lambda: b">" * DEEP + b" deep", "quotes.md:1: opens more than 400 lists or quotes"),
    ("lists.md", lambda: b"- " * DEEP + b"deep", "lists.md:1: opens more than 400 lists or quotes"),
    ("nul.md", lambda: b"a\0b", "is binary, not text"),
    ("latin.md", lambda: "café".encode("latin-1"), "latin.md:1: byte 0xe9 is not UTF-8"),
    ("mixed.md", lambda: "café\n".encode() + "café".encode("latin-1"), "mixed.md:2: byte 0xe9 is not UTF-8"),
    ("wide.md", lambda: "Kafka".encode("utf-16")[:-1], "wide.md:1: byte 0x61 is not UTF-16; save the file"),
    ("empty.pdf", lambda: b"", "is empty"),
    ("pages.pdf", lambda: many_pages(5_001), "has 5,001 pages, more than 5,000; split it"),
    ("no.pdf", lambda: b"%PDF-1.7\nnothing", "cannot be read as a PDF"),
    ("cut.pdf", lambda: made.pdf("Kafka")[:300], "cannot be read as a PDF"),
    ("locked.pdf", lambda: made.pdf("Kafka", password="secret"), "is encrypted; save it without a password"),
    ("scan.pdf", lambda: made.pdf("", ""), "holds no text (scanned pages?)"),
    ("scripts.html", lambda: b"<html><body><script>write('x')</script></body></html>", "has no main text"),
    ("empty.html", lambda: b" ", "has no main text"),
    ("bomb.epub", zip_bomb, "unpacks to 1,024 MB in 1 files"),
    ("bomb.docx", zip_bomb, "unpacks to 1,024 MB in 1 files"),
    ("many.epub", lambda: made.zipped(dict.fromkeys(map(str, range(20_001)), "")), "unpacks to 0 MB in 20,001 files"),
    ("part.docx", lambda: made.docx("x" * 65 * 2**20), "word/document.xml unpacks to 65 MB"),
    ("lie.docx", lambda: understated(made.docx("x" * 2**20)), "cannot be read as a Word document (BadZipFile: Bad CRC"),
    ("no.epub", lambda: b"PK\3\4 no archive", "cannot be read as an EPUB"),
    ("bare.epub", lambda: made.zipped({"a": "b"}), "has no META-INF/container.xml"),
    ("cover.epub", lambda: made.epub({"c.xhtml": "<p>Cover</p>"}), "has no chapter with 40 words or more"),
    (
        "entity.epub",
        lambda: made.epub({}, **{"META-INF/container.xml": BOMB + "<b>&b;</b>"}),
        "META-INF/container.xml: declares XML entities",
    ),
    (
        "entity16.epub",
        lambda: made.epub({}, **{"META-INF/container.xml": (BOMB + "<b>&b;</b>").encode("utf-16")}),
        "declares XML entities",
    ),
    ("entity.docx", lambda: made.docx("", **{"word/document.xml": BOMB + "<b>&b;</b>"}), "declares XML entities"),
    (
        "line.docx",
        lambda: made.docx("", **{"word/a\nb.xml": BOMB + "<b>&b;</b>"}),
        "word/a b.xml: declares XML entities",
    ),
    ("no.docx", lambda: made.zipped({"a": "b"}), "cannot be read as a Word document"),
    ("empty.docx", lambda: made.docx(""), "holds no text"),
    (
        "attributes.html",
        lambda: b"<p " + b"".join(b"a%d='x' " % n for n in range(DEEP)) + made.PAGE.encode(),
        "has an element with 1,000 attributes",
    ),
    (
        "attributes16.html",
        lambda: ("<p " + "a " * DEEP + made.PAGE).encode("utf-16"),
        "has an element with 1,000 attributes",
    ),
    (
        "wide.html",
        lambda: within(b"<table><tr>" + b"<td>x" * DEEP),
        "a table with more than 1,000 columns",
    ),
    ("elements.html", lambda: within(b"<br>" * 200_000), "has more than 200,000 elements"),
    ("line.rst", lambda: b"T\n=\n\n" + b"a" * (MAX_LINE + 1), "line.rst:4: a line of 131,073 characters"),
    ("lines.rst", lambda: b"1. a\n\n" * 20_000, "has more than 1,048,576 characters or 20,000 lines"),
    ("large.rst", lambda: (b"word " * 2_000 + b"\n\n") * 110, "has more than 1,048,576 characters or 20,000 lines"),
    ("open.rst", lambda: b"*a **b `c ``d |e\n" * 1_500, "has too many signs of markup in paragraphs too long"),
    ("away.rst", lambda: b"a_ b__\n\n" * 5_001, "has more than 10,000 references"),
    (
        "unfold.rst",
        lambda: "".join(f".. |a{n}| replace:: |a{n + 1}| |a{n + 1}|\n" for n in range(40)).encode() + b"\n|a0|\n",
        "has substitutions in substitutions that unfold without end",
    ),
    ("circle.rst", lambda: b".. |a| replace:: |b|\n.. |b| replace:: |a|\n\n|a|\n", "unfold without end"),
    ("lists.rst", lambda: indented("* x"), "lists.rst:99: nests lists, quotes or directives more than 50 deep"),
    ("quotes.rst", lambda: indented("x"), "quotes.rst:101: nests lists, quotes or directives more than 50 deep"),
    ("notes.rst", lambda: indented(".. note::"), "notes.rst:101: nests lists, quotes or directives more than 50 deep"),
    ("numbers.rst", lambda: b"T\n\n" + b"1. " * DEEP + b"x", "numbers.rst:3: nests lists, quotes or directives"),
    ("fields.rst", lambda: b":a: " * DEEP + b"x", "fields.rst:1: nests lists, quotes or directives"),
    ("no.ipynb", lambda: b"{", "cannot be read as a notebook"),
    ("list.ipynb", lambda: b"[]", "cannot be read as a notebook"),
    ("deep.ipynb", lambda: b"[" * 100_000, "is nested too deeply to be read as a notebook; write it flat"),
    ("code.ipynb", lambda: made.notebook(("code", "x")), "has no Markdown cells"),
    ("no.csv", lambda: b"a,b\n1,2\n", "needs a column 'text' and one of 'id' and 'title'"),
    ("row.csv", lambda: b"id,text\ny,\n", "row.csv:2: has no text, or neither id nor title"),
    ("head.csv", lambda: b"id,text\n", "head.csv: holds no article"),
    ("latin.csv", lambda: "id,text\nx,caf\u00e9\n".encode("latin-1"), "latin.csv:2: byte 0xe9 is not UTF-8; save the"),
    ("excel.csv", lambda: "id,text\nx,words\n".encode("utf-16"), "excel.csv:1: byte 0xff is not UTF-8; save the file"),
    (
        "wide.csv",
        lambda: b'id,text\nx,"' + b"a" * (MAX_TEXT + 9) + b'"\n',
        "wide.csv:2: a line is longer than 4,194,304",
    ),
    ("open.csv", lambda: b'id,text\nx,"' + b"a,b\n" * (2**20 + 1), "is not CSV (field larger than field limit"),
    (
        "latin.jsonl",
        lambda: '{"id": "\u00e9"}'.encode("latin-1"),
        "latin.jsonl:1: byte 0xe9 is not UTF-8; save the file",
    ),
    ("no.jsonl", lambda: b"\nno\n", "no.jsonl:2: is not JSON"),
    ("list.jsonl", lambda: b"[]\n", "list.jsonl:1: is no JSON object"),
    ("deep.jsonl", lambda: b"[" * 100_000, "deep.jsonl:1: is nested too deeply; write one flat object a line"),
    ("long.jsonl", lambda: b"[" + b" " * (MAX_TEXT + 9), "long.jsonl:1: a line is longer than"),
    ("no.parquet", lambda: b"PAR1 no PAR1", "cannot be read as Parquet"),
]


@pytest.mark.parametrize(("name", "content", "message"), HOSTILE, ids=[case[0] for case in HOSTILE])
def test_what_is_refused(tmp_path: Path, name: str, content: object, message: str) -> None:
    (tmp_path / name).write_bytes(content())  # type: ignore[operator]
    (tmp_path / "good.md").write_text("# Good\n\nKafka.", encoding="utf-8")
    found = read([tmp_path])
    assert [article.id for article in found.articles] == ["good"]
    (left_out,) = found.left_out
    assert message in left_out.reason
    assert name in left_out.reason
    assert "\n" not in left_out.reason
    assert len(left_out.reason) < 400
    with pytest.raises(InputError):
        read([tmp_path], strict=True)


LARGE = {
    "large.md": (b"# Large\n\n", "larger than 4 MB"),
    "large.txt": (b"", "larger than 4 MB"),
    "large.html": (b"<html><body><p>", "larger than 4 MB"),
    "large.csv": (b'id,text\nx,"', "large.csv:2: a line is longer than 4,194,304 characters"),
    "large.jsonl": (b'{"id": "x", "text": "', "large.jsonl:1: a line is longer than 4,194,304 characters"),
}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a small article, and in each format of text a line of 50 MB."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "good.md").write_text("# Good\n\nKafka.", encoding="utf-8")
    for name, (head, _) in LARGE.items():
        with (folder / name).open("wb") as file:
            file.write(head)
            file.writelines([b"words " * 2**20] * 9)
        assert (folder / name).stat().st_size > 50 * 2**20
    yield folder
    for name in LARGE:
        (folder / name).unlink()


@pytest.mark.parametrize("name", LARGE)
def test_a_line_of_50_mb_is_not_read_whole(large: Path, name: str) -> None:
    tracemalloc.start()
    with pytest.raises(InputError, match=LARGE[name][1]):
        list(read_articles([large / name]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 * 2**20


def test_the_others_are_built_beside_lines_of_50_mb(large: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["build", str(large), "-o", str(tmp_path / "graphs")])
    assert done.exit_code == 0
    assert [article.id for article in store.read(tmp_path / "graphs").articles] == ["good"]
    told = [line for line in done.output.splitlines() if line.startswith("left out: ")]
    for line, name in zip(told, sorted(LARGE), strict=True):
        assert LARGE[name][1] in line
    assert "left out      5\n" in done.output


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tags.html", f"<html><body>{'<div>' * DEEP}{made.WORDS}{'</div>' * DEEP}{made.PAGE}</body></html>"),
        ("bold.md", "# T\n\n" + "**" * DEEP + "x" + "[" * DEEP + "`" * DEEP),
        ("nested.md", "# T\n\n" + "\n".join("  " * depth + "- x" for depth in range(500))),
        ("html.md", "# T\n\n" + "<div>" * DEEP + "x"),
        ("code.rst", ".. code:: perl\n\n   " + "s{" * DEEP),
        ("substitution.rst", ".. |a| replace:: the |b|\n.. |b| replace:: word\n\n|a| and |a|\n"),
        ("table.rst", "=== ===\n" + "a   b\n" * 2_000 + "=== ===\n"),
        ("table.html", within(b"<table>" + b"<tr><td>a<td>b" * 2_000)),
        ("open.csv", 'id,text\nx,"' + "a,b\n" * DEEP),
        ("quotes.csv", "id,text\nx," + '"' * DEEP),
        ("columns.csv", "id,text" + ",x" * DEEP + "\n1,a" + ",b" * DEEP),
        ("metadata.ipynb", '{"cells": [{"cell_type": "markdown", "source": "x"}], "metadata": 5}'),
        ("steps.rst", "\n".join("| " + " " * depth + "x" for depth in range(700))),
        ("nested.epub", made.epub({"a.xhtml": "<div>" * DEEP + made.WORDS})),
        ("nested.docx", made.docx("<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000)),
        ("crlf.md", "\ufeff# T\r\n\r\nOne\rTwo\r\n"),
        ("control.md", "# T\n\n\x01\x1b[31m \u202e\u2028 \ufffe"),
    ],
)
def test_what_is_read_or_refused_in_one_sentence(tmp_path: Path, name: str, content: str | bytes) -> None:
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    try:
        assert all(article.text for article in read_articles([tmp_path / name]))
    except InputError as error:
        assert name in str(error)  # noqa: PT017
        assert "\n" not in str(error)  # noqa: PT017


def test_crlf_and_bom(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf# T\r\n\r\nOne\r\ntwo\r\n")
    assert [article.text for article in read_articles([tmp_path])] == ["T\n\nOne two"]


def test_links_of_the_file_system_and_pipes(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# Good", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.md").symlink_to(tmp_path / "self.md")
    (tmp_path / "nowhere.md").symlink_to(tmp_path / "missing")
    os.mkfifo(tmp_path / "pipe.md")
    found = read([tmp_path])
    assert [article.id for article in found.articles] == ["good"]
    assert len(found.left_out) == 3
    assert any("pipe.md: is no regular file" in left_out.reason for left_out in found.left_out)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("..", "untitled"),
        ("/abs", "abs"),
        ("C:\\x", "C x"),
        ("CON", "CON_"),
        ("nul.md", "nul.md_"),
        ("a\0b\nc", "a b c"),
        (".hidden", "hidden"),
        ("`a` %%b%%", "a b"),
        ("", "untitled"),
    ],
)
def test_file_names(title: str, name: str) -> None:
    assert file_name(title) == name


@given(st.text(max_size=400))
def test_file_names_stay_in_their_folder(title: str) -> None:
    name = file_name(title)
    assert 0 < len(name.encode()) <= 110
    assert not set(name) & set('/\\\0:<>"|?*\n')
    assert not name.startswith(".")
    assert name == name.strip(" .") or name.endswith("_")


def test_names_that_differ_by_case_only() -> None:
    taken: set[str] = set()
    assert [distinct(name, taken) for name in ("Raft", "RAFT", "raft", "raft 2")] == [
        "Raft",
        "RAFT 2",
        "raft 3",
        "raft 2 2",
    ]
    assert len({file_name("x" * 300), file_name("x" * 301)}) == 2


AWAY = ("../../x", "..", "/x", "CON", "con", "Con", "x" * 300, "X" * 300, "a\\b", "C:x", "nul.md")


def test_titles_that_would_leave_the_folder(tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": f"{number}/{title}", "title": title, "text": "Kafka."}) for number, title in enumerate(AWAY)
    ]
    (tmp_path / "t.jsonl").write_text("\n".join(rows), encoding="utf-8")
    records = link(read([tmp_path]).articles, load_vocabulary())
    assert {article.title for article in records.articles} == set(AWAY)
    assert all(".." not in article.id and "\\" not in article.id for article in records.articles)
    vault = tmp_path / "in" / "it" / "vault"
    export(records, "obsidian", vault)
    notes = [note.relative_to(vault / "articles") for note in vault.glob("articles/**/*.md")]
    assert len({str(note).casefold() for note in notes}) == len(AWAY)
    assert all(len(note.parts) == 1 and len(note.name) < 120 for note in notes)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "t.jsonl"]


SEEDS: dict[str, bytes] = {
    ".md": b"---\ntitle: x\ntags: [a]\n---\n# T\n\n- **a** `b` [c](d)\n\n> q\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    ".txt": b"Latest\nShowing 1 of 2 articles\nTitle\nText. --- ### Core - **a**: b\n",
    ".html": made.PAGE.encode(),
    ".pdf": made.pdf("Kafka keeps records.", title="x"),
    ".epub": made.epub({"a.xhtml": f"<h1>T</h1><p>{made.WORDS}</p>"}),
    ".rst": b"T\n=\n\n*a* **b** `c <d>`_\n\n- x\n\n.. note:: y\n",
    ".ipynb": made.notebook(("markdown", "# T\n\nx")),
    ".docx": made.docx(made.paragraph("Kafka")),
    ".csv": b"id,title,text\n1,T,words\n",
    ".jsonl": b'{"id": "1", "text": "words"}\n',
    ".parquet": made.parquet({"id": "1", "title": "T", "text": "words"}),
}


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of one of the formats with some of its bytes changed, cut or doubled."""
    suffix = draw(st.sampled_from(sorted(SEEDS)))
    content = bytearray(SEEDS[suffix])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        piece = draw(st.one_of(st.binary(max_size=6), st.sampled_from([b"<", b"[[", b"\n\n", b"```", b"\xff", b"--"])))
        content[at : at + draw(st.integers(0, 8))] = piece
    return suffix, bytes(content)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(damaged())
def test_damaged_files_are_read_or_refused(tmp_path: Path, given_: tuple[str, bytes]) -> None:
    suffix, content = given_
    path = tmp_path / f"x{suffix}"
    path.write_bytes(content)
    try:
        articles = list(read_file(SourceFile(where=str(path), id="x", named=True)))
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    for article in articles:
        assert article.text
        places = [(span.start, span.end) for span in article.spans]
        places += [(each.start, each.end) for each in article.links]
        places += [(each.start, each.end) for each in article.sections]
        assert all(0 <= start <= end <= len(article.text) for start, end in places)


def test_every_format_is_tried() -> None:
    suffixes = {suffix for source in SOURCES.values() for suffix in source.suffixes}
    assert suffixes - set(SEEDS) == {".markdown", ".htm", ".xhtml", ".tsv", ".ndjson"}
