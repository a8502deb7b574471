from __future__ import annotations

import csv
import json
import math
import os
import re
import statistics
import threading
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import conceptgraph as cg
from conceptgraph.export.explorer.serve import server
from tests.browser.explorer_page import details, opened
from tests.conftest import ARTICLES, ROOT, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def page_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chromium()
    folder = tmp_path_factory.mktemp("explorer")
    return cg.build(ARTICLES).save(folder) / "index.html"


def drawn(page: Page) -> int:
    """Return how many different pixels the map has in a coarse sample: a blank one has one."""
    return int(
        page.evaluate(
            """() => { const c = document.querySelector('#canvas');
            const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            const seen = new Set();
            for (let i = 0; i < d.length; i += 4 * 97) seen.add(d[i] << 16 | d[i+1] << 8 | d[i+2]);
            return seen.size; }"""
        )
    )


def test_it_opens_on_an_overview_with_the_cursor_in_the_search(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path) as page:
        assert page.title().startswith("Concept map")
        text = details(page).inner_text()
        assert all(part in text for part in ("Topics", "Central concepts", "Newest articles"))
        assert page.evaluate("document.activeElement.id") == "search"
        page.wait_for_timeout(300)
        assert drawn(page) > 30


def test_search_forgives_and_enter_goes_there(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path) as page:
        box = page.get_by_role("searchbox", name="Search concepts and articles")
        for typed, name in (("blom filter", "Bloom filter"), ("cassanrda", "Apache Cassandra"), ("odin uber", "Odin")):
            box.fill(typed)
            results = page.get_by_role("listbox", name="Results")
            assert results.get_by_role("option").count() > 0
            page.keyboard.press("Enter")
            assert name in details(page).locator("h2").inner_text()
            assert name in page.title()
            assert not results.is_visible()
        box.fill("zzzzqqqq")
        assert "Nothing is called" in page.get_by_role("listbox", name="Results").inner_text()


def test_a_concept_shows_its_articles_with_sentences(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path, "#concept/bloom-filter") as page:
        text = details(page).inner_text()
        assert "Articles" in text
        assert details(page).locator("blockquote").count() >= 2
        details(page).get_by_role("button", name=re.compile("^Why: Bloom filter in")).first.click()
        assert "Why these two are linked" in details(page).inner_text()
        assert "% sure" in details(page).inner_text()
        assert page.evaluate("location.hash").startswith("#link/bloom-filter/article%3A")


def test_the_reader_view_marks_concepts(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path, "#article/facebooks-database-apache-cassandra") as page:
        details(page).get_by_role("button", name="Read here").click()
        marks = details(page).locator("article .mention")
        assert marks.count() > 20
        marks.filter(has_text="Bigtable").first.click()
        assert "Bigtable" in details(page).locator("h2").inner_text()
        page.go_back()
        assert page.evaluate("location.hash") == "#read/facebooks-database-apache-cassandra"


def test_a_path_is_a_chain_of_sentences(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path) as page:
        page.get_by_role("button", name="Find path").click()
        page.get_by_label("From", exact=True).fill("bloom")
        page.keyboard.press("Enter")
        page.get_by_label("To", exact=True).fill("saga")
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#path/bloom-filter/saga-pattern"
        ways = details(page).locator(".way-found")
        assert 1 <= ways.count() <= 3
        for i in range(ways.count()):
            assert ways.nth(i).locator("li").count() == ways.nth(i).locator(".said").count() > 0
            assert ways.nth(i).locator("li").last.inner_text().endswith("Saga pattern")
        assert "→" in page.title()
        if ways.count() > 1:
            details(page).get_by_role("button", name="show on map: way 2").click()
            assert "on the map" in ways.nth(1).inner_text()


def test_addresses_lead_back_and_forward(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path, "#concept/bloom-filter?hops=1&hide=organization&weight=5") as page:
        assert page.title().startswith("Bloom filter")
        assert page.locator('[data-kind="organization"]').get_attribute("aria-pressed") == "false"
        details(page).get_by_role("button", name="Show all of the map").click()
        assert "hops" not in page.evaluate("location.hash")
        page.get_by_role("searchbox").fill("saga pattern")
        page.keyboard.press("Enter")
        page.go_back()
        page.go_back()
        assert "hops=1" in page.evaluate("location.hash")
        assert page.title().startswith("Bloom filter")
        page.go_forward()
        page.go_forward()
        assert page.title().startswith("Saga pattern")
        page.evaluate("location.hash = '#concept/no-such-thing'")
        page.wait_for_function("() => document.querySelector('#details [role=alert]')")


