"""GEXF 1.2, Gephi's format, with the size, the colour and the place of each node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from conceptgraph.export.palette import ARTICLE, LOOKS
from conceptgraph.export.xml_graph import EDGE_TYPES, NODE_TYPES, nodes_and_edges, xml_text
from conceptgraph.layout import layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conceptgraph.model import Kind, Records

SCALE = 100.0
"""Gephi's units for a unit of the layout: it draws a node of size 10 ten units wide."""
_OF_EDGES = {name: type_ for name, type_ in EDGE_TYPES.items() if name != "weight"}
"""Declared attributes of edges; for the weight GEXF has one of its own."""
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">
  <graph defaultedgetype="undirected" mode="static">
"""


def gexf(records: Records) -> Iterator[str]:
    """Yield the undirected graph as GEXF.

    Parameters
    ----------
    records
        The records to show. Sizes grow with the root of a node's links, colours are those of the maps, places those of
        `conceptgraph.layout`.
    """
    nodes, edges = nodes_and_edges(records)
    places = layout(records)
    yield _HEAD
    yield from _declared("node", NODE_TYPES)
    yield from _declared("edge", _OF_EDGES)
    yield "    <nodes>\n"
    for node in nodes:
        yield f'      <node id="{xml_text(node["id"])}" label="{xml_text(node["label"])}">'
        yield f"{_values('node', NODE_TYPES, node)}{_viz(node, *places[node['id']])}</node>\n"
    yield "    </nodes>\n    <edges>\n"
    for number, edge in enumerate(edges):
        ends = f'source="{xml_text(edge["source"])}" target="{xml_text(edge["target"])}" weight="{edge["weight"]!r}"'
        yield f'      <edge id="{number}" {ends}>{_values("edge", _OF_EDGES, edge)}</edge>\n'
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _declared(owner: str, types: dict[str, str]) -> Iterator[str]:
    yield f'    <attributes class="{owner}" mode="static">\n'
    for name, type_ in types.items():
        yield f'      <attribute id="{owner}_{name}" title="{name}" type="{type_}"/>\n'
    yield "    </attributes>\n"


def _values(owner: str, names: Iterable[str], row: dict[str, Any]) -> str:
    values = "".join(f'<attvalue for="{owner}_{name}" value="{xml_text(row[name])}"/>' for name in names if name in row)
    return f"<attvalues>{values}</attvalues>"


def _viz(node: dict[str, Any], x: float, y: float) -> str:
    article = node["type"] == "article"
    color = (ARTICLE if article else LOOKS[cast("Kind", node["kind"])]).color
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    links = node["concepts"] if article else node["articles"]
    return (
        f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
        f'<viz:position x="{x * SCALE:.1f}" y="{-y * SCALE:.1f}" z="0.0"/><viz:size value="{6 + 4 * links**0.5:.1f}"/>'
    )
