"""``conceptgraph extract``."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
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
from conceptgraph.terminal import echo_json, echo_left_out, print_table, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conceptgraph.model import Article
    from conceptgraph.vocabulary import Vocabulary


@click.command()
@click.argument("paths", nargs=-1, required=True)
@vocabulary_option
@click.option("--exclude", multiple=True, help="Glob of files to leave out; may be repeated.")
@columns_option
@click.option("--strict", is_flag=True, help="Stop at the first file or row that cannot be read.")
@click.option("--why", metavar="NAME", help="Say what decided whether words mean the concept that goes by NAME.")
@form_option("table", "json", "jsonl")
def extract(
    paths: tuple[str, ...],
    own: tuple[Path, ...],
    exclude: tuple[str, ...],
    columns: tuple[str, ...],
    strict: bool,
    why: str | None,
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
    if why is not None:
        _print_reasons(read.articles, vocabulary, why, form)
        return
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


def _print_reasons(articles: Sequence[Article], vocabulary: Vocabulary, name: str, form: str) -> None:
    """Print what decided, in each article where one stands, whether a word means what goes by a name."""
    from conceptgraph.extract.reasons import why
    from conceptgraph.lookup import find_in_vocabulary

    concepts = find_in_vocabulary(vocabulary, name)
    reasons = [reason for article in articles for concept in concepts for reason in why(article, vocabulary, concept)]
    if form == "json":
        echo_json([asdict(reason) for reason in reasons])
    elif form == "jsonl":
        for reason in reasons:
            click.echo(json.dumps(asdict(reason), ensure_ascii=False))
    elif not reasons:
        named = ", ".join(dict.fromkeys(label.text for concept in concepts for label in vocabulary[concept].labels))
        click.echo(wrapped(f"None of these articles has any of the labels: {named}."))
    else:
        titles = {article.id: article.title for article in articles}
        for article, those in groupby(reasons, key=lambda reason: reason.article):
            click.secho(f"\n{titles[article]} ({article})", bold=True)
            for reason in those:
                outcome = f"linked at {reason.linked} of {reason.places}" if reason.linked else "not linked"
                click.echo(
                    f"“{reason.surface}” as {vocabulary[reason.concept].name}: {outcome}, {reason.confidence:.2f}"
                )
                for sentence in reason.because:
                    click.echo(wrapped(sentence, indent="    "))
