"""Related articles and related concepts, with the reasons."""

from conceptgraph.relatedness.articles import Related, related
from conceptgraph.relatedness.concepts import RelatedConcept, related_concepts
from conceptgraph.relatedness.index import RelatednessIndex, build_index
from conceptgraph.relatedness.measures import MEASURES
from conceptgraph.relatedness.reasons import Reason, reasons
from conceptgraph.relatedness.stored import BLOB, index_in, keep_index, lacks_index, new_index

__all__ = [
    "BLOB",
    "MEASURES",
    "Reason",
    "Related",
    "RelatedConcept",
    "RelatednessIndex",
    "build_index",
    "index_in",
    "keep_index",
    "lacks_index",
    "new_index",
    "reasons",
    "related",
    "related_concepts",
]
