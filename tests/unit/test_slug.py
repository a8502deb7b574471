from __future__ import annotations

import pytest

from conceptgraph.slug import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("How Uber Built Odin", "how-uber-built-odin"),
        ("how-do-c++-java-work", "how-do-c++-java-work"),
        ("a-cut-title-", "a-cut-title-"),
        ("a_b  c", "a-b-c"),
        ("../../x", "x"),
        ("Ünïcode ®", "ünïcode"),
        ("🙂", ""),
        ("3.8 Million", "3.8-million"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected
