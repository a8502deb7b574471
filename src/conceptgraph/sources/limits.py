"""How much of a file is read at all.

Each limit is some ten times what a real file of its kind needs, and small enough that the worst file below it costs
seconds and not the machine.
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from conceptgraph.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

MAX_TEXT = 4 * 2**20
"""Bytes of a text file, a web page or one text in a table: the longest novels have 3 MB, and parsers of Markdown
and HTML need some seconds for each MB."""
MAX_LINE = 2**17
"""Bytes of one line of a text file: an article that was flattened into a line has some thousands, and the patterns that
look for Markdown in it look at each sign several times."""
MAX_NESTING = 400
"""How many quotes, or list items, a line of Markdown may open: parsers go one call deeper for each."""
MAX_BINARY = 256 * 2**20
"""Bytes of a PDF, EPUB, DOCX or notebook: pictures take most of them."""
MAX_UNPACKED = 512 * 2**20
"""Bytes that an archive may hold once unpacked: a bomb of 1 MB holds 1 GB and more."""
MAX_MEMBERS = 20_000
"""Files in an archive."""
MAX_PAGES = 5_000
"""Pages of a PDF: a page can be named any number of times, at 30 bytes each."""


def read_bytes(path: Path, limit: int = MAX_BINARY) -> bytes:
    """Return a regular file's bytes.

    Parameters
    ----------
    path
        The file.
    limit
        The most bytes that are read.

    Raises
    ------
    InputError
        It cannot be opened, is a pipe or a device, is empty or larger than the limit.
    """
    check_size(path, limit)
    try:
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None
    if len(raw) > limit:
        raise _too_large(path, limit)
    return raw


def check_size(path: Path, limit: int = MAX_BINARY) -> None:
    """Raise InputError for what is no regular file, is empty or larger than the limit."""
    try:
        info = path.stat()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read ({why}); check its permissions") from None
    if not stat.S_ISREG(info.st_mode):  # a pipe would be waited for, a device never ends
        raise InputError(f"{path}: is no regular file; name a file with an article in it")
    if info.st_size > limit:
        raise _too_large(path, limit)
    if info.st_size == 0:
        raise InputError(f"{path}: is empty; write an article into it or delete it")


def _too_large(path: Path, limit: int) -> InputError:
    return InputError(f"{path}: is larger than {limit / 2**20:.0f} MB; split it, or exclude it")
