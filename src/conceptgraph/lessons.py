"""From names that a reader gives to study paths and prerequisites: what the notebook and the command line share."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any, cast

from conceptgraph.errors import UnknownNameError
from conceptgraph.lookup import find, find_in_vocabulary
from conceptgraph.model import Article
from conceptgraph.prerequisites import FOLLOWED
from conceptgraph.study import study_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conceptgraph.model import Concept, Records
    from conceptgraph.prerequisites import Prerequisite, PrerequisiteGraph
    from conceptgraph.study import StudyPath
    from conceptgraph.vocabulary import Vocabulary


def all_concepts(vocabulary: Vocabulary, records: Records | None) -> Mapping[str, Concept]:
    """Return the vocabulary's concepts and the corpus's new ones, by id."""
    if records is None:
        return vocabulary
    new = {concept.id: concept for concept in records.concepts if concept.id not in vocabulary}
    # Looked up, never copied: the vocabulary makes a record when it is first asked for.
    return ChainMap(new, cast("dict[str, Concept]", vocabulary))


def concept_named(name: str, vocabulary: Vocabulary, records: Records | None = None) -> str:
    """Return the id of the concept that goes by a name: of the corpus, else of the vocabulary.

    Raises
    ------
    UnknownNameError
        None does, or several of the corpus do; the message offers names that are near.
    """
    if records is not None:
        try:
            found = find(records, name)
        except UnknownNameError:
            if not vocabulary.find(name):
                raise
        else:
            if not isinstance(found, Article):
                return found.id
    return find_in_vocabulary(vocabulary, name)[0]


def goal_named(name: str, vocabulary: Vocabulary, records: Records) -> Article | Concept:
    """Return the article or concept that goes by a name; a concept may be one that no article speaks of.

    Raises
    ------
    UnknownNameError
        Nothing goes by this name; the message offers names that are near.
    """
    try:
        return find(records, name)
    except UnknownNameError:
        found = vocabulary.find(name)
        if not found:
            raise
        return vocabulary[found[0]]


def path_to(
    goals: Iterable[str],
    *,
    records: Records,
    vocabulary: Vocabulary,
    graph: PrerequisiteGraph,
    known: Iterable[str] = (),
    minutes: int | None = None,
    **options: Any,
) -> StudyPath:
    """Return the study path to what goes by some names; `options` are those of `study.study_path`."""
    return study_path(
        records,
        graph,
        [goal_named(name, vocabulary, records) for name in goals],
        concepts=all_concepts(vocabulary, records),
        known=[concept_named(name, vocabulary, records) for name in known],
        minutes=minutes,
        **options,
    )


def needs_rows(
    concept: str, graph: PrerequisiteGraph, concepts: Mapping[str, Concept], *, closure: bool = False
) -> list[dict[str, Any]]:
    """Return a row for each prerequisite of a concept: id, name, confidence, tier, reason.

    Parameters
    ----------
    concept
        Its id.
    graph
        What needs what.
    concepts
        All concepts by id.
    closure
        Also what the prerequisites need, in the order of study; the direct ones by falling confidence otherwise.
    """
    if not closure:
        return [edge_row(edge, edge.needs, concepts, edge.confidence) for edge in graph.direct(concept)]
    sure = graph.confidences(concept)
    # The edge by which the way down from the goal comes to a concept says why that is needed.
    rows = []
    for id_ in (needed for needed in graph.closure([concept]) if needed != concept):
        last = graph.chain(concept, id_)[-1]
        row = edge_row(last, id_, concepts, round(sure[id_], 3))
        if last.concept != concept:  # the reason speaks of another concept than the one asked for
            by = concepts[last.concept].name if last.concept in concepts else last.concept
            row["reason"] = f"{by} needs it: {last.reason}"
        rows.append(row)
    return rows


def edge_row(edge: Prerequisite, id_: str, concepts: Mapping[str, Concept], confidence: float) -> dict[str, Any]:
    """Return an edge as a row that shows one of its ends: id, name, confidence, tier, reason."""
    name = concepts[id_].name if id_ in concepts else id_
    return {"id": id_, "name": name, "confidence": confidence, "tier": edge.tier, "reason": edge.reason}


def next_topics(
    known: Iterable[str], graph: PrerequisiteGraph, concepts: Mapping[str, Concept], *, k: int = 20
) -> list[dict[str, Any]]:
    """Return the concepts that can be understood next, those that open most first: id, name, opens, because.

    Parameters
    ----------
    known
        Ids of what is known; with it, all that it needs.
    graph
        What needs what.
    concepts
        All concepts by id.
    k
        How many at most.
    """
    had = graph.needed(known, reach=None)
    ready = {
        edge.concept
        for id_ in had
        for edge in graph.unlocks(id_)
        if edge.confidence >= FOLLOWED
        and edge.concept not in had
        and all(need.needs in had for need in graph.followed(edge.concept))
    }
    ordered = sorted(ready, key=lambda id_: (-graph.generality.get(id_, 0), id_))[:k]
    return [
        {
            "id": id_,
            "name": concepts[id_].name if id_ in concepts else id_,
            "opens": graph.generality.get(id_, 0),
            "because": "; ".join(edge.reason for edge in graph.followed(id_)),
        }
        for id_ in ordered
    ]
