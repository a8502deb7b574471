"""Which proposals of the article stage stand up to the whole corpus."""

from __future__ import annotations

from collections import Counter
from math import log2
from typing import TYPE_CHECKING

from conceptgraph.cooccurrence import npmi
from conceptgraph.extract.new_concepts import CONFIDENCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conceptgraph.extract import Extraction

COMMON = 0.5
"""A name that is in a larger share of the articles than this has to keep company with some concept."""
ENOUGH = 8
"""Least number of articles in which being everywhere says anything."""


def scores(extractions: Sequence[Extraction]) -> dict[str, float]:
    """Return how surely each proposed concept is one, for those that are kept.

    A proposal is dropped when its C-value is not positive: it stands only inside longer proposals; and when it is in
    most articles and attracts no known concept (NPMI at most zero with all of them): the name of a newsletter, a call
    to subscribe. Each further article halves the doubt that is left.

    Parameters
    ----------
    extractions
        What was found in each article.

    Returns
    -------
    dict of str to float
        Confidence in [0, 1] by id.
    """
    frequency: Counter[str] = Counter()
    names: dict[str, str] = {}
    for found in extractions:
        new = {concept.id for concept in found.new}
        names |= {concept.id: concept.name.casefold() for concept in found.new}
        frequency.update(mention.concept for mention in found.mentions if mention.concept in new)
    articles = Counter(concept.id for found in extractions for concept in found.new)
    worth = c_values(names, frequency)
    return {
        id_: round(1 - (1 - CONFIDENCE) * 0.5 ** (count - 1), 3)
        for id_, count in articles.items()
        if worth[id_] > 0 and not (_common(count, len(extractions)) and _lonely(id_, count, extractions))
    }


def c_values(names: Mapping[str, str], frequency: Mapping[str, int]) -> dict[str, float]:
    """Return the C-value of each term.

    ``log2(words + 1) * (f(a) - mean of f(b))`` over the longer terms b that hold a; without longer terms the second
    part is nothing (Frantzi, Ananiadou and Mima 2000, "Automatic recognition of multi-word terms: the C-value/NC-value
    method", with one added to the length so that single words count).

    Parameters
    ----------
    names
        The terms in lower case, by id.
    frequency
        How often each stands outside longer ones, by id.

    Examples
    --------
    >>> c_values({"a": "odin", "b": "odin-agent"}, {"a": 4, "b": 2})
    {'a': 2.0, 'b': 3.169925001442312}
    """
    values = {}
    for id_, name in names.items():
        around = [frequency[other] for other, longer in names.items() if other != id_ and name in _words(longer)]
        nested = sum(around) / len(around) if around else 0.0
        values[id_] = log2(len(_words(name)) + 1) * (frequency[id_] - nested)
    return values


def _words(name: str) -> list[str]:
    return name.replace("-", " ").split()


def _common(count: int, total: int) -> bool:
    return total >= ENOUGH and count > COMMON * total


def _lonely(id_: str, count: int, extractions: Sequence[Extraction]) -> bool:
    """Whether no known concept is drawn to the proposal."""
    total = len(extractions)
    own = [{row.concept for row in found.concepts} for found in extractions]
    in_articles = Counter(concept for concepts in own for concept in concepts)
    together = Counter(concept for concepts in own if id_ in concepts for concept in concepts if concept != id_)
    return all(npmi(both, count, in_articles[concept], total) <= 0 for concept, both in together.items())
