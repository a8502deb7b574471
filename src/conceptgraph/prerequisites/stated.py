"""What the vocabulary states: ``requires`` and, less surely, the relations from which a need follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.prerequisites.edge import Prerequisite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.model import Concept, FactKind
    from conceptgraph.vocabulary import Vocabulary

REQUIRES = 1.0
"""A need that somebody who knows the matter wrote down."""
FOLLOWS: dict[FactKind, tuple[float, str]] = {
    "builds_on": (0.85, "{one} builds on {other}."),
    "part_of": (0.7, "{one} is part of {other}."),
    "implements": (0.8, "{one} puts {other} into practice."),
}
"""Facts from which a need follows, with their confidence and how to say it where no reason is given."""


def stated(concept: Concept, vocabulary: Vocabulary) -> Iterator[Prerequisite]:
    """Yield the needs that a concept's own facts state."""
    for fact in concept.facts:
        if fact.target not in vocabulary:
            continue
        if fact.kind == "requires":
            yield _edge(concept, fact.target, REQUIRES, fact.reason)
        elif fact.kind in FOLLOWS:
            confidence, said = FOLLOWS[fact.kind]
            reason = fact.reason or said.format(one=concept.name, other=vocabulary[fact.target].name)
            yield _edge(concept, fact.target, confidence, reason)


def _edge(concept: Concept, needs: str, confidence: float, reason: str) -> Prerequisite:
    return Prerequisite(concept=concept.id, needs=needs, tier="vocabulary", confidence=confidence, reason=reason)
