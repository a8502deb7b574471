"""What the article stage found, in compact form: per article as bytes to keep, and for a whole corpus as arrays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from conceptgraph.columns import MENTION, WEIGHT, Mentions
from conceptgraph.vocabulary.compiled import dump, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from conceptgraph.columns import Ints, Weights
    from conceptgraph.cooccurrence import Relations
    from conceptgraph.model import ArticleConcept, Concept, Mention


class Numbers(dict[str, int]):
    """Numbers for names, in the order in which they are first asked for; the same as long as the graph folder stands.

    Examples
    --------
    >>> numbers = Numbers(["known"])
    >>> numbers["coordination"], numbers["known"], list(numbers)
    (1, 0, ['known', 'coordination'])
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        super().__init__({name: number for number, name in enumerate(names)})

    def __missing__(self, name: str) -> int:
        """Return the next number."""
        return self.setdefault(name, len(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found in one article.

    Parameters
    ----------
    mentions, weights
        Rows of dtype `MENTION` and `WEIGHT`.
    new
        The concepts that the vocabulary lacks, as JSON: ``[id, packed concept]`` each; empty for none.
    """

    mentions: bytes
    weights: bytes
    new: str = ""

    def proposals(self) -> list[Concept]:
        """Return the concepts that the vocabulary lacks."""
        return [unpack(id_, row, known=False) for id_, row in json.loads(self.new)] if self.new else []


def compact(
    mentions: Iterable[Mention],
    rows: Iterable[ArticleConcept],
    new: Sequence[Concept],
    *,
    concepts: Numbers,
    techniques: Numbers,
) -> Found:
    """Return what was found in an article, concepts and techniques by number."""
    places = [(m.start, m.end, concepts[m.concept], techniques[m.technique], m.confidence) for m in mentions]
    links = [(concepts[row.concept], row.weight, row.core, *row.quote) for row in rows]
    return Found(
        mentions=np.array(places, dtype=MENTION).tobytes(),
        weights=np.array(links, dtype=WEIGHT).tobytes(),
        new=dump([[concept.id, pack(concept)] for concept in new]) if new else "",
    )


def renumbered(found: Sequence[Found], concepts: Sequence[int], techniques: Sequence[int]) -> list[Found]:
    """Return the same with other numbers: `concepts` and `techniques` hold the new number at the place of the old."""
    whole = Corpus.of([], found, [], [])
    new_concepts, new_techniques = np.array(concepts, dtype=np.uint32), np.array(techniques, dtype=np.uint8)
    for table in (whole.mentions, whole.weights):
        table["concept"] = new_concepts[table["concept"]]
    whole.mentions["technique"] = new_techniques[whole.mentions["technique"]]
    mentions, weights = whole.mentions.tobytes(), whole.weights.tobytes()
    begins = np.array([0, 0])
    results = []
    for one, ends in zip(found, np.column_stack([whole.mention_ends, whole.weight_ends]), strict=True):
        (m, w), (m_end, w_end) = begins * _SIZES, ends * _SIZES
        results.append(Found(mentions=mentions[m:m_end], weights=weights[w:w_end], new=one.new))
        begins = ends
    return results


_SIZES = np.array([MENTION.itemsize, WEIGHT.itemsize])


@dataclass(slots=True, kw_only=True)
class Corpus:
    """What was found in all articles.

    Parameters
    ----------
    articles
        Ids of the articles, in order.
    mentions, weights
        Of dtype `MENTION` and `WEIGHT`.
    mention_ends, weight_ends
        Where each article's rows end; shape (articles,).
    concepts, techniques
        What the numbers stand for.
    new
        For the articles that propose concepts, their place and the concepts.
    """

    articles: Sequence[str]
    mentions: npt.NDArray[Any]
    mention_ends: Ints
    weights: npt.NDArray[Any]
    weight_ends: Ints
    concepts: Sequence[str]
    techniques: Sequence[str]
    new: list[tuple[int, list[Concept]]]

    @classmethod
    def of(
        cls, articles: Sequence[str], found: Sequence[Found], concepts: Sequence[str], techniques: Sequence[str]
    ) -> Corpus:
        """Return the results of articles in one."""
        return cls(
            articles=articles,
            mentions=np.frombuffer(bytearray().join(one.mentions for one in found), dtype=MENTION),
            mention_ends=_ends([len(one.mentions) for one in found], MENTION),
            weights=np.frombuffer(bytearray().join(one.weights for one in found), dtype=WEIGHT),
            weight_ends=_ends([len(one.weights) for one in found], WEIGHT),
            concepts=concepts,
            techniques=techniques,
            new=[(at, one.proposals()) for at, one in enumerate(found) if one.new],
        )

    def proposed(self) -> list[Concept]:
        """Return every proposal of every article, in order."""
        return list(chain.from_iterable(concepts for _, concepts in self.new))


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """What the corpus stage makes of a corpus.

    Parameters
    ----------
    mentions, mention_ends, weights
        As of the corpus, without the proposals that do not stand.
    concepts
        Those that an article mentions, by id.
    surely
        The confidence of the proposals among them, by id.
    relations
        By kind, source and target.
    """

    mentions: npt.NDArray[Any]
    mention_ends: Ints
    weights: Weights
    concepts: Sequence[Concept]
    surely: dict[str, float]
    relations: Relations

    def concept_ids(self) -> Sequence[str]:
        """Return the ids of the concepts, without making their records where they are made on demand."""
        ids: Sequence[str] | None = getattr(self.concepts, "ids", None)
        return ids if ids is not None else [concept.id for concept in self.concepts]

    def mention_columns(self, corpus: Corpus, texts: Sequence[str]) -> Mentions:
        """Return the mentions as a sequence of records."""
        return Mentions(
            self.mentions,
            self.mention_ends,
            articles=corpus.articles,
            texts=texts,
            concepts=corpus.concepts,
            techniques=corpus.techniques,
        )


def only(standing: npt.NDArray[np.bool_], table: npt.NDArray[Any], ends: Ints) -> tuple[npt.NDArray[Any], Ints]:
    """Return the rows whose concept stands, and where each article's then end."""
    kept = standing[table["concept"]] if len(table) else np.zeros(0, dtype=bool)
    if kept.all():
        return table, ends
    return table[kept], np.concatenate([[0], np.cumsum(kept)])[ends]


def set_confidence(mentions: npt.NDArray[Any], concepts: Sequence[str], surely: dict[str, float]) -> None:
    """Set the confidence of the mentions of proposals, in place: as surely as the corpus makes them."""
    if surely and len(mentions):
        by_number = np.array([surely.get(id_, np.nan) for id_ in concepts])
        given = by_number[mentions["concept"]]
        mentions["confidence"] = np.where(np.isnan(given), mentions["confidence"], given)


def _ends(sizes: list[int], of: np.dtype[Any]) -> Ints:
    return np.cumsum(np.array(sizes, dtype=np.int64) // of.itemsize)
