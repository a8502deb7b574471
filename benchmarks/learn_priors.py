"""Count, on labelled articles, how often each label of the vocabulary means its concept.

    python benchmarks/learn_priors.py ARTICLES LABELS [--docs train] > src/conceptgraph/vocabulary/data/priors.tsv

LABELS holds NAME.json for NAME.md of ARTICLES: {"concepts": [{"name", "surfaces": [exact strings]}]}. Only articles
whose name begins with --docs are read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from conceptgraph.extract.disambiguation import Decisions
from conceptgraph.extract.matcher import Matcher
from conceptgraph.sources import read_articles
from conceptgraph.vocabulary import Vocabulary
from conceptgraph.vocabulary.compiled import DATA
from conceptgraph.vocabulary.label_index import label_index, spaced
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.priors import Count, format_counts
from conceptgraph.vocabulary.reader import merge, read_entries
from conceptgraph.vocabulary.readings import reading


def key(text: str) -> str:
    return normal_form(text).strip()


def every_label(vocabulary: Vocabulary) -> Vocabulary:
    """Return the vocabulary with every label beyond doubt, so that each place where one stands is found."""
    return Vocabulary.of(
        replace(concept, labels=tuple(replace(label, prior=1.0, cues=()) for label in concept.labels))
        for concept in vocabulary.values()
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--docs", default="train")
    parser.add_argument("--vocabulary", type=Path, default=DATA, help="folder of vocabulary files")
    options = parser.parse_args()

    vocabulary = Vocabulary.of(
        merge(entry for path in sorted(options.vocabulary.glob("*.yaml")) for entry in read_entries(path)).values()
    )
    index, matcher = label_index(vocabulary.values()), Matcher(every_label(vocabulary))
    counts: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for path in sorted(options.articles.glob(f"{options.docs}*.md")):
        labels = json.loads((options.labels / f"{path.stem}.json").read_text("utf-8"))
        if labels.get("hashed"):
            sys.exit(f"{path.stem}: its labels are held back and cannot be learned from")
        named = {key(surface): concept["name"] for concept in labels["concepts"] for surface in concept["surfaces"]}
        here: dict[tuple[str, str, str], tuple[bool, bool]] = {}
        for article in read_articles([path]):
            decisions = Decisions(f" {normal_form(article.text)} ")
            for start, end, _, _ in matcher.find(article.text, article.spans):
                surface = article.text[start:end]
                senses = [s for s in index[key(surface)] if (w := s.surfaces()) is None or spaced(surface) in w]
                wanted = set(vocabulary.find(named[key(surface)])) if key(surface) in named else set()
                first = senses[0] if key(surface) in named else None
                right = next((sense for sense in senses if sense.concept in wanted), first)
                for sense in senses:
                    label = (sense.concept, sense.label.text, sense.label.pos)
                    cued = decisions.near(reading(sense))
                    here[label] = here.get(label, (False, False))[0] or sense is right, cued
        for label, (right_here, cued) in here.items():
            counts[label][1 + 2 * cued] += 1
            counts[label][2 * cued] += right_here
    sys.stdout.write(format_counts({label: Count(*count) for label, count in counts.items()}))


if __name__ == "__main__":
    main()
