"""How long the index of related articles takes to make, and how long answers take.

    python benchmarks/related_speed.py [--articles 12000]

The articles are made from the vocabulary's definitions, about 1,500 characters on 14 concepts each; they are linked by
construction, since finding concepts is not what is measured here. Times are the processor's, summed over threads.
"""

from __future__ import annotations

import argparse
import resource
import time
from typing import TYPE_CHECKING

import numpy as np

from conceptgraph import load_vocabulary
from conceptgraph.model import ArticleConcept, Mention, Records
from conceptgraph.relatedness import RelatednessIndex, build_index, related
from conceptgraph.relatedness.measures import fused
from corpora import of_definitions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph import Vocabulary


def linked(vocabulary: Vocabulary, count: int) -> Records:
    """Return articles of definitions with the mentions that they begin with."""
    mentions, rows, by_name = [], [], {concept.name: concept.id for concept in vocabulary.values()}
    articles = of_definitions(vocabulary, count, 6_000, each=14)
    for article in articles:
        end = len(article.title)
        for paragraph in article.text[end:].split("\n\n")[1:]:
            name = next(name for name in _beginnings(paragraph) if name in by_name)
            start, end = end + 2, end + 2 + len(paragraph)
            place = {"start": start, "end": start + len(name), "surface": name}
            mentions.append(
                Mention(article=article.id, concept=by_name[name], **place, technique="known", confidence=1.0)
            )
            rows.append(ArticleConcept(article=article.id, concept=by_name[name], weight=0.4, core=len(rows) % 7 == 0))
    used = {row.concept for row in rows}
    concepts = tuple(vocabulary[id_] for id_ in sorted(used))
    return Records(
        build="made",
        articles=tuple(articles),
        concepts=concepts,
        mentions=tuple(mentions),
        article_concepts=tuple(rows),
    )


def _beginnings(paragraph: str) -> Iterator[str]:
    """Yield what stands before each colon, the longest first."""
    yield from (paragraph[:at] for at in range(len(paragraph), 0, -1) if paragraph[at : at + 1] == ":")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=12_000)
    options = parser.parse_args()
    records = linked(load_vocabulary(), options.articles)
    print(f"{len(records.articles):,} articles, {len(records.mentions):,} mentions")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    data = build_index(records).to_bytes()
    built = time.process_time() - start
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"index {built:.1f} s, {len(data) / 1e6:.1f} MB stored, {grown / 1e3:.0f} MB more at the peak")
    start = time.process_time()
    index = RelatednessIndex.from_bytes(data)
    related(records, index, records.articles[0].id)
    print(f"first answer after loading {time.process_time() - start:.2f} s")
    asked = np.linspace(1, options.articles - 1, 50).astype(int)
    taken = []
    for at in asked:
        start = time.process_time()
        related(records, index, records.articles[at].id)
        taken.append(time.process_time() - start)
    start = time.process_time()
    for at in asked:
        fused(index, int(at))
    ranked = (time.process_time() - start) / len(asked)
    median, most = 1e3 * np.median(taken), 1e3 * max(taken)
    print(f"further ones {median:.1f} ms in the median, {most:.1f} ms at most; scores alone {1e3 * ranked:.1f} ms")


if __name__ == "__main__":
    main()
