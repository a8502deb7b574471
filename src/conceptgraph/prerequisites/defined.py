"""What a definition says: if that of B names A, and not the reverse, B leans on A."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.extract.known import matcher
from conceptgraph.prerequisites.edge import Prerequisite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conceptgraph.vocabulary import Vocabulary

CONFIDENCE = 0.45
"""Definitions name neighbours and contrasts too: too unsure to be followed, sure enough to be shown."""
SURE = 0.7
"""Least confidence of a mention in a definition."""


def defined(ids: Iterable[str], vocabulary: Vocabulary) -> Iterator[Prerequisite]:
    """Yield, for each of `ids`, the concepts that its definition names and that do not name it."""
    names: dict[str, frozenset[str]] = {}

    def named_by(id_: str) -> frozenset[str]:
        if id_ not in names:
            found = matcher(vocabulary).find(vocabulary[id_].definition)
            names[id_] = frozenset(concept for _, _, concept, confidence in found if confidence >= SURE)
        return names[id_]

    for id_ in ids:
        for other in sorted(named_by(id_) - {id_}):
            if id_ not in named_by(other) and vocabulary[other].kind != "organization":
                yield Prerequisite(
                    concept=id_,
                    needs=other,
                    tier="definition",
                    confidence=CONFIDENCE,
                    reason=f"{vocabulary[id_].name} is explained by it: {vocabulary[id_].definition}",
                )
