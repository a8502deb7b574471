"""``conceptgraph mcp``."""

from __future__ import annotations

from pathlib import Path

import click

from conceptgraph.cli.options import graph_option, settings_here


@click.command()
@graph_option
def mcp(folder: Path | None) -> None:
    """Answer other programs over the Model Context Protocol, on standard input and output, until they end it.

    The tools search, show, related and explain read the graph folder and change nothing.
    """
    from conceptgraph.mcp_server import make_server

    make_server(folder or Path(settings_here().output)).run("stdio")
