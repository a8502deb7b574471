"""GEXF 1.2, Gephi's format, with the size, the colour and the place of each node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from conceptgraph.export.palette import ARTICLE, LOOKS
from conceptgraph.export.xml_graph import attribute_types, sorted_graph, xml_text
from conceptgraph.layout import layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.model import Kind, Records

SCALE = 100.0
"""Gephi's units for a unit of the layout: it draws a node of size 10 ten units wide."""
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
    nodes, edges = sorted_graph(records)
    places = layout(records)
    of_nodes = attribute_types(data for _, data in nodes)
    of_edges = attribute_types(data for *_, data in edges)
    of_edges.pop("weight", None)  # GEXF has an attribute of its own for it
    yield _HEAD
    yield from _declared("node", of_nodes)
    yield from _declared("edge", of_edges)
    yield "    <nodes>\n"
    for id_, data in nodes:
        yield f'      <node id="{xml_text(id_)}" label="{xml_text(data["label"])}">{_values(of_nodes, data)}'
        yield f"{_viz(data, *places[id_])}</node>\n"
    yield "    </nodes>\n    <edges>\n"
    for number, (source, target, data) in enumerate(edges):
        ends = f'source="{xml_text(source)}" target="{xml_text(target)}"'
        yield f'      <edge id="{number}" {ends} weight="{data["weight"]!r}">{_values(of_edges, data)}</edge>\n'
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _declared(owner: str, types: dict[str, str]) -> Iterator[str]:
    yield f'    <attributes class="{owner}" mode="static">\n'
    for name, type_ in types.items():
        yield f'      <attribute id="{owner}_{name}" title="{name}" type="{type_}"/>\n'
    yield "    </attributes>\n"


def _values(types: dict[str, str], data: dict[str, Any]) -> str:
    owner = "edge" if "tail" in data else "node"
    values = "".join(
        f'<attvalue for="{owner}_{name}" value="{xml_text(data[name])}"/>' for name in types if name in data
    )
    return f"<attvalues>{values}</attvalues>"


def _viz(data: dict[str, Any], x: float, y: float) -> str:
    article = data["type"] == "article"
    color = (ARTICLE if article else LOOKS[cast("Kind", data["kind"])]).color
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    links = data["concepts"] if article else data["articles"]
    return (
        f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
        f'<viz:position x="{x * SCALE:.1f}" y="{-y * SCALE:.1f}" z="0.0"/><viz:size value="{6 + 4 * links**0.5:.1f}"/>'
    )
