"""What a reader should know before a concept can be understood well, and why.

Evidence comes in tiers, a file each, with fixed confidences: what the vocabulary states (`stated`), what a name and a
concept's broader one say (`named`), what a definition leans on (`defined`), what articles show (`mentioned`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.prerequisites.defined import defined
from conceptgraph.prerequisites.edge import TIERS, Prerequisite, Tier
from conceptgraph.prerequisites.graph import FOLLOWED, PrerequisiteGraph
from conceptgraph.prerequisites.mentioned import mentioned
from conceptgraph.prerequisites.named import named
from conceptgraph.prerequisites.stated import stated

if TYPE_CHECKING:
    from conceptgraph.model import Records
    from conceptgraph.vocabulary import Vocabulary

__all__ = ["FOLLOWED", "TIERS", "Prerequisite", "PrerequisiteGraph", "Tier", "prerequisite_graph"]


def prerequisite_graph(
    vocabulary: Vocabulary, records: Records | None = None, *, facts: bool = True, sure: bool = False
) -> PrerequisiteGraph:
    """Return what needs what.

    Where the vocabulary states what a concept requires, that is taken for the whole: the other tiers speak only of
    concepts of which nothing is stated. A concept that others are said to require, and that requires nothing itself, is
    ground to stand on, and nothing is added below it.

    Parameters
    ----------
    vocabulary
        The concepts, their facts, names and definitions.
    records
        A corpus, for what its articles show; its new concepts take part.
    facts
        Whether to use what the vocabulary states. Without, the other tiers speak of every concept: to measure them.
    sure
        Whether to leave out what definitions and articles say: no edge of theirs is followed, so a study path needs
        none, and in a large corpus they are most of the work.

    Examples
    --------
    >>> from conceptgraph.vocabulary import load_vocabulary
    >>> graph = prerequisite_graph(load_vocabulary())
    >>> graph.closure(["http-3"]).index("quic") < graph.closure(["http-3"]).index("http-3")
    True
    """
    edges: list[Prerequisite] = []
    settled: set[str] = set()
    if facts:
        edges = [edge for concept in vocabulary.values() for edge in stated(concept, vocabulary)]
        required = [edge for edge in edges if edge.confidence == 1.0]
        settled = {id_ for edge in required for id_ in (edge.concept, edge.needs)}
        edges = [edge for edge in edges if edge.confidence == 1.0 or edge.concept not in settled]
    open_ones = [id_ for id_ in vocabulary if id_ not in settled]
    for id_ in open_ones:
        edges += named(vocabulary[id_], vocabulary)
    if sure:
        return PrerequisiteGraph(edges)
    edges += defined(open_ones, vocabulary)
    if records is not None:
        new = {concept.id for concept in records.concepts if concept.id not in vocabulary}
        edges += mentioned(records, new | set(open_ones))
    return PrerequisiteGraph(edges)
