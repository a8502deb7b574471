"""How quick the layout and the communities are, and how good a map the layout makes.

    python benchmarks/layout.py [--nodes 1000 20000] [--each 8]

For made corpora of that many nodes and for articles/: processor seconds for both, mean length of links within a
community against that of links across, discs that overlap, square units a node, and how far nodes move when one article
in fifty is new and the places of before are cached (median and 99th percentile, in units).
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

import conceptgraph as cg
from conceptgraph.communities import communities, partition
from conceptgraph.concept_network import concept_network
from conceptgraph.cooccurrence import co_occurrences
from conceptgraph.graph import concept_node
from conceptgraph.layout import layout, radii
from conceptgraph.model import Records
from corpora import ARTICLES, with_communities


def lengths(records: Records, places: dict[str, tuple[float, float]]) -> float:
    """Return the mean length of links within communities over that of links across."""
    network = concept_network(records)
    label = partition(network)
    points = np.array([places[concept_node(id_)] for id_ in network.concepts])
    links = sparse.coo_array(sparse.triu(network.links))
    length = np.hypot(*(points[links.row] - points[links.col]).T)
    within = label[links.row] == label[links.col]
    return float(length[within].mean() / length[~within].mean())


def overlaps(records: Records, places: dict[str, tuple[float, float]]) -> int:
    sizes = radii(records)
    points, radius = np.array(list(places.values())), np.array([sizes[node] for node in places])
    pairs = cKDTree(points).query_pairs(2 * radius.max(), output_type="ndarray")
    distance = np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T)
    return int((distance < radius[pairs[:, 0]] + radius[pairs[:, 1]]).sum())


def without_some(records: Records) -> Records:
    """Return the records as they were before one article in fifty was written."""
    kept = {article.id for number, article in enumerate(records.articles) if number % 50 or len(records.articles) < 50}
    kept -= {records.articles[0].id}
    rows = tuple(row for row in records.article_concepts if row.article in kept)
    mentioned = {row.concept for row in rows}
    facts = tuple(
        each
        for each in records.relations
        if each.kind not in {"co_occurs", "links_to"} and {each.source, each.target} <= mentioned
    )
    return Records(
        build="before",
        articles=tuple(article for article in records.articles if article.id in kept),
        concepts=tuple(replace(each) for each in records.concepts if each.id in mentioned),
        article_concepts=rows,
        relations=(*facts, *co_occurrences(rows)),
    )


def report(name: str, records: Records) -> None:
    start = time.process_time()
    places = layout(records)
    laid_out = time.process_time() - start
    start = time.process_time()
    groups = len(communities(records))
    found = time.process_time() - start
    before = layout(without_some(records))
    after = layout(records, cached=before)
    moved = [np.hypot(*np.subtract(before[node], after[node])) for node in before if node in after]
    area = float(np.prod(np.ptp(np.array(list(places.values())), axis=0)))
    print(
        f"{name:<14} layout {laid_out:5.2f} s; {groups} communities {found:5.2f} s; within / across "
        f"{lengths(records, places):.2f}; overlaps {overlaps(records, places)}; {area / len(places):.1f} units a node; "
        f"moved {np.median(moved):.1f}, {np.percentile(moved, 99):.1f} units of {area**0.5:.0f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="*", default=[1_000, 20_000])
    parser.add_argument("--each", type=int, default=8)
    options = parser.parse_args()
    vocabulary = cg.load_vocabulary()
    for nodes in options.nodes:
        report(f"{nodes:,} nodes", with_communities(vocabulary, nodes, options.each))
    report("articles/", cg.build(ARTICLES).records)


if __name__ == "__main__":
    main()
