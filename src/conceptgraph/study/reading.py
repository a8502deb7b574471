"""How long an article takes to read, and what of the needed it explains."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from conceptgraph.model import record
from conceptgraph.slices import concepts_of, with_id

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from conceptgraph.model import Article, ArticleConcept, Records

WORDS_A_MINUTE = 238
"""Silent reading of non-fiction by adults (Brysbaert 2019, "How many words do we read per minute?")."""
CODE_WORDS_A_MINUTE = 80
"""Code is read about three times as slowly; an estimate."""
EXPLAINS = 33
"""Least weight, in whole hundredths, of a concept that an article explains without being about it: defined in passing,
taken up again."""
UNIT = 2_100
"""What explaining a concept is worth that a goal needs directly. Worths are whole numbers, so that equals are equal to
the last bit, in whatever order they are added and in whatever language: all shares below divide this one."""
GOAL = 3 * UNIT
"""What explaining a goal is worth."""
MENTIONED = 4
"""An article's passing mention of a concept is worth this part of what its explaining it is."""


@record
class Reading:
    """An article as something to study from.

    Parameters
    ----------
    article
        Its id.
    minutes
        Whole minutes, at least one.
    explains
        Needed concepts that it is about or explains; see `EXPLAINS`.
    about
        Those of them that it is about.
    mentions
        Needed concepts that it only speaks of.
    asks
        What it is about and is neither needed nor known: reading that does not serve the goal.
    """

    article: str
    minutes: int
    explains: frozenset[str]
    about: frozenset[str]
    mentions: frozenset[str]
    asks: frozenset[str]


def minutes_of(article: Article, *, words_a_minute: int = WORDS_A_MINUTE) -> int:
    """Return the whole minutes that an article takes, code at a third of the speed.

    Parameters
    ----------
    article
        The article.
    words_a_minute
        Reading speed of plain text.
    """
    code = sum(len(article.text[s.start : s.end].split()) for s in article.spans if s.kind == "code_block")
    plain = max(0, len(article.text.split()) - code)
    slower = CODE_WORDS_A_MINUTE * words_a_minute / WORDS_A_MINUTE
    return max(1, ceil(plain / words_a_minute + code / slower))


def readings(
    records: Records,
    needed: Collection[str],
    *,
    known: Collection[str] = (),
    exclude: Collection[str] = (),
    words_a_minute: int = WORDS_A_MINUTE,
) -> list[Reading]:
    """Return the articles that explain anything needed, or speak of what none explains; by id.

    Parameters
    ----------
    records
        The corpus.
    needed, known
        Ids of concepts.
    exclude
        Ids of articles that are not to be read.
    words_a_minute
        Reading speed.
    """
    wanted = set(needed)
    rows = [row for row in records.article_concepts if row.concept in wanted and row.article not in exclude]
    explained = {row.concept for row in rows if _explains(row)}
    useful = sorted({row.article for row in rows if _explains(row) or row.concept not in explained})
    return [_reading(records, id_, wanted, known=known, words_a_minute=words_a_minute) for id_ in useful]


def _explains(row: ArticleConcept) -> bool:
    return row.core or hundredths(row) >= EXPLAINS


def hundredths(row: ArticleConcept) -> int:
    """Return a weight as the page has it; what no reader can see decides nothing."""
    return round(100 * row.weight)


def _reading(
    records: Records, article: str, needed: Collection[str], *, known: Collection[str], words_a_minute: int
) -> Reading:
    rows = concepts_of(records, article)
    explains = frozenset(row.concept for row in rows if _explains(row) and row.concept in needed)
    return Reading(
        article=article,
        minutes=minutes_of(with_id(records.articles, article), words_a_minute=words_a_minute),
        explains=explains,
        about=frozenset(row.concept for row in rows if row.core and row.concept in needed),
        mentions=frozenset(row.concept for row in rows if row.concept in needed) - explains,
        asks=frozenset(row.concept for row in rows if row.core and row.concept not in needed) - set(known),
    )


def worths(order: Sequence[str], goals: Collection[str], depth: Mapping[str, int]) -> dict[str, int]:
    """Return what it is worth to have each needed concept explained: most for a goal, less the farther from one.

    Parameters
    ----------
    order
        The needed concepts.
    goals
        Those of them that are goals.
    depth
        How many steps each is from the nearest goal.
    """
    return {id_: GOAL if id_ in goals else 4 * UNIT // (3 + depth.get(id_, 1)) for id_ in order}
