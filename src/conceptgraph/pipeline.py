"""The one composer: sources, extraction, corpus stage, store, exports."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from conceptgraph import export, store
from conceptgraph.cooccurrence import co_occurrences
from conceptgraph.errors import InputError
from conceptgraph.extract import VERSION, extract
from conceptgraph.links import links_between
from conceptgraph.model import SYMMETRIC, Evidence, Records, Relation
from conceptgraph.sources import check_new, find_files, read_file
from conceptgraph.termhood import scores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from conceptgraph.extract import Extraction
    from conceptgraph.model import Article, Fact, Mention
    from conceptgraph.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A file found in a folder that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The articles that were read, and the files that were left out."""

    articles: tuple[Article, ...]
    left_out: tuple[LeftOut, ...]


def read(
    paths: Iterable[str | Path],
    *,
    exclude: Iterable[str] = (),
    strict: bool = False,
    columns: Mapping[str, str] = MappingProxyType({}),
    progress: Callable[[int, int], None] | None = None,
) -> Read:
    """Read every article under `paths`.

    Parameters
    ----------
    paths
        Files, folders and globs. A file named itself must be readable; one found in a folder is left out when it is
        not.
    exclude
        Glob patterns of paths to leave out.
    strict
        Stop at the first file that cannot be read.
    columns
        What tables call the columns id, title, text, url, published, tags and summary, where other than so.
    progress
        Called with the number of files read and of all files.

    Raises
    ------
    InputError
        Nothing can be read, or two articles have the same id.
    """
    files = find_files(paths, exclude, columns)
    seen: dict[str, Article] = {}
    left_out: list[LeftOut] = []
    for number, file in enumerate(files, 1):
        try:
            articles = list(read_file(file))
        except InputError as error:
            if strict or file.named:
                raise
            left_out.append(LeftOut(path=str(file.path), reason=str(error)))
            continue
        for article in articles:
            check_new(article, seen)
        if progress:
            progress(number, len(files))
    if not seen:
        why = f"; the first problem: {left_out[0].reason}" if left_out else "; name a file, a folder or a glob"
        raise InputError(f"no article could be read{why}")
    ordered = tuple(seen[id_] for id_ in sorted(seen))
    return Read(articles=ordered, left_out=tuple(left_out))


def link(
    articles: Sequence[Article], vocabulary: Vocabulary, *, progress: Callable[[int, int], None] | None = None
) -> Records:
    """Link articles to concepts, and concepts to each other.

    Parameters
    ----------
    articles
        In the order of their ids.
    vocabulary
        The concepts to look for.
    progress
        Called with the number of articles linked and of all articles.

    Returns
    -------
    Records
        The whole graph.
    """
    extractions = []
    for number, article in enumerate(articles, 1):
        extractions.append(extract(article, vocabulary))
        if progress:
            progress(number, len(articles))
    return corpus_stage(extractions, vocabulary)


def corpus_stage(extractions: Sequence[Extraction], vocabulary: Vocabulary) -> Records:
    """Return the records of a corpus from what was found in each of its articles."""
    surely = scores(extractions)
    articles = tuple(found.article for found in extractions)
    rows = tuple(
        row for found in extractions for row in found.concepts if row.concept in vocabulary or row.concept in surely
    )
    new = {concept.id: concept for found in reversed(extractions) for concept in found.new}
    mentioned = {row.concept for row in rows}
    concepts = tuple(vocabulary[id_] if id_ in vocabulary else new[id_] for id_ in sorted(mentioned))
    facts = (_stated(concept.id, fact) for concept in concepts for fact in concept.facts if fact.target in mentioned)
    return Records(
        build=build_id(articles, vocabulary),
        articles=articles,
        concepts=concepts,
        mentions=tuple(chain.from_iterable(_mentions(found, vocabulary, surely) for found in extractions)),
        article_concepts=rows,
        relations=_sorted([*facts, *links_between(articles), *co_occurrences(rows)]),
    )


def _mentions(found: Extraction, vocabulary: Vocabulary, surely: Mapping[str, float]) -> Iterator[Mention]:
    """Yield an article's mentions, those of new concepts as surely as the corpus makes them."""
    if not found.new:
        yield from found.mentions
        return
    for mention in found.mentions:
        if mention.concept in vocabulary:
            yield mention
        elif mention.concept in surely:
            yield replace(mention, confidence=surely[mention.concept])


def _stated(id_: str, fact: Fact) -> Relation:
    """Return a fact of the vocabulary as a relation; a symmetric one runs from the smaller id."""
    source, target = sorted((id_, fact.target)) if fact.kind in SYMMETRIC else (id_, fact.target)
    evidence = Evidence(technique="vocabulary", detail=fact.reason)
    return Relation(source=source, target=target, kind=fact.kind, confidence=1.0, evidence=(evidence,))


def _sorted(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Return the relations in the order of their keys, each once, with the evidence of all that say the same."""
    merged: dict[tuple[str, str, str], Relation] = {}
    for relation in relations:
        key = relation.kind, relation.source, relation.target
        said = merged[key].evidence if key in merged else ()
        merged[key] = replace(relation, evidence=tuple(dict.fromkeys([*said, *relation.evidence])))
    return tuple(merged[key] for key in sorted(merged))


def build_id(articles: Sequence[Article], vocabulary: Vocabulary) -> str:
    """Return a hash of all that a graph is made from; the same input has the same id."""
    state = hashlib.blake2b(f"{VERSION} {store.SCHEMA_VERSION} {vocabulary.version}".encode(), digest_size=12)
    for article in articles:
        state.update(json.dumps(asdict(article), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass"))
    return state.hexdigest()


def save(records: Records, folder: Path) -> list[Path]:
    """Keep the records in the graph folder, and make its exports anew where they are of another build.

    Returns
    -------
    list of pathlib.Path
        The exports that were written.

    Raises
    ------
    StoreError
        The folder cannot be written; the graph it held before stands.
    """
    store.write(folder, records)
    return export.refresh(records, folder)
