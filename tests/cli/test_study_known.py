from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.test_cli import failed, run, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("study")
    write(root / "kafka.md", "# Kafka\n\nApache Kafka keeps records in partitions. Kafka is a log.")
    assert run("build", root / "kafka.md", "-o", root / "graphs").exit_code == 0
    return root


def test_the_summary_counts_in_words_that_fit(folder: Path) -> None:
    shown = run("study", "Kafka", "-g", folder / "graphs")
    assert "1 article, 1 minute; " in shown.stdout


@pytest.mark.parametrize("name", ["none.txt", "marks.json", "."])
def test_what_looks_like_a_file_of_names_must_be_one(folder: Path, name: str) -> None:
    given = folder / name
    said = failed("study", "Kafka", "-g", folder / "graphs", "--know", given)
    assert said == f"--know: {given} is no file; give a file of names, or the name of a concept"


def test_a_file_of_names_is_read_as_those_names(folder: Path) -> None:
    names = folder / "names.txt"
    names.write_text("# mine\n\nSQL\nhashing\n", encoding="utf-8")
    asked = ("study", "Kafka", "-g", folder / "graphs", "--format", "json")
    assert run(*asked, "--know", names).stdout == run(*asked, "--know", "SQL", "--know", "hashing").stdout
