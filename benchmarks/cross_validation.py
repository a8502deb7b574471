"""How the learned priors carry over: each labelled article is read with priors that were learned from others.

    python benchmarks/cross_validation.py ARTICLES LABELS SCORER [--docs train free] [--folds 5]

The articles are dealt into folds with a seed; what is printed for each of --docs is out of fold.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
from pathlib import Path

from conceptgraph import Vocabulary
from conceptgraph.extract import extract
from conceptgraph.sources import read_articles
from conceptgraph.vocabulary.priors import with_priors
from learn_priors import authored, count, labelled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--docs", nargs="+", default=["train", "free"])
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("scorer", options.scorer)
    assert spec
    assert spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    labels = labelled(options.articles, options.labels, options.docs)
    names = sorted(labels)
    random.Random(7).shuffle(names)
    plain = authored()
    predicted = {}
    for fold in range(options.folds):
        held = set(names[fold :: options.folds])
        learned = count(plain, options.articles, {name: labels[name] for name in names if name not in held})
        vocabulary = Vocabulary.of(with_priors(plain.values(), learned).values())
        for name in sorted(held):
            (article,) = read_articles([options.articles / f"{name}.md"])
            found = extract(article, vocabulary)
            kinds = {concept.id: concept.kind for concept in found.new}
            surfaces: dict[str, set[str]] = {}
            for mention in found.mentions:
                surfaces.setdefault(mention.concept, set()).add(mention.surface)
            core = {row.concept: row.core for row in found.concepts}
            predicted[name] = [
                {
                    "label": id_,
                    "name": scorer.key(id_),
                    "id": id_,
                    "kind": kinds.get(id_) or vocabulary[id_].kind,
                    "agreed": True,
                    "core": core[id_],
                    "surfaces": {scorer.key(surface): surface for surface in found_here},
                }
                for id_, found_here in surfaces.items()
            ]
    gold = scorer.load(str(options.labels))
    for prefix in options.docs:
        result, _, _ = scorer.score(gold, predicted, prefix)
        row = ("precision", "recall", "f1", "core_found", "linking_b3")
        print(f"{prefix:<6} " + "  ".join(f"{key} {result[key]:.3f}" for key in row))


if __name__ == "__main__":
    main()
