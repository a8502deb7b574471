"""ConceptGraph, the face for notebooks: each method calls the function that does the work."""

from __future__ import annotations

import warnings
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from conceptgraph import graph, lessons, pipeline, store
from conceptgraph.communities import central_concepts, communities
from conceptgraph.connections import explain
from conceptgraph.decisions import find_decisions, roots_of
from conceptgraph.export import EXPORTERS, export, to_pyvis
from conceptgraph.faces import ArticleFace, ConceptFace, Paths, graph_html
from conceptgraph.gaps import gaps
from conceptgraph.inline import Inline, framed_page
from conceptgraph.lookup import find, find_article, find_concept
from conceptgraph.model import Concept
from conceptgraph.part import part_of
from conceptgraph.prerequisites import prerequisite_graph
from conceptgraph.relatedness import RelatednessIndex, build_index, index_in, related, related_concepts
from conceptgraph.search import Search
from conceptgraph.study.reading import WORDS_A_MINUTE
from conceptgraph.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import networkx
    import pandas as pd
    from pyvis.network import Network

    from conceptgraph.communities import Community
    from conceptgraph.model import Records
    from conceptgraph.prerequisites import PrerequisiteGraph
    from conceptgraph.search import Hit
    from conceptgraph.study import StudyPath
    from conceptgraph.vocabulary import Vocabulary
    from conceptgraph.widget import MapWidget


