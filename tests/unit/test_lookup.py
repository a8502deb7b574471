"""What a name that a person typed may have meant."""

from __future__ import annotations

import pytest

from conceptgraph.lookup import nearest_names

NAMES = {
    name.casefold(): name for name in ("OOM killer", "Read replica", "B-tree", "Caching strategies and their faults")
}


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("oom kilr", ["OOM killer"]),
        ("red replica", ["Read replica"]),
        ("strategies", ["Caching strategies and their faults"]),
        ("Bloom filter", []),
        ("rest", []),
        ("Docker", []),
    ],
)
def test_only_names_that_are_near_are_offered(typed: str, near: list[str]) -> None:
    assert nearest_names(typed, NAMES) == near
