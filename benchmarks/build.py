"""Time and memory of building graph folders of any size, and of bringing them up to date.

    python benchmarks/build.py [--sizes 1000 12000 100000] [--jobs 2] [--keep FOLDER]

Writes a corpus of Markdown files made from the project's own articles and vocabulary with a seed, builds it with the
command line as a whole process, changes one article, builds again, and loads the graph. Each row is a size; times are
also given as multiples of ``python -c pass`` in the same run, and per article, so that machines can be compared.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from conceptgraph import Vocabulary, load_vocabulary
from corpora import sentences_of_articles

CONCEPTS = 5_000
"""How many concepts of the vocabulary the corpus speaks of."""
CHARACTERS = 1_650
LOAD = """
import resource, time, sys
import conceptgraph as cg
import conceptgraph.store.reader
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
g = cg.load(sys.argv[1])
loaded = time.perf_counter() - start
m = g.records.mentions
print(loaded, (m.table.nbytes + m.ends.nbytes) / len(m), len(m))
start = time.perf_counter()
found = g.communities()
print(len(found), time.perf_counter() - start)
"""


def write_corpus(folder: Path, count: int, vocabulary: Vocabulary, seed: int = 7) -> int:
    """Write `count` articles, each of a domain's concepts (the first more often, after Zipf) and of sentences."""
    pick = random.Random(seed)
    domains: dict[str, list[str]] = {}
    for id_ in list(vocabulary)[:: max(1, len(vocabulary) // CONCEPTS)]:
        domains.setdefault(vocabulary.domains.get(id_, ""), []).append(id_)
    names = sorted(domains)
    chances = {name: [1 / (rank + 3) for rank in range(len(ids))] for name, ids in domains.items()}
    sentences = sentences_of_articles()
    size = 0
    for number in range(count):
        domain = pick.choice(names)
        text = article(
            number, [vocabulary[id_] for id_ in pick.choices(domains[domain], chances[domain], k=9)], sentences, pick
        )
        path = folder / f"{number % 100:02}" / f"a{number:06}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        size += len(text)
    return size


def article(number: int, concepts: list, sentences: list[str], pick: random.Random) -> str:
    parts = [f"# {concepts[0].name} and {concepts[1].name}, part {number}"]
    parts += [f"**{concept.name}**: {concept.definition}" for concept in concepts]
    parts.append(f"See [another part](a{max(number - 100, 0):06}.md).")
    while sum(map(len, parts)) < CHARACTERS:
        parts.append(pick.choice(sentences))
    return "\n\n".join(parts) + "\n"


def seconds(*command: str) -> tuple[float, float, str]:
    """Return wall time in seconds, peak memory in MB of the largest process, and what was printed."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen([sys.executable, *command], stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        taken = time.perf_counter() - start
        if status:
            raise SystemExit(f"failed: {' '.join(command)}")
        out.seek(0)
        return taken, usage.ru_maxrss / 1024, out.read()


def measure(count: int, folder: Path, vocabulary: Vocabulary, jobs: int) -> dict[str, str]:
    corpus, graphs = folder / "corpus", folder / "graphs"
    size = write_corpus(corpus, count, vocabulary)
    build = ("-m", "conceptgraph", "build", str(corpus), "-o", str(graphs), "--jobs", str(jobs))
    whole, memory, _ = seconds(*build)
    same, _, _ = seconds(*build)
    touch(corpus, 1)
    store, _, _ = seconds(*build, "--no-exports")
    touch(corpus, 2)
    exports, _, _ = seconds(*build)
    load, each, mentions, _, communities = seconds("-c", LOAD, str(graphs))[2].split()
    base = min(seconds("-c", "pass")[0] for _ in range(5))
    return {
        "articles": f"{count:,}",
        "MB": f"{size / 1e6:.1f}",
        "mentions": f"{int(mentions):,}",
        "build s": f"{whole:.1f}",
        "x pass": f"{whole / base:,.0f}",
        "ms/article": f"{1000 * whole / count:.2f}",
        "peak MB": f"{memory:,.0f}",
        "store MB": f"{(graphs / 'graph.sqlite').stat().st_size / 1e6:,.0f}",
        "unchanged s": f"{same:.2f}",
        "1 changed, store s": f"{store:.2f}",
        "1 changed, all s": f"{exports:.2f}",
        "load s": f"{float(load):.2f}",
        "bytes/mention": f"{float(each):.1f}",
        "communities s": f"{float(communities):.2f}",
    }


def touch(corpus: Path, times: int) -> None:
    path = corpus / "01" / "a000001.md"
    path.write_text(path.read_text("utf-8") + f"\nKafka and Bloom filters, {times}.\n", "utf-8")


def article_stage(folder: Path, jobs: int) -> float:
    code = f"""
import time
from conceptgraph import load_vocabulary
from conceptgraph.article_stage import read_files
from conceptgraph.found import Numbers
from conceptgraph.sources import find_files
if __name__ == "__main__":
    files, vocabulary = find_files([{str(folder)!r}]), load_vocabulary()
    start = time.perf_counter()
    for _ in read_files(files, vocabulary, concepts=Numbers(), techniques=Numbers(), jobs={jobs}): pass
    print(time.perf_counter() - start)
"""
    return float(seconds("-c", code)[2])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 12_000])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="Folder to leave the corpora and graphs in.")
    options = parser.parse_args()
    vocabulary = load_vocabulary()
    rows = []
    root = options.keep or Path(tempfile.mkdtemp())
    for count in options.sizes:
        folder = root / str(count)
        shutil.rmtree(folder, ignore_errors=True)
        rows.append(measure(count, folder, vocabulary, options.jobs))
    for name in rows[0]:
        print(f"{name:<20}" + "".join(f"{row[name]:>12}" for row in rows))
    print("\nbuild, seconds; a bar as long as its articles' share is linear")
    longest = max(float(row["build s"]) for row in rows)
    for row in rows:
        print(f"{row['articles']:>9} {'#' * max(1, round(60 * float(row['build s']) / longest))} {row['build s']}")
    corpus = root / str(options.sizes[min(1, len(options.sizes) - 1)]) / "corpus"
    one, two = article_stage(corpus, 1), article_stage(corpus, 2)
    print(
        f"\narticle stage, {corpus.parent.name} articles: --jobs 1 {one:.1f} s, --jobs 2 {two:.1f} s, {one / two:.2f} x"
    )
    if not options.keep:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
