"""How long the index of related articles takes within a build, and how long answers take after a load.

    python benchmarks/related_speed.py [--articles 12000 100000]

The articles are made from the vocabulary's definitions, about 1,500 characters on 14 concepts each; they are linked by
construction, since finding concepts is not what is measured here, and kept in a graph folder. Each row is measured in a
fresh process. Times are the processor's, summed over threads; memory is what the process held at most.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from conceptgraph import load_vocabulary, store
from conceptgraph.api import load
from conceptgraph.extract.terms import counted
from conceptgraph.model import ArticleConcept, Mention, Records
from conceptgraph.relatedness import BLOB, index_in, related
from conceptgraph.relatedness.measures import fused
from corpora import of_definitions

ASKED = 50


def linked(count: int) -> Records:
    """Return articles of definitions with the mentions that they begin with."""
    vocabulary = load_vocabulary()
    mentions, rows, by_name = [], [], {concept.name: concept.id for concept in vocabulary.values()}
    articles = of_definitions(vocabulary, count, 6_000, each=14)
    for article in articles:
        end = len(article.title)
        for paragraph in article.text[end:].split("\n\n")[1:]:
            before = (paragraph[:at] for at in range(len(paragraph), 0, -1) if paragraph[at : at + 1] == ":")
            name = next(name for name in before if name in by_name)
            start, end = end + 2, end + 2 + len(paragraph)
            place = {"start": start, "end": start + len(name), "surface": name}
            mentions.append(
                Mention(article=article.id, concept=by_name[name], **place, technique="known", confidence=1.0)
            )
            rows.append(ArticleConcept(article=article.id, concept=by_name[name], weight=0.4, core=len(rows) % 7 == 0))
    used = {row.concept for row in rows}
    return Records(
        build="made",
        articles=tuple(articles),
        concepts=tuple(vocabulary[id_] for id_ in sorted(used)),
        mentions=tuple(mentions),
        article_concepts=tuple(rows),
    )


def peak() -> float:
    """Return the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make(folder: Path, articles: int) -> None:
    records = linked(articles)
    start = time.process_time()
    for article in records.articles:
        counted(article.title, article.text)
    print(f"{articles:,} articles, {len(records.mentions):,} mentions")
    print(f"  terms counted in {time.process_time() - start:.1f} s, in the article stage")
    store.write(folder, records)


def index(folder: Path) -> None:
    records = store.read(folder)
    loaded = peak()
    start = time.process_time()
    index_in(folder, records)
    print(f"  index made of kept terms, and kept, in {time.process_time() - start:.2f} s", end="")
    print(f"; {peak() - loaded:.0f} MB more at the peak than the loaded graph's {loaded:.0f} MB")


def ask(folder: Path) -> None:
    graph = load(folder)
    ids = [article.id for article in graph.records.articles]
    loaded = peak()
    start, wall = time.process_time(), time.perf_counter()
    graph.related(ids[0])
    first, waited = time.process_time() - start, time.perf_counter() - wall
    kept = len(store.read_blob(folder, BLOB) or b"") / 1e6
    print(
        f"  first answer after load {first:.2f} s ({waited:.2f} s by the clock), with pandas; {kept:.1f} MB kept",
        end="",
    )
    taken, ranked = [], []
    for at in np.linspace(1, len(ids) - 1, ASKED).astype(int).tolist():
        start = time.process_time()
        related(graph.records, graph.relatedness, ids[at])
        taken.append(1e3 * (time.process_time() - start))
        start = time.process_time()
        fused(graph.relatedness, at)
        ranked.append(1e3 * (time.process_time() - start))
    print(f", {peak() - loaded:.0f} MB more at the peak")
    print(f"  further ones {np.median(taken):.1f} ms in the median, {max(taken):.1f} ms at most", end="")
    print(f"; scores alone {np.median(ranked):.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[12_000])
    parser.add_argument("--only", choices=["make", "index", "ask"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only == "make":
        make(options.folder, options.articles[0])
    elif options.only:
        {"index": index, "ask": ask}[options.only](options.folder)
    else:
        for count in options.articles:
            with tempfile.TemporaryDirectory() as folder:
                for part in ("make", "index", "ask"):
                    own = ("--only", part, "--folder", folder, "--articles", str(count))
                    subprocess.run([sys.executable, __file__, *own], check=True)


if __name__ == "__main__":
    main()
