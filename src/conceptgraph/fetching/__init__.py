"""Getting articles from the network, politely, and keeping them as Markdown."""

from __future__ import annotations

from conceptgraph.fetching.collect import Added, add

__all__ = ["Added", "add"]
