"""Learn what tells of a label of which nothing was seen: the rate of its make, its concept's links, its rank.

    python benchmarks/learn_usual.py ARTICLES LABELS [--docs train free]

Each label without an author's estimate that stood in a labelled article is one observation: how often labels of its
make are right among those of other concepts, how many facts lead to its concept, and how far behind the first of the
concept's labels it stands. The weights are those of a logistic regression; those in use are rounded and stand in
`conceptgraph.vocabulary.priors`. The log loss is that of concepts that the rates were not learned from, nor those
weights that are called learned from others.
"""

from __future__ import annotations

import random
from math import log1p
from typing import NamedTuple

import numpy as np

from conceptgraph.vocabulary.priors import POPULARITY, RANK, RATE, Usual, rank, seen_labels
from labelled import labelled, learning_from
from learn_priors import authored, count
from logistic import Floats, chances, fitted, log_odds, loss

FOLDS = 5
NAMES = "rate", "one", "links", "rank"
IN_USE = np.array([*RATE, POPULARITY, RANK])
RATE_ALONE = np.array([1.0, 0.0, 0.0, 0.0])


class Seen(NamedTuple):
    concept: str
    features: tuple[float, ...]
    meant: float
    stood: float


def columns(seen: list[Seen]) -> tuple[Floats, Floats, Floats]:
    """Return what is told of each label, how often it meant its concept, and stood."""
    return (np.array([one.features for one in seen]), *np.array([(one.meant, one.stood) for one in seen]).T)


def main() -> None:
    options = learning_from(__doc__).parse_args()
    vocabulary = authored()
    concepts = list(vocabulary.values())
    counts = count(vocabulary, options.articles, labelled(options.articles, options.labels, options.docs))
    ids = sorted({concept for concept, _, _ in counts})
    random.Random(7).shuffle(ids)
    fold = {concept: number % FOLDS for number, concept in enumerate(ids)}
    seen: dict[int, list[Seen]] = {number: [] for number in range(FOLDS)}
    for number in range(FOLDS):
        usual = Usual(concepts, {key: each for key, each in counts.items() if fold[key[0]] != number})
        for label, concept, meant, stood in seen_labels(concepts, counts):
            if fold[concept.id] == number:
                links = log1p(usual.links_to(concept))
                features = log_odds(usual.rate(label, concept)), 1.0, links, float(rank(label, concept))
                seen[number].append(Seen(concept.id, features, meant, stood))
    every = [one for ones in seen.values() for one in ones]
    losses = np.zeros(3)
    for number in range(FOLDS):
        learned = fitted(*columns([one for one in every if fold[one.concept] != number]), start=RATE_ALONE)
        of, meant, stood = columns(seen[number])
        for at, weights in enumerate((RATE_ALONE, IN_USE, learned)):
            losses[at] += loss(chances(of, weights), meant, stood)
    rows = {"learned": fitted(*columns(every), start=RATE_ALONE), "in use": IN_USE}
    print(f"{len(every):,} labels" + "".join(f"{name:>8}" for name in NAMES))
    for name, weights in rows.items():
        print(f"{name:<12}" + "".join(f"{weight:+8.2f}" for weight in weights))
    alone, used, learned = losses / sum(one.stood for one in every)
    print(f"log loss: {alone:.4f} by the rate alone, {used:.4f} with those in use, {learned:.4f} learned from others")


if __name__ == "__main__":
    main()
