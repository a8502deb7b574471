"""What GraphML and GEXF share: nodes and edges one by one, types of their attributes, text that XML can hold."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from conceptgraph.columns import weights_of
from conceptgraph.export.node_link import edge_lines, node_lines
from conceptgraph.graph import article_attributes, concept_attributes
from conceptgraph.model import Article, Concept, Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.model import Records

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
_ANY = {
    **article_attributes(Article(id="", title="", text=""), 0),
    **concept_attributes(Concept(id="", labels=(Label(text=""),), kind="technology"), 0),
}
NODE_TYPES = {name: _TYPES[type(value)] for name, value in sorted(_ANY.items())}
EDGE_TYPES = {
    "confidence": "double",
    "core": "boolean",
    "head": "string",
    "kind": "string",
    "kinds": "string",
    "tail": "string",
    "weight": "double",
}
"""The type of each attribute, by XML Schema's names; they stand in the head, before the first node is known."""


def xml_text(value: object) -> str:
    """Return a value as XML's text; signs that XML cannot hold, such as NUL, are left out."""
    text = str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, float) else str(value)
    return escape(_NO_XML.sub("", text), {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


def nodes_and_edges(records: Records) -> tuple[Iterator[dict[str, Any]], Iterator[dict[str, Any]]]:
    """Return the nodes and the edges of the undirected graph as graph.json has them, made as they are asked for."""
    weights = weights_of(records.article_concepts, records.articles)
    return map(json.loads, node_lines(records, weights)), map(json.loads, edge_lines(records, weights))
