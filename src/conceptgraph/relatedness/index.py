"""What is worked out once for a corpus so that related articles can be found at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
from scipy import sparse

from conceptgraph.errors import StoreError
from conceptgraph.relatedness.concept_vectors import concept_vectors, mention_matrix
from conceptgraph.relatedness.fusion import cosine_spreads, sample, spread_of
from conceptgraph.relatedness.latent import dimensions, latent_vectors
from conceptgraph.relatedness.neighbours import nearest_neighbours
from conceptgraph.relatedness.pairs import Pairs
from conceptgraph.relatedness.random_walk import transitions, walk
from conceptgraph.relatedness.terms import column, counted, words
from conceptgraph.relatedness.tfidf import count_matrix, heaviest, tfidf, unit_rows, without_rare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from conceptgraph.model import Records
    from conceptgraph.relatedness.tfidf import Matrix

FORM = 1
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
    columns
        The number of each term that a column of `words` stands for (`conceptgraph.relatedness.terms.column`).
    words
        TF-IDF of texts and of their concepts' definitions, articles by terms, rows of length one.
    concepts
        Concept vectors, articles by concepts, rows of length one.
    latent
        Latent vectors of the two together, articles by dimensions, rows of length one.
    nearest, closeness
        Each article's nearest neighbours by these three, -1 where there are fewer, and how near.
    spread
        The standard deviation of each part's scores over pairs of articles, in the order of `PARTS`.
    """

    build: str
    columns: NDArray[np.int64]
    words: Matrix
    concepts: Matrix
    latent: NDArray[np.float32]
    nearest: NDArray[np.int32]
    closeness: NDArray[np.float32]
    spread: NDArray[np.float64]

    @cached_property
    def by_term(self) -> Matrix:
        """Terms by articles."""
        return sparse.csr_array(self.words.T.tocsr())

    @cached_property
    def by_concept(self) -> Matrix:
        """Concepts by articles."""
        return sparse.csr_array(self.concepts.T.tocsr())

    @cached_property
    def pairs(self) -> Pairs:
        """Scores of an article with a few others, without the walk."""
        return Pairs(self.words, self.concepts, self.latent, self.spread[:3])

    @cached_property
    def step(self) -> Matrix:
        """Probabilities of the random walk's next step, articles by articles."""
        return transitions(self.nearest, self.closeness)

    def to_bytes(self) -> bytes:
        """Return the index as bytes, the same for the same corpus; `from_bytes` reads them."""
        arrays: dict[str, Any] = {"form": np.array(FORM), "build": np.array(self.build), "latent": _short(self.latent)}
        arrays |= {name: getattr(self, name) for name in ("columns", "nearest", "closeness", "spread")}
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
                arrays: dict[str, Any] = {name: stored[name] for name in ("columns", "nearest", "closeness", "spread")}
                arrays |= {name: _stored_matrix(stored, name) for name in ("words", "concepts")}
                return cls(build=str(stored["build"]), latent=stored["latent"].astype(np.float32), **arrays)
        except (BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
            raise StoreError(f"the index of related articles is damaged ({error}); build again") from None


def _stored_matrix(stored: Any, name: str) -> Matrix:
    data, indices, indptr, shape = (stored[f"{name}.{part}"] for part in ("data", "indices", "indptr", "shape"))
    return sparse.csr_array((data.astype(np.float32), indices, indptr), shape=tuple(shape.tolist()))


def _short(values: NDArray[np.float32]) -> NDArray[np.float16]:
    return values.astype(np.float16)


def _rounded(matrix: Matrix) -> Matrix:
    """Return the matrix with the precision in which it is stored, so that a loaded index gives the same scores."""
    return sparse.csr_array((_short(matrix.data).astype(np.float32), matrix.indices, matrix.indptr), shape=matrix.shape)


def build_index(records: Records, *, progress: Callable[[int, int], None] | None = None) -> RelatednessIndex:
    """Return the index of a corpus.

    Parameters
    ----------
    records
        The corpus.
    progress
        Called with the number of articles whose words were counted and of all articles.

    Returns
    -------
    RelatednessIndex
        The same for the same records.
    """
    words, columns = word_vectors(records, progress=progress)
    concepts = concept_vectors(records)
    words, concepts = _rounded(words), _rounded(concepts)
    both = sparse.csr_array(sparse.hstack([words, concepts]))
    latent = _short(latent_vectors(both, dimensions(len(records.articles)))).astype(np.float32)
    spread = np.array(cosine_spreads(words, concepts, latent))
    nearest, closeness = nearest_neighbours(latent, Pairs(words, concepts, latent, spread))
    return RelatednessIndex(
        build=records.build,
        columns=columns,
        words=words,
        concepts=concepts,
        latent=latent,
        nearest=nearest,
        closeness=closeness,
        spread=np.append(spread, _walk_spread(nearest, closeness)),
    )


def word_vectors(
    records: Records, *, progress: Callable[[int, int], None] | None = None
) -> tuple[Matrix, NDArray[np.int64]]:
    """Return TF-IDF vectors of the articles' texts and of the definitions of what they speak of.

    A definition says in other words what an article is about (expanding a document before it is indexed: Singhal and
    Pereira 1999, "Document expansion for speech retrieval").

    Returns
    -------
    tuple
        Articles by terms, rows of length one, and what term each column stands for.
    """
    articles = len(records.articles)

    def texts() -> Iterator[Counter[int]]:
        for number, article in enumerate(records.articles, 1):
            yield counted(article.title, article.text)
            if progress:
                progress(number, articles)

    definitions = (Counter(map(column, words(concept.definition))) for concept in records.concepts)
    counts, columns = count_matrix(chain(texts(), definitions))
    weights = mention_matrix(records, core=1 / PASSING) * (DEFINITIONS * PASSING)
    whole = sparse.csr_array(counts[:articles] + weights @ counts[articles:])
    kept, columns = without_rare(whole, columns)
    return unit_rows(heaviest(tfidf(kept))), columns


def _walk_spread(nearest: NDArray[np.int32], closeness: NDArray[np.float32]) -> float:
    chosen, step = sample(len(nearest)), transitions(nearest, closeness)
    walks = [np.sqrt(walk(step, int(at))) for at in chosen]
    return spread_of(np.stack(walks), chosen) if walks else 0.0
