"""Learn what authors' estimates of labels come to: how sure authors are, and what a cue is worth.

    python benchmarks/learn_estimates.py ARTICLES LABELS [--docs train free]

For each label to which its author gave a prior, labelled articles say how often it meant its concept: without cues of
its own, with a cue in the article, without one. For each of the three a line through log-odds is fitted, from the
estimate to what was seen; they stand in `conceptgraph.vocabulary.priors`. A label of which the readers marked a shorter
name ("cache" in "cache layer") is right: to link it does no harm. The log loss is that of concepts that the lines were
not learned from; at most `CAP` articles of a label count.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from conceptgraph.vocabulary import priors
from conceptgraph.vocabulary.priors import CAP, Count
from labelled import labelled, learning_from
from learn_priors import authored, count
from logistic import chances, fitted, log_odds, loss

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conceptgraph import Vocabulary
    from logistic import Floats

FOLDS = 10
AS_IT_IS = np.array([1.0, 0.0])
"""The line of an estimate that is right."""
IN_USE = {"no cues of its own": priors.CUELESS, "with a cue": priors.CUED, "without one": priors.UNCUED}


class Seen(NamedTuple):
    """In how many articles a label with an estimate, given as log-odds, meant its concept, of those where it stood."""

    concept: str
    odds: float
    meant: float
    stood: float


def by_side(vocabulary: Vocabulary, counts: Mapping[tuple[str, str, str], Count]) -> dict[str, list[Seen]]:
    sides: dict[str, list[Seen]] = {side: [] for side in IN_USE}
    for concept in vocabulary.values():
        for label in concept.labels:
            if label.prior is None:
                continue
            meant, stood, meant_cued, stood_cued = counts.get((concept.id, label.text, label.pos), Count())
            no_cue = "without one" if label.cues else "no cues of its own"
            for side, right, of in ((no_cue, meant, stood), ("with a cue", meant_cued, stood_cued)):
                if of:
                    share = min(of, CAP) / of
                    sides[side].append(Seen(concept.id, log_odds(label.prior), right * share, of * share))
    return sides


def columns(seen: Iterable[Seen]) -> tuple[Floats, Floats, Floats]:
    """Return what a line is fitted to: log-odds beside ones, how often a label meant its concept, and stood."""
    odds, meant, stood = np.array([(one.odds, one.meant, one.stood) for one in seen]).reshape(-1, 3).T
    return np.stack([odds, np.ones_like(odds)], 1), meant, stood


def main() -> None:
    options = learning_from(__doc__).parse_args()
    vocabulary = authored()
    labels = labelled(options.articles, options.labels, options.docs)
    sides = by_side(vocabulary, count(vocabulary, options.articles, labels, inside=True))
    concepts = sorted({one.concept for seen in sides.values() for one in seen})
    random.Random(7).shuffle(concepts)
    fold = {concept: number % FOLDS for number, concept in enumerate(concepts)}
    print(
        f"{'':<20} articles  estimated  meant      line learned     in use   log loss: estimates, learned from others"
    )
    for side, seen in sides.items():
        learned = 0.0
        for number in range(FOLDS):
            line = fitted(*columns(one for one in seen if fold[one.concept] != number), start=AS_IT_IS)
            of, meant, stood = columns(one for one in seen if fold[one.concept] == number)
            learned += loss(chances(of, line), meant, stood)
        of, meant, stood = columns(seen)
        slope, intercept = fitted(of, meant, stood, start=AS_IT_IS)
        estimates, articles = chances(of, AS_IT_IS), stood.sum()
        print(
            f"{side:<20} {articles:8.0f} {(stood * estimates).sum() / articles:10.3f} {meant.sum() / articles:6.3f}"
            f"   {slope:6.2f} {intercept:+6.2f}   {IN_USE[side]!s:>12}"
            f"   {loss(estimates, meant, stood) / articles:.3f}, {learned / articles:.3f}"
        )


if __name__ == "__main__":
    main()
