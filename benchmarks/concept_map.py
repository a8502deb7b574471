"""How long concept-map.html takes to make and to open.

    python benchmarks/concept_map.py [--nodes 1000]

Makes a graph of about that many nodes, lays it out, writes the page, and opens it from disk in headless Chromium (the
package playwright and /usr/bin/chromium are needed for the last figure).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from conceptgraph import load_vocabulary, pipeline
from conceptgraph.export import export
from conceptgraph.layout import layout
from corpora import of_definitions


def seconds_to_interactive(path: Path) -> float:
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        start = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        taken = time.perf_counter() - start
        browser.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=1_000)
    options = parser.parse_args()
    vocabulary = load_vocabulary()
    articles = of_definitions(vocabulary, count=options.nodes // 10, concepts=int(0.75 * options.nodes))
    records = pipeline.link(articles, vocabulary)
    start = time.perf_counter()
    layout(records)
    laid_out = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "concept-map.html")
        start = time.perf_counter()
        export(records, "pyvis", path)
        exported = time.perf_counter() - start
        size = path.stat().st_size / 1e6
        opened = seconds_to_interactive(path)
    print(f"{len(records.articles):,} articles, {len(records.concepts):,} concepts, {size:.1f} MB")
    print(f"layout {laid_out:.2f} s; layout and export {exported:.2f} s; open to interactive {opened:.2f} s")


if __name__ == "__main__":
    main()
