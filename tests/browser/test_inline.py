from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import conceptgraph as cg
from tests.conftest import ARTICLES, ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDGET = ROOT / "src" / "conceptgraph" / "widget" / "widget.js"
MODEL = """
const heard = {};
const state = {page: PAGE, height: 500, selection: ""};
window.model = {
  state, saved: 0,
  get: (name) => state[name],
  set: (name, value) => { state[name] = value; },
  save_changes: () => { window.model.saved++; },
  on: (name, call) => { heard[name] = call; },
  off: (name) => { delete heard[name]; },
  choose: (node) => { state.selection = node; heard["change:selection"](); },
};
"""


@pytest.fixture(scope="module")
def g() -> cg.ConceptGraph:
    return cg.build(ARTICLES)


def offline(page: Page) -> tuple[list[str], list[str]]:
    """Return lists that fill with what the page asks of the network and with its errors."""
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    return asked, errors


def test_the_map_works_inside_an_output(g: cg.ConceptGraph, browser: Browser) -> None:
    page = browser.new_page()
    asked, errors = offline(page)
    page.set_content(f"<!doctype html><body>{g.show()._repr_html_()}</body>")
    frame = page.frame_locator("iframe")
    box = frame.get_by_role("searchbox")
    box.fill("bloom filter")
    box.press("Enter")
    frame.get_by_role("region", name="Details").get_by_role("heading", name="Bloom filter").first.wait_for()
    assert (asked, errors) == ([], [])
    page.close()


def test_the_widget_tells_the_selection_and_takes_one(g: cg.ConceptGraph, browser: Browser) -> None:
    page = browser.new_page()
    asked, errors = offline(page)
    held = json.dumps(g.widget().page).replace("</", "<\\/")
    script = WIDGET.read_text("utf-8").replace("export default { render };", "")
    begin = "render({model: window.model, el: document.querySelector('#here')});"
    page.set_content(f"<!doctype html><div id=here></div><script>{MODEL.replace('PAGE', held)}{script}{begin}</script>")
    frame = page.frame_locator("iframe")
    box = frame.get_by_role("searchbox")
    box.fill("bloom filter")
    box.press("Enter")
    page.wait_for_function("window.model.state.selection === 'concept:bloom-filter' && window.model.saved > 0")
    page.evaluate("window.model.choose('article:how-uber-built-odin')")
    details = frame.get_by_role("region", name="Details")
    details.get_by_role("heading", name="How Uber Built Odin to Handle 3.8 Million Containers").first.wait_for()
    page.wait_for_function("window.model.state.selection === 'article:how-uber-built-odin'")
    assert (asked, errors) == ([], [])
    page.close()


def test_the_map_leaves_the_keyboard_to_the_notebook(g: cg.ConceptGraph, browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<!doctype html><body><input id=cell><div id=output></div></body>")
    page.locator("#cell").focus()
    page.evaluate("html => { document.querySelector('#output').innerHTML = html }", g.show()._repr_html_())
    frame = page.frame_locator("iframe")
    frame.get_by_role("searchbox").wait_for()
    page.evaluate(
        "document.querySelector('iframe').contentWindow"
        ".postMessage({conceptgraph: 'select', hash: '#concept/bloom-filter'}, '*')"
    )
    frame.get_by_role("region", name="Details").get_by_role("heading", name="Bloom filter").first.wait_for()
    page.keyboard.type("typed")
    assert page.locator("#cell").input_value() == "typed"
    frame.get_by_role("searchbox").click()
    page.keyboard.type("kafka")
    assert frame.get_by_role("searchbox").input_value() == "kafka"
    page.close()
