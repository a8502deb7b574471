"""GraphML (Brandes et al. 2002), as networkx, yEd, Cytoscape and igraph read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conceptgraph.export.xml_graph import attribute_types, sorted_graph, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.model import Records


def graphml(records: Records) -> Iterator[str]:
    """Yield the undirected graph as GraphML; ``networkx.read_graphml`` gives it back with all its attributes.

    Parameters
    ----------
    records
        The records to show.
    """
    nodes, edges = sorted_graph(records)
    of_nodes = attribute_types(data for _, data in nodes)
    of_edges = attribute_types(data for *_, data in edges)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield '  <key id="build" for="graph" attr.name="build" attr.type="string"/>\n'
    for owner, types in (("node", of_nodes), ("edge", of_edges)):
        for name, type_ in types.items():
            yield f'  <key id="{owner}_{name}" for="{owner}" attr.name="{name}" attr.type="{type_}"/>\n'
    yield f'  <graph edgedefault="undirected">\n    <data key="build">{xml_text(records.build)}</data>\n'
    for id_, data in nodes:
        yield f'    <node id="{xml_text(id_)}">{_data("node", data)}</node>\n'
    for source, target, data in edges:
        yield f'    <edge source="{xml_text(source)}" target="{xml_text(target)}">{_data("edge", data)}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def _data(owner: str, attributes: dict[str, Any]) -> str:
    return "".join(f'<data key="{owner}_{name}">{xml_text(attributes[name])}</data>' for name in sorted(attributes))
