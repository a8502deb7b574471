"""``conceptgraph related``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from conceptgraph.cli.options import Number, chosen_graph, chosen_index, count_option, form_option, graph_option
from conceptgraph.errors import InputError
from conceptgraph.terminal import echo_csv, echo_json, wrapped

if TYPE_CHECKING:
    from pathlib import Path

    from conceptgraph.extract.quotes import Quote
    from conceptgraph.model import Article, Concept, Records
    from conceptgraph.relatedness import Related


@click.command(short_help="List the most related articles or concepts, and why.")
@click.argument("name")
@graph_option
@count_option(10)
@click.option("--measure", default="fusion", show_default=True, help="fusion, words, concepts, latent or walk.")
@click.option("--min-score", type=Number(0, 1), default=0.0, help="Leave out what is less related.")
@click.option("--diversity", type=Number(0, 1), default=0.0, help="0 to 1: prefer articles unlike those before them.")
@click.option("--exclude", multiple=True, help="An article to leave out; may be repeated.")
@form_option("table", "json", "csv")
def related(
    name: str,
    folder: Path | None,
    k: int | None,
    measure: str,
    min_score: float,
    diversity: float,
    exclude: tuple[str, ...],
    form: str,
) -> None:
    """List the articles (or concepts) most related to the article (or concept) called NAME, with reasons."""
    from conceptgraph.lookup import find, find_article
    from conceptgraph.model import Article
    from conceptgraph.relatedness import related as related_articles

    records = chosen_graph(folder)
    item = find(records, name)
    if not isinstance(item, Article):
        if measure != "fusion":
            raise InputError(f"--measure: is for articles, and '{name}' is a concept; leave it out")
        _concepts(records, item, k, form)
        return
    found = related_articles(
        records,
        chosen_index(folder, records),
        item.id,
        k=k,
        measure=measure,
        minimum=min_score,
        diversity=diversity,
        exclude=[find_article(records, each).id for each in exclude],
    )
    _print(records, item, found, form)


def _print(records: Records, item: Article, found: list[Related], form: str) -> None:
    from conceptgraph.slices import with_id

    rows = [_row(each, with_id(records.articles, each.article).title) for each in found]
    if form == "json":
        echo_json(rows)
    elif form == "csv":
        echo_csv(
            ("article", "title", "score", "reasons"),
            [(row["article"], row["title"], row["score"], "; ".join(map(str, each.reasons)))
             for row, each in zip(rows, found, strict=True)],
        )  # fmt: skip
    else:
        click.secho(f"Related to “{item.title}”", bold=True)
        what = "Per cent: a concept's part of what the two articles have in common."
        click.echo(click.style(what, dim=True) if found else "There is no other article, or none related so much.")
        for row, each in zip(rows, found, strict=True):
            click.echo(f"\n{click.style(row['title'], bold=True)}  {row['score']:.2f}  ({row['article']})")
            told: set[Quote] = set()  # a sentence that speaks of several concepts is quoted once
            for reason in each.reasons:
                click.echo(wrapped(str(reason), indent="    "))
                for quote in reason.quotes:
                    if quote not in told:
                        click.echo(click.style(wrapped(str(quote), indent="        "), dim=True))
                    told.add(quote)


def _row(each: Related, title: str) -> dict[str, Any]:
    reasons = [
        {
            "kind": reason.kind,
            "text": reason.text,
            "share": reason.share,
            "concepts": list(reason.concepts),
            "quotes": [asdict(quote) for quote in reason.quotes],
        }
        for reason in each.reasons
    ]
    return {"article": each.article, "title": title, "score": each.score, "reasons": reasons}


def _concepts(records: Records, concept: Concept, k: int | None, form: str) -> None:
    from conceptgraph.relatedness import related_concepts

    names = {each.id: each.name for each in records.concepts}
    found = related_concepts(records, concept.id, k=k)
    rows = [
        {"concept": each.concept, "name": names[each.concept], "score": each.score, "reasons": list(each.reasons)}
        for each in found
    ]
    if form == "json":
        echo_json(rows)
    elif form == "csv":
        told = [
            (row["concept"], row["name"], row["score"], "; ".join(each.reasons))
            for row, each in zip(rows, found, strict=True)
        ]
        echo_csv(("concept", "name", "score", "reasons"), told)
    else:
        click.secho(f"Related to {concept.name}", bold=True)
        if not found:
            click.echo("There is no other concept that goes with it.")
        for row, each in zip(rows, found, strict=True):
            click.echo(f"\n{click.style(str(row['name']), bold=True)}  {row['score']:.2f}  ({row['concept']})")
            for reason in each.reasons:
                click.echo(wrapped(reason, indent="    "))
