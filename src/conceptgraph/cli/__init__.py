"""The command line: parse, call, print. Data goes to standard output, all else to standard error.

One file a command, or a few that belong together; a command imports what it needs when it runs, so that ``--help``
does not wait for it.
"""

from __future__ import annotations

from typing import Any

import click

from conceptgraph import __version__
from conceptgraph.cli.add import add
from conceptgraph.cli.build import build, diff
from conceptgraph.cli.explain import explain
from conceptgraph.cli.explore import explore
from conceptgraph.cli.export import export
from conceptgraph.cli.extract import extract
from conceptgraph.cli.gaps import gaps
from conceptgraph.cli.init import init
from conceptgraph.cli.listing import articles, concepts, show
from conceptgraph.cli.mcp import mcp
from conceptgraph.cli.prerequisites import prerequisites
from conceptgraph.cli.related import related
from conceptgraph.cli.review import review
from conceptgraph.cli.search import search
from conceptgraph.cli.study import study
from conceptgraph.cli.vocabulary import vocabulary
from conceptgraph.errors import ConceptGraphError

COMMANDS = (
    build, add, diff, explore, extract, articles, concepts, show, related, explain, search, gaps, prerequisites,
    study, export, review, init, mcp, vocabulary,
)  # fmt: skip


class _Group(click.Group):
    """A group whose commands' own errors are one sentence and exit code 2."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except ConceptGraphError as error:
            raise _Failure(str(error)) from None


class _Failure(click.ClickException):
    exit_code = 2


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="conceptgraph")
def main() -> None:
    """Link technical articles to the concepts they speak of, and explore the graph of both."""


for command in COMMANDS:
    main.add_command(command)
