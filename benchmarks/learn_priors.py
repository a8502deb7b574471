"""Count, on labelled articles, how often each label of the vocabulary means its concept.

    python benchmarks/learn_priors.py ARTICLES LABELS [--docs train] > src/conceptgraph/vocabulary/data/priors.tsv

LABELS holds NAME.json for NAME.md of ARTICLES: {"concepts": [{"name", "surfaces": [exact strings]}]}. Only articles
whose name begins with --docs are read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from conceptgraph.extract.matcher import Matcher
from conceptgraph.sources import read_articles
from conceptgraph.vocabulary import Vocabulary
from conceptgraph.vocabulary.compiled import DATA
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.priors import format_counts
from conceptgraph.vocabulary.reader import merge, read_entries


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
    options = parser.parse_args()

    vocabulary = Vocabulary.of(
        merge(entry for path in sorted(DATA.glob("*.yaml")) for entry in read_entries(path)).values()
    )
    index, matcher = vocabulary.label_index, Matcher(every_label(vocabulary))
    meant: Counter[tuple[str, str, str]] = Counter()
    stood: Counter[tuple[str, str, str]] = Counter()
    for path in sorted(options.articles.glob(f"{options.docs}*.md")):
        labels = json.loads((options.labels / f"{path.stem}.json").read_text("utf-8"))
        if labels.get("hashed"):
            sys.exit(f"{path.stem}: its labels are held back and cannot be learned from")
        named = {key(surface): concept["name"] for concept in labels["concepts"] for surface in concept["surfaces"]}
        here: dict[tuple[str, str, str], bool] = {}
        for article in read_articles([path]):
            for match in matcher.find(article.text, article.spans):
                surface = article.text[match.start : match.end]
                senses = [sense for sense in index[key(surface)] if sense.fits(surface)]
                wanted = set(vocabulary.find(named[key(surface)])) if key(surface) in named else set()
                right = next(
                    (sense for sense in senses if sense.concept in wanted), senses[0] if key(surface) in named else None
                )
                for sense in senses:
                    label = (sense.concept, sense.label.text, sense.label.pos)
                    here[label] = here.get(label, False) or sense is right
        stood.update(here)
        meant.update(label for label, right in here.items() if right)
    sys.stdout.write(format_counts({label: (meant[label], count) for label, count in stood.items()}))


if __name__ == "__main__":
    main()
