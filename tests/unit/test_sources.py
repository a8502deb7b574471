from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conceptgraph import InputError, Vocabulary
from conceptgraph.export import export
from conceptgraph.files import CONTENTS
from conceptgraph.pipeline import link, save
from conceptgraph.sources import find_files, read_articles
from conceptgraph.sources.flattened import is_flattened, restore

if TYPE_CHECKING:
    from pathlib import Path

    from conceptgraph.model import Article


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def only(path: Path) -> Article:
    (article,) = read_articles([path])
    return article


MARKDOWN = """\
---
title: "Logs: a story"
published: 2025-03-01
tags: [kafka, logs]
summary: What a log is.
---
# Logs: a story

A **log** is a *list* of `records`,
kept in [order](other.md).

## Parts

- one item
- **Segment**: a file

```python
kafka = Kafka()
```

| a | b |
|---|---|
| x | y |

<p>Some <b>HTML</b> &amp; more</p><script>evil()</script>
"""


def test_markdown(tmp_path: Path) -> None:
    article = only(write(tmp_path, "Logs and_More.md", MARKDOWN))
    assert article.id == "logs-and-more"
    assert (article.title, article.published, article.tags) == ("Logs: a story", "2025-03-01", ("kafka", "logs"))
    assert article.summary == "What a log is."
    assert article.text.startswith("Logs: a story\n\nA log is a list of records, kept in order.\n\nParts\n\none item\n")
    assert "Some HTML & more" in article.text
    assert "evil" not in article.text
    marked = {(span.kind, article.text[span.start : span.end]) for span in article.spans}
    assert {
        ("title", "Logs: a story"),
        ("emphasis", "log"),
        ("emphasis", "list"),
        ("code", "records"),
        ("heading", "Parts"),
        ("list_item", "Segment: a file"),
        ("code_block", "kafka = Kafka()"),
        ("table_cell", "x"),
    } <= marked
    assert [(link.target, article.text[link.start : link.end]) for link in article.links] == [("other.md", "order")]
    assert [(section.heading, section.level) for section in article.sections] == [("Logs: a story", 1), ("Parts", 2)]
    assert article.sections[0].end == len(article.text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# From the heading\n\nText.", "From the heading"),
        ("Only text, no heading.", "the file"),
        ("---\ntitle: Given\n---\n\nText.", "Given"),
        ("---\n\nNo front matter, two rules.\n\n---\n", "the file"),
    ],
)
def test_title(tmp_path: Path, text: str, title: str) -> None:
    article = only(write(tmp_path, "the-file.md", text))
    assert article.title == title
    assert article.text.startswith(title)


@pytest.mark.parametrize(
    ("date", "published"), [("2025-03-01", "2025-03-01"), ("2025-99-99", None), ("March 1, 2025", None)]
)
def test_dates(tmp_path: Path, date: str, published: str | None) -> None:
    assert only(write(tmp_path, "x.md", f"---\ndate: {date}\n---\n\nText")).published == published


def test_plain_text(tmp_path: Path) -> None:
    article = only(write(tmp_path, "notes.txt", "A title\n\nOne line\nand another.\r\n\r\nSecond paragraph."))
    assert article.title == "A title"
    assert article.text == "A title\n\nOne line and another.\n\nSecond paragraph."


LISTING = """\
Latest
Showing 2 of 5 articles
First & <b>best</b>
It scales. --- ### Core Concepts - **Kafka**: a log - **Queue**: it waits --- ### More - **Model**: - Rows. - Cut in
Second
Just a sentence - with a dash.
"""


def test_listing(tmp_path: Path) -> None:
    first, second = read_articles([write(tmp_path, "latest.txt", LISTING)])
    assert first.id == "latest/first-b-best-b"
    assert first.title == "First & <b>best</b>"
    marked = [(span.kind, first.text[span.start : span.end]) for span in first.spans]
    assert [text for kind, text in marked if kind == "heading"][1:] == ["Core Concepts", "More"]
    assert ("emphasis", "Kafka") in marked
    assert ("list_item", "Queue: it waits") in marked
    assert first.text.endswith("Cut in")
    assert second.text == "Second\n\nJust a sentence - with a dash."


def test_listing_with_a_line_missing(tmp_path: Path) -> None:
    path = write(tmp_path, "latest.txt", "Latest\nShowing 2 of 5 articles\nOnly a title\n")
    with pytest.raises(InputError, match="title line and a summary line"):
        list(read_articles([path]))


def test_a_flattened_line_in_a_markdown_file_is_restored(tmp_path: Path) -> None:
    flat = "It scales. --- ### Core Concepts - **Kafka**: a log - **Queue**: it waits"
    article = only(write(tmp_path, "x.md", f"# Title\n\n{flat}\n"))
    assert [section.heading for section in article.sections] == ["Title", "Core Concepts"]
    assert is_flattened(flat)
    assert not is_flattened("A sentence - with **one** - dash, a --- rule and C# or # signs.")


def test_restore_numbered() -> None:
    restored = restore("Concepts: 1. **Raft** (consensus) 2. **Paxos** (older)")
    assert restored == "Concepts:\n\n1. **Raft** (consensus)\n2. **Paxos** (older)"


