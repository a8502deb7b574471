"""``conceptgraph add``."""

from __future__ import annotations

from pathlib import Path

import click

from conceptgraph.cli.build import build
from conceptgraph.cli.options import Number, settings_here
from conceptgraph.errors import InputError


@click.command(short_help="Keep web pages, feeds and files as articles in Markdown.")
@click.argument("things", nargs=-1, required=True, metavar="URL|FEED|FILE…")
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Folder for the articles. [default: articles]")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Articles of one feed.")
@click.option("--allow-private", is_flag=True, help="Fetch from this machine and private networks too.")
@click.option("--strict", is_flag=True, help="Stop at the first that cannot be had.")
@click.option("--no-build", is_flag=True, help="Only keep the articles; do not build the graph.")
@click.option("--delay", type=Number(0, 30), default=1.0, show_default=True, help="Seconds between requests.")
@click.pass_context
def add(
    context: click.Context,
    things: tuple[str, ...],
    folder: Path | None,
    limit: int,
    allow_private: bool,
    strict: bool,
    no_build: bool,
    delay: float,
) -> None:
    """Keep articles as Markdown: web pages, what feeds, OPML files and sitemaps name, or files of another format.

    Pages are fetched one at a time, as robots.txt allows. What is there already is neither fetched nor overwritten.
    """
    from conceptgraph import fetching
    from conceptgraph.fetching.client import Client

    settings = settings_here()
    place = folder or Path(settings.articles[0])
    client = Client(allow_private=allow_private, delay=delay)
    say = lambda url: click.echo(f"fetching {url}", err=True)  # noqa: E731
    added = fetching.add(things, place, client=client, limit=limit, strict=strict, progress=say)
    for url in added.known:
        click.echo(f"there already: {url}", err=True)
    nothing = not added.written and not added.known
    for reason in added.left_out[nothing:]:
        click.echo(f"left out: {reason}", err=True)
    for path in added.written:
        click.echo(path)
    if nothing:
        raise InputError(f"nothing was added; {added.left_out[0]}")
    if added.written and not no_build:
        context.invoke(build, paths=(str(place),) if folder else ())
