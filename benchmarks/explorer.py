"""How quick and smooth the explorer is, beside vis-network.

    python benchmarks/explorer.py [--nodes 200 1000 5000 20000] [--each 8 25]

Makes corpora of that many nodes with 8 and with 25 concepts an article (and takes articles/ with its evidence), opens
each in headless Chromium as the explorer, as a page of a tuned vis-network (places computed beforehand, no physics,
straight edges, edges hidden while moving) and, up to 1,000 nodes, as the page that pyvis writes by itself, all three
from disk and in one run. Prints bytes, seconds until the page answers, frames a second while panning and zooming, and
the longest task. Needs the package playwright and /usr/bin/chromium.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import tempfile
import time
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import conceptgraph as cg
from conceptgraph.export.explorer import explorer_page
from conceptgraph.export.palette import ARTICLE, LOOKS
from conceptgraph.graph import article_node, concept_node
from conceptgraph.layout import layout, radii
from corpora import ARTICLES, with_communities

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from conceptgraph.model import Records

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-device-scale-factor=1"]
PYVIS_UP_TO = 1_000
"""Nodes; on more its physics keeps the page busy for longer than anyone waits."""
PATIENCE = 60
"""Seconds after which a page is given up."""
SECONDS = 3.0
STILL = 2_000
"""Milliseconds without change after which a map counts as drawn."""
SPACING = 80
WATCH = """
window.__tasks = [];
new PerformanceObserver((list) => { for (const task of list.getEntries()) window.__tasks.push(task.duration); })
  .observe({ type: "longtask", buffered: true });
window.__frames = [];
window.__changed = 0;
window.__still = document.createElement("canvas");
Object.assign(window.__still, { width: 160, height: 100 });
const small = window.__still.getContext("2d", { willReadFrequently: true });
let last = 0;
window.__look = true;
setInterval(() => {
  const canvas = document.querySelector("[role=application] canvas, canvas[role=application], canvas");
  if (!window.__look || !canvas || !canvas.width) return;
  small.drawImage(canvas, 0, 0, 160, 100);
  const data = new Uint32Array(small.getImageData(0, 0, 160, 100).data.buffer);
  let hash = 0;
  for (const value of data) hash = (Math.imul(hash, 31) + value) | 0;
  if (hash !== last && data.some((value) => value !== data[0])) window.__changed = performance.now();
  last = hash;
}, 40);
(function frame(now) { window.__frames.push(now); requestAnimationFrame(frame); })(performance.now());
"""
VIS_PAGE = """<!doctype html><meta charset="utf-8"><title>vis</title>
<style>html, body, #map {{ height: 100%; margin: 0; }}</style><div id="map"></div>
<script>{script}</script>
<script>
const data = JSON.parse({data});
const network = new vis.Network(document.getElementById("map"), data, {{
  physics: false, layout: {{ improvedLayout: false }},
  edges: {{ smooth: false, color: {{ inherit: false }} }},
  interaction: {{ hideEdgesOnDrag: true, hideEdgesOnZoom: true, hover: false, tooltipDelay: 300 }},
}});
network.once("afterDrawing", () => {{ document.documentElement.dataset.ready = "true"; }});
</script>"""
STABLE = "() => typeof network !== 'undefined' && network.physics && network.physics.ready"


class Figures(NamedTuple):
    """What was measured of one page."""

    bytes: int
    interactive: float
    drawn: float | None
    sharp: float | None
    panning: float
    zooming: float
    slow_frame: float
    longest: float


def vis_page(records: Records, places: dict[str, tuple[float, float]]) -> str:
    script = (files("pyvis") / "lib/vis-9.1.2/vis-network.min.js").read_text("utf-8").replace("</script", "<\\/script")
    sizes = radii(records)
    nodes = [
        {"id": node, "label": name, "x": x * SPACING, "y": y * SPACING, "size": sizes[node] * SPACING, **look}
        for node, name, look in _nodes(records)
        for x, y in [places[node]]
    ]
    text = json.dumps({"nodes": nodes, "edges": _edges(records)}, separators=(",", ":"))
    return VIS_PAGE.format(script=script, data=json.dumps(text).replace("</", "<\\/"))


def pyvis_page(records: Records) -> str:
    from pyvis.network import Network

    net = Network(height="900px", width="100%", cdn_resources="in_line")
    net.nodes = [{"id": node, "label": name, **look} for node, name, look in _nodes(records)]
    net.edges = _edges(records)
    return str(net.generate_html())


def _nodes(records: Records) -> list[tuple[str, str, dict[str, str]]]:
    article = {"shape": ARTICLE.shape, "color": ARTICLE.color}
    return [
        *(
            (concept_node(each.id), each.name, {"shape": LOOKS[each.kind].shape, "color": LOOKS[each.kind].color})
            for each in records.concepts
        ),
        *((article_node(each.id), each.title, article) for each in records.articles),
    ]


def _edges(records: Records) -> list[dict[str, Any]]:
    return [{"from": article_node(row.article), "to": concept_node(row.concept)} for row in records.article_concepts]


def measure(browser: Browser, path: Path, ready: str, canvas: str, *, look: bool) -> Figures | str:
    """Return the figures of one page, or why there are none; `look` at the map to see when it is right."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(PATIENCE * 1000)
    page.add_init_script(WATCH)
    try:
        start = time.perf_counter()
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_function(ready, polling=20)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        interactive = time.perf_counter() - start
        drawn = _still(page) / 1000 if look else None
        page.wait_for_timeout(500)
        page.evaluate("window.__look = false")
        box = page.locator(canvas).first.bounding_box()
        assert box is not None
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        panned = _moved(page, lambda elapsed: _pan(page, middle, elapsed), middle, drag=True)
        page.wait_for_timeout(500)
        zoomed = _moved(page, lambda elapsed: _zoom(page, elapsed), middle, drag=False)
        sharp = _until_sharp(page) if look else None
        longest = max([0.0, *page.evaluate("window.__tasks")])
    except Exception as error:  # noqa: BLE001 - a page that hangs is a result
        return f"gave up: {str(error).splitlines()[0]}"
    finally:
        page.close()
    slow = sorted(panned + zoomed)[int(0.95 * len(panned + zoomed))]
    return Figures(
        path.stat().st_size,
        interactive,
        drawn,
        sharp,
        *(_rate(each) for each in (panned, zoomed)),
        slow,
        longest,
    )


