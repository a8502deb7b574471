"""Articles as vectors of concepts: those they speak of, and those that these are kinds, parts or kin of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from conceptgraph.relatedness.tfidf import document_frequency, heaviest, unit_rows

if TYPE_CHECKING:
    from conceptgraph.model import Records
    from conceptgraph.relatedness.tfidf import Matrix

CORE = 1.5
"""How much more a concept counts that the article is about or explains."""
STEP = 0.5
"""What of a concept's weight goes to each concept that a fact of its names, a step."""
STEPS = 2
KEPT = 100
"""How many concepts are kept of an article, those that weigh most."""


def mention_matrix(records: Records, *, core: float = CORE) -> Matrix:
    """Return how much each article is about each concept, articles by concepts, in the records' order.

    Parameters
    ----------
    records
        The corpus.
    core
        What the weight of a core concept is multiplied by.
    """
    articles = {article.id: at for at, article in enumerate(records.articles)}
    concepts = {concept.id: at for at, concept in enumerate(records.concepts)}
    rows = records.article_concepts
    weights = np.array([row.weight * (core if row.core else 1.0) for row in rows], dtype=np.float32)
    where = [articles[row.article] for row in rows], [concepts[row.concept] for row in rows]
    return sparse.csr_array((weights, where), shape=(len(articles), len(concepts)))


def fact_matrix(records: Records) -> Matrix:
    """Return which concept's facts name which other, concepts by concepts."""
    concepts = {concept.id: at for at, concept in enumerate(records.concepts)}
    pairs = {
        (at, concepts[fact.target])
        for at, concept in enumerate(records.concepts)
        for fact in concept.facts
        if fact.target in concepts and fact.target != concept.id
    }
    where = np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2).T
    ones = np.ones(where.shape[1], dtype=np.float32)
    return sparse.csr_array((ones, (where[0], where[1])), shape=(len(concepts), len(concepts)))


def concept_vectors(records: Records) -> Matrix:
    """Return articles by concepts: weights, spread along facts, times the root of the inverse document frequency.

    Two articles on different message brokers have "message broker" in common though neither may name it: a concept
    passes `STEP` of its weight to those that its facts name, as in spreading activation (Crestani 1997, "Application of
    spreading activation techniques in information retrieval"). The root softens the frequency's effect, since a concept
    that many articles share says more about their subject than a word that many share.

    Returns
    -------
    scipy.sparse.csr_array
        Rows of Euclidean length one, or of zeros.
    """
    spread = reached = mention_matrix(records)
    facts = fact_matrix(records)
    for _ in range(STEPS):
        reached = sparse.csr_array(STEP * (reached @ facts))
        spread = spread + reached
    spread = sparse.csr_array(spread)
    spread.sort_indices()
    frequency = document_frequency(spread)
    inverse = np.sqrt(np.log((1 + len(records.articles)) / (1 + frequency)))
    spread.data = (spread.data * inverse[spread.indices]).astype(np.float32)
    spread.eliminate_zeros()
    return unit_rows(heaviest(unit_rows(spread), KEPT))
