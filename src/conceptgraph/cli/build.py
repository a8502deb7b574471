"""``conceptgraph build``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptgraph.cli.options import chosen_vocabulary, settings_here, vocabulary_option
from conceptgraph.terminal import progress

if TYPE_CHECKING:
    from conceptgraph.model import Records


@click.command()
@click.argument("paths", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Graph folder. [default: graphs]")
@vocabulary_option
@click.option("--exclude", multiple=True, help="Glob of files to leave out; may be repeated.")
@click.option("--strict", is_flag=True, help="Stop at the first file that cannot be read.")
@click.option("--open", "show", is_flag=True, help="Open the map in a browser.")
def build(
    paths: tuple[str, ...],
    output: Path | None,
    own: tuple[Path, ...],
    exclude: tuple[str, ...],
    strict: bool,
    show: bool,
) -> None:
    """Build the graph and the map of PATHS (files, folders, globs; articles/ when none are given)."""
    from conceptgraph import pipeline

    started = time.perf_counter()
    settings = settings_here()
    folder = output or Path(settings.output)
    vocabulary = chosen_vocabulary(own, settings, paths)
    with progress("Reading") as step:
        read = pipeline.read(
            paths or settings.articles, exclude=exclude or settings.exclude, strict=strict, progress=step
        )
    with progress("Linking") as step:
        records = pipeline.link(read.articles, vocabulary, progress=step)
    pipeline.save(records, folder)
    for left_out in read.left_out:
        click.echo(f"left out: {left_out.reason}", err=True)
    place = folder / "index.html"
    _closing_table(records, time.perf_counter() - started, place, len(read.left_out))
    if show:
        click.launch(place.resolve().as_uri())


def _closing_table(records: Records, seconds: float, place: Path, left_out: int) -> None:
    rows = [
        ("articles", f"{len(records.articles):,}"),
        ("concepts", f"{len(records.concepts):,}"),
        ("mentions", f"{len(records.mentions):,}"),
        ("seconds", f"{seconds:.1f}"),
        ("map", str(place)),
    ]
    if left_out:
        rows.insert(1, ("left out", f"{left_out:,}"))
    for name, value in rows:
        click.echo(f"{name:<9} {value}")
