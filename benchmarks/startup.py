"""What a user waits for at the command line, as multiples of ``python -c pass`` in the same run.

    python benchmarks/startup.py [--runs 7]

Prints the median of several runs of each command, as whole processes: the help page, and `build` on articles/.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from conceptgraph import load_vocabulary

ARTICLES = Path(__file__).parents[1] / "articles"


def seconds(command: list[str], runs: int) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def loading_seconds() -> float:
    start = time.perf_counter()
    load_vocabulary()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    python = [sys.executable]
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "python -c pass": [*python, "-c", "pass"],
            "python -c 'import conceptgraph'": [*python, "-c", "import conceptgraph"],
            "conceptgraph --help": [*python, "-m", "conceptgraph", "--help"],
            "conceptgraph build articles/": [*python, "-m", "conceptgraph", "build", str(ARTICLES), "-o", folder],
        }
        base = 0.0
        for name, command in commands.items():
            taken = seconds(command, options.runs)
            base = base or taken
            print(f"{name:<34} {taken:6.3f} s {taken / base:6.1f} x python -c pass")
    loading = statistics.median(loading_seconds() for _ in range(options.runs))
    print(f"{'loading the vocabulary':<34} {loading:6.3f} s, compiled, in this process")


if __name__ == "__main__":
    main()
