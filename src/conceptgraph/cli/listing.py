"""``conceptgraph articles``, ``concepts`` and ``show``: what a graph holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from conceptgraph.cli.options import chosen_graph, form_option, graph_option
from conceptgraph.errors import InputError
from conceptgraph.terminal import echo_json, print_listing, print_table, width, wrapped

if TYPE_CHECKING:
    from pathlib import Path

WIDE = 100
"""Columns of a terminal that has room for everything."""


@click.command()
@graph_option
@form_option("table", "json")
def articles(folder: Path | None, form: str) -> None:
    """List the articles of a graph."""
    records = chosen_graph(folder)
    found: dict[str, list[str]] = {}
    for row in records.article_concepts:
        found.setdefault(row.article, []).append(row.concept)
    rows = [
        {"id": a.id, "title": a.title, "published": a.published, "concepts": len(found.get(a.id, ())), "path": a.path}
        for a in records.articles
    ]
    if form == "table":
        # The id follows from the path, and is what one goes on with; a title says more than a date.
        left_out = {"path", "published"} if width() < WIDE else {"path"}
        rows = [{name: value for name, value in row.items() if name not in left_out} for row in rows]
    print_listing(rows, form)


@click.command()
@graph_option
@form_option("table", "json")
@click.option("--kind", help="Only concepts of this kind: technology, protocol_standard ….")
def concepts(folder: Path | None, form: str, kind: str | None) -> None:
    """List the concepts of a graph, those that weigh most first."""
    from conceptgraph.model import KINDS

    if kind and kind not in KINDS:
        raise InputError(f"--kind: '{kind}' is no kind; use one of {', '.join(KINDS)}")
    records = chosen_graph(folder)
    weight: dict[str, float] = {}
    count: dict[str, int] = {}
    for row in records.article_concepts:
        weight[row.concept] = weight.get(row.concept, 0.0) + row.weight
        count[row.concept] = count.get(row.concept, 0) + 1
    rows = [
        {"id": c.id, "name": c.name, "kind": c.kind, "articles": count[c.id], "weight": round(weight[c.id], 2)}
        for c in sorted(records.concepts, key=lambda c: (-weight[c.id], c.name))
        if not kind or c.kind == kind
    ]
    print_listing(rows, form)


@click.command(short_help="Show an article or concept, with sentences.")
@click.argument("name")
@graph_option
@form_option("table", "json")
def show(name: str, folder: Path | None, form: str) -> None:
    """Show the article or concept called NAME, with the sentences that link it."""
    from conceptgraph.describe import describe
    from conceptgraph.lookup import find

    records = chosen_graph(folder)
    shown = describe(records, find(records, name))
    if form == "json":
        echo_json(shown)
        return
    print_description(shown)


def print_description(shown: dict[str, Any]) -> None:
    """Print what `conceptgraph.describe` returned."""
    from conceptgraph.extract.quotes import where

    click.secho(shown["name"], bold=True)
    click.echo(" · ".join(str(shown[key]) for key in ("kind", "published", "url", "path") if shown.get(key)))
    if shown.get("text"):
        click.echo(wrapped(shown["text"]))
    for said, key in (("Also", "labels"), ("Found, too, as", "hidden")):
        if shown.get(key):
            click.echo(wrapped(f"{said}: {', '.join(shown[key])}"))
    for row in shown["links"]:
        click.echo()
        click.echo(
            click.style(row["name"], bold=True)
            + f"  {row['weight']:.2f}{'  core' if row['core'] else ''}  ({row['id']})"
        )
        click.echo(wrapped(f"“{row['sentence']}”{where(row['page'])}", indent="    "))
    if shown["relations"]:
        click.echo()
        print_table(
            ("relation", "to", "confidence", "because"),
            [tuple(row.values()) for row in shown["relations"]],
            title="Related",
        )
