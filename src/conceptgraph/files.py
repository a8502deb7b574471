"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from conceptgraph.errors import StoreError


def write_whole(path: Path, text: str) -> None:
    """Write UTF-8 text beside `path` and rename it, so that a reader sees the old file or the new one.

    Raises
    ------
    StoreError
        The folder cannot be written; nothing is left behind.
    """
    name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(name).chmod(0o666 & ~_umask())  # mkstemp's files are for their owner alone
        Path(name).replace(path)
        name = ""
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written ({error.strerror}); choose another place or free some space"
        ) from None
    finally:
        if name:
            Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
