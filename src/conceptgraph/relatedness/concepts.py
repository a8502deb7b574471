"""Related concepts: by facts, by co-occurrence, by shared neighbours."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from math import prod
from typing import TYPE_CHECKING

from conceptgraph.model import record
from conceptgraph.phrases import phrase
from conceptgraph.slices import with_id

if TYPE_CHECKING:
    from conceptgraph.model import Records, Relation

FACT, TOGETHER, NEIGHBOURS = 0.7, 0.8, 0.4
"""How far a fact, a co-occurrence as strong as can be, and neighbours that are all the same speak for a relation."""
DOUBT = 2
"""So many articles that mention both make a co-occurrence half as telling as ever more would."""
NAMED = 3
"""How many shared neighbours are named."""


@record
class RelatedConcept:
    """A concept that is related to another.

    Parameters
    ----------
    concept
        Its id.
    score
        How related, in [0, 1].
    reasons
        Why, in words, the strongest first.
    """

    concept: str
    score: float
    reasons: tuple[str, ...]


def related_concepts(records: Records, concept: str, *, k: int | None = 10) -> list[RelatedConcept]:
    """Return the concepts most related to one.

    Each kind of evidence gives a strength in [0, 1]: a fact of the vocabulary `FACT`; co-occurrence its NPMI times
    `TOGETHER`, less while few articles mention both (`DOUBT`); neighbours that both have the share of these among all
    neighbours of either (Jaccard 1901; see Liben-Nowell and Kleinberg 2007, "The link-prediction problem for social
    networks") times `NEIGHBOURS`. The score is ``1 - Π (1 - strength)``: how surely at least one of them holds, if they
    were independent.

    Parameters
    ----------
    records
        The corpus.
    concept
        The concept's id.
    k
        How many; None for all that anything relates.

    Returns
    -------
    list of RelatedConcept
        By falling score, ties by id.

    Raises
    ------
    KeyError
        There is no such concept.
    """
    with_id(records.concepts, concept)
    relations = [relation for relation in records.relations if relation.kind != "links_to"]
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    names = {each.id: each.name for each in records.concepts}
    where: dict[str, set[str]] = defaultdict(set)
    for row in records.article_concepts:
        where[row.concept].add(row.article)
    for relation in relations:
        if concept in (relation.source, relation.target):
            other = relation.target if relation.source == concept else relation.source
            found[other].append(_direct(relation, names, len(where[concept] & where[other])))
    for other, (strength, text) in _shared_neighbours(relations, concept, names).items():
        found[other].append((strength, text))
    ranked = [
        RelatedConcept(
            concept=other,
            score=round(1 - prod(1 - strength for strength, _ in why), 4),
            reasons=tuple(text for _, text in sorted(why, key=lambda item: -item[0])),
        )
        for other, why in found.items()
    ]
    return sorted(ranked, key=lambda item: (-item.score, item.concept))[:k]


def _direct(relation: Relation, names: dict[str, str], both: int) -> tuple[float, str]:
    """Return how far a relation speaks for itself, and what it says."""
    detail = next((evidence.detail for evidence in relation.evidence if evidence.detail), "")
    if relation.kind == "co_occurs":
        return TOGETHER * relation.confidence * both / (both + DOUBT), detail
    said = phrase(relation.kind, names[relation.source], names[relation.target])
    return FACT * relation.confidence, f"{said}: {detail}" if detail else said


def _shared_neighbours(relations: list[Relation], concept: str, names: dict[str, str]) -> dict[str, tuple[float, str]]:
    """Return strength and words for every concept that has neighbours in common with this one."""
    pairs = {(relation.source, relation.target) for relation in relations}
    pairs = {pair for pair in pairs if pair[::-1] not in pairs or pair[0] < pair[1]}
    count = Counter(chain.from_iterable(pairs))
    near = {end for pair in pairs if concept in pair for end in pair} - {concept}
    both: dict[str, list[str]] = defaultdict(list)
    for first, second in pairs:
        if first in near and second != concept:
            both[second].append(first)
        if second in near and first != concept:
            both[first].append(second)
    found = {}
    for other, shared in both.items():
        either = len(near - {other}) + count[other] - (other in near) - len(shared)
        shared.sort(key=lambda id_: (count[id_], id_))
        more = f" and {len(shared) - NAMED} more" if len(shared) > NAMED else ""
        told = f"both related to {', '.join(names[id_] for id_ in shared[:NAMED])}{more}"
        found[other] = NEIGHBOURS * len(shared) / either, told
    return found
