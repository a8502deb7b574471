"""What GraphML and GEXF share: nodes and edges in one order, and text that XML can hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from conceptgraph.graph import to_networkx

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conceptgraph.model import Records

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
"""XML Schema's names of the types that attributes have."""


def xml_text(value: object) -> str:
    """Return a value as XML's text; signs that XML cannot hold, such as NUL, are left out."""
    text = str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, float) else str(value)
    return escape(_NO_XML.sub("", text), {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


def sorted_graph(records: Records) -> tuple[list[tuple[str, dict[str, Any]]], list[tuple[str, str, dict[str, Any]]]]:
    """Return the undirected graph's nodes and edges by their ids."""
    graph = to_networkx(records)
    nodes = [(str(id_), dict(data)) for id_, data in graph.nodes.items()]
    edges = [(min(a, b), max(a, b), dict(data)) for a, b, data in graph.edges(data=True)]
    return sorted(nodes, key=lambda node: node[0]), sorted(edges, key=lambda edge: edge[:2])


def attribute_types(all_: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return the type of each attribute, in the order of their names."""
    found: dict[str, str] = {}
    for attributes in all_:
        for name, value in attributes.items():
            found.setdefault(name, TYPES[type(value)])
    return dict(sorted(found.items()))
