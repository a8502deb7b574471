"""``conceptgraph build`` and ``conceptgraph diff``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptgraph.cli.options import (
    chosen_columns,
    chosen_vocabulary,
    columns_option,
    graph_option,
    settings_here,
    vocabulary_option,
)
from conceptgraph.errors import InputError
from conceptgraph.settings import Settings
from conceptgraph.terminal import echo_left_out, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from conceptgraph.building import Built
    from conceptgraph.vocabulary import Vocabulary


@click.command(short_help="Build the graph and the map of a folder of articles.")
@click.argument("paths", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Graph folder. [default: graphs]")
@vocabulary_option
@click.option("--exclude", multiple=True, help="Glob of files to leave out; may be repeated.")
@columns_option
@click.option("--strict", is_flag=True, help="Stop at the first file or row that cannot be read.")
@click.option("--rebuild", is_flag=True, help="Read every article, changed or not.")
@click.option("--jobs", type=click.IntRange(min=1), help="How many processes may be used. [default: the cores]")
@click.option("--no-wait", is_flag=True, help="Stop when another build is writing the folder.")
@click.option("--watch", is_flag=True, help="Go on and build again whenever an article changes; Ctrl-C ends it.")
@click.option("--no-exports", is_flag=True, help="Leave the JSON file and the map as they are.")
@click.option("--open", "show", is_flag=True, help="Open the map in a browser.")
def build(
    paths: tuple[str, ...],
    output: Path | None,
    own: tuple[Path, ...],
    exclude: tuple[str, ...],
    columns: tuple[str, ...],
    strict: bool,
    rebuild: bool,
    jobs: int | None,
    no_wait: bool,
    watch: bool,
    no_exports: bool,
    show: bool,
) -> None:
    """Build the graph and the map of PATHS (files, folders, globs; articles/ when none are given).

    Only what changed since the last build is read; the graph is the same as a build from nothing gives.
    """
    settings = settings_here()
    folder = output or Path(settings.output)
    if not paths and settings == Settings() and not Path(*settings.articles).exists():
        raise InputError(
            "there is no folder articles/ here; name what to read: 'conceptgraph build .' reads this folder"
        )

    def vocabulary() -> Vocabulary:
        return chosen_vocabulary(own, settings, paths)

    def run(*, rebuild: bool = False) -> None:
        _run(
            paths or settings.articles,
            folder,
            vocabulary(),
            exclude=exclude or settings.exclude,
            columns=chosen_columns(columns, settings),
            strict=strict,
            rebuild=rebuild,
            jobs=jobs,
            wait=not no_wait,
            exports=not no_exports,
        )

    run(rebuild=rebuild)
    if show:
        click.launch((folder / "index.html").resolve().as_uri())
    if watch:
        _watch([*(paths or settings.articles), *map(str, own), *settings.vocabulary], folder, run)


def _run(
    paths: Sequence[str],
    folder: Path,
    vocabulary: Vocabulary,
    *,
    exclude: Iterable[str],
    columns: Mapping[str, str],
    strict: bool,
    rebuild: bool,
    jobs: int | None,
    wait: bool,
    exports: bool,
) -> None:
    from conceptgraph import building

    started = time.perf_counter()
    with progress("Reading and linking") as step:
        built = building.build(
            paths,
            folder,
            vocabulary,
            exclude=exclude,
            columns=columns,
            strict=strict,
            rebuild=rebuild,
            jobs=jobs,
            wait=wait,
            waiting=lambda: click.echo(f"waiting for another build to finish writing {folder} …", err=True),
            progress=step,
            exports=exports,
        )
    echo_left_out([left_out.reason for left_out in built.left_out])
    _echo_not_used(paths, vocabulary.files, built.no_longer)
    _closing_table(built, time.perf_counter() - started, folder / "index.html")


def _echo_not_used(paths: Sequence[str], used: Iterable[Path], no_longer: Iterable[Path]) -> None:
    """Say which files of decisions, and of the last build's vocabulary, did not count in this build."""
    from conceptgraph.decisions import unread_decisions

    told = {path.resolve() for path in used}
    for path in unread_decisions(paths):
        if path.resolve() not in told:
            told.add(path.resolve())
            click.echo(
                f"not used: {path}: its decisions are for builds of {path.parent}, where articles have other ids; "
                f"to use it here too, add --vocabulary {path}",
                err=True,
            )
    for path in no_longer:
        if path not in told:
            click.echo(
                f"not used: {path}, which the last build had; to use it, add --vocabulary {path}, or name it in "
                "conceptgraph.toml for all builds",
                err=True,
            )


def _closing_table(built: Built, seconds: float, place: Path) -> None:
    rows = [
        ("articles", f"{built.articles:,}"),
        ("concepts", f"{built.concepts:,}"),
        ("mentions", f"{built.mentions:,}"),
        ("read", f"{built.read:,} {'file' if built.read == 1 else 'files'}"),
        ("seconds", f"{seconds:.1f}"),
        ("map", str(place)),
    ]
    if built.left_out:
        rows.insert(1, ("left out", f"{len(built.left_out):,}"))
    rows += built.changes.lines() if built.changes else [("changes", "none since the last build")]
    _print_rows(rows)


def _print_rows(rows: Iterable[tuple[str, str]]) -> None:
    told = list(rows)
    wide = max(13, *(len(name) for name, _ in told))
    for name, value in told:
        click.echo(f"{name:<{wide}} {value}")


def _watch(paths: Sequence[str], folder: Path, run: Callable[[], None]) -> None:
    """Build again whenever something under `paths` changes, until Ctrl-C; an error is printed and does not end it."""
    from watchfiles import watch

    from conceptgraph.decisions import beside_articles
    from conceptgraph.errors import ConceptGraphError
    from conceptgraph.sources import SOURCES

    roots = sorted({str(path if (path := Path(given)).exists() else beside_articles(given)) for given in paths})
    own = str(folder.resolve())
    endings = {"", ".yaml", ".yml", *(Path(given).suffix.lower() for given in paths)}
    endings |= {ending for source in SOURCES.values() for ending in source.suffixes}

    def bears(_: object, path: str) -> bool:
        # A log of this command beside the articles, or what the build itself writes, would have it build for ever.
        return Path(path).suffix.lower() in endings and not str(Path(path).resolve()).startswith(own)

    click.echo(f"watching {', '.join(roots)}; Ctrl-C ends it", err=True)
    try:
        for _ in watch(*roots, watch_filter=bears):
            try:
                run()
            except ConceptGraphError as error:
                click.echo(f"Error: {error}", err=True)
    except KeyboardInterrupt:
        click.echo("no longer watching", err=True)


@click.command(short_help="Say what the last build changed.")
@graph_option
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def diff(folder: Path | None, form: str) -> None:
    """Say what the last build that changed the graph changed: articles, concepts, and the strongest new links."""
    from conceptgraph import store

    changes = store.read_changes(folder or Path(settings_here().output))
    if form == "json":
        click.echo(changes.to_json())
    else:
        _print_rows(changes.lines(most=20))
