"""graph.json: the graph as `networkx.node_link_graph` reads it; the same bytes for the same input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import networkx as nx

from conceptgraph.graph import to_networkx

if TYPE_CHECKING:
    from conceptgraph.model import Records


def node_link(records: Records) -> str:
    """Return the graph as JSON, nodes and edges sorted, one a line, so that a change shows as a change of few lines.

    Parameters
    ----------
    records
        The records to show.

    Returns
    -------
    str
        ``networkx.node_link_graph(json.loads(text), edges="edges")`` gives the graph back.
    """
    data: dict[str, Any] = nx.node_link_data(to_networkx(records), edges="edges")
    data["nodes"].sort(key=lambda node: node["id"])
    data["edges"].sort(key=lambda edge: (edge["source"], edge["target"]))
    lines = [
        f'{{"directed": false, "multigraph": false, "graph": {_dump(data["graph"])}, "nodes": [',
        ",\n".join(_dump(node) for node in data["nodes"]),
        '], "edges": [',
        ",\n".join(_dump(edge) for edge in data["edges"]),
        "]}",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
