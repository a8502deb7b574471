"""Count, on labelled articles, how often each label of the vocabulary means its concept.

    python benchmarks/learn_priors.py ARTICLES LABELS [--docs train free] > src/conceptgraph/vocabulary/data/priors.tsv

LABELS holds NAME.json for NAME.md of ARTICLES: {"concepts": [{"name", "surfaces": [exact strings]}]}. Only articles
whose name begins with --docs are read.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from conceptgraph.extract.matcher import Matcher
from conceptgraph.extract.report import names_inside
from conceptgraph.sources import read_articles
from conceptgraph.vocabulary import Vocabulary
from conceptgraph.vocabulary.compiled import DATA
from conceptgraph.vocabulary.label_index import forms, label_index, spaced
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.priors import Count, format_counts
from conceptgraph.vocabulary.reader import merge, read_entries
from conceptgraph.vocabulary.readings import reading
from labelled import labelled, learning_from


def key(text: str) -> str:
    return normal_form(text).strip()


def every_label(vocabulary: Vocabulary) -> Vocabulary:
    """Return the vocabulary with every label beyond doubt, so that each place where one stands is found."""
    return Vocabulary.of(
        replace(concept, labels=tuple(replace(label, prior=1.0, cues=()) for label in concept.labels))
        for concept in vocabulary.values()
    )


def count(
    vocabulary: Vocabulary, articles: Path, labels: dict[str, dict[str, Any]], *, inside: bool = False
) -> dict[tuple[str, str, str], Count]:
    """Return in how many of the labelled articles each label stood and meant its concept, without and with a cue.

    With `inside`, a label is right, too, where the readers marked a shorter name of its concept in it.
    """
    index, matcher = label_index(vocabulary.values()), Matcher(every_label(vocabulary))
    names = {
        concept.id: {key(form) for label in concept.labels for form in forms(label)} - {""}
        for concept in vocabulary.values()
    }
    counts: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for name, given in labels.items():
        named = {key(surface): concept["name"] for concept in given["concepts"] for surface in concept["surfaces"]}
        here: dict[tuple[str, str, str], tuple[bool, bool]] = {}
        for article in read_articles([articles / f"{name}.md"]):
            haystack = f" {normal_form(article.text)} "
            for start, end, _, _ in matcher.find(article.text, article.spans):
                surface = article.text[start:end]
                # A word of it may be marked off: “cold” data.
                found = index.get(key(surface)) or index[" ".join(key(surface).split())]
                senses = [s for s in found if (w := s.surfaces()) is None or spaced(surface) in w]
                cued = [any(f" {cue} " in haystack for cue in reading(sense).cues) for sense in senses]
                right = None
                if key(surface) in named:
                    wanted = set(vocabulary.find(named[key(surface)]))
                    # The readers' name may be several senses' own: then it is the one whose cue stands in the article.
                    rank = [(sense.concept not in wanted, not cue) for sense, cue in zip(senses, cued, strict=True)]
                    right = senses[rank.index(min(rank))]
                elif inside:
                    held = (s for s in senses if any(key(n) in named for n in names_inside(surface, names[s.concept])))
                    right = next(held, None)
                for sense, cue in zip(senses, cued, strict=True):
                    label = (sense.concept, sense.label.text, sense.label.pos)
                    here[label] = here.get(label, (False, False))[0] or sense is right, cue
        for label, (right_here, cued) in here.items():
            counts[label][1 + 2 * cued] += 1
            counts[label][2 * cued] += right_here
    return {label: Count(*four) for label, four in counts.items()}


def authored(folder: Path = DATA) -> Vocabulary:
    """Return the vocabulary as its authors wrote it, without learned priors."""
    entries = (entry for path in sorted(folder.glob("*.yaml")) for entry in read_entries(path))
    return Vocabulary.of(merge(entries).values())


def main() -> None:
    parser = learning_from(__doc__)
    parser.add_argument("--vocabulary", type=Path, default=DATA, help="folder of vocabulary files")
    options = parser.parse_args()
    labels = labelled(options.articles, options.labels, options.docs)
    sys.stdout.write(format_counts(count(authored(options.vocabulary), options.articles, labels)))


if __name__ == "__main__":
    main()
