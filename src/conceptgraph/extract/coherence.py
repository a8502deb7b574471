"""How well a doubtful label's concept fits what else an article surely speaks of.

Of "lock" in an article about transactions, isolation levels and deadlocks the other concepts say that it is the one of
databases. What counts is the share of the article's sure concepts that facts of the vocabulary join to the doubtful
one, directly or over one concept between them: the relatedness to the unambiguous context of Milne and Witten 2008,
"Learning to link with Wikipedia". It moves the prior's log-odds, as how the label stands does; what it is worth was
learned from labelled articles with priors from others (logistic regression with the prior as offset):
``benchmarks/learn_evidence.py``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

WEIGHT = 3.7
"""What it adds to the log-odds if all others are related, less what is usual."""
USUAL = 0.1
"""Share of others that are related to a concept as a rule: it says nothing."""
SMOOTHING = 4.0
"""So many others of the usual share are thought to stand in each article, since few say little."""
MAX_KNOWN = 5_000
"""Of so many concepts it is remembered what is related to them."""
LEAST = -WEIGHT * USUAL
"""What it takes from the log-odds at most: if none of very many others is related."""


class Coherence:
    """Weighs doubtful concepts against sure ones.

    Parameters
    ----------
    neighbours
        Ids of the concepts that a fact joins to each, between spaces, by id.
    """

    def __init__(self, neighbours: Mapping[str, str]) -> None:
        self._rows = neighbours
        self._related: dict[str, frozenset[str]] = {}
        self._ids = {id_: id_ for id_ in neighbours}

    def of(self, doubtful: Iterable[str], sure: Set[str]) -> dict[str, float]:
        """Return what the sure concepts add to the log-odds of each doubtful one; 0 where no fact tells of it.

        Parameters
        ----------
        doubtful, sure
            Ids; a concept may be among both.

        Examples
        --------
        >>> facts = {"lock": "deadlock", "deadlock": "lock transaction", "transaction": "deadlock"}
        >>> Coherence(facts).of(["lock"], {"deadlock", "transaction", "cobol"})["lock"]
        0.9
        """
        known = self._related
        said = {}
        for concept in doubtful:
            related = known.get(concept)
            if related is None:
                related = self.related_to(concept)
            said[concept] = _worth(len(related & sure), len(sure) - (concept in sure)) if related else 0.0
        return said

    def related_to(self, concept: str) -> frozenset[str]:
        """Return the concepts that one or two facts join to one, itself left out."""
        near = self._rows.get(concept, "").split()
        further = [one for other in near for one in self._rows[other].split()]
        found = frozenset(map(self._ids.__getitem__, {*near, *further} - {concept}))
        if len(self._related) >= MAX_KNOWN:
            self._related.clear()
        self._related[concept] = found
        return found


@lru_cache(maxsize=10_000)
def _worth(related: int, others: int) -> float:
    """Return what so many related ones of so many others add to the log-odds, to two decimals."""
    return round(WEIGHT * (related - USUAL * others) / (others + SMOOTHING), 2)
