"""ConceptGraph, the face for notebooks: each method calls the function that does the work."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from conceptgraph import graph, pipeline, store
from conceptgraph.decisions import find_decisions
from conceptgraph.export import EXPORTERS, export, to_pyvis
from conceptgraph.lookup import find
from conceptgraph.model import Concept
from conceptgraph.part import part_of
from conceptgraph.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import networkx
    import pandas as pd
    from pyvis.network import Network

    from conceptgraph.model import Records
    from conceptgraph.vocabulary import Vocabulary


class ConceptGraph:
    """Articles, concepts and what links them.

    Parameters
    ----------
    records
        The records; every table and graph is a view of them.

    Examples
    --------
    >>> import conceptgraph as cg
    >>> g = cg.build("articles/")  # doctest: +SKIP
    >>> g.concepts().head()  # doctest: +SKIP
    """

    def __init__(self, records: Records) -> None:
        self.records = records

    def __repr__(self) -> str:
        of = self.records
        counts = f"{len(of.articles)} articles, {len(of.concepts)} concepts, {len(of.mentions)} mentions"
        return f"ConceptGraph({counts})"

    @cached_property
    def nx(self) -> networkx.Graph[str]:
        """Articles and concepts as an undirected `networkx.Graph`; `TooLargeError` beyond a million edges."""
        return graph.to_networkx(self.records)

    def concept_graph(self) -> networkx.Graph[str]:
        """Return the concepts alone, with what is stated of them and their strongest co-occurrences."""
        return graph.concept_graph(self.records)

    def neighborhood(self, name: str, *, hops: int = 1) -> networkx.Graph[str]:
        """Return the part of the graph within some hops of an article or concept, by its id or a name of it."""
        item = find(self.records, name)
        node = graph.concept_node if isinstance(item, Concept) else graph.article_node
        articles, concepts = graph.near(self.records, {node(item.id)}, hops)
        return graph.to_networkx(part_of(self.records, articles, concepts))

    def digraph(self, kinds: str | Collection[str] = graph.EDGE_KINDS) -> networkx.DiGraph[str]:
        """Return the edges of some kinds as a `networkx.DiGraph`."""
        return graph.to_digraph(self.records, kinds)

    def articles(self) -> pd.DataFrame:
        """Return a row an article, by id: title, published, concepts (number), core (names), tags, url, path."""
        from conceptgraph import tables  # noqa: PLC0415 - pandas is slow to import

        return tables.articles(self.records)

    def concepts(self) -> pd.DataFrame:
        """Return a row a concept, indexed by id: name, kind, articles, mentions, weight (summed), known, definition."""
        from conceptgraph import tables  # noqa: PLC0415

        return tables.concepts(self.records)

    def mentions(self) -> pd.DataFrame:
        """Return a row a mention: article, concept, name, surface, start, end, sentence, technique, confidence."""
        from conceptgraph import tables  # noqa: PLC0415

        return tables.mentions(self.records)

    def to_pyvis(self) -> Network:
        """Return the map as a `pyvis.network.Network`."""
        return to_pyvis(self.records)

    def export(self, name: str, path: str | Path) -> Path:
        """Write one of the outputs of `conceptgraph.export.EXPORTERS` to a file and return its path."""
        if name not in EXPORTERS:
            raise ValueError(f"no such output: {name}; there are {', '.join(EXPORTERS)}")
        export(self.records, name, Path(path))
        return Path(path)

    def save(self, folder: str | Path) -> Path:
        """Keep the graph in a graph folder, with the outputs that every build makes."""
        pipeline.save(self.records, Path(folder))
        return Path(folder)


def build(
    *paths: str | Path,
    vocabulary: Vocabulary | str | Path | None = None,
    exclude: Iterable[str] = (),
) -> ConceptGraph:
    """Build a graph in memory.

    Parameters
    ----------
    paths
        Files, folders and globs that hold articles.
    vocabulary
        A vocabulary, or a file that changes the built-in one. What was decided with ``conceptgraph review`` in a folder
        of `paths` holds, unless a vocabulary is given.
    exclude
        Glob patterns of paths to leave out.

    Raises
    ------
    InputError
        A file cannot be read as an article.
    VocabularyError
        The vocabulary file breaks the format.
    """
    read = pipeline.read(paths, exclude=exclude, strict=True)
    return ConceptGraph(pipeline.link(read.articles, _vocabulary(vocabulary, paths)))


def load(folder: str | Path = "graphs") -> ConceptGraph:
    """Load the graph that a graph folder holds.

    Raises
    ------
    StoreError
        There is none, or it is damaged or of another version.
    """
    return ConceptGraph(store.read(Path(folder)))


def _vocabulary(given: Vocabulary | str | Path | None, paths: Iterable[str | Path]) -> Vocabulary:
    if given is None or isinstance(given, str | Path):
        return load_vocabulary(*find_decisions(paths), *([] if given is None else [Path(given)]))
    return given
