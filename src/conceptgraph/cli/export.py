"""``conceptgraph export``."""

from __future__ import annotations

from pathlib import Path

import click

from conceptgraph.cli.options import chosen_graph, chosen_vocabulary, graph_option, settings_here
from conceptgraph.errors import InputError

FORMATS = "explorer, json, pyvis, graphml, gexf, csv, parquet, skos, jsonld, cypher, obsidian, mermaid or markdown"


@click.command()
@click.option("--format", "form", required=True, help=f"Which output: {FORMATS}.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write. [default: its usual name, here]")
@click.option("--around", metavar="NAME", help="Only what is near this article or concept.")
@click.option("--hops", type=click.IntRange(0, 10), default=1, show_default=True, help="How near, with --around.")
@graph_option
def export(form: str, output: Path | None, around: str | None, hops: int, folder: Path | None) -> None:
    """Write the graph in another form."""
    from conceptgraph.export import EXPORTERS, neighbourhood
    from conceptgraph.export import export as write
    from conceptgraph.graph import node_of
    from conceptgraph.lookup import find

    if form not in EXPORTERS:
        raise InputError(f"--format: no output is called '{form}'; there are {', '.join(EXPORTERS)}")
    path = output or Path(EXPORTERS[form].file)
    records = chosen_graph(folder)
    if around:
        records = neighbourhood(records, node_of(find(records, around)), hops=hops)
    given = {"vocabulary": chosen_vocabulary((), settings_here())} if "vocabulary" in EXPORTERS[form].takes else {}
    write(records, form, path, **given)
    click.echo(path)
