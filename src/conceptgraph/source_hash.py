"""A hash of program code, for results that are kept and must not outlive the code that made them."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@cache
def source_hash(*packages: Path) -> str:
    """Return a hash of the names and contents of the modules that lie in the given folders themselves."""
    state = hashlib.blake2b(digest_size=8)
    for package in packages:
        for path in sorted(package.glob("*.py")):
            state.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return state.hexdigest()
