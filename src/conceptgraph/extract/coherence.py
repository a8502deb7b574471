"""How well a doubtful label's concept fits what else an article surely speaks of.

Of "lock" in an article about transactions, isolation levels and deadlocks the other concepts say that it is the one of
databases. What counts is the share of the article's sure concepts that facts of the vocabulary join to the doubtful
one, directly or over one concept between them: the relatedness to the unambiguous context of Milne and Witten 2008,
"Learning to link with Wikipedia". It moves the prior's log-odds, as how the label stands does; what it is worth was
learned from labelled articles with priors from others (logistic regression with the prior as offset):
``benchmarks/learn_evidence.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

WEIGHT = 3.7
"""What it adds to the log-odds if all others are related, less what is usual."""
USUAL = 0.1
"""Share of others that are related to a concept as a rule: it says nothing."""
SMOOTHING = 4.0
"""So many others of the usual share are thought to stand in each article, since few say little."""


class Coherence:
    """Weighs doubtful concepts against sure ones.

    Parameters
    ----------
    neighbours
        Ids of the concepts that a fact joins to each, between spaces, by id.
    """

    def __init__(self, neighbours: Mapping[str, str]) -> None:
        self._rows = neighbours
        self._neighbours: dict[str, frozenset[str]] = {}

    def of(self, concept: str, sure: Set[str]) -> float:
        """Return what the sure concepts add to the log-odds of a doubtful one; 0 where no fact tells of it.

        Examples
        --------
        >>> facts = {"lock": "deadlock", "deadlock": "lock transaction", "transaction": "deadlock"}
        >>> round(Coherence(facts).of("lock", {"deadlock", "transaction", "cobol"}), 2)
        0.9
        """
        near = self._near(concept)
        if not near:
            return 0.0
        others = len(sure) - (concept in sure)
        related = sum(one in near or not near.isdisjoint(self._near(one)) for one in sure if one != concept)
        return WEIGHT * (related - USUAL * others) / (others + SMOOTHING)

    def _near(self, concept: str) -> frozenset[str]:
        found = self._neighbours.get(concept)
        if found is None:
            found = self._neighbours[concept] = frozenset(self._rows.get(concept, "").split())
        return found
