"""By what code a graph was made."""

from __future__ import annotations

from pathlib import Path

import conceptgraph.cooccurrence
import conceptgraph.corpus_stage
import conceptgraph.extract
import conceptgraph.links
import conceptgraph.pairs
import conceptgraph.sources
import conceptgraph.stated
import conceptgraph.termhood
import conceptgraph.vocabulary
from conceptgraph.source_hash import source_hash

_PACKAGES = conceptgraph.sources, conceptgraph.extract, conceptgraph.vocabulary
_MODULES = (
    conceptgraph.corpus_stage,
    conceptgraph.cooccurrence,
    conceptgraph.links,
    conceptgraph.pairs,
    conceptgraph.stated,
    conceptgraph.termhood,
)


def code_version() -> str:
    """Return the extractor's version with a hash of the code that reads and links articles and makes the graph.

    What other code found is never taken for what this code finds, whether or not its version was counted up.
    """
    packages = (Path(package.__file__ or "").parent for package in _PACKAGES)
    modules = (Path(module.__file__ or "") for module in _MODULES)
    return f"{conceptgraph.extract.VERSION} {source_hash(*packages, *modules)}"
