"""``conceptgraph prerequisites``: what to know first, from the vocabulary and, where there is one, the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from conceptgraph.cli.options import chosen_vocabulary, form_option, graph_if_any, graph_option, vocabulary_option
from conceptgraph.errors import UnknownNameError
from conceptgraph.terminal import echo_json, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@click.command(short_help="Say what to know before a concept, and why.")
@click.argument("names", nargs=-1, required=True)
@click.option("--closure", is_flag=True, help="Also what the prerequisites need, in the order of study.")
@click.option("--skip-unknown", is_flag=True, help="Pass over names that nothing goes by.")
@graph_option
@vocabulary_option
@form_option("table", "json")
def prerequisites(
    names: tuple[str, ...], closure: bool, skip_unknown: bool, folder: Path | None, own: tuple[Path, ...], form: str
) -> None:
    """Say what a reader should know before each of NAMES, and why.

    Without a graph folder the vocabulary alone is asked.
    """
    from conceptgraph.lessons import all_concepts, concept_named, needs_rows
    from conceptgraph.prerequisites import prerequisite_graph

    vocabulary = chosen_vocabulary(own)
    records = graph_if_any(folder)
    graph, concepts = prerequisite_graph(vocabulary, records), all_concepts(vocabulary, records)
    found: dict[str, list[dict[str, Any]]] = {}
    for name in names:
        try:
            found[name] = needs_rows(concept_named(name, vocabulary, records), graph, concepts, closure=closure)
        except UnknownNameError as error:
            if not skip_unknown:
                raise
            click.echo(f"skipped: {error}", err=True)
    if form == "json":
        echo_json(found)
        return
    for name, rows in found.items():
        _print(name, rows)


def _print(name: str, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        click.echo(f"{name} needs nothing that is known of.")
        return
    cells = [(row["name"], f"{row['confidence']:.2f}", row["tier"], row["reason"]) for row in rows]
    print_table(("to know first", "confidence", "from", "because"), cells, title=name)
