"""``conceptgraph extract``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from conceptgraph.cli.options import (
    chosen_columns,
    chosen_vocabulary,
    columns_option,
    form_option,
    settings_here,
    vocabulary_option,
)
from conceptgraph.terminal import echo_json, echo_left_out, print_table

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("paths", nargs=-1, required=True)
@vocabulary_option
@click.option("--exclude", multiple=True, help="Glob of files to leave out; may be repeated.")
@columns_option
@click.option("--strict", is_flag=True, help="Stop at the first file or row that cannot be read.")
@form_option("table", "json", "jsonl")
def extract(
    paths: tuple[str, ...],
    own: tuple[Path, ...],
    exclude: tuple[str, ...],
    columns: tuple[str, ...],
    strict: bool,
    form: str,
) -> None:
    """Print the concepts that the articles under PATHS mention."""
    from conceptgraph import pipeline
    from conceptgraph.extract import extract as extract_one
    from conceptgraph.extract.report import report

    settings = settings_here()
    vocabulary = chosen_vocabulary(own, settings, paths)
    read = pipeline.read(
        paths, exclude=exclude or settings.exclude, strict=strict, columns=chosen_columns(columns, settings)
    )
    echo_left_out([left_out.reason for left_out in read.left_out])
    reports = (report(extract_one(article, vocabulary), vocabulary) for article in read.articles)
    if form == "jsonl":
        for item in reports:
            click.echo(json.dumps(item, ensure_ascii=False))
    elif form == "json":
        echo_json(list(reports))
    else:
        for item in reports:
            rows = [
                (c["name"], c["kind"], f"{c['weight']:.2f}", "core" if c["core"] else "", ", ".join(c["surfaces"]))
                for c in item["concepts"]
            ]
            print_table(("concept", "kind", "weight", "", "as written"), rows, title=f"{item['title']} ({item['doc']})")
