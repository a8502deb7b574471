"""Which concepts a fact joins, whichever of the two states it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from conceptgraph.model import Concept


def neighbours(concepts: Iterable[Concept]) -> dict[str, str]:
    """Return the ids of each concept's neighbours between spaces, in order; a concept without any is left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        for fact in concept.facts:
            found[concept.id].add(fact.target)
            found[fact.target].add(concept.id)
    return {id_: " ".join(sorted(ids)) for id_, ids in sorted(found.items())}


def changed_neighbours(
    before: Mapping[str, str], touched: Collection[str], concepts: Mapping[str, Concept]
) -> dict[str, str]:
    """Return what `neighbours` does, from the neighbours before some concepts changed.

    Parameters
    ----------
    before
        The neighbours.
    touched
        Ids of the concepts that changed, came or went.
    concepts
        All concepts now, by id.
    """
    around = {other for id_ in touched for other in before.get(id_, "").split()}
    around |= {fact.target for id_ in touched if id_ in concepts for fact in concepts[id_].facts}
    # What joins two that did not change holds on; whatever joins a changed one is stated by it or by one around it.
    fresh = neighbours(concepts[id_] for id_ in sorted(around | set(touched)) if id_ in concepts)
    changed = dict(before)
    for id_ in around | set(touched):
        ids = set(before.get(id_, "").split()) - set(touched)
        now = set(fresh.get(id_, "").split())
        kept = now if id_ in touched else ids | now & set(touched)
        changed[id_] = " ".join(sorted(kept))
        if not kept:
            del changed[id_]
    return changed
