"""``conceptgraph gaps``."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

import click

from conceptgraph.cli.options import chosen_graph, chosen_index, count_option, form_option, graph_option
from conceptgraph.terminal import echo_csv, echo_json, wrapped

if TYPE_CHECKING:
    from pathlib import Path

    from conceptgraph.gaps import Gap

TITLES = {
    "unexplained": "Often mentioned, never explained",
    "unbridged": "Related subjects that no article brings together",
    "unlinked": "Articles without links",
    "duplicate": "Nearly the same",
}


@click.command(short_help="List what the articles lack, and near-duplicates.")
@graph_option
@count_option(10, "How many of each kind; 0 for all.")
@form_option("table", "json", "csv")
def gaps(folder: Path | None, k: int | None, form: str) -> None:
    """List what the articles lack: explanations, bridges between subjects, links; and near-duplicates."""
    from conceptgraph.communities import communities
    from conceptgraph.gaps import gaps as find_gaps

    records = chosen_graph(folder)
    found = find_gaps(records, chosen_index(folder, records), communities(records), k=k)
    if form == "json":
        echo_json([asdict(gap) for gap in found])
    elif form == "csv":
        echo_csv(("kind", "text", "ids", "size"), [(gap.kind, gap.text, " ".join(gap.ids), gap.size) for gap in found])
    else:
        _print(found)


def _print(found: list[Gap]) -> None:
    if not found:
        click.echo("Nothing is missing.")
    for number, (kind, of_kind) in enumerate(groupby(found, key=lambda gap: gap.kind)):
        click.secho(("\n" if number else "") + TITLES[kind], bold=True)
        for gap in of_kind:
            click.echo(wrapped(gap.text, indent="    "))
