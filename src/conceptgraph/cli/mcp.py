"""``conceptgraph mcp``."""

from __future__ import annotations

from pathlib import Path

import click

from conceptgraph.cli.options import chosen_vocabulary, graph_option, settings_here, vocabulary_option


@click.command(short_help="Answer other programs (Model Context Protocol).")
@graph_option
@vocabulary_option
def mcp(folder: Path | None, own: tuple[Path, ...]) -> None:
    """Answer other programs over the Model Context Protocol, on standard input and output, until they end it.

    The tools search, show, related, explain, study_path and prerequisites read the graph folder and change nothing.
    """
    from conceptgraph.mcp_server import make_server

    settings = settings_here()
    make_server(folder or Path(settings.output), chosen_vocabulary(own, settings)).run("stdio")
