"""Time and memory of building graph folders of any size, and of bringing them up to date.

    python benchmarks/build.py [--sizes 1000 12000 100000] [--jobs 2] [--keep FOLDER] [--plot docs/build.svg]

Writes a corpus of Markdown files made from the project's own articles and vocabulary with a seed, builds it with the
command line as a whole process, changes one article, builds again (the store alone, then with all exports), and loads
the graph. Each column is a size. Times of a build are wall time / processor time with all its processes, start-up
included: on a machine that is busy only the latter says something. The whole build is also given as a multiple of
``python -c pass`` in the same run, and per article, so that machines can be compared. ``--plot`` draws time and memory.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

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


class Run(NamedTuple):
    """What a process took: wall and processor time in seconds, peak memory in MB of the largest, what was printed."""

    wall: float
    used: float
    memory: float
    printed: str

    def __str__(self) -> str:
        return f"{self.wall:.2f} / {self.used:.2f}"


def run(*command: str) -> Run:
    """Run Python and return what it took."""
    start = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen([sys.executable, *command], stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        taken = time.perf_counter() - start
        if status:
            raise SystemExit(f"failed: {' '.join(command)}")
        out.seek(0)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)  # with the processes that the process waited for
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Run(taken, used, usage.ru_maxrss / 1024, out.read())


def measure(count: int, folder: Path, vocabulary: Vocabulary, jobs: int) -> dict[str, str]:
    corpus, graphs = folder / "corpus", folder / "graphs"
    size = write_corpus(corpus, count, vocabulary)
    build = ("-m", "conceptgraph", "build", str(corpus), "-o", str(graphs), "--jobs", str(jobs))
    whole = run(*build)
    same = run(*build)
    touch(corpus, 1)
    store = run(*build, "--no-exports")
    touch(corpus, 2)
    exports = run(*build)
    load, each, mentions, _, communities = run("-c", LOAD, str(graphs)).printed.split()
    base = min(run("-c", "pass").used for _ in range(5))
    return {
        "articles": f"{count:,}",
        "MB": f"{size / 1e6:.1f}",
        "mentions": f"{int(mentions):,}",
        "build s": str(whole),
        "x pass": f"{whole.used / base:,.0f}",
        "ms/article": f"{1000 * whole.used / count:.2f}",
        "peak MB": f"{whole.memory:,.0f}",
        "store MB": f"{(graphs / 'graph.sqlite').stat().st_size / 1e6:,.0f}",
        "unchanged s": str(same),
        "1 changed, store s": str(store),
        "1 changed, all s": str(exports),
        "load s": f"{float(load):.2f}",
        "bytes/mention": f"{float(each):.1f}",
        "communities s": f"{float(communities):.2f}",
    }


def touch(corpus: Path, times: int) -> None:
    path = corpus / "01" / "a000001.md"
    path.write_text(path.read_text("utf-8") + f"\nKafka and Bloom filters, {times}.\n", "utf-8")


def article_stage(folder: Path, jobs: int) -> Run:
    code = f"""
import time
from conceptgraph import load_vocabulary
from conceptgraph.article_stage import read_files
from conceptgraph.found import Numbers
from conceptgraph.sources import find_files
if __name__ == "__main__":
    files, vocabulary = find_files([{str(folder)!r}]), load_vocabulary()
    for _ in read_files(files, vocabulary, concepts=Numbers(), techniques=Numbers(), jobs={jobs}): pass
"""
    return run("-c", code)


def plot(rows: list[dict[str, str]]) -> str:
    """Return an SVG of processor time and peak memory by articles, on logarithmic scales: a straight line is linear."""
    counts = [float(row["articles"].replace(",", "")) for row in rows]
    low, high = min(counts), max(counts)
    shapes = []
    for at, (name, color, values) in enumerate(
        (
            ("processor time, s", "#1f5fa8", [float(row["build s"].split("/")[1]) for row in rows]),
            ("peak memory, MB", "#b3541e", [float(row["peak MB"].replace(",", "")) for row in rows]),
        )
    ):
        x = [60 + 380 * math.log(count / low) / max(math.log(high / low), 1e-9) for count in counts]
        y = [270 - 60 * math.log10(max(value, 1.0)) for value in values]
        points = " ".join(f"{one:.1f},{other:.1f}" for one, other in zip(x, y, strict=True))
        shapes.append(f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2"/>')
        for one, other, value in zip(x, y, values, strict=True):
            shapes.append(f'<circle cx="{one:.1f}" cy="{other:.1f}" r="3" fill="{color}"/>')
            shapes.append(f'<text x="{one:.1f}" y="{other - 8:.1f}" text-anchor="middle">{value:,.0f}</text>')
        shapes.append(f'<text x="60" y="{20 + 16 * at}" fill="{color}">{name}</text>')
    for count, one in zip(counts, x, strict=True):
        shapes.append(f'<text x="{one:.1f}" y="290" text-anchor="middle">{count:,.0f} articles</text>')
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 300" font-family="sans-serif" font-size="12">'
    return "\n".join([head, '<rect width="500" height="300" fill="#fff"/>', *shapes, "</svg>"]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 12_000])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--plot", type=Path, help="SVG to write.")
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
        print(f"{name:<20}" + "".join(f"{row[name]:>18}" for row in rows))
    if options.plot:
        options.plot.write_text(plot(rows), "utf-8")
    corpus = root / str(options.sizes[min(1, len(options.sizes) - 1)]) / "corpus"
    one, two = article_stage(corpus, 1), article_stage(corpus, 2)
    print(
        f"\narticle stage with start-up, {corpus.parent.name} articles: --jobs 1 {one} s, --jobs 2 {two} s, "
        f"{one.wall / two.wall:.2f} x"
    )
    if not options.keep:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
