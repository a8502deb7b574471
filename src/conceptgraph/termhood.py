"""Which proposals of the article stage stand up to the whole corpus."""

from __future__ import annotations

from collections import Counter
from math import log2
from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.cooccurrence import npmi
from conceptgraph.extract.new_concepts import CONFIDENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conceptgraph.columns import Ints
    from conceptgraph.found import Corpus

COMMON = 0.5
"""A name that is in a larger share of the articles than this has to keep company with some concept."""
ENOUGH = 8
"""Least number of articles in which being everywhere says anything."""


def scores(corpus: Corpus) -> dict[str, float]:
    """Return how surely each proposed concept is one, for those that are kept.

    A proposal is dropped when its C-value is not positive: it stands only inside longer proposals; and when it is in
    most articles and attracts no known concept (NPMI at most zero with all of them): the name of a newsletter, a call
    to subscribe. Each further article halves the doubt that is left.

    Parameters
    ----------
    corpus
        What was found in each article.

    Returns
    -------
    dict of str to float
        Confidence in [0, 1] by id.
    """
    proposed = corpus.proposed()
    names = {concept.id: concept.name.casefold() for concept in proposed}
    articles = Counter(concept.id for concept in proposed)
    counted = np.bincount(corpus.mentions["concept"], minlength=len(corpus.concepts)).tolist() if names else []
    numbers = {id_: number for number, id_ in enumerate(corpus.concepts) if id_ in names}
    worth = c_values(names, {id_: counted[number] for id_, number in numbers.items()})
    total = len(corpus.mention_ends)
    return {
        id_: round(1 - (1 - CONFIDENCE) * 0.5 ** (count - 1), 3)
        for id_, count in articles.items()
        if worth[id_] > 0 and not (_common(count, total) and _lonely(numbers[id_], count, corpus))
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
    holding: dict[str, list[str]] = {}
    for id_, name in names.items():
        for word in set(_words(name)):
            holding.setdefault(word, []).append(id_)
    values = {}
    for id_, name in names.items():
        around = [frequency[other] for other in holding.get(name, ()) if other != id_]
        nested = sum(around) / len(around) if around else 0.0
        values[id_] = log2(len(_words(name)) + 1) * (frequency[id_] - nested)
    return values


def _words(name: str) -> list[str]:
    return name.replace("-", " ").split()


def _common(count: int, total: int) -> bool:
    return total >= ENOUGH and count > COMMON * total


def _lonely(number: int, count: int, corpus: Corpus) -> bool:
    """Whether no known concept is drawn to the proposal."""
    total = len(corpus.weight_ends)
    concepts = corpus.weights["concept"]
    article: Ints = np.repeat(np.arange(total), np.diff(corpus.weight_ends, prepend=0))
    with_it = np.isin(article, article[concepts == number])
    in_articles = np.bincount(concepts)
    together = np.bincount(concepts[with_it], minlength=len(in_articles))
    together[number] = 0
    return all(
        npmi(int(together[other]), count, int(in_articles[other]), total) <= 0 for other in np.flatnonzero(together)
    )
