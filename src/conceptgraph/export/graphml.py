"""GraphML (Brandes et al. 2002), as networkx, yEd, Cytoscape and igraph read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conceptgraph.export.xml_graph import EDGE_TYPES, NODE_TYPES, nodes_and_edges, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conceptgraph.model import Records


def graphml(records: Records) -> Iterator[str]:
    """Yield the undirected graph as GraphML; ``networkx.read_graphml`` gives it back with all its attributes.

    Parameters
    ----------
    records
        The records to show.
    """
    nodes, edges = nodes_and_edges(records)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield '  <key id="build" for="graph" attr.name="build" attr.type="string"/>\n'
    for owner, types in (("node", NODE_TYPES), ("edge", EDGE_TYPES)):
        for name, type_ in types.items():
            yield f'  <key id="{owner}_{name}" for="{owner}" attr.name="{name}" attr.type="{type_}"/>\n'
    yield f'  <graph edgedefault="undirected">\n    <data key="build">{xml_text(records.build)}</data>\n'
    for node in nodes:
        yield f'    <node id="{xml_text(node["id"])}">{_data("node", NODE_TYPES, node)}</node>\n'
    for edge in edges:
        ends = f'source="{xml_text(edge["source"])}" target="{xml_text(edge["target"])}"'
        yield f"    <edge {ends}>{_data('edge', EDGE_TYPES, edge)}</edge>\n"
    yield "  </graph>\n</graphml>\n"


def _data(owner: str, names: Iterable[str], row: dict[str, Any]) -> str:
    return "".join(f'<data key="{owner}_{name}">{xml_text(row[name])}</data>' for name in names if name in row)
