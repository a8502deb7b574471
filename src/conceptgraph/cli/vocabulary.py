"""``conceptgraph vocabulary``: look at and check the concept vocabulary."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from conceptgraph.cli.listing import print_description
from conceptgraph.cli.options import chosen_vocabulary, form_option, vocabulary_option
from conceptgraph.terminal import echo_json, print_listing


@click.group()
def vocabulary() -> None:
    """Look at and check the concept vocabulary."""


@vocabulary.command("lint")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def vocabulary_lint(files: tuple[Path, ...]) -> None:
    """Check the built-in vocabulary, and FILES of your own on top of it."""
    from conceptgraph.vocabulary.compiled import DATA
    from conceptgraph.vocabulary.lint import lint_files

    findings, count = lint_files(sorted(DATA.glob("*.yaml")), files)
    for finding in findings:
        click.echo(finding)
    click.echo(f"{count:,} concepts, {len(findings):,} {'finding' if len(findings) == 1 else 'findings'}", err=True)
    if findings:
        sys.exit(1)


@vocabulary.command("show")
@click.argument("name")
@vocabulary_option
@form_option("table", "json")
def vocabulary_show(name: str, own: tuple[Path, ...], form: str) -> None:
    """Show what the vocabulary holds under NAME."""
    from conceptgraph.describe import describe_concept
    from conceptgraph.lookup import find_in_vocabulary

    known = chosen_vocabulary(own)
    shown = [describe_concept(known[id_], known) for id_ in find_in_vocabulary(known, name)]
    if form == "json":
        echo_json(shown)
        return
    for item in shown:
        print_description(item)


@vocabulary.command("stats")
@vocabulary_option
@form_option("table", "json")
def vocabulary_stats(own: tuple[Path, ...], form: str) -> None:
    """Count concepts, labels and facts, by domain."""
    from conceptgraph.describe import vocabulary_counts

    print_listing(vocabulary_counts(chosen_vocabulary(own)), form)


@vocabulary.command("import", short_help="Turn SKOS or CSV into a vocabulary file.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Vocabulary file to write.")
@click.option("--language", default="en", show_default=True, help="Language of labels and definitions.")
@click.option("--kind", default="practice_field", show_default=True, help="Kind of concepts of which none is said.")
def vocabulary_import(file: Path, output: Path, language: str, kind: str) -> None:
    """Turn FILE into a vocabulary file: SKOS (Turtle, RDF/XML, JSON-LD) or CSV, also that of the CSO.

    Concepts that go by a name of the built-in vocabulary are not added again.
    """
    from conceptgraph.errors import InputError
    from conceptgraph.files import write_whole
    from conceptgraph.model import KINDS
    from conceptgraph.vocabulary import load_vocabulary
    from conceptgraph.vocabulary.imported import import_vocabulary

    if kind not in KINDS:
        raise InputError(f"--kind: '{kind}' is no kind; use one of {', '.join(KINDS)}")
    if output.exists():
        raise InputError(f"{output}: exists already; name another file with -o, or delete it first")
    write_whole(output, import_vocabulary(file, language=language, kind=kind, known=load_vocabulary().find))
    load_vocabulary(output)  # what was written is what --vocabulary takes
    click.echo(output)
