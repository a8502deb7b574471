"""Options that several commands take, and what they stand for: settings, vocabulary, graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conceptgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conceptgraph.model import Records
    from conceptgraph.relatedness import RelatednessIndex
    from conceptgraph.settings import Settings
    from conceptgraph.vocabulary import Vocabulary


class Number(click.FloatRange):
    """A number in a range; nan, which click lets through, is in none."""

    def __init__(self, least: float, most: float) -> None:
        super().__init__(least, most)
        self._least, self._most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number that was typed."""
        number = float(click.FLOAT.convert(value, param, ctx))
        if not self._least <= number <= self._most:
            given = f"{param.opts[0] if param else 'number'}: {number:g}"
            raise InputError(f"{given} is out of range; use a number from {self._least:g} to {self._most:g}")
        return number


def form_option(*names: str) -> Callable[[Any], Any]:
    """Return the option --format with these choices, the first the default."""
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True)


def count_option(default: int, text: str = "How many; 0 for all.") -> Callable[[Any], Any]:
    """Return the option -k, of which 0 means all."""
    return click.option(
        "-k",
        type=click.IntRange(min=0),
        default=default,
        show_default=True,
        help=text,
        callback=lambda _context, _option, given: given or None,
    )


graph_option = click.option(
    "-g", "--graph", "folder", type=click.Path(path_type=Path), help="Graph folder. [default: graphs]"
)
vocabulary_option = click.option(
    "--vocabulary",
    "own",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A vocabulary file of your own; may be repeated.",
)
columns_option = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="COLUMN=NAME",
    help="What tables call the column id, title, text …, as in text=body; may be repeated.",
)


def chosen_columns(given: Sequence[str], settings: Settings) -> dict[str, str]:
    """Return what tables call their columns: as the settings say, and as was given now."""
    columns = dict(settings.columns)
    for item in given:
        name, equals, called = item.partition("=")
        if not (name and equals and called):
            raise InputError(f"--column: '{item}' is no pair; write it as in text=body")
        columns[name] = called
    return columns


def settings_here() -> Settings:
    """Return the settings that hold in the current folder."""
    from conceptgraph.settings import find_settings

    return find_settings(Path.cwd())


def chosen_vocabulary(own: Sequence[Path], settings: Settings | None = None, paths: Sequence[str] = ()) -> Vocabulary:
    """Return the vocabulary with the settings' files, the decisions beside the articles, and files named now."""
    from conceptgraph.decisions import find_decisions
    from conceptgraph.vocabulary import load_vocabulary

    settings = settings or settings_here()
    return load_vocabulary(*map(Path, settings.vocabulary), *find_decisions(paths or settings.articles), *own)


def chosen_index(folder: Path | None, records: Records) -> RelatednessIndex:
    """Return the index of related articles that a graph folder keeps, or a new one."""
    from conceptgraph.relatedness import index_in

    return index_in(folder or Path(settings_here().output), records)


def chosen_graph(folder: Path | None) -> Records:
    """Return the records of a graph folder, of the settings' one when none is given."""
    from conceptgraph import store

    return store.read(folder or Path(settings_here().output))


def graph_if_any(folder: Path | None) -> Records | None:
    """Return a graph folder's records; None where none was named and the usual one holds no graph."""
    from conceptgraph.store import FILE

    usual = Path(settings_here().output)
    return chosen_graph(folder) if folder or (usual / FILE).is_file() else None
