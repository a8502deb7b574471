"""The command line: parse, call, print. Data goes to standard output, all else to standard error."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conceptgraph import __version__
from conceptgraph.errors import ConceptGraphError, InputError
from conceptgraph.terminal import echo_json, print_listing, print_table, progress, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from conceptgraph.decisions import Decision
    from conceptgraph.model import Records
    from conceptgraph.review import Proposal
    from conceptgraph.settings import Settings
    from conceptgraph.vocabulary import Vocabulary


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


def _format(*names: str) -> Callable[[Any], Any]:
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True)


_graph = click.option(
    "-g", "--graph", "folder", type=click.Path(path_type=Path), help="Graph folder. [default: graphs]"
)
_vocabulary = click.option(
    "--vocabulary",
    "own",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A vocabulary file of your own; may be repeated.",
)


@main.command()
@click.argument("paths", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Graph folder. [default: graphs]")
@_vocabulary
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
    settings = _settings()
    folder = output or Path(settings.output)
    vocabulary = _load_vocabulary(own, settings, paths)
    with progress("Reading") as step:
        read = pipeline.read(
            paths or settings.articles, exclude=exclude or settings.exclude, strict=strict, progress=step
        )
    with progress("Linking") as step:
        records = pipeline.link(read.articles, vocabulary, progress=step)
    pipeline.save(records, folder)
    for left_out in read.left_out:
        click.echo(f"left out: {left_out.reason}", err=True)
    place = folder / "concept-map.html"
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


@main.command()
@click.argument("paths", nargs=-1, required=True)
@_vocabulary
@click.option("--exclude", multiple=True, help="Glob of files to leave out; may be repeated.")
@click.option("--strict", is_flag=True, help="Stop at the first file that cannot be read.")
@_format("table", "json", "jsonl")
def extract(paths: tuple[str, ...], own: tuple[Path, ...], exclude: tuple[str, ...], strict: bool, form: str) -> None:
    """Print the concepts that the articles under PATHS mention."""
    from conceptgraph import pipeline
    from conceptgraph.extract import extract as extract_one
    from conceptgraph.extract.report import report

    settings = _settings()
    vocabulary = _load_vocabulary(own, settings, paths)
    read = pipeline.read(paths, exclude=exclude or settings.exclude, strict=strict)
    for left_out in read.left_out:
        click.echo(f"left out: {left_out.reason}", err=True)
    reports = (report(extract_one(article, vocabulary), vocabulary) for article in read.articles)
    if form == "jsonl":
        for item in reports:
            click.echo(json.dumps(item, ensure_ascii=False))
    elif form == "json":
        echo_json(list(reports))
    else:
        for item in reports:
            rows = [
                (c["name"], c["kind"], f"{c['weight']:.2f}", "core" if c["core"] else "", ", ".join(c["surfaces"]))
                for c in item["concepts"]
            ]
            print_table(("concept", "kind", "weight", "", "as written"), rows, title=f"{item['title']} ({item['doc']})")


@main.command()
@_graph
@_format("table", "json")
def articles(folder: Path | None, form: str) -> None:
    """List the articles of a graph."""
    records = _load(folder)
    found: dict[str, list[str]] = {}
    for row in records.article_concepts:
        found.setdefault(row.article, []).append(row.concept)
    rows = [
        {"id": a.id, "title": a.title, "published": a.published, "concepts": len(found.get(a.id, ())), "path": a.path}
        for a in records.articles
    ]
    print_listing(rows, form)


@main.command()
@_graph
@_format("table", "json")
@click.option("--kind", help="Only concepts of this kind: technology, protocol_standard ….")
def concepts(folder: Path | None, form: str, kind: str | None) -> None:
    """List the concepts of a graph, those that weigh most first."""
    from conceptgraph.model import KINDS

    if kind and kind not in KINDS:
        raise InputError(f"--kind: '{kind}' is no kind; use one of {', '.join(KINDS)}")
    records = _load(folder)
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


@main.command()
@click.argument("name")
@_graph
@_format("table", "json")
def show(name: str, folder: Path | None, form: str) -> None:
    """Show the article or concept called NAME, with the sentences that link it."""
    from conceptgraph.describe import describe
    from conceptgraph.lookup import find

    records = _load(folder)
    shown = describe(records, find(records, name))
    if form == "json":
        echo_json(shown)
        return
    _print_description(shown)


def _print_description(shown: dict[str, Any]) -> None:
    click.secho(shown["name"], bold=True)
    click.echo(" · ".join(str(shown[key]) for key in ("kind", "published", "url", "path") if shown.get(key)))
    for line in (shown.get("text"), f"Also: {', '.join(shown['labels'])}" if shown.get("labels") else None):
        if line:
            click.echo(wrapped(line))
    for row in shown["links"]:
        click.echo()
        click.echo(
            click.style(row["name"], bold=True)
            + f"  {row['weight']:.2f}{'  core' if row['core'] else ''}  ({row['id']})"
        )
        click.echo(wrapped(f"“{row['sentence']}”", indent="    "))
    if shown["relations"]:
        click.echo()
        print_table(
            ("relation", "to", "confidence", "because"),
            [tuple(row.values()) for row in shown["relations"]],
            title="Related",
        )


@main.command()
@click.option("--format", "form", required=True, help="Which output: json or pyvis.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write. [default: its usual name, here]")
@_graph
def export(form: str, output: Path | None, folder: Path | None) -> None:
    """Write the graph in another form."""
    from conceptgraph.export import EXPORTERS
    from conceptgraph.export import export as write

    if form not in EXPORTERS:
        raise InputError(f"--format: no output is called '{form}'; there are {', '.join(EXPORTERS)}")
    path = output or Path(EXPORTERS[form].file)
    write(_load(folder), form, path)
    click.echo(path)


@main.command()
@_graph
@click.option("--list", "listing", is_flag=True, help="Only list the proposals.")
@click.option("--apply", "decisions", type=click.Path(path_type=Path), help="Take the decisions of a file.")
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    help="Where decisions are kept. [default: concepts.yaml beside the articles]",
)
@_format("table", "json")
def review(folder: Path | None, listing: bool, decisions: Path | None, file: Path | None, form: str) -> None:
    """Decide on proposed concepts, and correct links.

    Proposals are names that articles introduce and the vocabulary lacks. Decisions are kept beside the articles and
    hold for every later build. A file for --apply holds "decisions:" and a list such as {action: accept, concept:
    odin}, {action: alias, concept: odin-platform, of: odin}, {action: reject, concept: techblog}, {action: not,
    concept: key, article: my-article}, {action: same, concept: a, of: b}, {action: undo, concept: odin}.
    """
    from conceptgraph.decisions import FILE, apply, beside_articles, read_decisions
    from conceptgraph.review import proposals
    from conceptgraph.vocabulary import load_vocabulary

    settings = _settings()
    records = _load(folder)
    roots = [str(beside_articles(article.path)) for article in records.articles if article.path]
    place = file or Path(min(roots, key=len, default=".")) / FILE
    vocabulary = load_vocabulary(*map(Path, settings.vocabulary), *([place] if place.is_file() else []))
    open_ones = proposals(records, vocabulary)
    if listing or (decisions is None and form == "json"):
        print_listing([_proposal_row(proposal) for proposal in open_ones], form)
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
    return {
        "id": proposal.concept.id,
        "name": proposal.concept.name,
        "kind": proposal.concept.kind,
        "articles": len(proposal.articles),
        "nearest": ", ".join(proposal.nearest),
        "sentence": proposal.sentence,
    }


def _asked(open_ones: Sequence[Proposal], known: Collection[str]) -> Iterator[Decision]:
    """Ask for a decision on each proposal in the terminal."""
    from conceptgraph.decisions import Decision

    for number, proposal in enumerate(open_ones, 1):
        concept = proposal.concept
        click.echo(f"\n{number} of {len(open_ones)}: {click.style(concept.name, bold=True)} ({concept.kind})")
        click.echo(wrapped(f"“{proposal.sentence}” — {proposal.articles[0]}", indent="    "))
        click.echo(f"    like: {', '.join(proposal.nearest) or 'nothing known'}")
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


@main.command()
def init() -> None:
    """Write a commented conceptgraph.toml here."""
    from conceptgraph.settings import write_settings

    click.echo(write_settings(Path.cwd()))


@main.group()
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
    click.echo(f"{count:,} concepts, {len(findings):,} findings", err=True)
    if findings:
        sys.exit(1)


@vocabulary.command("show")
@click.argument("name")
@_vocabulary
@_format("table", "json")
def vocabulary_show(name: str, own: tuple[Path, ...], form: str) -> None:
    """Show what the vocabulary holds under NAME."""
    from conceptgraph.describe import describe_concept
    from conceptgraph.lookup import find_in_vocabulary

    known = _load_vocabulary(own, _settings())
    shown = [describe_concept(known[id_], known) for id_ in find_in_vocabulary(known, name)]
    if form == "json":
        echo_json(shown)
        return
    for item in shown:
        _print_description(item)


@vocabulary.command("stats")
@_vocabulary
@_format("table", "json")
def vocabulary_stats(own: tuple[Path, ...], form: str) -> None:
    """Count concepts, labels and facts, by domain."""
    from conceptgraph.describe import vocabulary_counts

    print_listing(vocabulary_counts(_load_vocabulary(own, _settings())), form)


def _settings() -> Settings:
    from conceptgraph.settings import find_settings

    return find_settings(Path.cwd())


def _load_vocabulary(own: Sequence[Path], settings: Settings, paths: Sequence[str] = ()) -> Vocabulary:
    """Return the vocabulary with the settings' files, the decisions beside the articles, and files named now."""
    from conceptgraph.decisions import find_decisions
    from conceptgraph.vocabulary import load_vocabulary

    return load_vocabulary(*map(Path, settings.vocabulary), *find_decisions(paths or settings.articles), *own)


def _load(folder: Path | None) -> Records:
    from conceptgraph import store

    return store.read(folder or Path(_settings().output))
