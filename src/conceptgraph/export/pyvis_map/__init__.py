"""concept-map.html: the small classic map, drawn by the vis-network that the pyvis package carries.

pyvis 0.3.2 is used for what it is good at, a `pyvis.network.Network` that people know, and not for its page: that asks
CDNs, runs script from titles, and its physics never rests on larger graphs. Places are computed beforehand, and the
page is our own, with everything in it.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from conceptgraph.evidence import quotes
from conceptgraph.export.palette import ARTICLE, LOOKS
from conceptgraph.extract.quotes import where
from conceptgraph.graph import MENTIONS, article_node, concept_node, to_networkx
from conceptgraph.layout import layout, radii
from conceptgraph.part import strongest_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    from pyvis.network import Network

    from conceptgraph.model import Records

MOST_CONCEPTS, MOST_ARTICLES = 600, 300
"""Of a larger corpus the map shows the concepts that weigh most and the articles that are most about them."""
SPACING = 80
"""Pixels a layout unit at zoom 1."""
STRONGEST = 3
"""How many ``co_occurs`` edges of a concept are drawn, from the strongest: all of them would be a hairball."""
_VIS = "lib/vis-9.1.2/vis-network.min.js"
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "edges": {"smooth": False, "selectionWidth": 2, "color": {"inherit": False}},
    "nodes": {"borderWidth": 1, "font": {"size": 15, "face": "system-ui, sans-serif"}},
    "interaction": {
        "hideEdgesOnDrag": True,
        "hideEdgesOnZoom": True,
        "hover": True,
        "keyboard": False,
        "tooltipDelay": 150,
    },
}


def to_pyvis(records: Records) -> Network:
    """Return the map as a pyvis network: places set, physics off, straight edges.

    Parameters
    ----------
    records
        The records to show.

    Returns
    -------
    pyvis.network.Network
        Its ``nodes`` and ``edges`` are filled directly, because ``add_edge`` compares each new edge with all before it.
    """
    return _network(drawn_part(records), None)


def drawn_part(records: Records) -> Records:
    """Return what of the records the map shows."""
    return strongest_part(records, articles=MOST_ARTICLES, concepts=MOST_CONCEPTS)


def _network(records: Records, positions: Mapping[str, tuple[float, float]] | None) -> Network:
    from pyvis.network import Network  # noqa: PLC0415 - pulls in IPython

    graph = to_networkx(records)
    places, sizes = layout(records) if positions is None else positions, radii(records)
    net = Network(height="100%", width="100%", cdn_resources="local")
    net.nodes = [_node(node, data, places[node], sizes[node]) for node, data in graph.nodes(data=True)]
    net.node_ids = [node["id"] for node in net.nodes]
    net.node_map = {node["id"]: node for node in net.nodes}
    net.edges = [_edge(data) for data in _drawn(graph)]
    net.toggle_physics(False)
    net.toggle_hide_edges_on_drag(True)
    net.options.edges.smooth.enabled = False
    return net


def _node(node: str, data: dict[str, Any], place: tuple[float, float], radius: float) -> dict[str, Any]:
    x, y = round(place[0] * SPACING), round(place[1] * SPACING)
    common = {"id": node, "label": data["label"], "x": x, "y": y, "size": round(radius * SPACING, 1)}
    if data["type"] == "article":
        return common | {"shape": ARTICLE.shape, "color": ARTICLE.color, "group": "article"}
    look = LOOKS[data["kind"]]
    border = {} if data["known"] else {"shapeProperties": {"borderDashes": [3, 3]}}
    return common | {"shape": look.shape, "color": look.color, "group": data["kind"]} | border


def _edge(data: dict[str, Any]) -> dict[str, Any]:
    mention = data["kind"] == MENTIONS
    return {
        "from": data["tail"],
        "to": data["head"],
        "kind": data["kind"],
        "width": round(0.4 + 2 * data["weight"] * (not mention or data["core"]), 2),
        "color": {"color": "#8a8f98", "opacity": 0.25 if mention else 0.5},
        "dashes": not mention and data["kind"] == "co_occurs",
    }


def _drawn(graph: nx.Graph[str]) -> list[dict[str, Any]]:
    """Return the edges to draw: all but the weaker ``co_occurs`` of each concept."""
    edges = [data for _, _, data in graph.edges(data=True)]
    edges.sort(key=lambda data: (-data["weight"], data["tail"], data["head"]))
    drawn, taken = [], dict.fromkeys(graph, 0)
    for data in edges:
        if data["kind"] == "co_occurs":
            if taken[data["tail"]] >= STRONGEST or taken[data["head"]] >= STRONGEST:
                continue
            taken[data["tail"]] += 1
            taken[data["head"]] += 1
        drawn.append(data)
    return drawn


def concept_map(records: Records, *, positions: Mapping[str, tuple[float, float]] | None = None) -> str:
    """Return the map as one HTML page that asks nothing of the network.

    Parameters
    ----------
    records
        The records to show.
    positions
        A place for each node, by node id; computed when not given, and where only a part is shown, which has its own.

    Returns
    -------
    str
        A page with its own scripts only, each allowed by its hash in the content security policy.
    """
    from jinja2 import Environment  # noqa: PLC0415 - only pages need it

    part = drawn_part(records)
    positions = positions if part is records else None
    here = files(__package__)
    script, style = ((here / name).read_text("utf-8") for name in ("page.js", "page.css"))
    vis = _vis_network()
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
    return environment.from_string((here / "page.html.j2").read_text("utf-8")).render(
        build=part.build,
        counts={"articles": len(part.articles), "concepts": len(part.concepts)},
        looks=[*LOOKS.items(), ("article", ARTICLE)],
        top=_top(part),
        data=_page_data(part, positions),
        script=script,
        style=style,
        vis=vis,
        script_hashes=[_hash(vis), _hash(script)],
    )


def _vis_network() -> str:
    text = (files("pyvis") / _VIS).read_text("utf-8")
    return text.replace("</script", "<\\/script")


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _page_data(records: Records, positions: Mapping[str, tuple[float, float]] | None) -> dict[str, Any]:
    net = _network(records, positions)
    said = {link: f"{quote.sentence}{where(quote.page)}" for link, quote in quotes(records).items()}
    return {
        "nodes": net.nodes,
        "edges": net.edges,
        "options": OPTIONS,
        "related": _related(records, net.edges),
        "concepts": {concept.id: concept.definition for concept in records.concepts},
        "labels": {concept.id: concept.other_names for concept in records.concepts},
        "articles": {
            article.id: {
                "summary": article.summary or "",
                "url": article.url or "",
                "published": article.published or "",
            }
            for article in records.articles
        },
        "mentions": [
            [row.article, row.concept, row.weight, said[row.article, row.concept]] for row in records.article_concepts
        ],
    }


def _related(records: Records, drawn: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Return (source, target, kind) of every relation to list; of ``co_occurs`` those that are drawn."""
    shown = {(edge["from"], edge["to"]) for edge in drawn if edge["kind"] == "co_occurs"}
    rows: list[tuple[str, str, str]] = []
    for relation in records.relations:
        node = article_node if relation.kind == "links_to" else concept_node
        ends = node(relation.source), node(relation.target)
        if relation.kind != "co_occurs" or ends in shown:
            rows.append((*ends, relation.kind))
    return rows


def _top(records: Records, count: int = 30) -> list[tuple[str, str, int]]:
    """Return name, definition and number of articles of the concepts that most articles mention."""
    often: dict[str, int] = {}
    for row in records.article_concepts:
        often[row.concept] = often.get(row.concept, 0) + 1
    ranked = sorted(records.concepts, key=lambda concept: (-often.get(concept.id, 0), concept.name))
    return [(concept.name, concept.definition, often.get(concept.id, 0)) for concept in ranked[:count]]
