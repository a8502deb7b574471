"""Co-occurrences that are brought up to date are those that are counted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from conceptgraph import pairs
from conceptgraph.columns import WEIGHT, Weights
from conceptgraph.cooccurrence import co_occurrences

if TYPE_CHECKING:
    from random import Random

CONCEPTS = list("fbaecdhgjilk")
"""Not in the order of their names; the last two are new."""
OLD = 10


def corpus(pick: Random) -> list[set[int]]:
    """Return the concepts of each article, by number; few, so that scores are often equal."""
    return [set(pick.sample(range(OLD), pick.randint(0, 5))) for _ in range(pick.randint(20, 60))]


def weights(contents: list[set[int]], *, concepts: list[str]) -> Weights:
    table = np.array([(number, 0.5, False, 0, 0) for numbers in contents for number in sorted(numbers)], dtype=WEIGHT)
    ends = np.cumsum([len(numbers) for numbers in contents])
    return Weights(table, ends, articles=[f"{at:02}" for at in range(len(contents))], concepts=concepts)


@settings(max_examples=150)
@given(st.randoms(use_true_random=False), st.integers(1, 4), st.integers(1, 3), st.sampled_from([500, 10_000]))
def test_co_occurrences_after_edits_are_those_of_a_count_from_nothing(
    pick: Random, strongest: int, min_count: int, worth_it: int
) -> None:
    old = corpus(pick)
    new = list(old)
    for at in pick.sample(range(len(old)), pick.randint(1, 3)):
        new[at] = set(pick.sample(range(len(CONCEPTS)), pick.randint(0, 5)))
    with patch.object(pairs, "STRONGEST", strongest), patch.object(pairs, "_WORTH_IT", worth_it):
        before = co_occurrences(weights(old, concepts=CONCEPTS[:OLD]), min_count=min_count)
        after = weights(new, concepts=CONCEPTS)
        expected = list(co_occurrences(after, min_count=min_count))
        assert list(co_occurrences(after, min_count=min_count, before=before)) == expected
        # In whatever order they were kept.
        before.pairs = pairs.Pairs(**{name: getattr(before.pairs, name)[::-1] for name in pairs.Pairs.__slots__})
        assert list(co_occurrences(after, min_count=min_count, before=before)) == expected


@given(st.randoms(use_true_random=False))
def test_co_occurrences_of_more_articles_are_counted_anew(pick: Random) -> None:
    old = corpus(pick)
    before = co_occurrences(weights(old, concepts=CONCEPTS))
    after = weights([*old, {1, 2}], concepts=CONCEPTS)
    assert list(co_occurrences(after, before=before)) == list(co_occurrences(after))
