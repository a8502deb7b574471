"""The pruned network of concepts: what communities and the map are made from.

Two concepts are linked by the vocabulary's facts and by company (``co_occurs``). Of these each concept keeps its few
strongest, so that the size of the network follows the number of concepts and not that of articles or mentions. A
concept that this leaves nearly alone, as most are in a small corpus, is tied to what its articles are most about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from conceptgraph.article_rows import article_ids
from conceptgraph.columns import weights_of
from conceptgraph.cooccurrence import Relations
from conceptgraph.stated import StatedRelations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    from conceptgraph.model import Records, Relation
    from conceptgraph.stated import StatedRow

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]

STRONGEST = 8
"""How many links a concept keeps of its own; it has more where others keep theirs to it."""
WEIGHTS = {"co_occurs": 1.0, "related": 0.5, "contrasts_with": 0.5}
FACT_WEIGHT = 0.7
"""What a fact counts for: "is a kind of" says more of nearness than "related", and steady company as much as both."""
FEW = 3
"""With fewer links than these a concept is tied to the leading concepts of its articles."""
TIE = 0.35
"""Weight of such a tie, times the article's share in the concept."""
LEADERS = 3
"""How many concepts stand for what an article is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptNetwork:
    """Concepts and what links them, by number.

    Parameters
    ----------
    concepts, articles
        Ids; their places are the numbers that the matrices use.
    mentions
        How much an article (row) is about a concept (column), in [0, 1].
    links
        Symmetric weights between concepts, each above zero, without a diagonal.
    """

    concepts: tuple[str, ...]
    articles: tuple[str, ...]
    mentions: sparse.csr_array
    links: sparse.csr_array


def concept_network(records: Records, *, strongest: int = STRONGEST) -> ConceptNetwork:
    """Return the network of concepts that records hold.

    Parameters
    ----------
    records
        The records to read.
    strongest
        How many links a concept keeps of its own.

    Returns
    -------
    ConceptNetwork
        The same for the same records.

    Examples
    --------
    >>> from conceptgraph.model import Records
    >>> concept_network(Records(build="none")).links.shape
    (0, 0)
    """
    concepts = tuple(concept.id for concept in records.concepts)
    articles = tuple(article_ids(records.articles))
    mentions = article_matrix(records)
    links = _pruned(_relations(records, concepts), strongest)
    links = sparse.csr_array(links.maximum(_ties(mentions, np.diff(links.indptr))))
    links.sort_indices()
    return ConceptNetwork(concepts=concepts, articles=articles, mentions=mentions, links=links)


def article_matrix(records: Records) -> sparse.csr_array:
    """Return how much each article (row) is about each concept (column), in the order of the records."""
    article_at = {id_: i for i, id_ in enumerate(article_ids(records.articles))}
    concept_at = {concept.id: i for i, concept in enumerate(records.concepts)}
    rows = weights_of(records.article_concepts, records.articles)
    number = np.array([concept_at.get(id_, 0) for id_ in rows.concepts], dtype=np.int64)
    article = np.array([article_at[id_] for id_ in rows.articles], dtype=np.int64)
    where = (article[rows.article_numbers()], number[rows.table["concept"]])
    # Even a passing mention links: a weight of zero would be no entry at all.
    matrix = sparse.csr_array(
        (np.maximum(rows.table["weight"], 0.001), where), shape=(len(article_at), len(concept_at))
    )
    matrix.sort_indices()
    return matrix


def _relations(records: Records, concepts: Sequence[str]) -> sparse.csr_array:
    at = {id_: i for i, id_ in enumerate(concepts)}
    given = records.relations
    if not isinstance(given, Relations):
        parts = [_said(given, at)]
    else:  # of columns no records are made; in the order of the records, so that sums are the same to the last bit
        others: Sequence[Relation | StatedRow] = (
            given.others.rows if isinstance(given.others, StatedRelations) else given.others
        )
        before = [each for each in others if each.kind < "co_occurs"]
        parts = [_said(before, at), _together(given, at), _said(others[len(before) :], at)]
    first, second, weight = np.vstack(parts).T
    return _symmetric(first.astype(np.int64), second.astype(np.int64), weight, len(at))


def _said(relations: Iterable[Relation | StatedRow], at: Mapping[str, int]) -> Floats:
    """Return numbers of both concepts and the weight, for each relation between two concepts; shape (links, 3)."""
    rows = [
        (at[each.source], at[each.target], each.confidence * WEIGHTS.get(each.kind, FACT_WEIGHT))
        for each in relations
        if each.kind != "links_to" and each.source in at and each.target in at and each.source != each.target
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, 3)


def _together(relations: Relations, at: Mapping[str, int]) -> Floats:
    """Return what `_said` does, of the co-occurrences."""
    pairs = relations.together.pairs
    number = np.array([at.get(id_, -1) for id_ in relations.together.weights.concepts], dtype=np.int64)
    first, second = number[pairs.first], number[pairs.second]
    rows = np.column_stack([first, second, pairs.confidence * WEIGHTS["co_occurs"]])
    return np.asarray(rows[(first >= 0) & (second >= 0) & (first != second)], dtype=np.float64)


def _symmetric(first: Integers, second: Integers, weight: Floats, size: int) -> sparse.csr_array:
    """Return links both ways; what several say of one pair adds up."""
    where = np.concatenate([first, second]), np.concatenate([second, first])
    matrix = sparse.csr_array((np.concatenate([weight, weight]), where), shape=(size, size))
    matrix.sum_duplicates()
    return matrix


def _pruned(links: sparse.csr_array, strongest: int) -> sparse.csr_array:
    """Keep a link that is among the strongest of either end."""
    coo = sparse.coo_array(links)
    row, col = coo.row.astype(np.int64), coo.col.astype(np.int64)
    order = np.lexsort((-coo.data, row))  # of equal ones by column, as they are
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - links.indptr.astype(np.int64)[row[order]]
    kept = rank < strongest
    half = sparse.csr_array((coo.data[kept], (row[kept], col[kept])), shape=links.shape)
    return sparse.csr_array(half.maximum(half.T))


def _ties(mentions: sparse.csr_array, degree: npt.NDArray[np.integer]) -> sparse.csr_array:
    """Return links from concepts with few to the leading concepts of their weightiest article."""
    size = mentions.shape[1]
    by_concept = sparse.csr_array(mentions.T)
    by_concept.sort_indices()
    starts, ends, weights = [], [], []
    for concept in np.flatnonzero(degree < FEW).tolist():
        low, high = by_concept.indptr[concept], by_concept.indptr[concept + 1]
        if low == high:
            continue
        home = low + int(np.argmax(by_concept.data[low:high]))
        for leader in _leaders(mentions, int(by_concept.indices[home])):
            if leader != concept:
                starts.append(concept)
                ends.append(leader)
                weights.append(TIE)
    return _symmetric(np.array(starts, np.int64), np.array(ends, np.int64), np.array(weights, np.float64), size)


def _leaders(mentions: sparse.csr_array, article: int) -> list[int]:
    low, high = mentions.indptr[article], mentions.indptr[article + 1]
    order = np.lexsort((mentions.indices[low:high], -mentions.data[low:high]))[:LEADERS]
    return [int(concept) for concept in mentions.indices[low:high][order]]
