"""What a reader should know before a concept can be understood well, and why.

Evidence comes in tiers, a file each, with fixed confidences: what the vocabulary states (`stated`), what a name and a
concept's broader one say (`named`), what a definition leans on (`defined`), what articles show (`mentioned`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from conceptgraph.json_rows import parsed
from conceptgraph.prerequisites.edge import TIERS, Prerequisite, Tier
from conceptgraph.prerequisites.graph import FOLLOWED, PrerequisiteGraph
from conceptgraph.prerequisites.named import named
from conceptgraph.prerequisites.stated import REQUIRES, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    edges = list(_sure(vocabulary)) if facts else [e for one in vocabulary.values() for e in named(one, vocabulary)]
    if sure:
        return PrerequisiteGraph(edges)
    # Only who asks for them waits for the modules that read texts.
    from conceptgraph.prerequisites.defined import defined  # noqa: PLC0415
    from conceptgraph.prerequisites.mentioned import mentioned  # noqa: PLC0415

    settled = _settled(edges)
    open_ones = [id_ for id_ in vocabulary if id_ not in settled]
    edges += defined(open_ones, vocabulary)
    if records is not None:
        new = {concept.id for concept in records.concepts if concept.id not in vocabulary}
        edges += mentioned(records, new | set(open_ones))
    return PrerequisiteGraph(edges)


def _sure(vocabulary: Vocabulary) -> Iterator[Prerequisite]:
    """Yield the edges that the vocabulary states and those that names tell; they are kept with the vocabulary."""
    rows = vocabulary.derived("prerequisites", lambda: _rows(vocabulary), Path(__file__).parent)
    for concept, row in zip(rows, parsed(rows.values()), strict=True):
        for needs, tier, confidence, reason in row:
            yield Prerequisite(concept=concept, needs=needs, tier=tier, confidence=confidence, reason=reason)


def _rows(vocabulary: Vocabulary) -> dict[str, str]:
    edges = [edge for concept in vocabulary.values() for edge in stated(concept, vocabulary)]
    settled = _settled(edges)
    rows: dict[str, list[tuple[str, str, float, str]]] = {}
    for concept in vocabulary.values():
        if concept.id not in settled:
            edges += named(concept, vocabulary)
    for edge in edges:
        if edge.confidence == REQUIRES or edge.concept not in settled:
            rows.setdefault(edge.concept, []).append((edge.needs, edge.tier, edge.confidence, edge.reason))
    return {concept: json.dumps(row, ensure_ascii=False) for concept, row in rows.items()}


def _settled(edges: Iterable[Prerequisite]) -> set[str]:
    """Return the concepts of which all is said: what a stated requirement speaks of."""
    required = (edge for edge in edges if edge.confidence == REQUIRES)
    return {id_ for edge in required for id_ in (edge.concept, edge.needs)}
