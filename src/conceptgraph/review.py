"""What awaits a person's decision: proposed concepts, with their best sentence and the known concepts most like."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conceptgraph.evidence import quotes
from conceptgraph.lookup import nearest_names, vocabulary_names

if TYPE_CHECKING:
    from conceptgraph.extract.quotes import Quote
    from conceptgraph.model import Concept, Records
    from conceptgraph.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A new concept that awaits a decision.

    Parameters
    ----------
    concept
        The proposed concept.
    articles
        Ids of the articles that mention it, those where it weighs most first.
    quote
        The best sentence about it.
    nearest
        Names of known concepts that are written like it.
    """

    concept: Concept
    articles: tuple[str, ...]
    quote: Quote
    nearest: tuple[str, ...]


def proposals(records: Records, vocabulary: Vocabulary) -> list[Proposal]:
    """Return the new concepts of a graph, those that most articles mention first.

    Parameters
    ----------
    records
        The graph's records.
    vocabulary
        The known concepts, to look for like ones.
    """
    names = vocabulary_names(vocabulary)
    quoted = quotes(records)
    found = []
    articles: dict[str, list[str]] = defaultdict(list)
    for row in sorted(records.article_concepts, key=lambda row: -row.weight):
        articles[row.concept].append(row.article)
    for concept in records.concepts:
        if not concept.known and concept.id not in vocabulary.decided:
            of = tuple(articles[concept.id])
            nearest = tuple(nearest_names(concept.name, names))
            found.append(Proposal(concept=concept, articles=of, quote=quoted[of[0], concept.id], nearest=nearest))
    return sorted(found, key=lambda proposal: (-len(proposal.articles), proposal.concept.id))
