"""How the learned priors carry over: each labelled article is read with priors that were learned from others.

    python benchmarks/cross_validation.py ARTICLES LABELS SCORER [--docs train free] [--folds 5]

The articles are dealt into folds with a seed; what is printed for each of --docs is out of fold.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conceptgraph import Vocabulary
from conceptgraph.extract import extract
from conceptgraph.extract.report import surfaces
from conceptgraph.sources import read_articles
from conceptgraph.vocabulary.priors import with_priors
from labelled import labelled
from learn_priors import authored, count
from scoring import load_scorer, predicted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.model import Article


def out_of_fold(articles: Path, labels: dict[str, dict[str, Any]], folds: int) -> Iterator[tuple[Article, Vocabulary]]:
    """Yield each labelled article with a vocabulary whose priors were learned from those of other folds."""
    names = sorted(labels)
    random.Random(7).shuffle(names)
    plain = authored()
    for fold in range(folds):
        held = set(names[fold::folds])
        learned = count(plain, articles, {name: labels[name] for name in names if name not in held})
        vocabulary = Vocabulary.of(with_priors(plain.values(), learned).values())
        for name in sorted(held):
            (article,) = read_articles([articles / f"{name}.md"])
            yield article, vocabulary


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--docs", nargs="+", default=["train", "free"])
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    scorer = load_scorer(options.scorer)
    labels = labelled(options.articles, options.labels, options.docs)
    found = {}
    for article, vocabulary in out_of_fold(options.articles, labels, options.folds):
        read = extract(article, vocabulary)
        written = surfaces(read, vocabulary)
        new = {concept.id: concept for concept in read.new}
        kinds = {id_: (new.get(id_) or vocabulary[id_]).kind for id_ in written}
        found[article.id] = predicted(scorer, written, kinds, {row.concept: row.core for row in read.concepts})
    gold = scorer.load(str(options.labels))
    for prefix in options.docs:
        result, _, _ = scorer.score(gold, found, prefix)
        row = ("precision", "recall", "f1", "core_found", "linking_b3")
        print(f"{prefix:<6} " + "  ".join(f"{key} {result[key]:.3f}" for key in row))


if __name__ == "__main__":
    main()
