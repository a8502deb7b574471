"""Formats that are a zip file of XML: opened only where they are no bomb."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from conceptgraph.errors import InputError
from conceptgraph.foreign import parsing
from conceptgraph.sources.limits import MAX_MEMBERS, MAX_UNPACKED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.sources.discover import SourceFile

MAX_MEMBER = 64 * 2**20
"""Bytes of one XML file in an archive."""


@contextmanager
def opened(file: SourceFile, what: str) -> Iterator[zipfile.ZipFile]:
    """Open the file as an archive whose contents are of a bearable size.

    Sizes are those that the archive states; Python's zipfile unpacks no more than is stated.

    Raises
    ------
    InputError
        It is no archive, is damaged, or holds too much.
    """
    with parsing(file.path, what), zipfile.ZipFile(BytesIO(file.bytes())) as archive:
        members = archive.infolist()
        size = sum(member.file_size for member in members)
        if len(members) > MAX_MEMBERS or size > MAX_UNPACKED:
            raise InputError(
                f"{file.path}: unpacks to {size / 2**20:,.0f} MB in {len(members):,} files, more than "
                f"{MAX_UNPACKED / 2**20:.0f} MB or {MAX_MEMBERS:,} files; it is no honest document: exclude it"
            )
        yield archive


def member(archive: zipfile.ZipFile, name: str, file: SourceFile) -> bytes:
    """Return what one file of the archive holds.

    Raises
    ------
    InputError
        It is missing, or too large.
    """
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise InputError(f"{file.path}: has no {shown(name)}; it is damaged, export it again") from None
    if info.file_size > MAX_MEMBER:
        raise InputError(f"{file.path}: {shown(name)} unpacks to {info.file_size / 2**20:,.0f} MB; exclude the file")
    return archive.read(info)


def shown(name: str) -> str:
    """Return the name of a file of an archive on one line, as a message holds it."""
    return " ".join(name.split())
