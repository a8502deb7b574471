"""One statement that a concept needs another, and how surely."""

from __future__ import annotations

from typing import Literal, get_args

from conceptgraph.model import record

Tier = Literal["vocabulary", "name", "definition", "mentions"]
"""What says that a concept needs another, the surest first."""

TIERS: tuple[Tier, ...] = get_args(Tier)


@record
class Prerequisite:
    """`concept` cannot be understood well without `needs`.

    Parameters
    ----------
    concept, needs
        Ids.
    tier
        What says so.
    confidence
        How surely, in [0, 1]; fixed by the tier, so that a surer kind of evidence always weighs more.
    reason
        One sentence for a reader.
    article, start, end
        Where an article shows it, in half-open character offsets; empty and zero where the vocabulary says it.
    """

    concept: str
    needs: str
    tier: Tier
    confidence: float
    reason: str
    article: str = ""
    start: int = 0
    end: int = 0
