from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conceptgraph import terminal
from conceptgraph.cli import main
from tests.conftest import ARTICLES

NASTY = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    'a href="javascript:alert(1)"',
    "quotes \" ' ` and \\ backslash",
    "emoji 🙂 and \u202eright to left",
    "{{ 7 * 7 }} ${7*7}",
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def failed(*arguments: str | Path) -> str:
    """Return the one sentence of a command that ends with exit code 2."""
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.stderr.removeprefix("Error: ").strip()


def write(path: Path, text: str = "# Kafka\n\nKafka is a log.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def graph(here: Path) -> Path:
    assert run("build", ARTICLES, "-o", here / "graphs").exit_code == 0
    return here / "graphs"


def test_build(here: Path) -> None:
    result = run("build", ARTICLES)
    assert result.exit_code == 0
    rows = dict(line.split(None, 1) for line in result.stdout.splitlines())
    assert rows["articles"] == "40"
    assert int(rows["concepts"].replace(",", "")) > 100
    assert rows["map"] == str(Path("graphs", "index.html"))
    assert result.stderr == ""
    assert sorted(path.name for path in (here / "graphs").iterdir()) == [
        "concept-map.html",
        "graph.json",
        "graph.sqlite",
        "index.html",
    ]


def test_build_twice_gives_the_same_bytes(here: Path) -> None:
    run("build", ARTICLES, "-o", "one")
    run("build", *sorted(ARTICLES.glob("*.md"), reverse=True), "-o", "two")
    for name in ("graph.json", "concept-map.html"):
        one, two = ((here / folder / name).read_text("utf-8") for folder in ("one", "two"))
        if name == "graph.json":
            assert one == two
        assert len(one) == len(two)


def test_what_cannot_be_read_in_a_folder_is_left_out_and_said(here: Path) -> None:
    write(here / "articles" / "good.md")
    (here / "articles" / "bad.md").write_bytes(b"caf\xe9")
    result = run("build")
    assert result.exit_code == 0
    assert "left out: articles/bad.md:1: byte 0xe9 is not UTF-8" in result.stderr
    assert "left out      1" in result.stdout
    assert "articles/bad.md:1" in failed("build", "--strict")


def test_extract_jsonl(here: Path) -> None:
    path = write(here / "Some Log.md", "# A log\n\nApache Kafka® is a log. Kafka's fast.")
    result = run("extract", path, "--format", "jsonl")
    (line,) = result.stdout.splitlines()
    found = json.loads(line)
    assert (found["doc"], found["title"]) == ("some-log", "A log")
    kafka = next(concept for concept in found["concepts"] if concept["id"] == "apache-kafka")
    assert {"id", "name", "kind", "surfaces", "core", "weight", "known", "mentions"} == set(kafka)
    assert kafka["surfaces"] == ["Apache Kafka", "Kafka"]
    place = {"start": 31, "end": 36, "text": "Kafka", "sentence": "Kafka's fast.", "page": None}
    assert kafka["mentions"][1] == place
    assert json.loads(run("extract", path, "--format", "json").stdout) == [found]
    assert "Apache Kafka" in run("extract", path).stdout


def test_listings(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = json.loads(run("articles", "-g", graph, "--format", "json").stdout)
    assert len(articles) == 40
    assert {"id", "title", "published", "concepts", "path"} == set(articles[0])
    assert run("articles", "-g", graph).stdout.split()[:4] == ["id", "title", "published", "concepts"]
    monkeypatch.setattr("conceptgraph.cli.listing.width", lambda: 80)
    assert run("articles", "-g", graph).stdout.split()[:3] == ["id", "title", "concepts"]
    concepts = json.loads(run("concepts", "--format", "json", "--kind", "technology").stdout)
    assert {row["kind"] for row in concepts} == {"technology"}
    weights = [row["weight"] for row in concepts]
    assert weights == sorted(weights, reverse=True)
    assert "apache-cassandra" in run("concepts").stdout


def test_show(graph: Path) -> None:
    text = run("show", "cassandra", "-g", graph).stdout
    assert text.startswith("Apache Cassandra\n")
    assert "“" in text
    shown = json.loads(run("show", "Apache Cassandra", "--format", "json").stdout)
    assert shown["links"][0]["id"] == "facebooks-database-apache-cassandra"
    assert "Cassandra" in shown["links"][0]["sentence"]
    article = json.loads(run("show", "how-uber-built-odin", "--format", "json").stdout)
    assert {"mysql", "apache-cassandra"} <= {link["id"] for link in article["links"]}
    assert "the nearest names are Apache Cassandra" in failed("show", "apache casandra")


def test_export(graph: Path, here: Path) -> None:
    assert run("export", "--format", "json", "-o", "out.json").stdout == "out.json\n"
    assert (here / "out.json").read_bytes() == (graph / "graph.json").read_bytes()
    assert "no output is called 'xlsx'; there are explorer, json, pyvis" in failed("export", "--format", "xlsx")


def test_settings(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here / "articles" / "a.md")
    assert run("init").stdout == f"{here / 'conceptgraph.toml'}\n"
    assert "exists already" in failed("init")
    write(here / "articles" / "drafts" / "b.md")
    monkeypatch.chdir(here / "articles")
    result = run("build")
    assert result.exit_code == 0, result.stderr
    assert json.loads(run("articles", "--format", "json").stdout)[0]["id"] == "a"
    assert (here / "graphs" / "concept-map.html").exists()


def test_init_in_a_folder_of_articles(here: Path) -> None:
    write(here / "a.md")
    write(here / "README.md")
    run("init")
    assert run("build").exit_code == 0
    assert run("build").exit_code == 0  # what the first one made is no article
    assert [row["id"] for row in json.loads(run("articles", "--format", "json").stdout)] == ["a"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("articles = [", "is not TOML"),
        ("articels = ['a']", "unknown key 'articels'"),
        ("articles = 3", "'articles' is 3; write text in quotes"),
        ("output = ['a', 'b']", "'output' is"),
    ],
)
def test_bad_settings(here: Path, text: str, message: str) -> None:
    write(here / "conceptgraph.toml", text)
    sentence = failed("build")
    assert sentence.startswith(str(here / "conceptgraph.toml"))
    assert message in sentence


def test_own_vocabulary(here: Path) -> None:
    article = write(here / "a.md", "# Frobnicator\n\nThe Frobnicator and Kafka.")
    own = write(
        here / "my.yaml",
        "frobnicator:\n  labels: [Frobnicator]\n  kind: technology\n"
        "  definition: Made-up machine of ours that frobs.\napache-kafka: null\n",
    )
    found = json.loads(run("extract", article, "--vocabulary", own, "--format", "json").stdout)
    assert [concept["id"] for concept in found[0]["concepts"]] == ["frobnicator"]
    assert run("vocabulary", "lint", own).exit_code == 0
    assert "Made-up machine" in run("vocabulary", "show", "frobnicator", "--vocabulary", own).stdout
    own.write_text(
        own.read_text("utf-8").replace("[Frobnicator]", "[Frobnicator, frob it]\n  verbs: [frob it]"), "utf-8"
    )
    assert "\nAlso: frob it\n" in run("vocabulary", "show", "frobnicator", "--vocabulary", own).stdout


def test_bad_vocabulary_leaves_the_graph(graph: Path, here: Path) -> None:
    before = {path.name: path.read_bytes() for path in graph.iterdir()}
    own = write(here / "my.yaml", "x:\n  kind: gadget\n")
    assert failed("build", ARTICLES, "--vocabulary", own).startswith(f"{own}:2: 'gadget' is no kind")
    assert {path.name: path.read_bytes() for path in graph.iterdir()} == before


def test_vocabulary_commands() -> None:
    assert run("vocabulary", "lint").exit_code == 0
    assert "bloom-filter" in run("vocabulary", "show", "bloom filters", "--format", "json").stdout
    stats = json.loads(run("vocabulary", "stats", "--format", "json").stdout)
    assert stats[-1]["domain"] == "all"
    assert stats[-1]["concepts"] == sum(row["concepts"] for row in stats[:-1]) >= 600
    assert stats[-1]["labels"] > stats[-1]["hidden"] > 0
    assert "nearest names" in failed("vocabulary", "show", "blom filter")


def test_why_a_word_means_a_concept(here: Path) -> None:
    path = write(here / "a.md", "# Kafka\n\nKafka is a log of records. They go on.")
    shown = run("extract", path, "--why", "Kafka").stdout
    assert "Kafka (a)\n“Kafka” as Apache Kafka: linked at 2 of 2" in shown
    (reason,) = json.loads(run("extract", path, "--why", "Go", "--format", "json").stdout)
    assert (reason["surface"], reason["linked"]) == ("go", 0)
    assert json.loads(run("extract", path, "--why", "Go", "--format", "jsonl").stdout) == reason
    assert "None of these articles has any of the labels: Redis" in run("extract", path, "--why", "redis").stdout
    assert "nearest names" in failed("extract", path, "--why", "blom filter")


def test_lint_fails_on_findings(here: Path) -> None:
    own = write(here / "my.yaml", "x:\n  labels: [Kafka]\n  kind: technology\n  definition: Too short.\n")
    result = run("vocabulary", "lint", own)
    assert result.exit_code == 1
    assert f"{own}:1: 'x' has a definition of 2 words" in result.stdout
    assert "shares the label 'kafka' with 'apache-kafka'" in result.stdout


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda here: "nowhere", "no such file or folder"),
        (lambda here: write(here / "empty" / "x.png").parent, "holds no articles"),
        (lambda here: write(here / "e.md", ""), "is empty"),
        (lambda here: write(here / "folder.md" / "deep" / "x.png").parents[1], "holds no articles"),
        (lambda here: write(here / "f.md", "---\n{[\n---\n"), "front matter"),
    ],
)
def test_bad_input(here: Path, prepare: object, message: str) -> None:
    path = prepare(here)  # type: ignore[operator]
    assert message in failed("build", path, "-o", here / "out")
    assert not (here / "out").exists()


