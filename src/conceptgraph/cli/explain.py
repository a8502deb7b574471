"""``conceptgraph explain``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from conceptgraph.cli.options import chosen_graph, form_option, graph_option
from conceptgraph.terminal import echo_csv, echo_json, wrapped

if TYPE_CHECKING:
    from pathlib import Path

    from conceptgraph.connections import Connection
    from conceptgraph.extract.quotes import Quote


@click.command(short_help="Say how two articles or concepts are connected.")
@click.argument("first")
@click.argument("second")
@graph_option
@click.option("-k", type=int, default=3, show_default=True, help="How many paths.")
@form_option("table", "json", "csv")
def explain(first: str, second: str, folder: Path | None, k: int, form: str) -> None:
    """Say how FIRST and SECOND, two articles or concepts, are connected."""
    from conceptgraph.connections import explain as paths_between
    from conceptgraph.extract.quotes import where
    from conceptgraph.lookup import find

    records = chosen_graph(folder)
    ends = find(records, first), find(records, second)
    found = paths_between(records, *ends, k=k)
    if form == "json":
        echo_json([asdict(connection) for connection in found])
    elif form == "csv":
        rows = [
            (
                number,
                place,
                step.kind,
                step.source,
                step.target,
                step.text,
                " | ".join(f"{quote.sentence}{where(quote.page)}" for quote in step.quotes),
            )
            for number, connection in enumerate(found, 1)
            for place, step in enumerate(connection.steps, 1)
        ]
        echo_csv(("path", "step", "kind", "source", "target", "text", "sentences"), rows)
    else:
        _print(found)


def _print(found: list[Connection]) -> None:
    if not found:
        click.echo("Nothing in this graph connects the two.")
    for number, connection in enumerate(found, 1):
        click.secho(f"{'' if number == 1 else chr(10)}Path {number}", bold=True)
        told: set[Quote] = set()
        for step in connection.steps:
            click.echo(wrapped(step.text, indent="    "))
            for quote in step.quotes:
                if quote not in told:
                    click.echo(click.style(wrapped(str(quote), indent="        "), dim=True))
                told.add(quote)
