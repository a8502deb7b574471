"""What was found in one article, as plain data for other programs."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from conceptgraph.extract.quotes import page_of
from conceptgraph.extract.sentences import Sentences
from conceptgraph.vocabulary.label_index import forms
from conceptgraph.vocabulary.normal_form import normal_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from conceptgraph.extract import Extraction
    from conceptgraph.model import Concept

_BRACKET = re.compile(r" ?\(")


def report(extraction: Extraction, concepts: Mapping[str, Concept]) -> dict[str, Any]:
    """Return an article's concepts, by falling weight, with each place that names them.

    Parameters
    ----------
    extraction
        What was found.
    concepts
        The known concepts by id.

    Returns
    -------
    dict
        ``{"doc": article id, "title", "concepts": [{"id", "name", "kind", "surfaces": [distinct exact strings],
        "core", "weight", "known", "mentions": [{"start", "end", "text", "sentence", "page"}]}]}``; offsets are
        characters into the article's plain text, surfaces those of `surfaces`, pages those of a PDF, else None.
    """
    written = surfaces(extraction, concepts)
    sentences = Sentences(extraction.article.text)
    concepts = {
        **{one.id: one for one in extraction.new},
        **{row.concept: concepts[row.concept] for row in extraction.concepts if row.concept in concepts},
    }
    places: dict[str, list[dict[str, Any]]] = {}
    for mention in extraction.mentions:
        place = {
            "start": mention.start,
            "end": mention.end,
            "text": mention.surface,
            "sentence": sentences.quote(mention.start, mention.end),
            "page": page_of(extraction.article, mention.start),
        }
        places.setdefault(mention.concept, []).append(place)
    return {
        "doc": extraction.article.id,
        "title": extraction.article.title,
        "concepts": [
            {
                "id": row.concept,
                "name": concepts[row.concept].name,
                "kind": concepts[row.concept].kind,
                "surfaces": written[row.concept],
                "core": row.core,
                "weight": row.weight,
                "known": concepts[row.concept].known,
                "mentions": places[row.concept],
            }
            for row in extraction.concepts
        ],
    }


def surfaces(extraction: Extraction, concepts: Mapping[str, Concept]) -> dict[str, list[str]]:
    """Return the distinct exact strings by which an article names each of its concepts, by id.

    A name with its short form in brackets behind it, or the reverse, is one more: "continuous integration (CI)". So is
    a name inside a longer one of the same concept: "cache" in "cache layer".

    Parameters
    ----------
    extraction
        What was found.
    concepts
        The known concepts by id.
    """
    text = extraction.article.text
    found: dict[str, dict[str, None]] = {}
    for mention in extraction.mentions:
        found.setdefault(mention.concept, {})[mention.surface] = None
    for one, other in pairwise(sorted(extraction.mentions, key=lambda mention: mention.start)):
        bracketed = _BRACKET.fullmatch(text, one.end, other.start) and text[other.end : other.end + 1] == ")"
        if one.concept == other.concept and bracketed:
            found[one.concept][text[one.start : other.end + 1]] = None
    for id_, written in found.items():
        if id_ in concepts:
            keys = {normal_form(form).strip() for one in concepts[id_].labels for form in forms(one)} - {""}
            inner = [name for surface in written for name in names_inside(surface, keys)]
            written.update(dict.fromkeys(inner))
    return {id_: list(written) for id_, written in found.items()}


def names_inside(surface: str, keys: Iterable[str]) -> Iterator[str]:
    """Yield the names, given in normal form, that stand as words inside a longer one, as they are written there.

    Examples
    --------
    >>> list(names_inside("Cache layer", {"cache", "cached"}))
    ['Cache']
    """
    haystack = f" {normal_form(surface)} "
    for key in sorted(keys):
        at = haystack.find(f" {key} ")
        if at >= 0:
            yield surface[at : at + len(key)]
