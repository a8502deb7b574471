"""What a name says: "read replica" needs "replica"; and what a concept is a kind of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.prerequisites.edge import Prerequisite
from conceptgraph.vocabulary.normal_form import normal_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.model import Concept
    from conceptgraph.vocabulary import Vocabulary

KIND_OF = 0.65
"""Of a concept that is a kind of another whose name its own name holds: a B-tree index needs the index."""
BROADER = 0.6
"""Of a concept that the vocabulary files under another."""
HOLDS = 0.55
"""Of a concept whose name begins with another's: Kafka Streams needs Kafka."""


def named(concept: Concept, vocabulary: Vocabulary) -> Iterator[Prerequisite]:
    """Yield what a concept's name and its place in the vocabulary's hierarchy say that it needs.

    A name's beginning tells ("Kafka Streams"), and its end does where the vocabulary agrees that the one is a kind of
    the other ("read replica"). The maker's name at the beginning ("Amazon S3") is no need.
    """
    broader = {fact.target for fact in concept.facts if fact.kind == "broader" and fact.target in vocabulary}
    parts = set(_parts(concept, vocabulary))
    for target in sorted(broader):
        held = target in {id_ for id_, _ in parts}
        said = f"{concept.name} is a kind of {vocabulary[target].name}."
        yield _edge(concept, target, KIND_OF if held else BROADER, said)
    for target, first in sorted(parts):
        if first and target not in broader:
            yield _edge(concept, target, HOLDS, f"{concept.name} has {vocabulary[target].name} in its name.")


def _parts(concept: Concept, vocabulary: Vocabulary) -> Iterator[tuple[str, bool]]:
    """Yield (id, whether it begins the name) of the concepts that begin or end a concept's name."""
    words = normal_form(concept.name).split()
    for size in range(1, len(words)):
        for first, part in ((True, words[:size]), (False, words[-size:])):
            found = vocabulary.find(" ".join(part)) if len("".join(part)) > 2 else []
            # A part that may mean several things tells nothing.
            if len(found) == 1 and found[0] != concept.id and vocabulary[found[0]].kind != "organization":
                yield found[0], first


def _edge(concept: Concept, needs: str, confidence: float, reason: str) -> Prerequisite:
    return Prerequisite(concept=concept.id, needs=needs, tier="name", confidence=confidence, reason=reason)