def _still(page: Page) -> float:
    """Wait until something is drawn and has not changed for a while; return when it last did, in the page's time."""
    page.wait_for_function(
        """(still) => window.__changed > 0
        && performance.now() - Math.max(window.__changed, window.__moved ?? 0) > still""",
        arg=STILL,
        polling=50,
    )
    when: float = page.evaluate("window.__changed")
    page.evaluate("window.__look = false")
    return when


def _until_sharp(page: Page) -> float:
    stopped: float = page.evaluate("window.__look = true, window.__moved = performance.now()")
    return max(0.0, _still(page) - stopped)


def _moved(page: Page, step: Callable[[float], None], middle: tuple[float, float], *, drag: bool) -> list[float]:
    """Return the milliseconds between frames while something moves."""
    page.mouse.move(*middle)
    if drag:
        page.mouse.down()
    page.evaluate("window.__frames.length = 0")
    start = time.perf_counter()
    while (elapsed := time.perf_counter() - start) < SECONDS:
        step(elapsed)
        time.sleep(0.006)
    frames: list[float] = page.evaluate("window.__frames.slice()")
    if drag:
        page.mouse.up()
    return [after - before for before, after in pairwise(frames)] or [SECONDS * 1000]


def _pan(page: Page, middle: tuple[float, float], elapsed: float) -> None:
    angle = 2 * math.pi * elapsed / 1.5
    page.mouse.move(middle[0] + 250 * math.sin(angle), middle[1] + 200 * (1 - math.cos(angle)))


def _zoom(page: Page, elapsed: float) -> None:
    page.mouse.wheel(0, -60 if elapsed < SECONDS / 2 else 60)


def _rate(intervals: list[float]) -> float:
    return 1000 / statistics.mean(intervals)


def pages(records: Records) -> list[tuple[str, str, str, str]]:
    """Return name, page, what is true when it is ready, and where its map is."""
    places = layout(records)
    ready = "() => document.documentElement.dataset.ready === 'true'"
    made = [
        ("explorer", explorer_page(records, positions=places), ready, "[aria-label='Concept map'] canvas, canvas"),
        ("vis-network", vis_page(records, places), ready, "canvas"),
    ]
    if len(records.articles) + len(records.concepts) <= PYVIS_UP_TO:
        made.append(("pyvis page", pyvis_page(records), STABLE, "canvas"))
    return made


def row(name: str, viewer: str, found: Figures | str, of: Figures | None) -> str:
    if isinstance(found, str):
        return f"{name:<16} {viewer:<12} {found}"
    drawn = "" if found.drawn is None else f"{found.drawn:6.2f} s"
    sharp = "" if found.sharp is None else f"{found.sharp:6.0f} ms"
    text = (
        f"{name:<16} {viewer:<12} {found.bytes / 1e6:6.2f} MB {found.interactive:6.2f} s {drawn:>8} "
        f"{sharp:>9} {found.panning:6.1f} {found.zooming:6.1f} {found.slow_frame:6.0f} ms "
        f"{found.longest:6.0f} ms"
    )
    if of is None:
        return text
    return f"{text}   {found.interactive / of.interactive:6.1f} x {of.panning / found.panning:6.1f} x"


def corpora(nodes: list[int], each: list[int]) -> list[tuple[str, Callable[[], Records]]]:
    vocabulary = cg.load_vocabulary()
    made = [
        (f"{count:,} by {edges}", lambda count=count, edges=edges: with_communities(vocabulary, count, edges))
        for count in nodes
        for edges in each
    ]
    return [*made, ("articles/", lambda: cg.build(ARTICLES).records)]


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="*", default=[200, 1_000, 5_000, 20_000])
    parser.add_argument("--each", type=int, nargs="*", default=[8, 25])
    options = parser.parse_args()
    print("fps while panning and zooming; slow: 95th percentile of a frame; times: against the explorer")
    heads = f"{'size':>9} {'ready':>8} {'drawn':>8} {'sharp':>9} {'pan':>6} {'zoom':>6} {'slow':>9} {'longest':>9}"
    print(f"{'corpus':<16} {'viewer':<12} {heads}   {'ready':>8} {'pan':>8}")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        measure(
            browser, _blank(Path(folder)), "() => true", "canvas", look=False
        )  # the first page of a browser is slow
        for name, make in corpora(options.nodes, options.each):
            first: Figures | None = None
            for viewer, text, ready, canvas in pages(make()):
                path = Path(folder, "page.html")
                path.write_text(text, encoding="utf-8")
                found = measure(browser, path, ready, canvas, look=viewer == "explorer")
                print(row(name, viewer, found, first), flush=True)
                first = first or (found if isinstance(found, Figures) else None)
        browser.close()


def _blank(folder: Path) -> Path:
    path = folder / "blank.html"
    path.write_text("<!doctype html><canvas></canvas>", encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
