"""How long the index of related articles takes to make, and how long answers take.

    python benchmarks/related_speed.py [--articles 12000] [--shuffled]

The articles are made from the vocabulary's definitions, about 1,500 characters on 14 concepts each, or, with
--shuffled, from the sentences of articles/, so that they have far more wording in common than any real corpus.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from conceptgraph import load_vocabulary, pipeline
from conceptgraph.relatedness import RelatednessIndex, build_index, related
from conceptgraph.relatedness.measures import fused
from corpora import of_definitions, shuffled_sentences


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=12_000)
    parser.add_argument("--shuffled", action="store_true")
    options = parser.parse_args()
    vocabulary = load_vocabulary()
    count = options.articles
    articles = shuffled_sentences(count) if options.shuffled else of_definitions(vocabulary, count, 6_000, each=14)
    start = time.perf_counter()
    records = pipeline.link(articles, vocabulary)
    print(f"{count:,} articles, {len(records.mentions):,} mentions; linked in {time.perf_counter() - start:.1f} s")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    data = build_index(records).to_bytes()
    built = time.perf_counter() - start
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"index {built:.1f} s, {len(data) / 1e6:.1f} MB stored, {grown / 1e3:.0f} MB more at the peak")
    start = time.perf_counter()
    index = RelatednessIndex.from_bytes(data)
    related(records, index, articles[0].id)
    print(f"first answer after loading {time.perf_counter() - start:.2f} s")
    asked = np.linspace(1, count - 1, 50).astype(int)
    taken = []
    for at in asked:
        start = time.perf_counter()
        related(records, index, articles[at].id)
        taken.append(time.perf_counter() - start)
    start = time.perf_counter()
    for at in asked:
        fused(index, int(at))
    ranked = (time.perf_counter() - start) / len(asked)
    median, most = 1e3 * np.median(taken), 1e3 * max(taken)
    print(f"further ones {median:.1f} ms in the median, {most:.1f} ms at most; scores alone {1e3 * ranked:.1f} ms")


if __name__ == "__main__":
    main()
