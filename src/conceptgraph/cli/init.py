"""``conceptgraph init``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
def init() -> None:
    """Write a commented conceptgraph.toml here."""
    from conceptgraph.settings import write_settings

    click.echo(write_settings(Path.cwd()))
    click.echo("change in it what does not fit, then run 'conceptgraph build'", err=True)