@pytest.mark.skipif(os.geteuid() == 0 and not sys.platform.startswith("linux"), reason="root writes everywhere")
def test_without_paths_and_without_a_folder_of_articles(here: Path) -> None:
    write(here / "notes.md")
    assert "there is no folder articles/ here; name what to read: 'conceptgraph build .'" in failed("build")
    assert run("build", ".").exit_code == 0
    assert "--measure: is for articles, and 'Kafka' is a concept" in failed("related", "Kafka", "--measure", "words")


def test_an_article_in_a_folder_goes_by_its_name_or_its_path(here: Path) -> None:
    for name in ("notes/raft.md", "notes/log.md", "old/log.md"):
        write(here / name, f"# On {name}\n\nWords.")
    assert run("build", ".").exit_code == 0
    for name in ("raft", "notes/raft", "./notes/raft.md", "On notes/raft.md"):
        assert "On notes/raft.md" in run("show", name).stdout
    assert "'log' may be any of notes/log, old/log; give one of these ids" in failed("show", "log")


def test_unwritable_output(here: Path) -> None:
    write(here / "file", "not a folder")
    assert "cannot be written" in failed("build", ARTICLES, "-o", here / "file")
    assert (here / "file").read_text("utf-8") == "not a folder"


def test_foreign_and_missing_graphs(here: Path) -> None:
    assert "holds no graph" in failed("articles", "-g", here)
    (here / "graph.sqlite").write_bytes(b"not a database at all, but long enough to be one" * 100)
    assert "cannot be read" in failed("articles", "-g", here)
    assert "is damaged or no graph" in failed("build", ARTICLES, "-o", here)
    (here / "graph.sqlite").unlink()
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(here / "graph.sqlite")) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.commit()
    assert "is no graph of conceptgraph" in failed("build", ARTICLES, "-o", here)


