"""``conceptgraph export``."""

from __future__ import annotations

from pathlib import Path

import click

from conceptgraph.cli.options import chosen_graph, graph_option
from conceptgraph.errors import InputError


@click.command()
@click.option("--format", "form", required=True, help="Which output: explorer, json or pyvis.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write. [default: its usual name, here]")
@graph_option
def export(form: str, output: Path | None, folder: Path | None) -> None:
    """Write the graph in another form."""
    from conceptgraph.export import EXPORTERS
    from conceptgraph.export import export as write

    if form not in EXPORTERS:
        raise InputError(f"--format: no output is called '{form}'; there are {', '.join(EXPORTERS)}")
    path = output or Path(EXPORTERS[form].file)
    write(chosen_graph(folder), form, path)
    click.echo(path)
