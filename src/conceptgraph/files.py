"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

from conceptgraph.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


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
        os.chmod(name, 0o666 & ~_umask())  # noqa: PTH101 - mkstemp's files are for their owner alone
        os.replace(name, path)  # noqa: PTH105
    except OSError as error:
        if name and os.path.exists(name):  # noqa: PTH110
            os.unlink(name)  # noqa: PTH108
        raise StoreError(
            f"{path}: cannot be written ({error.strerror}); choose another place or free some space"
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