class ConceptGraph:
    """Articles, concepts and what links them.

    Parameters
    ----------
    records
        The records; every table and graph is a view of them.
    folder
        The graph folder that they come from, if any.
    vocabulary
        The vocabulary that they were made with, if it is at hand.

    Examples
    --------
    >>> import conceptgraph as cg
    >>> g = cg.build("articles/")  # doctest: +SKIP
    >>> g.concepts().head()  # doctest: +SKIP
    """

    def __init__(self, records: Records, *, folder: Path | None = None, vocabulary: Vocabulary | None = None) -> None:
        self.records = records
        self.folder = folder
        self._vocabulary = vocabulary

    def __repr__(self) -> str:
        of = self.records
        counts = f"{len(of.articles)} articles, {len(of.concepts)} concepts, {len(of.mentions)} mentions"
        return f"ConceptGraph({counts})"

    def _repr_html_(self) -> str:
        return graph_html(self.records)

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

    def communities(self) -> tuple[Community, ...]:
        """Return concepts that belong together, with a name and their articles, the largest community first."""
        return communities(self.records)

    def central_concepts(self, k: int = 10) -> list[str]:
        """Return the ids of the concepts that most articles lead to."""
        return central_concepts(self.records, k)

    def article(self, name: str) -> ArticleFace:
        """Return the article of this id or title, to look at; its record is ``.record``."""
        return ArticleFace(self.records, find_article(self.records, name))

    def concept(self, name: str) -> ConceptFace:
        """Return the concept of this id or label, to look at; its record is ``.record``."""
        return ConceptFace(self.records, find_concept(self.records, name))

    @cached_property
    def relatedness(self) -> RelatednessIndex:
        """The index that related articles are found with."""
        return index_in(self.folder, self.records) if self.folder else build_index(self.records)

    def related(
        self,
        article: str,
        k: int | None = 10,
        *,
        measure: str = "fusion",
        minimum: float = 0.0,
        diversity: float = 0.0,
        exclude: Collection[str] = (),
    ) -> pd.DataFrame:
        """Return the articles most related to one: article, title, score, reasons; see `relatedness.related`."""
        from conceptgraph import tables  # noqa: PLC0415

        ids = [find_article(self.records, name).id for name in (article, *exclude)]
        options = {"k": k, "measure": measure, "minimum": minimum, "diversity": diversity, "exclude": ids[1:]}
        return tables.related(self.records, related(self.records, self.relatedness, ids[0], **options))  # type: ignore[arg-type]

    def related_concepts(self, concept: str, k: int | None = 10) -> pd.DataFrame:
        """Return the concepts most related to one: concept, name, score, reasons."""
        from conceptgraph import tables  # noqa: PLC0415

        found = related_concepts(self.records, find_concept(self.records, concept).id, k=k)
        return tables.related_concepts(self.records, found)

    def explain(self, first: str, second: str, k: int = 3) -> Paths:
        """Return how two articles or concepts are connected: the best few paths, with sentences."""
        ends = find(self.records, first), find(self.records, second)
        return Paths(explain(self.records, *ends, k=k))

    @cached_property
    def _search(self) -> Search:
        return Search(self.records)

    def hits(self, query: str, k: int | None = 10) -> list[Hit]:
        """Return the articles and concepts that fit a query best, as records."""
        return self._search(query, k=k)

    def search(self, query: str, k: int | None = 10) -> pd.DataFrame:
        """Return the articles and concepts that fit a query best: type, id, name, score, snippet."""
        from conceptgraph import tables  # noqa: PLC0415

        return tables.hits(self.hits(query, k=k))

    def gaps(self, k: int | None = 10) -> pd.DataFrame:
        """Return what the articles lack, or have twice: kind, text, ids, size; at most `k` of each kind."""
        from conceptgraph import tables  # noqa: PLC0415

        return tables.gaps(gaps(self.records, self.relatedness, communities(self.records), k=k))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary, with what was decided beside the articles."""
        return self._vocabulary or _vocabulary(None, roots_of(self.records.articles))

    @cached_property
    def prerequisite_graph(self) -> PrerequisiteGraph:
        """What needs what: see `prerequisites.prerequisite_graph`."""
        return prerequisite_graph(self.vocabulary, self.records)

    @cached_property
    def _all_concepts(self) -> Mapping[str, Concept]:
        return lessons.all_concepts(self.vocabulary, self.records)

    def prerequisites(self, concept: str, *, closure: bool = False) -> pd.DataFrame:
        """Return what to know before a concept: id, name, confidence, tier, reason; with `closure` in study order."""
        from conceptgraph import tables  # noqa: PLC0415

        id_ = lessons.concept_named(concept, self.vocabulary, self.records)
        return tables.topics(lessons.needs_rows(id_, self.prerequisite_graph, self._all_concepts, closure=closure))

    def unlocks(self, concept: str) -> pd.DataFrame:
        """Return the concepts that need one directly: id, name, confidence, tier, reason."""
        from conceptgraph import tables  # noqa: PLC0415

        edges = self.prerequisite_graph.unlocks(lessons.concept_named(concept, self.vocabulary, self.records))
        return tables.topics(
            [lessons.edge_row(edge, edge.concept, self._all_concepts, edge.confidence) for edge in edges]
        )

    def next_topics(self, known: Iterable[str], k: int = 20) -> pd.DataFrame:
        """Return what can be understood next from what is known, what opens most first: id, name, opens, because."""
        from conceptgraph import tables  # noqa: PLC0415

        ids = [lessons.concept_named(name, self.vocabulary, self.records) for name in known]
        return tables.topics(lessons.next_topics(ids, self.prerequisite_graph, self._all_concepts, k=k))

    def study_path(
        self,
        goals: str | Iterable[str],
        known: Iterable[str] = (),
        minutes: int | None = None,
        *,
        known_implies: bool = True,
        exclude: Iterable[str] = (),
        words_a_minute: int = WORDS_A_MINUTE,
    ) -> StudyPath:
        """Return what to read, in what order and why, to understand concepts or articles; see `study.study_path`."""
        return lessons.path_to(
            [goals] if isinstance(goals, str) else goals,
            records=self.records,
            vocabulary=self.vocabulary,
            graph=self.prerequisite_graph,
            known=known,
            minutes=minutes,
            known_implies=known_implies,
            exclude={find_article(self.records, name).id for name in exclude},
            words_a_minute=words_a_minute,
        )

    def show(self, *, height: int = 640) -> Inline:
        """Return the map for a notebook's output; it needs no network."""
        return Inline(framed_page(self.records, self.vocabulary), height=height)

    def widget(self, *, height: int = 640) -> MapWidget:
        """Return the map as a widget whose ``selection`` can be read and set; needs the extra ``notebook``."""
        from conceptgraph.widget import MapWidget  # noqa: PLC0415 - anywidget is not always there

        return MapWidget(self.records, vocabulary=self.vocabulary, height=height)

    def to_pyvis(self) -> Network:
        """Return the map as a `pyvis.network.Network`."""
        return to_pyvis(self.records)

    def export(self, name: str, path: str | Path) -> Path:
        """Write one of the outputs of `conceptgraph.export.EXPORTERS` to a file and return its path."""
        if name not in EXPORTERS:
            raise ValueError(f"no such output: {name}; there are {', '.join(EXPORTERS)}")
        given = {"vocabulary": self.vocabulary} if "vocabulary" in EXPORTERS[name].takes else {}
        export(self.records, name, Path(path), **given)
        return Path(path)

    def save(self, folder: str | Path) -> Path:
        """Keep the graph in a graph folder, with the outputs that every build makes."""
        pipeline.save(self.records, Path(folder), self.vocabulary)
        return Path(folder)


def build(
    *paths: str | Path,
    vocabulary: Vocabulary | str | Path | None = None,
    exclude: Iterable[str] = (),
    strict: bool = True,
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
    strict
        Whether what cannot be read is an error. Else it is left out with a warning, as ``conceptgraph build`` does, and
        only a file that is named itself must be readable.

    Raises
    ------
    InputError
        A file cannot be read as an article, or two would have one id.
    VocabularyError
        The vocabulary file breaks the format.
    """
    read = pipeline.read(paths, exclude=exclude, strict=strict)
    for left_out in read.left_out:
        warnings.warn(f"left out: {left_out.reason}", stacklevel=2)
    chosen = _vocabulary(vocabulary, paths)
    return ConceptGraph(pipeline.link(read.articles, chosen), vocabulary=chosen)


def load(folder: str | Path = "graphs") -> ConceptGraph:
    """Load the graph that a graph folder holds.

    Raises
    ------
    StoreError
        There is none, or it is damaged or of another version.
    """
    return ConceptGraph(store.read(Path(folder)), folder=Path(folder))


def _vocabulary(given: Vocabulary | str | Path | None, paths: Iterable[str | Path]) -> Vocabulary:
    if given is None or isinstance(given, str | Path):
        return load_vocabulary(*find_decisions(paths), *([] if given is None else [Path(given)]))
    return given