def test_filters_do_not_move_nodes(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path) as page:

        def places(filters: str) -> dict[str, tuple[str, str]]:
            page.evaluate(f"location.hash = '#?{filters}'")
            page.wait_for_timeout(80)
            with page.expect_download() as download:
                page.get_by_role("button", name="Export SVG").click()
            root = ET.parse(download.value.path()).getroot()
            space = "{http://www.w3.org/2000/svg}"
            return {
                p.findtext(f"{space}title") or "": (p.get("d") or "",) * 2 for p in root.iter(f"{space}path") if len(p)
            }

        everything = places("")
        assert len(everything) > 300
        for filters in ("hide=technology", "weight=40", "from=2025-02-01", "articles=0", "in=0", "show=vocabulary"):
            some = places(filters)
            assert 0 < len(some) < len(everything), filters
            assert some.items() <= everything.items(), filters


def test_exports_hold_what_is_seen(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path, "#concept/bloom-filter?hops=1") as page:
        content = {}
        for kind in ("PNG", "SVG", "CSV", "JSON"):
            with page.expect_download() as download:
                page.get_by_role("button", name=f"Export {kind}").click()
            assert download.value.suggested_filename == f"concept-map.{kind.lower()}"
            content[kind] = Path(download.value.path()).read_bytes()
        assert content["PNG"].startswith(b"\x89PNG")
        assert b"Bloom filter" in content["SVG"]
        rows = list(csv.DictReader(content["CSV"].decode().splitlines()))
        graph = json.loads(content["JSON"])
        names = {node["id"] for node in graph["nodes"]}
        assert len(rows) == len(graph["links"]) > 0
        assert {row["source"] for row in rows} | {row["target"] for row in rows} <= names
        assert graph["view"] == "#concept/bloom-filter?hops=1"


def test_what_one_knows_is_kept_exported_and_imported(page_path: Path, browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page_path, "#concept/bloom-filter") as page:
        details(page).get_by_role("button", name="I know this").click()
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert details(page).get_by_role("button", name="I know this").get_attribute("aria-pressed") == "true"
        page.get_by_role("button", name="Concept map").first.click()
        with page.expect_download() as download:
            details(page).get_by_role("button", name="Save to a file").click()
        assert json.loads(Path(download.value.path()).read_text()) == {"known": ["bloom-filter"]}
        (tmp_path / "known.json").write_text('{"known": ["saga-pattern"]}')
        page.locator("#known-file").set_input_files(tmp_path / "known.json")
        page.wait_for_function("() => document.querySelector('#study').textContent.includes('2 concepts')")


def test_the_keyboard_alone_leads_from_search_over_a_path_to_an_export(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path) as page:
        keys = page.keyboard
        keys.type("bloom fil")
        keys.press("ArrowDown")
        keys.press("ArrowUp")
        keys.press("Enter")
        assert page.title().startswith("Bloom filter")
        keys.press("m")
        assert page.evaluate("document.activeElement.id") == "canvas"
        keys.press(".")
        neighbour = page.title()
        assert not neighbour.startswith("Bloom filter")
        keys.press(",")
        keys.press("ArrowRight")
        keys.press("Enter")
        assert page.evaluate("document.activeElement.tagName") == "H2"
        keys.press("p")
        assert page.evaluate("document.activeElement.id") == "path-to"
        keys.type("saga pattern")
        keys.press("Enter")
        assert page.title().endswith("→ Saga pattern – Concept map")
        for _ in range(200):
            keys.press("Tab")
            if page.evaluate("document.activeElement.id") == "export-svg":
                break
        with page.expect_download() as download:
            keys.press("Enter")
        assert download.value.suggested_filename == "concept-map.svg"
        keys.press("Escape")
        assert page.title().startswith("Concept map")
        keys.press("?")
        assert page.get_by_role("dialog").is_visible()
        keys.press("Escape")
        assert not page.get_by_role("dialog").is_visible()
        keys.press("/")
        assert page.evaluate("document.activeElement.id") == "search"


