"""Learn what authors' estimates of labels come to: how sure authors are, and what a cue is worth.

    python benchmarks/learn_estimates.py ARTICLES LABELS [--docs train free]

For each label to which its author gave a prior, labelled articles say how often it meant its concept: without cues of
its own, with a cue in the article, without one. For each of the three a line through log-odds is fitted, from the
estimate to what was seen; they stand in `conceptgraph.vocabulary.priors`. A label of which the readers marked a shorter
name ("cache" in "cache layer") is right: to link it does no harm. The log loss is that of concepts that the lines were
not learned from; at most `CAP` articles of a label count.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from conceptgraph.vocabulary import priors
from conceptgraph.vocabulary.priors import CAP, Count
from learn_priors import authored, count, labelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    from conceptgraph import Vocabulary

FOLDS = 10
RIDGE = 0.1
"""Keeps a line finite where few labels were seen."""
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
            estimate = min(max(label.prior, 0.01), 0.99)
            odds = float(np.log(estimate / (1 - estimate)))
            meant, stood, meant_cued, stood_cued = counts.get((concept.id, label.text, label.pos), Count())
            no_cue = "without one" if label.cues else "no cues of its own"
            for side, right, of in ((no_cue, meant, stood), ("with a cue", meant_cued, stood_cued)):
                if of:
                    share = min(of, CAP) / of
                    sides[side].append(Seen(concept.id, odds, right * share, of * share))
    return sides


def chances(line: Sequence[float], odds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-line[0] * odds - line[1])))


def columns(seen: Iterable[Seen]) -> npt.NDArray[np.float64]:
    return np.array([(one.odds, one.meant, one.stood) for one in seen]).reshape(-1, 3).T


def fitted(seen: Iterable[Seen]) -> npt.NDArray[np.float64]:
    """Return slope and intercept of a logistic regression, by Newton's method."""
    odds, meant, stood = columns(seen)
    of = np.stack([odds, np.ones_like(odds)], 1)
    line = start = np.array([1.0, 0.0])
    for _ in range(25):
        chance = chances(line, odds)
        slope = of.T @ (meant - stood * chance) - RIDGE * (line - start)
        line = line + np.linalg.solve((of * (stood * chance * (1 - chance))[:, None]).T @ of + RIDGE * np.eye(2), slope)
    return line


def loss(line: Sequence[float], seen: Iterable[Seen]) -> float:
    """Return the sum of the log losses of all articles."""
    odds, meant, stood = columns(seen)
    chance = np.clip(chances(line, odds), 0.01, 0.99)
    return float(-(meant * np.log(chance) + (stood - meant) * np.log(1 - chance)).sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--docs", nargs="+", default=["train", "free"])
    options = parser.parse_args()
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
        odds, meant, stood = columns(seen)
        learned = 0.0
        for number in range(FOLDS):
            line = fitted(one for one in seen if fold[one.concept] != number)
            learned += loss(line, (one for one in seen if fold[one.concept] == number))
        articles = stood.sum()
        slope, intercept = fitted(seen)
        print(
            f"{side:<20} {articles:8.0f} {(stood * chances((1, 0), odds)).sum() / articles:10.3f}"
            f" {meant.sum() / articles:6.3f}   {slope:6.2f} {intercept:+6.2f}   {IN_USE[side]!s:>12}"
            f"   {loss((1, 0), seen) / articles:.3f}, {learned / articles:.3f}"
        )


if __name__ == "__main__":
    main()
