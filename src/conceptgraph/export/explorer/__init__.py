"""index.html: the explorer, one page that works from disk and asks nothing of the network.

The page's script is our own, written in TypeScript under ``web/`` and bundled into ``explorer.js``; see
docs/explorer.md for what it does and for the form of its data.
"""

from __future__ import annotations

import base64
import hashlib
import logging
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from conceptgraph import communities as community
from conceptgraph.columns import weights_of
from conceptgraph.export.explorer.budget import BUDGET, packed
from conceptgraph.export.explorer.data import page_data
from conceptgraph.export.explorer.similar import related_lists
from conceptgraph.export.explorer.study import study_columns
from conceptgraph.layout import layout

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from conceptgraph.export.explorer.inputs import Group, Related
    from conceptgraph.model import Records
    from conceptgraph.relatedness import RelatednessIndex
    from conceptgraph.vocabulary import Vocabulary

__all__ = ["explorer_page", "served_page", "study_columns"]

_LOG = logging.getLogger(__name__)
_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)


def explorer_page(
    records: Records,
    *,
    related: Mapping[str, Sequence[Related]] | None = None,
    vocabulary: Vocabulary | None = None,
    positions: Mapping[str, tuple[float, float]] | None = None,
    communities: Sequence[Group] | None = None,
    study: Callable[[], Mapping[str, Any]] | None = None,
    index: Callable[[], RelatednessIndex] | None = None,
    budget: int = BUDGET,
) -> str:
    """Return the explorer as one HTML page with everything in it.

    Parameters
    ----------
    records
        The graph to show.
    related
        For an article's id the articles like it: (article id, score in [0, 1], ids of the shared concepts); worked out
        when not given, up to `conceptgraph.export.explorer.similar.MOST` articles.
    vocabulary
        What there is to know before what: for study paths. The graph's own concepts when not given.
    positions
        A place for each node, by node id; computed when not given.
    communities
        Concepts and articles that belong together, largest first; found when not given.
    study
        Gives what `study_columns` does for the same records and vocabulary, where another process makes it.
    index
        Gives the index of related articles of the same records, where other outputs need it too.
    budget
        Bytes of data that the page may hold. Beyond it texts, then sentences are left out; the page says which, and
        so does a warning in the log.

    Returns
    -------
    str
        The same for the same input, to the letter.

    Examples
    --------
    >>> from conceptgraph.model import Records
    >>> explorer_page(Records(build="none"))[:15]
    '<!doctype html>'
    """
    groups = community.grouped(records) if positions is None or communities is None else None
    data = page_data(
        records,
        positions=layout(records, groups=groups) if positions is None else positions,
        communities=community.communities(records, groups=groups) if communities is None else communities,
        related=related_lists(records, index) if related is None else related,
        vocabulary=_vocabulary(records) if vocabulary is None else vocabulary,
        study=study,
    )
    text = packed(data, budget=budget)
    if data["left_out"]:
        _LOG.warning("the explorer leaves out %s, to stay within %d bytes", ", ".join(data["left_out"]), budget)
    return _rendered(records, text)


def _vocabulary(records: Records) -> Vocabulary:
    from conceptgraph.vocabulary import Vocabulary  # noqa: PLC0415 - slow to import

    return Vocabulary.of(concept for concept in records.concepts if concept.known)


def served_page(page: str) -> str:
    """Return the page as ``conceptgraph explore --serve`` sends it: allowed to ask its own server for news."""
    page = page.replace("default-src 'none';", "default-src 'none'; connect-src 'self';", 1)
    return page.replace("<title>", '<meta name="conceptgraph-served" content="true">\n<title>', 1)


def _rendered(records: Records, text: str) -> str:
    from jinja2 import Environment  # noqa: PLC0415 - only pages need it

    here = files(__package__)
    script, style, template = (
        (here / name).read_text("utf-8") for name in ("explorer.js", "explorer.css", "page.html.j2")
    )
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = environment.from_string(template).render(
        policy=_POLICY.format(script=_hash(script), style=_hash(style)),
        build=records.build,
        counts=f"{len(records.articles):,} articles, {len(records.concepts):,} concepts",
        top=_top(records),
        data=text,
        script=script,
        style=style,
    )
    return page.encode("utf-8", "replace").decode()  # half a surrogate pair cannot be written to a file


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _top(records: Records, count: int = 50) -> list[tuple[str, str, int]]:
    """Return name, definition and number of articles of the concepts that most articles mention."""
    weights = weights_of(records.article_concepts, records.articles)
    counts = np.bincount(weights.table["concept"], minlength=len(weights.concepts)).tolist()
    often = dict(zip(weights.concepts, counts, strict=True))
    ranked = sorted(records.concepts, key=lambda concept: (-often.get(concept.id, 0), concept.name))
    return [(concept.name, concept.definition, often.get(concept.id, 0)) for concept in ranked[:count]]
