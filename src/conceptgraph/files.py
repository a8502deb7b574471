"""Writing a file whole or not at all, and the name by which one tells later what was written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from conceptgraph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable

CONTENTS = ".conceptgraph-export"
"""The list, in a folder that an export made, of the files that are its own to replace and remove."""


def write_whole(path: Path, content: str | Iterable[str | bytes]) -> None:
    """Write beside `path` and rename it, so that a reader sees the old file or the new one.

    Parameters
    ----------
    path
        The file; folders above it are made.
    content
        The text, or pieces of it, written as they come; text becomes UTF-8, and half a surrogate pair a question mark.

    Raises
    ------
    StoreError
        The folder cannot be written; nothing is left behind.
    """
    name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(handle, "wb") as stream:
            for piece in (content,) if isinstance(content, str) else content:
                stream.write(piece.encode("utf-8", "replace") if isinstance(piece, str) else piece)
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
