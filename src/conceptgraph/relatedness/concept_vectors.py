"""Articles as vectors of concepts: those they speak of, and those that these are kinds, parts or kin of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from conceptgraph.columns import weights_of
from conceptgraph.found import Numbers
from conceptgraph.relatedness.tfidf import csr, document_frequency, heaviest, unit_rows

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
    rows = weights_of(records.article_concepts, records.articles)
    concepts = {concept.id: at for at, concept in enumerate(records.concepts)}
    column = np.array([concepts.get(id_, -1) for id_ in rows.concepts], dtype=np.int64)
    weights = rows.table["weight"] * np.where(rows.table["core"], core, 1.0)
    shape = len(rows.ends), len(concepts)
    return csr(weights, column[rows.table["concept"]], np.concatenate([[0], rows.ends]), shape)


def fact_matrix(records: Records) -> Matrix:
    """Return which concept's facts name which other, concepts by concepts.

    Behind the concepts that articles mention come those that only facts name: two articles may have in common what
    neither says.
    """
    numbers = Numbers(concept.id for concept in records.concepts)
    pairs = {
        (at, numbers[fact.target])
        for at, concept in enumerate(records.concepts)
        for fact in concept.facts
        if fact.target != concept.id
    }
    where = np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2).T
    ones = np.ones(where.shape[1], dtype=np.float32)
    return sparse.csr_array((ones, (where[0], where[1])), shape=(len(numbers), len(numbers)))


def concept_vectors(records: Records) -> Matrix:
    """Return articles by concepts: weights, spread along facts, times the root of the inverse document frequency.

    Two articles on different message brokers have "message broker" in common though neither may name it: a concept
    passes `STEP` of its weight to those that its facts name, as in spreading activation (Crestani 1997, "Application of
    spreading activation techniques in information retrieval"). The root softens the frequency's effect, since a concept
    that many articles share says more about their subject than a word that many share.

    Returns
    -------
    scipy.sparse.csr_array
        Rows of Euclidean length one, or of zeros; columns as of `fact_matrix`.
    """
    facts = fact_matrix(records)
    spread = passed = sparse.eye_array(facts.shape[0], dtype=np.float32, format="csr")
    for _ in range(STEPS):
        passed = STEP * (passed @ facts)
        spread = spread + passed
    mentioned = mention_matrix(records)
    reached = mentioned @ spread[: mentioned.shape[1]]
    inverse = np.sqrt(np.log((1 + len(records.articles)) / (1 + document_frequency(reached)))).astype(np.float32)
    weights = reached.data * inverse[reached.indices]
    return unit_rows(heaviest(csr(weights, reached.indices, reached.indptr, reached.shape), KEPT))
