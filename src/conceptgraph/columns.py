"""Sequences of records that lie in arrays: a record is made when it is asked for.

A corpus of 100,000 articles has millions of mentions; as objects they would take gigabytes. What is the same for many
records (ids, texts, names of techniques) is kept once and pointed to by number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

import numpy as np

from conceptgraph.model import ArticleConcept, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from conceptgraph.model import Article

    Ints = npt.NDArray[np.int64]

MENTION = np.dtype([("start", "<u4"), ("end", "<u4"), ("concept", "<u4"), ("technique", "u1"), ("confidence", "<f8")])
"""A mention without its article: character offsets, numbers of concept and technique, confidence. 21 bytes."""
WEIGHT = np.dtype([("concept", "<u4"), ("weight", "<f8"), ("core", "?"), ("start", "<u4"), ("end", "<u4")])
"""An article-concept link without its article; the last two are the offsets of its quote."""

AT_ONCE = 1_000
"""How many items are made together where all are asked for one after another."""

Item_co = TypeVar("Item_co", covariant=True)


class Columns(Sequence[Item_co]):
    """A sequence whose items are made when they are asked for; equal to any sequence of the same items."""

    __slots__ = ()

    def one(self, at: int) -> Item_co:
        """Return the item at a place from 0 to the length."""
        raise NotImplementedError

    def some(self, places: range) -> Iterable[Item_co]:
        """Return the items at some places; for those that take less time together than one by one."""
        return map(self.one, places)

    @overload
    def __getitem__(self, at: int) -> Item_co: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Item_co]: ...

    def __getitem__(self, at: int | slice) -> Item_co | Sequence[Item_co]:
        """Return an item, or a tuple of those in a slice."""
        if isinstance(at, slice):
            return tuple(self.some(range(*at.indices(len(self)))))
        place = range(len(self))[at]  # raises IndexError, counts from the end
        return self.one(place)

    def __iter__(self) -> Iterator[Item_co]:
        """Iterate over the items."""
        for begin in range(0, len(self), AT_ONCE):
            yield from self.some(range(begin, min(begin + AT_ONCE, len(self))))

    def __eq__(self, other: object) -> bool:
        """Whether the other sequence has the same items."""
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        """Return what equal sequences share."""
        return hash(len(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self)} items)"


class Mentions(Columns[Mention]):
    """Mentions in the order of their articles and places.

    Parameters
    ----------
    table
        Of dtype `MENTION`.
    ends
        Where each article's mentions end in `table`; shape (articles,).
    articles, texts
        Ids and texts of the articles.
    concepts, techniques
        What the numbers in `table` stand for.
    """

    __slots__ = ("articles", "concepts", "ends", "table", "techniques", "texts")

    def __init__(
        self,
        table: npt.NDArray[Any],
        ends: Ints,
        *,
        articles: Sequence[str],
        texts: Sequence[str],
        concepts: Sequence[str],
        techniques: Sequence[str],
    ) -> None:
        self.table = table
        self.ends = ends
        self.articles = articles
        self.texts = texts
        self.concepts = concepts
        self.techniques = techniques

    def __len__(self) -> int:
        return len(self.table)

    def one(self, at: int) -> Mention:
        """Return a mention."""
        article = int(np.searchsorted(self.ends, at, side="right"))
        return self._mention(article, self.table[at].item())

    def __iter__(self) -> Iterator[Mention]:
        """Iterate article by article."""
        begin = 0
        for article, end in enumerate(self.ends.tolist()):
            for row in self.table[begin:end].tolist():
                yield self._mention(article, row)
            begin = end

    def article_numbers(self) -> Ints:
        """Return the place of each mention's article; shape (mentions,)."""
        return _repeated(self.ends)

    def of_article(self, article: int) -> list[Mention]:
        """Return the mentions in the article at a place."""
        begin = int(self.ends[article - 1]) if article else 0
        return [self._mention(article, row) for row in self.table[begin : self.ends[article]].tolist()]

    def _mention(self, article: int, row: tuple[int, int, int, int, float]) -> Mention:
        start, end, concept, technique, confidence = row
        return Mention(
            article=self.articles[article],
            concept=self.concepts[concept],
            start=start,
            end=end,
            surface=self.texts[article][start:end],
            technique=self.techniques[technique],
            confidence=confidence,
        )


