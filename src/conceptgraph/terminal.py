"""Printing for people: tables, wrapped text, a progress bar."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn
    from rich.progress import TimeRemainingColumn as TimeRemaining

    rate = TaskProgressColumn("", show_speed=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemaining())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what)
        yield lambda done, total: bar.update(task, completed=done, total=total)


LEFT_OUT = 20
"""How many of the things that a command left out it names."""


def echo_left_out(reasons: Sequence[str]) -> None:
    """Say on standard error what was left out, and why; of a table with a thousand bad rows the first few."""
    for reason in reasons[:LEFT_OUT]:
        click.echo(f"left out: {reason}", err=True)
    if len(reasons) > LEFT_OUT:
        click.echo(f"left out: {len(reasons) - LEFT_OUT:,} more; --strict stops at the first", err=True)


def wrapped(text: str, *, indent: str = "") -> str:
    """Return text wrapped for the terminal, at most 100 characters wide."""
    return textwrap.fill(
        text,
        width=min(100, width()),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,  # an id is to be copied whole
    )


def print_listing(rows: Sequence[dict[str, Any]], form: str) -> None:
    """Print rows of one form as a table, or as JSON."""
    if form == "json":
        echo_json(rows)
    elif rows:
        print_table(tuple(rows[0]), [tuple("" if value is None else value for value in row.values()) for row in rows])


def echo_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def echo_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as comma-separated values (RFC 4180)."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    click.echo(text.getvalue(), nl=False)


def print_table(header: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Print rows as a table as wide as the terminal; ids and paths, which one copies, are broken but never cut."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title) if title else None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold" if name in ("id", "path") else "ellipsis")
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    Console(width=width(), soft_wrap=False).print(table)


def width() -> int:
    """Return how many characters wide the terminal is."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 10_000