def test_the_map_can_be_clicked_dragged_and_zoomed(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path, "#concept/bloom-filter", viewport={"width": 1200, "height": 800}) as page:
        page.wait_for_timeout(600)
        area = page.get_by_role("application", name="Concept map").bounding_box()
        assert area is not None
        before = page.locator("#canvas").screenshot()
        middle = (area["x"] + area["width"] / 2, area["y"] + area["height"] / 2)
        page.mouse.move(*middle)
        page.mouse.down()
        page.mouse.move(middle[0] + 120, middle[1] + 80, steps=4)
        page.mouse.up()
        page.mouse.wheel(0, -300)
        page.wait_for_timeout(300)
        assert page.locator("#canvas").screenshot() != before
        assert page.title().startswith("Bloom filter"), "a drag is no click"
        for _ in range(4):
            page.get_by_role("button", name="Zoom out").click()
        page.mouse.click(area["x"] + 5, area["y"] + area["height"] / 2)
        assert page.title().startswith("Concept map")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(page_path: Path, browser: Browser, scheme: str) -> None:
    if not AXE.is_file():
        assert not os.environ.get("CI"), "there is no axe-core, and CI must have it"
        pytest.skip("there is no axe-core (npm install)")
    for address in ("", "#concept/bloom-filter", "#article/how-uber-built-odin", "#read/how-uber-built-odin",
                    "#path/bloom-filter/saga-pattern", "#community/0", "#study/",
                    "#study/raft?minutes=10"):  # fmt: skip
        with opened(browser, page_path, address, color_scheme=scheme) as page:
            page.get_by_role("button", name="Filters", exact=True).click()
            page.get_by_role("searchbox").fill("data")
            found = page.evaluate(f"(() => {{ {AXE.read_text('utf-8')} }})(); axe.run()")
            faults = {
                each["id"]: [node["html"] for node in each["nodes"]][:3]
                for each in found["violations"]
                if each["impact"] in ("serious", "critical")
            }
            assert faults == {}, address


@pytest.mark.parametrize(
    ("size", "scheme"), [((1440, 900), "light"), ((390, 844), "light"), ((1440, 900), "dark"), ((320, 568), "light")]
)
def test_nothing_is_cut_off(page_path: Path, browser: Browser, size: tuple[int, int], scheme: str) -> None:
    viewport = {"width": size[0], "height": size[1]}
    with opened(browser, page_path, "#concept/bloom-filter", viewport=viewport, color_scheme=scheme) as page:
        page.wait_for_timeout(500)
        assert drawn(page) > 20
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        for name in ("Find path", "Study path", "Export PNG", "Export SVG", "Filters"):
            box = page.get_by_role("button", name=name, exact=True).bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size[0], name
            assert box["y"] + box["height"] <= size[1], name


