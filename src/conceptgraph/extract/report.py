"""What was found in one article, as plain data for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conceptgraph.extract.sentences import Sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conceptgraph.extract import Extraction
    from conceptgraph.model import Concept


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
        "core", "weight", "known", "mentions": [{"start", "end", "text", "sentence"}]}]}``; offsets are characters into
        the article's plain text.
    """
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
                "surfaces": list(dict.fromkeys(place["text"] for place in places[row.concept])),
                "core": row.core,
                "weight": row.weight,
                "known": concepts[row.concept].known,
                "mentions": places[row.concept],
            }
            for row in extraction.concepts
        ],
    }
