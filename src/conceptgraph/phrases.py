"""Relations between concepts in words."""

from __future__ import annotations

PHRASES = {
    "broader": "{} is a kind of {}",
    "requires": "{} requires {}",
    "part_of": "{} is part of {}",
    "implements": "{} implements {}",
    "builds_on": "{} builds on {}",
    "successor_of": "{} succeeds {}",
    "related": "{} is related to {}",
    "contrasts_with": "{} contrasts with {}",
    "co_occurs": "{} and {} are often mentioned together",
}
"""What each kind of relation says of its source and its target."""


def phrase(kind: str, source: str, target: str) -> str:
    """Return a relation as a clause.

    Examples
    --------
    >>> phrase("broader", "Apache Cassandra", "Wide-column store")
    'Apache Cassandra is a kind of Wide-column store'
    """
    return PHRASES[kind].format(source, target)