def test_nasty_titles(here: Path) -> None:
    for number, title in enumerate(NASTY):
        quoted = json.dumps(title, ensure_ascii=False)
        front = f"---\ntitle: {quoted}\nsummary: {quoted}\n---\n"
        write(here / "articles" / f"{number}.md", f"{front}Kafka and {title} in a Bloom filter.")
    assert run("build").exit_code == 0
    titles = {row["title"] for row in json.loads(run("articles", "--format", "json").stdout)}
    assert titles == set(NASTY)
    page = (here / "graphs" / "concept-map.html").read_text("utf-8")
    assert "<img src=x" not in page
    assert "</script><script>alert" not in page


def test_help_names_every_command() -> None:
    text = run("--help").stdout
    for command in ("build", "extract", "articles", "concepts", "show", "export", "init", "vocabulary"):
        assert f"  {command} " in text
    for page in (text, run("vocabulary", "--help").stdout):
        assert not any(line.endswith("...") for line in page.splitlines() if line.startswith("  ")), (
            "what a command does is said whole"
        )
    assert run("--version").stdout.startswith("conceptgraph, version ")


def test_a_narrow_terminal_cuts_no_id(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(terminal, "width", lambda: 40)
    id_ = "a-long-id-of-an-article-that-is-to-be-copied"
    terminal.print_table(("id", "title"), [(id_, "A title that is long")])
    cells = [line.split("  ")[0].strip() for line in capsys.readouterr().out.splitlines()]
    assert id_ in "".join(cells)