def places(page: Page) -> dict[str, tuple[float, float]]:
    """Return where each node stands on the map: the middle of its shape, by its name."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Export SVG").click()
    space = "{http://www.w3.org/2000/svg}"
    found = {}
    for path in ET.parse(download.value.path()).getroot().iter(f"{space}path"):
        if len(path):
            numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d") or "")]
            box = [(min(numbers[axis::2]), max(numbers[axis::2])) for axis in (0, 1)]
            found[path.findtext(f"{space}title") or ""] = ((box[0][0] + box[0][1]) / 2, (box[1][0] + box[1][1]) / 2)
    return found


def test_two_fingers_zoom_one_moves_and_a_tap_selects(page_path: Path, browser: Browser) -> None:
    size = {"width": 390, "height": 844}
    with opened(browser, page_path, "#concept/merkle-tree", viewport=size, has_touch=True, is_mobile=True) as page:
        page.wait_for_timeout(600)
        area = page.get_by_role("application", name="Concept map").bounding_box()
        assert area is not None
        middle = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
        session = page.context.new_cdp_session(page)

        def touch(kind: str, *points: tuple[float, float]) -> None:
            fingers = [{"x": middle[0] + x, "y": middle[1] + y, "id": i} for i, (x, y) in enumerate(points)]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

        before = places(page)
        touch("touchStart", (-20, 0), (20, 0))
        for spread in range(25, 65, 5):
            touch("touchMove", (-spread, 0), (spread, 0))
        touch("touchEnd")
        page.wait_for_timeout(200)
        zoomed = places(page)
        assert page.title().startswith("Merkle tree"), "a pinch is no tap"
        one = "Merkle tree"
        apart = [{name: math.dist(at[one], at[name]) for name in at.keys() - {one}} for at in (before, zoomed)]
        zoom = statistics.median(far / apart[0][name] for name, far in apart[1].items() if name in apart[0])
        assert 2.5 < zoom < 3.5, "three times the distance between the fingers"
        touch("touchStart", (0, 0))
        for moved in range(0, 60, 10):
            touch("touchMove", (moved, 0))
        touch("touchEnd")
        page.wait_for_timeout(200)
        panned = places(page)
        assert abs(panned[one][0] - zoomed[one][0] - 50) < 2
        assert abs(panned[one][1] - zoomed[one][1]) < 1
        for _ in range(3):
            page.get_by_role("button", name="Zoom out").click()
        page.wait_for_timeout(200)
        wide = places(page)
        inner = {
            name: (x, y)
            for name, (x, y) in wide.items()
            if 40 < x < area["width"] - 40 and 60 < y < area["height"] - 60 and name != "Merkle tree"
        }
        name = max(inner, key=lambda each: min(math.dist(inner[each], at) for at in wide.values() if at != inner[each]))
        x, y = inner[name]
        page.touchscreen.tap(area["x"] + x, area["y"] + y)
        assert page.title().startswith(name)


def test_some_hops_are_shown_whole(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path, "#concept/bloom-filter", reduced_motion="reduce") as page:
        details(page).get_by_role("button", name="1 hop around this").click()
        shown = sum(map(int, re.findall(r"\d+", page.locator("#shown").text_content() or "")))
        with page.expect_download() as download:
            page.get_by_role("button", name="Export SVG").click()
        assert Path(download.value.path()).read_text("utf-8").count("<title>") == shown > 10


def test_print_says_how_much_of_a_list_it_has(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path, "#article/bloom-filters") as page:
        page.emulate_media(media="print")
        before = "() => [...document.querySelectorAll('.count')].map((e) => getComputedStyle(e, '::before').content)"
        cut = details(page).locator(".more:visible")
        assert [text for text in page.evaluate(before) if text != "none"] == ['"5 of "', '"6 of "']
        assert cut.count() == 0, "what a button would show"
        page.emulate_media(media="screen")
        while cut.count():
            cut.first.click()
        page.emulate_media(media="print")
        assert set(page.evaluate(before)) == {"none"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_has_the_details_in_black_on_white(page_path: Path, browser: Browser, scheme: str) -> None:
    with opened(browser, page_path, "#path/bloom-filter/saga-pattern", color_scheme=scheme) as page:
        page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
        for hidden in ("#canvas", "#search", "#export-png", "#find-path"):
            assert not page.locator(hidden).is_visible()
        shades = page.evaluate(
            """() => [...document.querySelectorAll('body, .side, h2, .said, blockquote, .way, mark')].map((each) => {
            const style = getComputedStyle(each);
            const light = (color) => { const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number);
              return a === 0 ? 255 : (r + g + b) / 3; };
            return [light(style.color), light(style.backgroundColor)]; })"""
        )
        assert len(shades) > 10
        assert all(ink < 110 and ground > 240 for ink, ground in shades)
        sheet = page.locator("#details").bounding_box()
        assert sheet is not None
        assert sheet["height"] > 900, "all of it, without a scrollbar"


def test_the_served_copy_reloads_after_a_build(page_path: Path, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_bytes(page_path.read_bytes())
    with server(path) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        page = browser.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(f"http://127.0.0.1:{running.server_address[1]}/")
        page.wait_for_selector("html[data-ready]")
        with page.expect_response(re.compile("/version$")):
            pass
        page.evaluate("window.old = true")
        path.write_bytes(page_path.read_bytes())
        page.wait_for_function(
            "() => window.old === undefined && document.documentElement.dataset.ready", timeout=10_000
        )
        assert problems == []
        page.close()
        running.shutdown()


def test_without_javascript_there_is_a_table(page_path: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_path.as_uri())
    assert page.locator("noscript tr").count() > 20
    assert not page.locator("#search").is_visible()
    context.close()
