"""The corpus stage: from what was found in each article to the whole graph."""

from __future__ import annotations

import hashlib
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.columns import Columns, Weights
from conceptgraph.cooccurrence import Relations, co_occurrences
from conceptgraph.extract import VERSION
from conceptgraph.found import Graph, only, set_confidence
from conceptgraph.links import links_between
from conceptgraph.model import SYMMETRIC, Concept
from conceptgraph.stated import StatedRow, merged, stated_row
from conceptgraph.termhood import scores
from conceptgraph.vocabulary.compiled import dump

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

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
        return self._vocabulary[id_] if id_ in self._vocabulary else self._new[id_]


def make_graph(
    corpus: Corpus,
    linked: Iterable[Linked],
    vocabulary: Vocabulary,
    facts: Callable[[Chosen], Iterable[StatedRow]] | None = None,
) -> Graph:
    """Return the graph of a corpus.

    Parameters
    ----------
    corpus
        What was found in each article.
    linked
        The articles' addresses and links.
    vocabulary
        The known concepts.
    facts
        Gives what the vocabulary states of the concepts chosen, where that is known from before.
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
    stated = facts(concepts) if facts else facts_of(concepts)
    return Graph(
        mentions=mentions,
        mention_ends=mention_ends,
        weights=weights,
        concepts=concepts,
        surely={id_: surely[id_] for id_ in mentioned if id_ in surely},
        relations=Relations(merged(chain(stated, map(stated_row, links_between(linked)))), co_occurrences(weights)),
    )


def build_id(digests: Iterable[bytes], vocabulary: Vocabulary) -> str:
    """Return a hash of all that a graph is made from; the same input has the same id."""
    state = hashlib.blake2b(f"{VERSION} {vocabulary.version}".encode(), digest_size=12)
    for digest in digests:
        state.update(digest)
    return state.hexdigest()


def facts_of(concepts: Iterable[Concept]) -> Iterator[StatedRow]:
    """Yield what the vocabulary states of concepts, where both are among them."""
    given = list(concepts)
    mentioned = {concept.id for concept in given}
    return (_stated(concept.id, fact) for concept in given for fact in concept.facts if fact.target in mentioned)


def facts_since(
    old: Iterable[StatedRow], before: Collection[str], concepts: Chosen, vocabulary: Vocabulary
) -> Iterator[StatedRow]:
    """Yield what `facts_of` does, from the facts of the same vocabulary among other concepts.

    Parameters
    ----------
    old, before
        The facts, and ids of the concepts among which they hold.
    concepts
        The concepts of now.
    vocabulary
        It has not changed since.
    """
    now = set(concepts.ids)
    added = now.difference(before)
    yield from (fact for fact in old if fact.source in now and fact.target in now)
    if not added:
        return
    for id_ in concepts.ids:
        if id_ in vocabulary and (id_ in added or vocabulary.names_any(id_, added)):
            for fact in vocabulary[id_].facts:
                if fact.target in now and (id_ in added or fact.target in added):
                    yield _stated(id_, fact)


def _stated(id_: str, fact: Fact) -> StatedRow:
    """Return a fact of the vocabulary as a relation; a symmetric one runs from the smaller id."""
    source, target = sorted((id_, fact.target)) if fact.kind in SYMMETRIC else (id_, fact.target)
    return StatedRow(fact.kind, source, target, 1.0, dump([["vocabulary", fact.reason, []]]))
