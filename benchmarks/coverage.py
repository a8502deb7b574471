"""How many labelled concepts the vocabulary has any name for: what linking can find at most, without proposals.

    python benchmarks/coverage.py LABELS SCORER [--docs dev free train]

Labels that are held back as hashes are compared as hashes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from conceptgraph.vocabulary import load_vocabulary
from conceptgraph.vocabulary.label_index import forms
from scoring import load_scorer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--docs", nargs="+", default=["dev", "free", "train"])
    options = parser.parse_args()
    scorer = load_scorer(options.scorer)
    labels = (label for concept in load_vocabulary().values() for label in concept.labels)
    names = {scorer.key(form) for label in labels for form in forms(label)}
    gold = scorer.load(str(options.labels))
    for prefix in options.docs:
        concepts = [each for doc, labelled in gold.items() if doc.startswith(prefix) for each in labelled]
        counted = [each for each in concepts if each["agreed"] and each["kind"] != "organization"]
        core = [each for each in counted if each["core"]]
        shares = [sum(not names.isdisjoint(each["surfaces"]) for each in some) / len(some) for some in (counted, core)]
        print(f"{prefix:<6} all {shares[0]:.3f}  core {shares[1]:.3f}")


if __name__ == "__main__":
    main()
