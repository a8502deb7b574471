"""The corpus stage: from what was found in each article to the whole graph."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.columns import Columns, Weights
from conceptgraph.cooccurrence import Relations, co_occurrences
from conceptgraph.extract import VERSION
from conceptgraph.found import Graph, only, set_confidence
from conceptgraph.links import links_between
from conceptgraph.model import FACT_KINDS, SYMMETRIC, Concept
from conceptgraph.stated import StatedRelations, StatedRow, merged, stated_row
from conceptgraph.termhood import scores
from conceptgraph.vocabulary.compiled import dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from conceptgraph.cooccurrence import CoOccurrences
    from conceptgraph.found import Corpus
    from conceptgraph.links import Linked
    from conceptgraph.model import Fact
    from conceptgraph.vocabulary import Vocabulary


class Chosen(Columns[Concept]):
    """The concepts of a graph, each made when it is asked for.

    Parameters
    ----------
    ids
        In order.
    vocabulary
        The known concepts.
    new
        The others, by id.
    """

    __slots__ = ("_new", "_vocabulary", "ids")

    def __init__(self, ids: Sequence[str], vocabulary: Vocabulary, new: Mapping[str, Concept]) -> None:
        self.ids = ids
        self._vocabulary = vocabulary
        self._new = new

    def __len__(self) -> int:
        return len(self.ids)

    def one(self, at: int) -> Concept:
        """Return a concept."""
        id_ = self.ids[at]
        return self._vocabulary[id_].shown() if id_ in self._vocabulary else self._new[id_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What this code and the same vocabulary made of other articles.

    Parameters
    ----------
    concepts
        Ids of the concepts.
    stated
        What the vocabulary states of them, and the links between the articles.
    linked
        Whether the articles had the ids, paths, addresses and links that they have now.
    together
        The co-occurrences, with the numbers that concepts have now.
    """

    concepts: Set[str]
    stated: Sequence[StatedRow]
    linked: bool
    together: CoOccurrences


def make_graph(corpus: Corpus, linked: Iterable[Linked], vocabulary: Vocabulary, before: Before | None = None) -> Graph:
    """Return the graph of a corpus.

    Parameters
    ----------
    corpus
        What was found in each article.
    linked
        The articles' addresses and links.
    vocabulary
        The known concepts.
    before
        What is known from before: the graph is the same without it, but takes longer.
    """
    surely = scores(corpus)
    standing = np.array([id_ in vocabulary or id_ in surely for id_ in corpus.concepts], dtype=bool)
    mentions, mention_ends = only(standing, corpus.mentions, corpus.mention_ends)
    table, weight_ends = only(standing, corpus.weights, corpus.weight_ends)
    set_confidence(mentions, corpus.concepts, surely)
    weights = Weights(table, weight_ends, articles=corpus.articles, concepts=corpus.concepts)
    there = np.flatnonzero(np.bincount(table["concept"], minlength=len(corpus.concepts)))
    mentioned = sorted(corpus.concepts[number] for number in there.tolist())
    new = {concept.id: concept for concept in reversed(corpus.proposed())}
    concepts = Chosen(mentioned, vocabulary, new)
    together = co_occurrences(weights, before=before.together if before else None)
    return Graph(
        mentions=mentions,
        mention_ends=mention_ends,
        weights=weights,
        concepts=concepts,
        surely={id_: surely[id_] for id_ in mentioned if id_ in surely},
        relations=Relations(_stated(concepts, linked, vocabulary, before), together),
    )


def build_id(digests: Iterable[bytes], vocabulary: Vocabulary) -> str:
    """Return a hash of all that a graph is made from; the same input has the same id."""
    state = hashlib.blake2b(f"{VERSION} {vocabulary.version}".encode(), digest_size=12)
    for digest in digests:
        state.update(digest)
    return state.hexdigest()


def _stated(
    concepts: Chosen, linked: Iterable[Linked], vocabulary: Vocabulary, before: Before | None
) -> StatedRelations:
    """Return what the vocabulary states of concepts, and the links between articles."""
    if before and before.linked and before.concepts == set(concepts.ids):
        return StatedRelations(before.stated)
    facts = _facts_since(before, concepts, vocabulary) if before else _facts(concepts)
    return merged(chain(facts, map(stated_row, links_between(linked))))


def _facts(concepts: Iterable[Concept]) -> Iterator[StatedRow]:
    """Yield what the vocabulary states of concepts, where both are among them."""
    given = list(concepts)
    mentioned = {concept.id for concept in given}
    return (_row(concept.id, fact) for concept in given for fact in concept.facts if fact.target in mentioned)


def _facts_since(before: Before, concepts: Chosen, vocabulary: Vocabulary) -> Iterator[StatedRow]:
    """Yield what `_facts` does, from the facts among the concepts of before."""
    now = set(concepts.ids)
    added = now.difference(before.concepts)
    yield from (row for row in before.stated if row.kind in FACT_KINDS and row.source in now and row.target in now)
    if not added:
        return
    for id_ in concepts.ids:
        if id_ in vocabulary and (id_ in added or vocabulary.names_any(id_, added)):
            for fact in vocabulary[id_].facts:
                if fact.target in now and (id_ in added or fact.target in added):
                    yield _row(id_, fact)


def _row(id_: str, fact: Fact) -> StatedRow:
    """Return a fact of the vocabulary as a relation; a symmetric one runs from the smaller id."""
    source, target = sorted((id_, fact.target)) if fact.kind in SYMMETRIC else (id_, fact.target)
    return StatedRow(fact.kind, source, target, 1.0, dump([["vocabulary", fact.reason, []]]))
