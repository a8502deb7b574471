"""How long a study path takes over a large corpus, once it is loaded.

    python benchmarks/study.py [--articles 12000] [--goals 20]

The corpus is made with a seed: each article explains a few concepts of the vocabulary and mentions some more. What is
printed is processor time, and its ratio to that of one pass over the corpus's rows.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time

from conceptgraph import load_vocabulary
from conceptgraph.model import Article, ArticleConcept, Records
from conceptgraph.prerequisites import prerequisite_graph
from conceptgraph.study import study_path

CONCEPTS = 5000


def made(count: int, ids: list[str], seed: int = 7) -> Records:
    dice = random.Random(seed)
    articles, rows = [], []
    for number in range(count):
        id_ = f"article-{number:06d}"
        spoken = dice.sample(ids, 20)
        articles.append(Article(id=id_, title=id_, text=" ".join(["word"] * dice.randint(300, 1500))))
        rows += [
            ArticleConcept(article=id_, concept=concept, weight=round(0.8 - 0.03 * at, 2), core=at < 4)
            for at, concept in enumerate(spoken)
        ]
    return Records(build="made", articles=tuple(articles), article_concepts=tuple(rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=12_000)
    parser.add_argument("--goals", type=int, default=20)
    options = parser.parse_args()
    vocabulary = load_vocabulary()
    start = time.process_time()
    graph = prerequisite_graph(vocabulary)
    built = time.process_time() - start
    deep = sorted(vocabulary, key=lambda id_: (-len(graph.needed([id_])), id_))
    records = made(options.articles, sorted(deep[:CONCEPTS]))
    start = time.process_time()
    sum(row.core for row in records.article_concepts)
    walk = time.process_time() - start
    times, sizes = [], []
    for goal in deep[:: max(1, 2000 // options.goals)][: options.goals]:
        start = time.process_time()
        path = study_path(records, graph, [vocabulary[goal]], concepts=vocabulary, minutes=120)
        times.append(time.process_time() - start)
        sizes.append(len(path.concepts))
    print(f"{options.articles:,} articles, {CONCEPTS:,} concepts in them; prerequisite graph {built:.2f} s")
    print(f"a path to one of {len(times)} goals (median {statistics.median(sizes):.0f} concepts needed):")
    median, most = statistics.median(times), max(times)
    print(
        f"median {median * 1000:.0f} ms, at most {most * 1000:.0f} ms; {median / walk:.0f} times one pass over the rows"
    )


if __name__ == "__main__":
    main()
