"""The corpus stage: from what was found in each article to the whole graph."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.columns import Weights
from conceptgraph.cooccurrence import Relations, co_occurrences
from conceptgraph.extract import VERSION
from conceptgraph.found import Graph, only, set_confidence
from conceptgraph.links import links_between
from conceptgraph.model import SYMMETRIC, Evidence, Relation
from conceptgraph.termhood import scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conceptgraph.found import Corpus
    from conceptgraph.links import Linked
    from conceptgraph.model import Concept, Fact
    from conceptgraph.vocabulary import Vocabulary


def make_graph(corpus: Corpus, linked: Iterable[Linked], vocabulary: Vocabulary) -> Graph:
    """Return the graph of a corpus.

    Parameters
    ----------
    corpus
        What was found in each article.
    linked
        The articles' addresses and links.
    vocabulary
        The known concepts.
    """
    surely = scores(corpus)
    standing = np.array([id_ in vocabulary or id_ in surely for id_ in corpus.concepts], dtype=bool)
    mentions, mention_ends = only(standing, corpus.mentions, corpus.mention_ends)
    table, weight_ends = only(standing, corpus.weights, corpus.weight_ends)
    set_confidence(mentions, corpus.concepts, surely)
    weights = Weights(table, weight_ends, articles=corpus.articles, concepts=corpus.concepts)
    mentioned = sorted(corpus.concepts[number] for number in np.unique(table["concept"]).tolist())
    new = {concept.id: concept for concept in reversed(corpus.proposed())}
    concepts = tuple(vocabulary[id_] if id_ in vocabulary else new[id_] for id_ in mentioned)
    stated = _sorted(chain(_facts(concepts), links_between(linked)))
    return Graph(
        mentions=mentions,
        mention_ends=mention_ends,
        weights=weights,
        concepts=concepts,
        surely={id_: surely[id_] for id_ in mentioned if id_ in surely},
        relations=Relations(stated, co_occurrences(weights)),
    )


def build_id(digests: Iterable[bytes], vocabulary: Vocabulary) -> str:
    """Return a hash of all that a graph is made from; the same input has the same id."""
    state = hashlib.blake2b(f"{VERSION} {vocabulary.version}".encode(), digest_size=12)
    for digest in digests:
        state.update(digest)
    return state.hexdigest()


def _facts(concepts: Sequence[Concept]) -> Iterable[Relation]:
    mentioned = {concept.id for concept in concepts}
    return (_stated(concept.id, fact) for concept in concepts for fact in concept.facts if fact.target in mentioned)


def _stated(id_: str, fact: Fact) -> Relation:
    """Return a fact of the vocabulary as a relation; a symmetric one runs from the smaller id."""
    source, target = sorted((id_, fact.target)) if fact.kind in SYMMETRIC else (id_, fact.target)
    evidence = Evidence(technique="vocabulary", detail=fact.reason)
    return Relation(source=source, target=target, kind=fact.kind, confidence=1.0, evidence=(evidence,))


def _sorted(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Return the relations in the order of their keys, each once, with the evidence of all that say the same."""
    merged: dict[tuple[str, str, str], Relation] = {}
    for relation in relations:
        key = relation.kind, relation.source, relation.target
        if key in merged:
            evidence = tuple(dict.fromkeys([*merged[key].evidence, *relation.evidence]))
            merged[key] = replace(relation, evidence=evidence)
        else:
            merged[key] = relation
    return tuple(merged[key] for key in sorted(merged))
