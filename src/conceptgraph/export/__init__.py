"""What a graph can be written as: one file or folder per output."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from conceptgraph.export.explorer import explorer_page
from conceptgraph.export.node_link import node_link
from conceptgraph.export.pyvis_map import concept_map, to_pyvis
from conceptgraph.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conceptgraph.model import Records

__all__ = ["EXPORTERS", "Exporter", "export", "refresh", "to_pyvis"]


class Exporter(NamedTuple):
    """An output: the file it makes in the graph folder, its writer, and whether every build makes it."""

    file: str
    write: Callable[[Records], str]
    default: bool


EXPORTERS: dict[str, Exporter] = {
    "explorer": Exporter("index.html", explorer_page, default=True),
    "json": Exporter("graph.json", node_link, default=True),
    "pyvis": Exporter("concept-map.html", concept_map, default=True),
}
"""Outputs by name."""


def export(records: Records, name: str, path: Path) -> None:
    """Write one output to `path`, whole or not at all.

    Raises
    ------
    KeyError
        No output has this name; there are those of `EXPORTERS`.
    StoreError
        The file cannot be written.
    """
    write_whole(path, EXPORTERS[name].write(records))


def refresh(records: Records, folder: Path) -> list[Path]:
    """Write the outputs that every build makes, where they are missing, damaged or stale; return those written.

    Each is made anew and compared to the letter, so that a page changes with its graph and with its own code.
    """
    written = []
    for exporter in EXPORTERS.values():
        path = folder / exporter.file
        if exporter.default and not _holds(path, text := exporter.write(records)):
            write_whole(path, text)
            written.append(path)
    return written


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False
