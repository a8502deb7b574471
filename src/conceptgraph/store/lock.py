"""One build at a time in a graph folder."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from conceptgraph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def locked(folder: Path, *, wait: bool = True, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold a graph folder for one build; the lock is gone when the process is, however it ends.

    The lock lies on the folder itself, so that no file is left behind. Where the system has no such lock (Windows),
    SQLite's own keeps two builds from writing at once.

    Parameters
    ----------
    folder
        The graph folder; it exists.
    wait
        Whether to wait while another build holds it.
    waiting
        Called once before waiting.

    Raises
    ------
    StoreError
        Another build holds it, and `wait` is false.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - only systems of this kind have it

    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                raise StoreError(
                    f"{folder}: another build is writing this folder; run again when it has ended"
                ) from None
            if waiting:
                waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
