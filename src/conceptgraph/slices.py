"""What the records say of one article or concept, found by bisection: the records are in the order of ids."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

from conceptgraph.columns import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from conceptgraph.model import Article, ArticleConcept, Mention, Records, Relation


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_Item = TypeVar("_Item", bound=_HasId)
_by_id = attrgetter("id")
_of_kind = attrgetter("kind")
_by_article = attrgetter("article")
_of_relation = attrgetter("kind", "source", "target")


def position(items: Sequence[_HasId], id_: str) -> int | None:
    """Return where the item with this id stands among items in the order of ids; None where there is none."""
    at = bisect_left(items, id_, key=_by_id)
    return at if at < len(items) and items[at].id == id_ else None


def with_id(items: Sequence[_Item], id_: str) -> _Item:
    """Return the item with this id of items in the order of ids.

    Raises
    ------
    KeyError
        There is none.
    """
    at = position(items, id_)
    if at is None:
        raise KeyError(id_)
    return items[at]


def titles(articles: Iterable[Article]) -> dict[str, str]:
    """Return the articles' titles by id, to be told apart: where several are called the same, each with its id.

    Examples
    --------
    >>> from conceptgraph.model import Article
    >>> titles(Article(id=id_, title=title, text="") for id_, title in (("a", "Notes"), ("b", "Notes"), ("c", "Raft")))
    {'a': 'Notes (a)', 'b': 'Notes (b)', 'c': 'Raft'}
    """
    called = {article.id: article.title for article in articles}
    often = Counter(called.values())
    return {id_: title if often[title] == 1 else f"{title} ({id_})" for id_, title in called.items()}


def mentions_of(records: Records, article: str) -> list[Mention]:
    """Return an article's mentions, by position."""
    start = bisect_left(records.mentions, article, key=_by_article)
    return [records.mentions[at] for at in range(start, bisect_right(records.mentions, article, key=_by_article))]


def relation_between(records: Records, kind: str, source: str, target: str) -> Relation | None:
    """Return the relation of a kind from one article or concept to another; None where there is none."""
    key = kind, source, target
    at = bisect_left(records.relations, key, key=_of_relation)
    there = at < len(records.relations) and _of_relation(records.relations[at]) == key
    return records.relations[at] if there else None


def relations_of(records: Records, kind: str) -> Iterator[Relation]:
    """Return the relations of a kind."""
    start, stop = (side(records.relations, kind, key=_of_kind) for side in (bisect_left, bisect_right))
    parts = (records.relations[at : min(at + AT_ONCE, stop)] for at in range(start, stop, AT_ONCE))
    return chain.from_iterable(parts)


def concepts_of(records: Records, article: str) -> list[ArticleConcept]:
    """Return how much an article is about each of its concepts, by falling weight."""
    start = bisect_left(records.article_concepts, article, key=_by_article)
    stop = bisect_right(records.article_concepts, article, key=_by_article)
    return [records.article_concepts[at] for at in range(start, stop)]
