"""Loading a graph of 100,000 articles and millions of mentions: time, and memory a mention.

    python benchmarks/load.py GRAPH_FOLDER [--articles 100000]

Takes a graph folder that `conceptgraph build` made (benchmarks/build.py --keep leaves one), repeats its articles under
new ids until there are enough, runs the corpus stage and writes and loads the result. Reading Markdown is left out.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from conceptgraph import load_vocabulary
from conceptgraph.article_rows import Articles
from conceptgraph.corpus_stage import make_graph
from conceptgraph.found import Corpus
from conceptgraph.store import FILE, read, reading
from conceptgraph.store.content import read_content
from conceptgraph.store.opening import transaction, writing
from conceptgraph.store.schema import add_indexes, create
from conceptgraph.store.writer import add_article, add_found, content_of, write_content

LOAD = """
import sys, time
import conceptgraph as cg
import conceptgraph.store.reader
start = time.perf_counter(); used = time.process_time()
g = cg.load(sys.argv[1])
print(f"load {time.perf_counter() - start:.2f} s ({time.process_time() - used:.2f} s of processor time)")
m = g.records.mentions
print(f"{len(m):,} mentions, {(m.table.nbytes + m.ends.nbytes) / len(m):.1f} bytes each; {g}")
from conceptgraph.communities import communities
start = time.perf_counter(); used = time.process_time()
n = len(communities(g.records))
print(f"{n} communities {time.perf_counter() - start:.2f} s ({time.process_time() - used:.2f} s of processor time)")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    with reading(options.folder) as connection:
        content = read_content(connection, options.folder / FILE)
    articles = read(options.folder).articles
    assert isinstance(articles, Articles)
    with tempfile.TemporaryDirectory() as place:
        start, used = time.perf_counter(), time.process_time()
        with writing(Path(place)) as connection, transaction(connection):
            create(connection)
            index, found = [], []
            for number in range(options.articles):
                at = number % len(articles)
                row = articles.rows[at]._replace(id=f"a{number:07}", path=f"a{number:07}.md", links="[]")
                index.append(add_article(connection, row, row.digest(), b"", file=None, versions=("", "")))
                found.append(content.found[at])
            add_found(connection, ((row.key, one) for row, one in zip(index, found, strict=True)))
            corpus = Corpus.of([row.id for row in index], found, content.numbers, content.techniques)
            begun, begun_used = time.perf_counter(), time.process_time()
            graph = make_graph(corpus, (), load_vocabulary())
            staged, staged_used = time.perf_counter() - begun, time.process_time() - begun_used
            whole = content_of(index, found, corpus, graph, build="many")
            write_content(connection, None, whole, graph, {row.key for row in index})
            add_indexes(connection)
        taken, used = time.perf_counter() - start, time.process_time() - used
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{options.articles:,} articles: corpus stage {staged:.1f} s ({staged_used:.1f} s of processor time)")
        print(f"written and staged in {taken:.1f} s ({used:.1f} s of processor time), peak {peak:,.0f} MB")
        print(f"{(Path(place) / FILE).stat().st_size / 1e6:,.0f} MB on disk")
        subprocess.run([sys.executable, "-c", LOAD, place], check=True)


if __name__ == "__main__":
    main()
