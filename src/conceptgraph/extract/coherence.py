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
    from collections.abc import Collection, Iterable, Mapping

WEIGHT = 3.7
"""What it adds to the log-odds if all others are related, less what is usual."""
USUAL = 0.1
"""Share of others that are related to a concept as a rule: it says nothing."""
SMOOTHING = 4.0
"""So many others of the usual share are thought to stand in each article, since few say little."""
LEAST = -WEIGHT * USUAL
"""What it takes from the log-odds at most: if none of very many others is related."""


_BITS = tuple(1 << number for number in range(8))


class Coherence:
    """Weighs doubtful concepts against sure ones.

    Parameters
    ----------
    neighbours
        Ids of the concepts that a fact joins to each, between spaces, by id.
    """

    def __init__(self, neighbours: Mapping[str, str]) -> None:
        self._rows = neighbours
        self._numbers = dict(zip(neighbours, range(len(neighbours)), strict=True))
        self._related: dict[str, int] = {}

    def of(self, doubtful: Iterable[str], sure: Collection[str]) -> dict[str, float]:
        """Return what the sure concepts add to the log-odds of each doubtful one; 0 where no fact tells of it.

        Parameters
        ----------
        doubtful, sure
            Ids; each stands once, a concept may be among both.

        Examples
        --------
        >>> facts = {"lock": "deadlock", "deadlock": "lock transaction", "transaction": "deadlock"}
        >>> Coherence(facts).of(["lock"], ["deadlock", "transaction", "cobol"])["lock"]
        0.9
        """
        present, known, numbers = self._bits(sure), self._related, self._numbers
        said = {}
        for concept in doubtful:
            if concept not in numbers:
                said[concept] = 0.0
                continue
            related = known.get(concept)
            if related is None:
                related = known[concept] = self._related_to(concept)
            said[concept] = _worth((present & related).bit_count(), len(sure) - (concept in sure))
        return said

    def _related_to(self, concept: str) -> int:
        """Return the bits of the concepts that one or two facts join to one, itself left out."""
        near = self._rows[concept].split()
        further = [one for other in near for one in self._rows[other].split()]
        return self._bits([*near, *further]) & ~self._bits([concept])

    def _bits(self, concepts: Iterable[str]) -> int:
        """Return a set as a number, the bits of its concepts set: the quickest way to count what two have in common."""
        bits = bytearray(len(self._numbers) // 8 + 1)
        for number in map(self._numbers.get, concepts):
            if number is not None:
                bits[number >> 3] |= _BITS[number & 7]
        return int.from_bytes(bits, "little")


@lru_cache(maxsize=10_000)
def _worth(related: int, others: int) -> float:
    """Return what so many related ones of so many others add to the log-odds, to two decimals."""
    return round(WEIGHT * (related - USUAL * others) / (others + SMOOTHING), 2)
