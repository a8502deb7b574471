"""``conceptgraph search``."""

from __future__ import annotations

import re
from dataclasses import asdict, astuple
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptgraph.cli.options import chosen_graph, count_option, form_option, graph_option, settings_here
from conceptgraph.terminal import echo_csv, echo_json, wrapped

if TYPE_CHECKING:
    from conceptgraph.search import Hit


@click.command(short_help="Search articles and concepts, typing errors and all.")
@click.argument("words", nargs=-1, required=True)
@graph_option
@count_option(10)
@form_option("table", "json", "csv")
def search(words: tuple[str, ...], folder: Path | None, k: int | None, form: str) -> None:
    """Search articles and concepts for WORDS; labels are found in spite of typing errors."""
    from conceptgraph.search import Search
    from conceptgraph.store.opening import reading

    records = chosen_graph(folder)
    with reading(folder or Path(settings_here().output)) as connection:
        found = Search(records, connection)(" ".join(words), k=k)
    if form == "json":
        echo_json([asdict(hit) for hit in found])
    elif form == "csv":
        echo_csv(("type", "id", "name", "score", "snippet"), map(astuple, found))
    else:
        _print(found)


def _print(found: list[Hit]) -> None:
    if not found:
        click.echo("Nothing was found.")
    for number, hit in enumerate(found):
        click.echo(("\n" if number else "") + f"{click.style(hit.name, bold=True)}  {hit.type}  ({hit.id})")
        click.echo(
            re.sub(
                "⟦(.*?)⟧",
                lambda found: click.style(found[1], bold=True, fg="yellow"),
                wrapped(hit.snippet, indent="    "),
            )
        )
