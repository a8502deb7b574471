from __future__ import annotations

import doctest
import json
import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from conceptgraph import __version__, load_vocabulary
from conceptgraph.cli.export import FORMATS
from conceptgraph.export import EXPORTERS
from conceptgraph.extract import TECHNIQUES
from conceptgraph.model import KINDS
from conceptgraph.sources import SOURCES, read_articles
from conceptgraph.vocabulary.reader import read_entries
from tests.conftest import ARTICLES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGES = [path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")] if path.exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_links_between_articles_lead_somewhere() -> None:
    for path in ARTICLES.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+\.md)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_articles_are_as_promised() -> None:
    articles = list(read_articles([ARTICLES]))
    assert len(articles) == 40
    for article in articles:
        assert article.published
        assert article.tags
        assert article.summary
        assert 450 <= len(article.text.split()) <= 1_000, article.id


def test_the_example_in_the_format_page_is_in_the_format(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "vocabulary.md").read_text("utf-8")
    example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert example
    path = tmp_path / "example.yaml"
    path.write_text(example[1], encoding="utf-8")
    assert [entry.id for entry in read_entries(path)] == ["apache-cassandra", "replication"]
    assert all(f"`{kind}`" in text for kind in KINDS)


def test_registries() -> None:
    """The golden list of names that users rely on."""
    assert list(SOURCES) == [
        "listing", "obsidian", "markdown", "plain", "html", "pdf", "epub", "rst", "notebook", "docx", "csv",
        "jsonl", "parquet",
    ]  # fmt: skip
    assert list(TECHNIQUES) == ["known", "abbreviations", "coordination", "new-concepts"]
    assert list(EXPORTERS) == [
        "explorer", "json", "pyvis", "graphml", "gexf", "csv", "parquet", "skos", "jsonld", "cypher", "obsidian",
        "mermaid", "markdown",
    ]  # fmt: skip


def test_every_format_has_a_row() -> None:
    text = (ROOT / "docs" / "formats.md").read_text("utf-8")
    sources, outputs = text.split("## Outputs")
    for name, source in SOURCES.items():
        (row,) = re.findall(rf"^\| `{name}` \|(.*)$", sources, re.MULTILINE)
        assert all(f"`{suffix}`" in row for suffix in source.suffixes), name
    for name, exporter in EXPORTERS.items():
        file = exporter.file + "/" * exporter.folder
        assert f"| `{name}` | `{file}` |" in outputs, name


def test_the_examples_with_spacy_run() -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs" / "spacy.md"), module_relative=False)
    assert (failed, tried > 10) == (0, True)


def test_the_help_names_every_output() -> None:
    assert FORMATS.replace(" or ", ", ").split(", ") == list(EXPORTERS)


def test_version_stands_in_one_place_and_its_copy() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__


def test_the_extra_for_notebooks_brings_what_they_import() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["notebook"], "conceptgraph"]
    brought = {re.split(r"[<>=]", each)[0].lower() for each in needed} | {"ipython"}  # which comes with ipykernel
    cells = [cell for path in NOTEBOOKS for cell in json.loads(path.read_text("utf-8"))["cells"]]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    imported = set(re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE))
    assert {"conceptgraph", "matplotlib"} <= imported
    assert {name.lower() for name in imported} <= brought


def test_readme_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "pip install . && conceptgraph build\n" in readme
    assert "pip install '.[dev]' && pytest\n" in readme
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "'.[dev]' && pytest" in ci


def test_enough_concepts() -> None:
    assert len(load_vocabulary()) >= 600
