"""The pairs of concepts that attract each other most, counted anew or from the pairs of nearly the same corpus."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from conceptgraph.columns import Ints, Weights

    Floats = npt.NDArray[np.float64]

STRONGEST = 50
"""A pair is kept when it is among so many strongest of either concept: all pairs would grow with their square."""
_BLOCK = 256
"""How many concepts are paired with all others at a time: what bounds memory."""
_WORTH_IT = 3_000_000
"""How many meetings of two concepts are counted one by one at most; more are counted anew with all others."""
_MOST = (1 << 20) - 1
"""The most articles, and concepts, that are told apart when the strongest pairs are picked."""
_DIGITS = 10_000
"""Steps between NPMI 0 and 1 that are told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs of concepts by number, in the order of their ids; each array has shape (pairs,)."""

    first: Ints
    second: Ints
    confidence: Floats
    articles: Ints


# Below, partners are an array of shape (4, partners): a concept, another, the NPMI of both in steps, and how many
# articles mention both. Concepts go by their rank in the order of ids, so that ties fall the same way in every build.


class _Seen:
    """Which articles mention which concepts."""

    def __init__(self, weights: Weights) -> None:
        names = weights.concepts
        self.order = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
        self.rank = np.argsort(self.order)
        self.ends = weights.ends
        self.article = weights.article_numbers()
        self.concept = self.rank[weights.table["concept"].astype(np.int64)]
        self.counts = np.bincount(self.concept, minlength=len(names))
        self.total = int(np.count_nonzero(np.diff(weights.ends, prepend=0)))


def strongest_pairs(weights: Weights, min_count: int) -> Pairs:
    """Return the strongest pairs of each concept.

    Parameters
    ----------
    weights
        Which articles mention which concepts.
    min_count
        Least number of articles that must mention both.
    """
    from scipy import sparse  # noqa: PLC0415 - slow to import, and not needed after a small change

    seen = _Seen(weights)
    ones = np.ones(len(seen.concept), dtype=np.int32)
    occurs = sparse.csr_array((ones, (seen.article, seen.concept)), shape=(len(seen.ends), len(seen.order)))
    by_concept = sparse.csr_array(occurs.T)
    blocks = []
    for begin in range(0, len(seen.order), _BLOCK):
        together = sparse.coo_array(by_concept[begin : begin + _BLOCK] @ occurs)
        blocks.append(_strongest(_partners(seen, together.row + begin, together.col, together.data, min_count)))
    return _joined(blocks, seen.order)


def strongest_pairs_since(old: Pairs, before: Weights, weights: Weights, min_count: int) -> Pairs:
    """Return what `strongest_pairs` does, from the pairs of a corpus in which few articles mention other concepts.

    While there are as many articles, a pair has another NPMI only if one of its concepts is in other articles than
    before. Such concepts are paired anew. So is a concept that had one of them among its `STRONGEST`, for what takes
    its place was not kept; any other keeps its partners, unless a pair with one of them is now stronger.

    Parameters
    ----------
    old, before
        The pairs of other weights and the same `min_count`, and those weights.
    weights, min_count
        As of `strongest_pairs`. A number that stands for a concept in `before` must stand for the same one here.
    """
    seen, then = _Seen(weights), _Seen(before)
    if before.articles != weights.articles or then.total != seen.total:
        return strongest_pairs(weights, min_count)
    one, other = seen.rank[old.first], seen.rank[old.second]
    score = np.rint(old.confidence * _DIGITS).astype(np.int64)
    partners = _strongest(np.hstack([(one, other, score, old.articles), (other, one, score, old.articles)]))
    changed = _changed(then, seen)
    full = np.bincount(partners[0], minlength=len(changed)) == STRONGEST
    anew = changed.copy()
    anew[partners[0, changed[partners[1]] & full[partners[0]]]] = True
    counted = _counted(seen, anew)
    if counted is None:
        return strongest_pairs(weights, min_count)
    fresh = _partners(seen, *counted, min_count)
    kept = partners[:, ~anew[partners[0]] & ~changed[partners[1]]]
    reached = fresh[:, changed[fresh[0]] & ~anew[fresh[1]]][[1, 0, 2, 3]]
    return _joined([_strongest(np.hstack([fresh, kept, reached]))], seen.order)


def _changed(then: _Seen, now: _Seen) -> npt.NDArray[np.bool_]:
    """Return which concepts are in other articles than before, of the same articles; shape (concepts,)."""
    size = len(now.order)
    old, new = then.article * size + now.rank[then.order[then.concept]], now.article * size + now.concept
    begin = _common(old, new)
    old, new = old[begin:], new[begin:]
    end = _common(old[::-1], new[::-1])
    cells = np.setxor1d(old[: len(old) - end], new[: len(new) - end], assume_unique=True)
    changed = np.zeros(size, dtype=bool)
    changed[cells % size] = True
    return changed


def _common(one: Ints, other: Ints) -> int:
    """Return how many items both begin with."""
    length = min(len(one), len(other))
    differing = np.flatnonzero(one[:length] != other[:length])
    return int(differing[0]) if len(differing) else length


def _counted(seen: _Seen, wanted: npt.NDArray[np.bool_]) -> tuple[Ints, Ints, Ints] | None:
    """Return each wanted concept, each that an article mentions with it, and how many do; None when that is much."""
    size = len(seen.order)
    links = np.flatnonzero(wanted[seen.concept])
    lengths = np.diff(seen.ends, prepend=0)[seen.article[links]]
    ends = np.cumsum(lengths)
    if lengths.sum() > _WORTH_IT:
        return None
    # Each link of a wanted concept meets all links of its article, which lie side by side and end at `seen.ends`.
    beside = np.arange(lengths.sum()) + np.repeat(seen.ends[seen.article[links]] - ends, lengths)
    pairs, both = np.unique(np.repeat(seen.concept[links], lengths) * size + seen.concept[beside], return_counts=True)
    return pairs // size, pairs % size, both


def _partners(seen: _Seen, one: npt.ArrayLike, other: npt.ArrayLike, both: npt.ArrayLike, min_count: int) -> Ints:
    """Return the partners that attract each other: NPMI above zero."""
    met: Ints = np.array([one, other, both], dtype=np.int64)
    first, second, articles = met[:, (met[2] >= max(min_count, 1)) & (met[0] != met[1])]
    score = _steps(articles, seen.counts[first], seen.counts[second], seen.total)
    return np.stack([first, second, score, articles])[:, score > 0]


def _strongest(partners: Ints) -> Ints:
    """Return the strongest partners of each concept: by score, then by how many articles, then by rank."""
    many = np.bincount(partners[0], minlength=1)[partners[0]] > STRONGEST
    one, other, score, both = crowd = partners[:, many]
    # One number for all but the concept: quicker than three keys.
    weakness = ((_DIGITS - score) << 40) | ((_MOST - np.minimum(both, _MOST)) << 20) | other
    crowd = crowd[:, np.lexsort((weakness, one))]
    place = np.arange(crowd.shape[1]) - np.searchsorted(crowd[0], crowd[0])
    return np.hstack([partners[:, ~many], crowd[:, place < STRONGEST]])


def _joined(blocks: list[Ints], order: Ints) -> Pairs:
    """Return each pair once, sorted, with the concepts' own numbers."""
    one, other, score, both = np.hstack([np.zeros((4, 0), dtype=np.int64), *blocks])
    first, second = np.minimum(one, other), np.maximum(one, other)
    _, once = np.unique(first * len(order) + second, return_index=True)
    return Pairs(
        first=order[first[once]],
        second=order[second[once]],
        confidence=score[once] / _DIGITS,
        articles=both[once],
    )


@lru_cache(maxsize=1)
def _logs(total: int) -> Floats:
    return np.array([0.0, *(log(number) for number in range(1, total + 1))])


def _steps(both: Ints, first: Ints, second: Ints, total: int) -> Ints:
    """Return the NPMI of pairs in whole steps, from logarithms of whole numbers: the same on every machine."""
    logs = _logs(total)
    apart = np.where(both == total, 1.0, logs[total] - logs[both])
    value = np.where(both == total, 0.0, (logs[both] + logs[total] - logs[first] - logs[second]) / apart)
    steps: Ints = np.rint(np.minimum(value, 1.0) * _DIGITS).astype(np.int64)
    return steps
