"""A Mermaid flowchart, for a neighbourhood that fits into a page of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.errors import InputError
from conceptgraph.export.palette import ARTICLE, LOOKS
from conceptgraph.graph import article_node, concept_node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.model import Records

MAX_NODES = 150
"""Mermaid lays out no more than some hundred nodes that a reader could follow, and refuses more than 500 edges."""
MAX_EDGES = 500


def mermaid(records: Records) -> Iterator[str]:
    """Yield a flowchart: articles as boxes, concepts rounded and coloured by kind, core concepts with a thick line.

    Parameters
    ----------
    records
        At most `MAX_NODES` articles and concepts.

    Raises
    ------
    InputError
        There are more; the message says how to choose fewer.
    """
    nodes = [article_node(a.id) for a in records.articles] + [concept_node(c.id) for c in records.concepts]
    kept = [relation for relation in records.relations if relation.kind != "co_occurs"]
    edges = len(records.article_concepts) + len(kept)
    if len(nodes) > MAX_NODES or edges > MAX_EDGES:
        raise InputError(
            f"a Mermaid chart of {len(nodes):,} nodes and {edges:,} edges cannot be read, nor drawn (at most "
            f"{MAX_NODES} and {MAX_EDGES}); choose a neighbourhood with --around NAME --hops 1"
        )
    numbers = {node: f"n{number}" for number, node in enumerate(nodes)}
    yield "flowchart LR\n"
    for article in records.articles:
        yield f"  {numbers[article_node(article.id)]}[{label(article.title)}]:::article\n"
    for concept in records.concepts:
        yield f"  {numbers[concept_node(concept.id)]}([{label(concept.name)}]):::{concept.kind}\n"
    for row in records.article_concepts:
        line = "===" if row.core else "---"
        yield f"  {numbers[article_node(row.article)]} {line} {numbers[concept_node(row.concept)]}\n"
    for relation in kept:
        node = article_node if relation.kind == "links_to" else concept_node
        said = label(relation.kind.replace("_", " "))
        yield f"  {numbers[node(relation.source)]} -.->|{said}| {numbers[node(relation.target)]}\n"
    for name, look in [("article", ARTICLE), *LOOKS.items()]:
        yield f"  classDef {name} stroke:{look.color},stroke-width:2px\n"


def label(text: str) -> str:
    """Return text as a quoted label; what could end it, or be read as markup, becomes a character code.

    Examples
    --------
    >>> label('"x" <b>')
    '"#34;x#34; #60;b#62;"'
    """
    flat = " ".join(text.encode("utf-8", "replace").decode().split())
    return f'"{"".join(f"#{ord(sign)};" if sign in _MEANS or ord(sign) < 32 else sign for sign in flat)}"'


_MEANS = '"<>#&;`\\{}[]|()*_~%$:'
