"""The related articles that the page lists, as `conceptgraph related` ranks them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.article_rows import article_ids
from conceptgraph.columns import weights_of
from conceptgraph.relatedness import build_index
from conceptgraph.relatedness.measures import fused

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from conceptgraph.export.explorer.inputs import Related
    from conceptgraph.model import Records
    from conceptgraph.relatedness import RelatednessIndex
    from conceptgraph.relatedness.index import Positions

MOST = 1_000
"""Up to so many articles their related ones are worked out for the page; of more it lists those that share concepts."""
LISTED, SHARED = 10, 5
"""How many articles are listed of each, and how many shared concepts of each of these."""


@dataclass(frozen=True, slots=True)
class _AllAlike:
    """How alike all articles are, worked out at once: what `fused` asks of an index, in a fifth of the time."""

    of_all: NDArray[np.float32]
    pairs: NDArray[np.float64]

    @classmethod
    def of(cls, index: RelatednessIndex, articles: int) -> _AllAlike:
        everything = np.arange(articles)
        return cls(index.alike(everything), index.among(everything))

    def alike(self, articles: Positions) -> NDArray[np.float32]:
        return np.asarray(self.of_all[articles])

    def among(self, articles: Positions) -> NDArray[np.float64]:
        places = np.asarray(articles)
        return np.asarray(self.pairs[places[:, None], places])


def related_lists(records: Records, index: Callable[[], RelatednessIndex] | None = None) -> dict[str, list[Related]]:
    """Return for each article's id those most related to it: id, score, and the concepts that say most of both.

    Empty for more than `MOST` articles.

    Parameters
    ----------
    records
        The graph.
    index
        Gives the index of these records; made when not given.
    """
    if not 0 < len(records.articles) <= MOST:
        return {}
    of = index() if index else build_index(records)
    likeness = _AllAlike.of(of, len(records.articles))
    ids = article_ids(records.articles)
    names = [concept.id for concept in records.concepts]
    rows = weights_of(records.article_concepts, records.articles)
    mentioned = [
        {rows.concepts[number] for number in part["concept"].tolist()} for part in np.split(rows.table, rows.ends[:-1])
    ]
    found: dict[str, list[Related]] = {}
    for at, id_ in enumerate(ids):
        scores = fused(likeness, at)
        scores[at] = 0.0
        ranked = np.argsort(-scores, kind="stable")[:LISTED]
        found[id_] = [
            (
                ids[other],
                float(scores[other]),
                _shared(of.shares_of_concepts(at, other), names, mentioned[at] & mentioned[other]),
            )
            for other in ranked.tolist()
            if scores[other] > 0
        ]
    return found


def _shared(shares: dict[int, float], names: list[str], both: set[str]) -> list[str]:
    """Return the ids of the concepts that both articles mention, those first that say most."""
    ranked = sorted(shares, key=lambda at: (-shares[at], at))
    return [names[at] for at in ranked if at < len(names) and names[at] in both][:SHARED]
