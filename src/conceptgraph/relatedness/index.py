"""What is worked out once for a corpus so that related articles can be found at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
from scipy import sparse

from conceptgraph.errors import StoreError
from conceptgraph.extract.terms import counted, listed
from conceptgraph.relatedness.concept_vectors import concept_vectors, mention_matrix
from conceptgraph.relatedness.fusion import SAMPLE, evenly, shares, spread_of
from conceptgraph.relatedness.latent import dimensions, latent_vectors
from conceptgraph.relatedness.tfidf import count_matrix, csr, heaviest, tfidf, unit_rows, without_rare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from conceptgraph.model import Records
    from conceptgraph.relatedness.tfidf import Matrix

    Positions = Sequence[int] | NDArray[np.intp]

_BLOCK = 500
"""How many articles are compared with all at once."""
FORM = 2
"""Raised when the form of the stored index changes."""
DEFINITIONS = 4.0
"""How much a word counts that defines a concept, times the concept's weight in the article."""
PASSING = 0.3
"""What that is multiplied by where the article only mentions the concept."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RelatednessIndex:
    """Vectors of a corpus's articles; position i is the i-th article of the records.

    Parameters
    ----------
    build
        Id of the build whose records it was made from.
    terms
        The number of the term that each column of `words` stands for (`conceptgraph.extract.terms`).
    words
        TF-IDF of texts and of their concepts' definitions, articles by terms, rows of length one.
    concepts
        Concept vectors, articles by concepts, rows of length one.
    latent
        Latent vectors of these, articles by dimensions, rows of length one.
    spread
        The standard deviation of each part's scores over pairs of articles, in the order of `PARTS`.
    """

    build: str
    terms: NDArray[np.uint32]
    words: Matrix
    concepts: Matrix
    latent: NDArray[np.float32]
    spread: NDArray[np.float64]

    @cached_property
    def _terms_first(self) -> Matrix:
        return sparse.csr_array(self.words.T.tocsr())

    @cached_property
    def _concepts_first(self) -> Matrix:
        return sparse.csr_array(self.concepts.T.tocsr())

    def by_words(self, articles: Positions) -> NDArray[np.float32]:
        """Return the cosines of some articles with all by words; shape (some, all)."""
        return np.clip((self.words[articles] @ self._terms_first).toarray(), 0.0, 1.0)

    def by_concepts(self, articles: Positions) -> NDArray[np.float32]:
        """Return the cosines of some articles with all by concepts; shape (some, all)."""
        return np.clip((self.concepts[articles] @ self._concepts_first).toarray(), 0.0, 1.0)

    def by_latent(self, articles: Positions) -> NDArray[np.float32]:
        """Return the cosines of some articles with all in latent space, not below zero; shape (some, all)."""
        return np.asarray(np.clip(self.latent[articles] @ self.latent.T, 0.0, 1.0))

    def alike(self, articles: Positions) -> NDArray[np.float32]:
        """Return how alike some articles are to all by the three as one; shape (some, all)."""
        parts = self.by_words(articles), self.by_concepts(articles), self.by_latent(articles)
        of_words, of_concepts, of_latent = shares(self.spread).astype(np.float32)
        return np.asarray(of_words * parts[0] + of_concepts * parts[1] + of_latent * parts[2])

    def among(self, articles: Positions) -> NDArray[np.float64]:
        """Return how alike each two of some articles are; shape (some, some)."""
        words, concepts, latent = self.words[articles], self.concepts[articles], self.latent[articles]
        parts = (words @ words.T).toarray(), (concepts @ concepts.T).toarray(), latent @ latent.T
        return np.tensordot(shares(self.spread), np.clip(parts, 0.0, 1.0), axes=1)

    def shares_of_concepts(self, first: int, second: int) -> dict[int, float]:
        """Return what share of two articles' likeness by concepts each concept has, by its column; in sum 1."""
        return _shares(self.concepts, first, second)

    def shares_of_terms(self, first: int, second: int) -> dict[int, float]:
        """Return what share of two articles' likeness by words each term has, by its column; in sum 1."""
        return _shares(self.words, first, second)

    def nearest(self, article: int) -> int | None:
        """Return the article that is most like one; None where none is."""
        scores = self.alike([article])[0]
        scores[article] = 0.0
        best = int(np.argmax(scores))
        return best if scores[best] > 0 else None

    def pairs_alike(self, least: float) -> Iterator[tuple[int, int]]:
        """Yield each two articles whose cosine by words is `least` or more, in order."""
        for start in range(0, len(self.latent), _BLOCK):
            near = sparse.coo_array(self.words[start : start + _BLOCK] @ self._terms_first)
            wanted = (near.data >= least) & (near.row + start < near.col)
            yield from sorted(zip((near.row[wanted] + start).tolist(), near.col[wanted].tolist(), strict=True))

    def to_bytes(self) -> bytes:
        """Return the index as bytes, the same for the same corpus; `from_bytes` reads them."""
        arrays: dict[str, Any] = {"form": np.array(FORM), "build": np.array(self.build), "latent": _short(self.latent)}
        arrays |= {name: getattr(self, name) for name in ("terms", "spread")}
        for name, matrix in (("words", self.words), ("concepts", self.concepts)):
            parts = {"data": _short(matrix.data), "indices": matrix.indices, "indptr": matrix.indptr}
            arrays |= {f"{name}.{part}": value for part, value in parts.items()}
            arrays[f"{name}.shape"] = np.array(matrix.shape)
        buffer = BytesIO()
        np.savez(buffer, **arrays)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> RelatednessIndex:
        """Return the index that `to_bytes` made bytes of.

        Raises
        ------
        StoreError
            The bytes are damaged or of another version.
        """
        try:
            with np.load(BytesIO(data), allow_pickle=False) as stored:
                if int(stored["form"]) != FORM:
                    raise StoreError("the index of related articles is of another version; build again")
                arrays: dict[str, Any] = {name: stored[name] for name in ("terms", "spread")}
                arrays |= {name: _stored_matrix(stored, name) for name in ("words", "concepts")}
                return cls(build=str(stored["build"]), latent=stored["latent"].astype(np.float32), **arrays)
        except (BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
            raise StoreError(f"the index of related articles is damaged ({error}); build again") from None


def _shares(matrix: Matrix, first: int, second: int) -> dict[int, float]:
    starts = matrix.indptr
    one, other = (slice(starts[row], starts[row + 1]) for row in (first, second))
    both, at, of = np.intersect1d(matrix.indices[one], matrix.indices[other], assume_unique=True, return_indices=True)
    products = matrix.data[one][at] * matrix.data[other][of]
    whole = float(products.sum())
    return dict(zip(both.tolist(), (products / whole).tolist(), strict=True)) if whole > 0 else {}


def _stored_matrix(stored: Any, name: str) -> Matrix:
    data, indices, indptr, shape = (stored[f"{name}.{part}"] for part in ("data", "indices", "indptr", "shape"))
    return csr(data, indices, indptr, tuple(shape.tolist()))


def _short(values: NDArray[np.float32]) -> NDArray[np.float16]:
    return values.astype(np.float16)


def _rounded(matrix: Matrix) -> Matrix:
    """Return the matrix with the precision in which it is stored, so that a loaded index gives the same scores."""
    return csr(_short(matrix.data), matrix.indices, matrix.indptr, matrix.shape)


def build_index(records: Records, counts: Iterable[bytes] | None = None) -> RelatednessIndex:
    """Return the index of a corpus.

    Parameters
    ----------
    records
        The corpus.
    counts
        The terms of each article, as of `conceptgraph.extract.terms.counted`; counted here when not given.

    Returns
    -------
    RelatednessIndex
        The same for the same records.
    """
    words, terms = word_vectors(records, counts)
    words, concepts = _rounded(words), _rounded(concept_vectors(records))
    latent = _short(latent_vectors(concepts, dimensions(len(records.articles)))).astype(np.float32)
    index = RelatednessIndex(
        build=records.build, terms=terms, words=words, concepts=concepts, latent=latent, spread=np.zeros(0)
    )
    some = evenly(len(latent), SAMPLE)
    parts = index.by_words(some), index.by_concepts(some), index.by_latent(some)
    return replace(index, spread=np.array([spread_of(scores, some) for scores in parts]))


def word_vectors(records: Records, counts: Iterable[bytes] | None = None) -> tuple[Matrix, NDArray[np.uint32]]:
    """Return TF-IDF vectors of the articles' texts and of the definitions of what they speak of.

    A definition says in other words what an article is about (expanding a document before it is indexed: Singhal and
    Pereira 1999, "Document expansion for speech retrieval").

    Returns
    -------
    tuple
        Articles by terms, rows of length one, and what term each column stands for.
    """
    articles = len(records.articles)
    if counts is None:
        counts = (counted(article.title, article.text) for article in records.articles)
    defined = (listed(concept.definition) for concept in records.concepts)
    each, terms = count_matrix(chain(counts, defined))
    weights = mention_matrix(records, core=1 / PASSING) * (DEFINITIONS * PASSING)
    own = sparse.eye_array(articles, dtype=np.float32, format="csr")
    kept, terms = without_rare(sparse.hstack([own, weights], format="csr") @ each, terms)
    return unit_rows(heaviest(tfidf(kept))), terms
