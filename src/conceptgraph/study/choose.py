"""Which articles to read: as much of the needed as the minutes allow."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from conceptgraph.study.reading import MENTIONED, UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conceptgraph.study.reading import Reading

EXACT = 12
"""Up to so many articles all choices are tried; beyond, the greedy one, or one article if that is worth more alone."""
ASIDE = UNIT // 50
"""What each concept that an article is about and that does not serve the goal takes off its worth."""
MOST_ASIDE = 10
"""How many such concepts count at most."""
LEAST = 3 * UNIT // 10
"""Least worth of what an article adds for it to be read at all."""


def worth_of(chosen: Sequence[Reading], worths: Mapping[str, int]) -> int:
    """Return the worth of reading some articles: each needed concept once, as well as the best of them has it."""
    explained = {id_ for one in chosen for id_ in one.explains}
    spoken = {id_ for one in chosen for id_ in one.mentions} - explained
    aside = sum(min(len(one.asks), MOST_ASIDE) for one in chosen)
    return sum(worths[id_] for id_ in explained) + sum(worths[id_] // MENTIONED for id_ in spoken) - ASIDE * aside


def choose(candidates: Sequence[Reading], worths: Mapping[str, int], *, minutes: int | None) -> list[Reading]:
    """Return the articles to read, by id.

    Maximum coverage within a budget (Khuller, Moss and Naor 1999, "The budgeted maximum coverage problem"): exact for
    few articles, else greedy by worth a minute, against the best single article.

    Parameters
    ----------
    candidates
        What could be read.
    worths
        What it is worth to have each needed concept explained.
    minutes
        The budget, kept exactly; None for as long as something is added that is worth reading.
    """
    greedy = _greedy(candidates, worths, minutes)
    if minutes is None:
        return sorted(greedy, key=lambda one: one.article)
    fitting = [one for one in candidates if one.minutes <= minutes]
    options = [greedy, *([one] for one in fitting)]
    if len(fitting) <= EXACT:
        options = [
            list(some)
            for size in range(len(fitting) + 1)
            for some in combinations(fitting, size)
            if sum(one.minutes for one in some) <= minutes
        ]
    best = max(options, key=lambda some: (worth_of(some, worths), -sum(one.minutes for one in some)), default=[])
    return sorted(best, key=lambda one: one.article)


def _greedy(candidates: Sequence[Reading], worths: Mapping[str, int], minutes: int | None) -> list[Reading]:
    chosen: list[Reading] = []
    left = sorted(candidates, key=lambda one: one.article)
    explained: set[str] = set()
    spoken: set[str] = set()
    explainable = {id_ for one in candidates for id_ in one.explains}
    spent = 0

    def gain(one: Reading) -> int:
        """Return what an article adds to those chosen: the difference that it makes to `worth_of`."""
        new = sum(worths[id_] - (worths[id_] // MENTIONED if id_ in spoken else 0) for id_ in one.explains - explained)
        aside = sum(worths[id_] // MENTIONED for id_ in one.mentions - explained - spoken)
        return new + aside - ASIDE * min(len(one.asks), MOST_ASIDE)

    while left:
        left = [one for one in left if minutes is None or spent + one.minutes <= minutes]
        gains = [(gain(one), one) for one in left]
        # Without a budget everything could be read for a passing mention: only what explains something is, or speaks of
        # what no article explains.
        useful = [
            (more, one)
            for more, one in gains
            if more >= LEAST
            and (minutes is not None or one.explains - explained or one.mentions - spoken - explained - explainable)
        ]
        if not useful:
            break
        _, best = max(useful, key=lambda pair: pair[0] / pair[1].minutes)
        chosen.append(best)
        left.remove(best)
        explained |= best.explains
        spoken |= best.mentions
        spent += best.minutes
    return chosen
