"""A hash of program code, for results that are kept and must not outlive the code that made them."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@cache
def source_hash(*places: Path) -> str:
    """Return a hash of the names and contents of modules, and of those that lie in folders themselves."""
    state = hashlib.blake2b(digest_size=8)
    for place in places:
        for path in sorted(place.glob("*.py")) if place.is_dir() else [place]:
            state.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return state.hexdigest()
