"""What articles show: those about B speak of A, those about A do not speak of B.

The asymmetry is that of reference distance (Liang, Wu, Huang and Giles 2015, "Measuring prerequisite relations among
concepts", EMNLP), taken over mentions instead of hyperlinks.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from conceptgraph.prerequisites.edge import Prerequisite

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from conceptgraph.model import Mention, Records

LEAST = 2
"""Least number of articles about a concept that must speak of another: one is no pattern."""
BASE, STEP, MOST = 0.3, 0.04, 0.4
"""Confidence with `LEAST` articles, what each further one adds, and the most that it comes to."""


def mentioned(records: Records, ids: Container[str]) -> Iterator[Prerequisite]:
    """Yield what the articles about each concept of `ids` speak of, where the reverse is not so.

    Parameters
    ----------
    records
        The corpus.
    ids
        The concepts of whose needs something is to be said.
    """
    about: dict[str, set[str]] = defaultdict(set)
    speaks: dict[str, set[str]] = defaultdict(set)
    for row in records.article_concepts:
        speaks[row.article].add(row.concept)
        if row.core:
            about[row.concept].add(row.article)
    kinds = {concept.id: concept.kind for concept in records.concepts}
    names = {concept.id: concept.name for concept in records.concepts}
    first = _first_mentions(records)
    for concept in sorted(id_ for id_ in about if id_ in ids and len(about[id_]) >= LEAST):
        counts: dict[str, int] = defaultdict(int)
        for article in about[concept]:
            for other in speaks[article]:
                counts[other] += 1
        for other, count in sorted(counts.items()):
            if other == concept or count < LEAST or kinds[other] == "organization" or not about[other]:
                continue
            if reference_distance(concept, other, about=about, speaks=speaks) > 0:
                where = first.get((min(a for a in about[concept] if other in speaks[a]), other))
                yield Prerequisite(
                    concept=concept,
                    needs=other,
                    tier="mentions",
                    confidence=round(min(BASE + STEP * (count - LEAST), MOST), 3),
                    reason=f"{count} articles about {names[concept]} speak of {names[other]}, and not the reverse.",
                    # Weights may come without the mentions behind them.
                    article=where.article if where else "",
                    start=where.start if where else 0,
                    end=where.end if where else 0,
                )


def reference_distance(concept: str, other: str, *, about: dict[str, set[str]], speaks: dict[str, set[str]]) -> float:
    """Return the share of articles about `concept` that speak of `other`, less the reverse; in [-1, 1].

    Parameters
    ----------
    concept, other
        Ids.
    about
        The articles about each concept.
    speaks
        The concepts that each article speaks of.
    """

    def share(of: str, named: str) -> float:
        return sum(named in speaks[article] for article in about[of]) / len(about[of]) if about[of] else 0.0

    return share(concept, other) - share(other, concept)


def _first_mentions(records: Records) -> dict[tuple[str, str], Mention]:
    first: dict[tuple[str, str], Mention] = {}
    for mention in records.mentions:
        first.setdefault((mention.article, mention.concept), mention)
    return first
