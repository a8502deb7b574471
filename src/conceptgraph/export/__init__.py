"""What a graph can be written as: one file or folder per output."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from conceptgraph.errors import InputError, StoreError
from conceptgraph.export.csv_tables import csv_tables
from conceptgraph.export.cypher import cypher
from conceptgraph.export.explorer import explorer_page
from conceptgraph.export.gexf import gexf
from conceptgraph.export.graphml import graphml
from conceptgraph.export.json_ld import json_ld
from conceptgraph.export.markdown_index import markdown_index
from conceptgraph.export.mermaid import mermaid
from conceptgraph.export.neighbourhood import neighbourhood
from conceptgraph.export.node_link import node_link
from conceptgraph.export.obsidian_vault import obsidian_vault
from conceptgraph.export.parquet_tables import parquet_tables
from conceptgraph.export.pyvis_map import concept_map, to_pyvis
from conceptgraph.export.skos import skos
from conceptgraph.files import CONTENTS, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from conceptgraph.model import Records

    Content = str | Iterable[str | bytes]

__all__ = ["EXPORTERS", "Exporter", "export", "neighbourhood", "to_pyvis"]


class Exporter(NamedTuple):
    """An output: its name in the graph folder, its writer, whether every build makes it, and whether it is a folder.

    One that links to the articles' files is given their paths as seen from where it stands.

    A writer of one file returns its text or yields the pieces of it; one of a folder yields for each file its path in
    the folder, with ``/`` between names, and its content. What `takes` names, a writer may be given by keyword beside
    the records: ``positions`` and ``communities``, where they were made for other outputs too, the ``vocabulary`` that
    the graph was made with, what gives the ``index`` of related articles, and what gives the explorer's columns for
    ``study`` paths, where another process makes them.
    """

    file: str
    write: Callable[..., Content | Iterable[tuple[str, Content]]]
    default: bool = False
    folder: bool = False
    links: bool = False
    takes: tuple[str, ...] = ()


EXPORTERS: dict[str, Exporter] = {
    "explorer": Exporter(
        "index.html", explorer_page, default=True, takes=("positions", "communities", "vocabulary", "index", "study")
    ),
    "json": Exporter("graph.json", node_link, default=True),
    "pyvis": Exporter("concept-map.html", concept_map, default=True, takes=("positions",)),
    "graphml": Exporter("graph.graphml", graphml),
    "gexf": Exporter("graph.gexf", gexf),
    "csv": Exporter("csv", csv_tables, folder=True),
    "parquet": Exporter("parquet", parquet_tables, folder=True),
    "skos": Exporter("concepts.ttl", skos),
    "jsonld": Exporter("graph.jsonld", json_ld),
    "cypher": Exporter("graph.cypher", cypher),
    "obsidian": Exporter("vault", obsidian_vault, folder=True),
    "mermaid": Exporter("graph.mmd", mermaid),
    "markdown": Exporter("index.md", markdown_index, links=True),
}
"""Outputs by name."""


def export(records: Records, name: str, path: Path, **given: Any) -> None:
    """Write one output to `path`: a file whole or not at all, a folder file by file.

    Parameters
    ----------
    records
        The graph.
    name
        One of `EXPORTERS`.
    path
        Where to write.
    given
        What its writer takes and would make itself.

    Raises
    ------
    KeyError
        No output has this name; there are those of `EXPORTERS`.
    InputError
        The output cannot show these records, or a folder holds files that no export made.
    StoreError
        The file or the folder cannot be written.
    """
    exporter = EXPORTERS[name]
    shown = _seen_from(path.parent, records) if exporter.links else records
    content = exporter.write(shown, **given)
    if exporter.folder:
        _write_folder(path, cast("Iterable[tuple[str, Content]]", content))
    else:
        write_whole(path, cast("Content", content))


def _seen_from(folder: Path, records: Records) -> Records:
    """Return the records with paths of articles that lead from `folder` to where they lead from the current one."""
    articles = (
        replace(article, path=os.path.relpath(article.path, folder).replace(os.sep, "/") if article.path else "")
        for article in records.articles
    )
    return replace(records, articles=tuple(articles))


def _write_folder(folder: Path, files: Iterable[tuple[str, Content]]) -> None:
    """Write the files, then remove those of an earlier export that are none of them."""
    before = _contents(folder)
    written: dict[str, None] = {}
    for name, content in files:
        # Noted first: what a killed run leaves behind is the next one's to replace.
        written[name] = None
        if name not in before:
            before.append(name)
            write_whole(folder / CONTENTS, "".join(f"{each}\n" for each in before))
        write_whole(folder / name, content)
    for name in before:
        if name not in written and ".." not in name.split("/"):
            (folder / name).unlink(missing_ok=True)
    write_whole(folder / CONTENTS, "".join(f"{each}\n" for each in written))


def _contents(folder: Path) -> list[str]:
    """Return the files that an earlier export made here."""
    try:
        if (folder / CONTENTS).is_file():
            return (folder / CONTENTS).read_text("utf-8").splitlines()
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(f"{folder}: is no empty folder and was made by no export; name another with -o")
    except OSError as error:
        raise StoreError(f"{folder}: cannot be read ({error.strerror}); choose another place") from None
    return []