class Weights(Columns[ArticleConcept]):
    """Article-concept links in the order of their articles, and by falling weight; parameters as of `Mentions`."""

    __slots__ = ("articles", "concepts", "ends", "table")

    def __init__(
        self, table: npt.NDArray[Any], ends: Ints, *, articles: Sequence[str], concepts: Sequence[str]
    ) -> None:
        self.table = table
        self.ends = ends
        self.articles = articles
        self.concepts = concepts

    def __len__(self) -> int:
        return len(self.table)

    def one(self, at: int) -> ArticleConcept:
        """Return a link."""
        article = int(np.searchsorted(self.ends, at, side="right"))
        return self._link(self.articles[article], self.table[at].item())

    def __iter__(self) -> Iterator[ArticleConcept]:
        """Iterate article by article."""
        begin = 0
        for id_, end in zip(self.articles, self.ends.tolist(), strict=True):
            for row in self.table[begin:end].tolist():
                yield self._link(id_, row)
            begin = end

    def _link(self, article: str, row: tuple[int, float, bool, int, int]) -> ArticleConcept:
        number, weight, core, start, end = row
        concept = self.concepts[number]
        return ArticleConcept(article=article, concept=concept, weight=weight, core=core, quote=(start, end))

    def article_numbers(self) -> Ints:
        """Return the place of each link's article; shape (links,)."""
        return _repeated(self.ends)


def _repeated(ends: Ints) -> Ints:
    """Return each place as often as it has rows."""
    return np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))


def mentions_of(rows: Iterable[Mention], articles: Iterable[Article]) -> Mentions:
    """Return mentions as columns, in the order of their articles.

    Parameters
    ----------
    rows
        The mentions.
    articles
        All articles, in order.
    """
    if isinstance(rows, Mentions):
        return rows
    texts = {article.id: article.text for article in articles}
    of_article: dict[str, list[tuple[int, int, int, int, float]]] = {id_: [] for id_ in texts}
    concepts: dict[str, int] = {}
    techniques: dict[str, int] = {}
    for row in rows:
        numbers = concepts.setdefault(row.concept, len(concepts)), techniques.setdefault(row.technique, len(techniques))
        of_article[row.article].append((row.start, row.end, *numbers, row.confidence))
    table = np.array([place for places in of_article.values() for place in places], dtype=MENTION)
    ends = np.cumsum([len(places) for places in of_article.values()], dtype=np.int64)
    names = {"articles": list(texts), "concepts": list(concepts), "techniques": list(techniques)}
    return Mentions(table, ends, texts=list(texts.values()), **names)


def weights_of(rows: Iterable[ArticleConcept], articles: Sequence[Article] | None = None) -> Weights:
    """Return links as columns, in the order of their articles.

    Parameters
    ----------
    rows
        The links.
    articles
        All articles, in order; those of `rows` in the order of their ids when they are not given.
    """
    if isinstance(rows, Weights):
        return rows
    of_article: dict[str, list[tuple[int, float, bool, int, int]]] = {article.id: [] for article in articles or ()}
    numbers: dict[str, int] = {}
    for row in rows:
        number = numbers.setdefault(row.concept, len(numbers))
        of_article.setdefault(row.article, []).append((number, row.weight, row.core, *row.quote))
    ordered = list(of_article) if articles is not None else sorted(of_article)
    table = np.array([link for id_ in ordered for link in of_article[id_]], dtype=WEIGHT)
    ends = np.cumsum([len(of_article[id_]) for id_ in ordered], dtype=np.int64)
    return Weights(table, ends, articles=ordered, concepts=list(numbers))
