"""``conceptgraph study``: what to read, in what order, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptgraph.cli.options import chosen_graph, chosen_vocabulary, form_option, graph_option, vocabulary_option
from conceptgraph.errors import InputError
from conceptgraph.terminal import echo_json, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conceptgraph.study import StudyPath


@click.command(short_help="Plan what to read to understand a goal, and say why.")
@click.argument("goals", nargs=-1, required=True)
@click.option("--know", multiple=True, help="A concept that you know, or a file of such; may be repeated.")
@click.option("--minutes", type=click.IntRange(min=1), help="How long you have. [default: as long as it takes]")
@click.option("--exclude", multiple=True, help="An article not to read; may be repeated.")
@click.option("--second", is_flag=True, help="A second path, without the articles of the first.")
@click.option("--strict-know", is_flag=True, help="Who knows a concept need not know what that needs.")
@graph_option
@vocabulary_option
@form_option("table", "md", "html", "json")
def study(
    goals: tuple[str, ...],
    know: tuple[str, ...],
    minutes: int | None,
    exclude: tuple[str, ...],
    second: bool,
    strict_know: bool,
    folder: Path | None,
    own: tuple[Path, ...],
    form: str,
) -> None:
    """Plan what to read to understand GOALS, articles or concepts, and say why.

    A file for --know holds a name a line, or {"known": [ids]} as the explorer writes it.
    """
    from conceptgraph.lessons import path_to
    from conceptgraph.lookup import find_article
    from conceptgraph.prerequisites import prerequisite_graph
    from conceptgraph.slices import titles

    vocabulary, records = chosen_vocabulary(own), chosen_graph(folder)
    graph = prerequisite_graph(vocabulary, sure=True)

    def path(without: Iterable[str]) -> StudyPath:
        return path_to(
            goals,
            records=records,
            vocabulary=vocabulary,
            graph=graph,
            known=_known(know),
            minutes=minutes,
            known_implies=not strict_know,
            exclude=set(without),
        )

    without = [find_article(records, name).id for name in exclude]
    found = path(without)
    if second:
        found = path([*without, *(step.article for step in found.steps)])
    _print(found, form, {f"article:{id_}": title for id_, title in titles(records.articles).items()})


def _print(path: StudyPath, form: str, titles: dict[str, str]) -> None:
    from conceptgraph.study.render import to_html, to_markdown

    if form == "json":
        echo_json(path.to_dict())
    elif form == "md":
        click.echo(to_markdown(path, titles), nl=False)
    elif form == "html":
        click.echo(to_html(path, titles), nl=False)
    else:
        _print_path(path, titles)


def _print_path(path: StudyPath, titles: dict[str, str]) -> None:
    from conceptgraph.extract.quotes import where
    from conceptgraph.study.render import summary_of, title_of

    click.secho(title_of(path, titles), bold=True)
    click.echo(wrapped(summary_of(path)))
    for number, step in enumerate(path.steps, 1):
        click.echo(f"\n{number}. {click.style(step.title, bold=True)}  {step.minutes} min  ({step.article})")
        for line in (f"{step.does} {_names(path, step.concepts)}", *step.why):
            click.echo(wrapped(line, indent="    "))
        if step.quote:
            click.echo(click.style(wrapped(f"“{step.quote}”{where(step.page)}", indent="        "), dim=True))
        if step.unlocks:
            click.echo(wrapped(f"opens the way to {_names(path, step.unlocks)}", indent="    "))
    _print_missing(path)


def _print_missing(path: StudyPath) -> None:
    from conceptgraph.study.render import far_gaps, near_gaps

    if path.gaps:
        click.secho("\nNo article explains", bold=True)
        for gap in near_gaps(path):
            click.echo(wrapped(f"{gap.name}: {gap.definition}", indent="    "))
        if far := far_gaps(path):
            click.echo(wrapped(f"Farther from the goal: {far}", indent="    "))
    if path.cut:
        click.secho("\nLeft out for lack of time", bold=True)
        for cut in path.cut:
            click.echo(wrapped(f"{cut.title} ({cut.minutes} min): {_names(path, cut.concepts)}", indent="    "))


def _names(path: StudyPath, ids: Sequence[str]) -> str:
    return ", ".join(path.names.get(id_, id_) for id_ in ids)


def _known(given: Iterable[str]) -> list[str]:
    """Return the names of --know, those in files in their place."""
    return [name for one in given for name in (_names_in(Path(one)) if _is_file(one) else [one])]


def _is_file(given: str) -> bool:
    """Return whether what was given for --know names a file; a missing one is not taken for a concept."""
    path = Path(given)
    if path.is_dir() or (path.suffix in {".txt", ".json"} and not path.exists()):
        raise InputError(f"--know: {given} is no file; give a file of names, or the name of a concept")
    return path.is_file()


def _names_in(path: Path) -> list[str]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read ({why}); give a text file in UTF-8") from None
    if not text.lstrip().startswith("{"):
        return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        known = json.loads(text)["known"]
    except (ValueError, KeyError):
        known = None
    if not isinstance(known, list) or not all(isinstance(one, str) for one in known):
        raise InputError(f'{path}: holds no list of names; write {{"known": ["sql", …]}} or a name a line')
    return known
