"""Strings that many rows share."""

from __future__ import annotations


class Strings:
    """Strings kept once and referred to by number; 0 stands for none."""

    def __init__(self) -> None:
        self.kept: list[str] = [""]
        self._at: dict[str, int] = {"": 0}

    def add(self, text: str) -> int:
        """Return the number of a string."""
        number = self._at.setdefault(text, len(self.kept))
        if number == len(self.kept):
            self.kept.append(text)
        return number
