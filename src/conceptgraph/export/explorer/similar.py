"""The related articles that the page lists, as `conceptgraph related` ranks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.columns import weights_of
from conceptgraph.relatedness import MEASURES, build_index

if TYPE_CHECKING:
    from conceptgraph.export.explorer.inputs import Related
    from conceptgraph.model import Records

MOST = 1_000
"""Up to so many articles their related ones are worked out for the page; of more it lists those that share concepts."""
LISTED, SHARED = 10, 5
"""How many articles are listed of each, and how many shared concepts of each of these."""


def related_lists(records: Records) -> dict[str, list[Related]]:
    """Return for each article's id those most related to it: id, score, and the concepts that say most of both.

    Empty for more than `MOST` articles.
    """
    if not 0 < len(records.articles) <= MOST:
        return {}
    index = build_index(records)
    ids = [article.id for article in records.articles]
    names = [concept.id for concept in records.concepts]
    rows = weights_of(records.article_concepts, records.articles)
    mentioned = [
        {rows.concepts[number] for number in part["concept"].tolist()} for part in np.split(rows.table, rows.ends[:-1])
    ]
    found: dict[str, list[Related]] = {}
    for at, id_ in enumerate(ids):
        scores = MEASURES["fusion"](index, at)
        scores[at] = 0.0
        ranked = np.argsort(-scores, kind="stable")[:LISTED]
        found[id_] = [
            (
                ids[other],
                float(scores[other]),
                _shared(index.shares_of_concepts(at, other), names, mentioned[at] & mentioned[other]),
            )
            for other in ranked.tolist()
            if scores[other] > 0
        ]
    return found


def _shared(shares: dict[int, float], names: list[str], both: set[str]) -> list[str]:
    """Return the ids of the concepts that both articles mention, those first that say most."""
    ranked = sorted(shares, key=lambda at: (-shares[at], at))
    return [names[at] for at in ranked if at < len(names) and names[at] in both][:SHARED]
