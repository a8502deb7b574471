"""``conceptgraph review``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conceptgraph.cli.options import chosen_graph, form_option, graph_option, settings_here
from conceptgraph.terminal import echo_json, wrapped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from conceptgraph.decisions import Decision
    from conceptgraph.review import Proposal


@click.command()
@graph_option
@click.option("--list", "listing", is_flag=True, help="Only list the proposals.")
@click.option("--apply", "decisions", type=click.Path(path_type=Path), help="Take the decisions of a file.")
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    help="Where decisions are kept. [default: concepts.yaml beside the articles]",
)
@form_option("table", "json")
def review(folder: Path | None, listing: bool, decisions: Path | None, file: Path | None, form: str) -> None:
    """Decide on proposed concepts, and correct links.

    Proposals are names that articles introduce and the vocabulary lacks. Decisions are kept beside the articles and
    hold for every later build. A file for --apply holds "decisions:" and a list such as {action: accept, concept:
    odin}, {action: alias, concept: odin-platform, of: odin}, {action: reject, concept: techblog}, {action: not,
    concept: key, article: my-article}, {action: same, concept: a, of: b}, {action: undo, concept: odin}.
    """
    from conceptgraph.decisions import FILE, apply, read_decisions, roots_of
    from conceptgraph.review import proposals
    from conceptgraph.vocabulary import load_vocabulary

    settings = settings_here()
    records = chosen_graph(folder)
    place = file or next(iter(roots_of(records.articles)), Path()) / FILE
    vocabulary = load_vocabulary(*map(Path, settings.vocabulary), *([place] if place.is_file() else []))
    open_ones = proposals(records, vocabulary)
    if listing or (decisions is None and form == "json"):
        if form == "json":
            echo_json([_proposal_row(proposal) for proposal in open_ones])
        else:
            _print_list(open_ones)
        return
    by_id = {proposal.concept.id: proposal.concept for proposal in open_ones}
    known = [*vocabulary, *by_id]
    if decisions:
        count = apply(read_decisions(decisions), place, by_id, known)
    else:
        # One by one, so that nothing is lost when the reader has enough.
        count = sum(apply([decision], place, by_id, known) for decision in _asked(open_ones, known))
    kept = f"{count} decisions kept in {place}; they hold from the next build on" if count else "nothing was decided"
    click.echo(kept, err=True)


def _proposal_row(proposal: Proposal) -> dict[str, Any]:
    from conceptgraph.extract.quotes import where

    return {
        "id": proposal.concept.id,
        "name": proposal.concept.name,
        "kind": proposal.concept.kind,
        "articles": len(proposal.articles),
        "nearest": ", ".join(proposal.nearest),
        "sentence": f"{proposal.quote.sentence}{where(proposal.quote.page)}",
    }


def _print_list(open_ones: Sequence[Proposal]) -> None:
    for number, proposal in enumerate(open_ones):
        if number:
            click.echo()
        _print_proposal(proposal)
    if not open_ones:
        click.echo("No name awaits a decision.")


def _print_proposal(proposal: Proposal) -> None:
    concept = proposal.concept
    count = len(proposal.articles)
    about = f"{concept.kind}, in {count} {'article' if count == 1 else 'articles'}"
    click.echo(f"{click.style(concept.name, bold=True)}  {about}  ({concept.id})")
    click.echo(wrapped(f"{proposal.quote} — {proposal.quote.article}", indent="    "))
    if proposal.nearest:
        click.echo(wrapped(f"like: {', '.join(proposal.nearest)}", indent="    "))


def _asked(open_ones: Sequence[Proposal], known: Collection[str]) -> Iterator[Decision]:
    """Ask for a decision on each proposal in the terminal."""
    from conceptgraph.decisions import Decision

    for number, proposal in enumerate(open_ones, 1):
        concept = proposal.concept
        click.echo(f"\n{number} of {len(open_ones)}: ", nl=False)
        _print_proposal(proposal)
        choice = click.prompt(
            "accept, alias, reject, skip or quit", type=click.Choice(["a", "l", "r", "s", "q"]), default="s"
        )
        if choice == "q":
            return
        if choice == "l":
            of = click.prompt("id of the concept that it is", value_proc=lambda given: _one_of(given, known))
            yield Decision(action="alias", concept=concept.id, of=of)
        elif choice in "ar":
            yield Decision(action="accept" if choice == "a" else "reject", concept=concept.id)


def _one_of(given: str, known: Collection[str]) -> str:
    if given not in known:
        raise click.UsageError(f"there is no concept with the id '{given}'")
    return given
