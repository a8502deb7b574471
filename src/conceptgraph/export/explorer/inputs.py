"""What the explorer takes besides the records."""

from __future__ import annotations

from typing import Protocol

Related = tuple[str, float, "tuple[str, ...] | list[str]"]
"""An article like another: its id, how alike in [0, 1], and the ids of the concepts that they share."""


class Group(Protocol):
    """A community: a name, and the ids of its concepts and articles."""

    @property
    def name(self) -> str:
        """Its leading concepts, as people say them."""

    @property
    def concepts(self) -> tuple[str, ...]:
        """Ids, the most important first."""

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids."""
