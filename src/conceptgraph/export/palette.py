"""How concepts and articles look on every map: a colour and a shape by kind.

The colours are Okabe and Ito's ("Color Universal Design", 2008), told apart by colour-blind readers; shapes say the
same without colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from conceptgraph.model import Kind


class Look(NamedTuple):
    """A colour (``#rrggbb``), a shape by vis-network's name, and the kind's name as people say it."""

    color: str
    shape: str
    name: str


LOOKS: dict[Kind, Look] = {
    "technology": Look("#0072b2", "dot", "Technology"),
    "language_format": Look("#56b4e9", "dot", "Language or format"),
    "protocol_standard": Look("#009e73", "diamond", "Protocol or standard"),
    "algorithm_data_structure": Look("#e69f00", "triangle", "Algorithm or data structure"),
    "architecture_pattern": Look("#cc79a7", "hexagon", "Architecture or pattern"),
    "property_principle": Look("#d55e00", "triangleDown", "Property or principle"),
    "practice_field": Look("#b3a400", "star", "Practice or field"),
    "organization": Look("#9a9a9a", "diamond", "Organization"),
}
ARTICLE = Look("#57606a", "square", "Article")
