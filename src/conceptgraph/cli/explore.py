"""``conceptgraph explore``."""

from __future__ import annotations

from pathlib import Path

import click

from conceptgraph.cli.options import graph_option, settings_here
from conceptgraph.errors import StoreError


@click.command(short_help="Open the explorer: the map, as one page.")
@graph_option
@click.option("--serve", is_flag=True, help="Serve the page on 127.0.0.1 and reload it after each build.")
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="Port to serve on. [default: a free one]")
@click.option("--open/--no-open", "show", default=True, help="Open the page in a browser.")
def explore(folder: Path | None, serve: bool, port: int, show: bool) -> None:
    """Open the explorer: the map of articles and concepts, as one page."""
    from conceptgraph.export import EXPORTERS

    page = (folder or Path(settings_here().output)) / EXPORTERS["explorer"].file
    if not page.is_file():
        raise StoreError(f"{page}: there is no page yet; make it with 'conceptgraph build'")
    if serve:
        _serve(page, port, show)
        return
    click.echo(page)
    if show:
        click.launch(page.resolve().as_uri())


def _serve(page: Path, port: int, show: bool) -> None:
    from conceptgraph.export.explorer.serve import server

    with server(page, port) as running:
        address = f"http://127.0.0.1:{running.server_address[1]}/"
        click.echo(address)
        click.echo("serving until you press Ctrl-C", err=True)
        if show:
            click.launch(address)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