def test_paths(tmp_path: Path) -> None:
    write(tmp_path, "b/LSM Trees.md", "# LSM\n\nText.")
    write(tmp_path, "a.md", "# A\n\nText.")
    write(tmp_path, ".hidden/x.md", "# X\n\nText.")
    write(tmp_path, "drafts/y.md", "# Y\n\nText.")
    write(tmp_path, "picture.png", "no text")
    (tmp_path / "folder.md").mkdir()
    assert [a.id for a in read_articles([tmp_path], exclude=["drafts/*"])] == ["a", "b/lsm-trees"]
    assert [a.id for a in read_articles([tmp_path / "*" / "*.md"])] == ["b/lsm-trees", "drafts/y"]
    assert [a.id for a in read_articles([tmp_path / "a.md", tmp_path], exclude=["drafts/*"])] == ["a", "b/lsm-trees"]


def test_what_conceptgraph_wrote_is_no_article(tmp_path: Path) -> None:
    """The folder of `build .` lies among the articles, and its pages would come back as articles."""
    for name in ("a.md", "site/index.html", "graphs/notes.md", "vault/articles/a.md"):
        write(tmp_path, name, "# A\n\nText.")
    nothing = link((), Vocabulary.of([]))
    save(nothing, tmp_path / "graphs")
    export(nothing, "markdown", tmp_path / "index.md")
    write(tmp_path, f"vault/{CONTENTS}", "articles/a.md\n")
    found = ["a.md", "graphs/notes.md", "site/index.html"]
    assert [file.path.relative_to(tmp_path).as_posix() for file in find_files([tmp_path])] == found
    assert [file.path.name for file in find_files([tmp_path / "*" / "*.html"])] == ["index.html"]
    assert [file.id for file in find_files([tmp_path / "vault"])] == ["articles/a"]  # who names it means it


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.md"
    path.write_bytes("---\ntitle: Café\n---\n\nKafka\r\nkeeps 🂡.\n".encode(encoding))
    (article,) = read_articles([path])
    assert (article.title, article.text) == ("Café", "Café\n\nKafka keeps 🂡.")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.md", b"", "x.md: is empty"),
        ("x.md", b"\xff\x00binary", "x.md: is binary"),
        ("x.md", b"one\ntwo \xe9\n", "x.md:2: byte 0xe9 is not UTF-8"),
        ("x.md", b"---\ntitle: [\n---\n\nText", "x.md:3: front matter: not YAML"),
        ("x.md", b"---\ntitle: Logs: a story\n---\n\nText", "x.md:2: front matter: not YAML (mapping values are not"),
        ("x.md", b"---\ntitle: Logs: a story\n---\n\nText", ": put the value in quotation marks); correct it or"),
        ("x.md", b"---\ntitle: @raft\n---\n\nText", ": put the value in quotation marks); correct it or"),
        ("x.md", "one\ntwo".encode("utf-16") + b"\0", "x.md:2: byte 0x00 is not UTF-16"),
        ("x.md", "one\0two".encode("utf-16"), "x.md: is binary"),
        ("x.md", "one".encode("utf-32"), "x.md: is binary"),
        ("x.md", b"---\ntitle: [a]\n---\n\nText", "x.md:2: front matter: 'title' must be one value"),
        ("x.md", b"---\ntitle: !!python/object/apply:os.system [ls]\n---\n\nText", "x.md:2: front matter: 'title'"),
        ("x.md", f"---\n{BOMB}title: *i\n---\n\nText".encode(), "front matter: 'title' must be one value"),
        ("x.md", b"---\na: " + b"[" * 5000 + b"\n---\n\nText", "nested too deeply"),
        ("x.png", b"text", "files ending in '.png' are not read"),
    ],
)
def test_bad_files(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        list(read_articles([path]))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_of_one_id_are_told_apart(tmp_path: Path) -> None:
    """By their paths alone: neither the order in which they are named nor what they hold counts."""
    for name in ("A b.md", "a-b.md", "a b.txt", "a-b-2.md", "x/a-b.md"):
        write(tmp_path, name, f"# {name}\n\nText.")
    ids = {"A b.md": "a-b", "a b.txt": "a-b-txt", "a-b-2.md": "a-b-2", "a-b.md": "a-b-3", "x/a-b.md": "x/a-b"}
    for paths in ([tmp_path], [tmp_path / "a-b.md", tmp_path / "a b.txt", tmp_path]):
        assert {file.path.relative_to(tmp_path).as_posix(): file.id for file in find_files(paths)} == ids
    with pytest.raises(InputError, match=r"two files have the id 'a-b': .*A b.md and .*a b.txt; rename one"):
        find_files([tmp_path], strict=True)


def test_articles_of_one_id(tmp_path: Path) -> None:
    write(tmp_path, "t/one.md", "# One\n\nText.")
    write(tmp_path, "t.csv", "id,text\none,Two")
    with pytest.raises(InputError, match=r"t.csv: “one” has the id 't/one', as “One” in .*one.md has; rename one"):
        list(read_articles([tmp_path]))


@pytest.mark.parametrize("name", ["nowhere", "nowhere/*.md"])
def test_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="nowhere"):
        list(read_articles([tmp_path / name]))


def test_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no articles"):
        list(read_articles([tmp_path]))
