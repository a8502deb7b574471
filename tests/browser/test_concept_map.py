from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

import conceptgraph as cg
from conceptgraph import Vocabulary
from conceptgraph.extract import extract
from conceptgraph.model import Concept, Fact, Label
from conceptgraph.pipeline import corpus_stage
from tests.conftest import ARTICLES, article, chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAYLOADS = [
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    '<a href="javascript:window.pwned=1">click</a>',
    "javascript:window.pwned=1",
    "<!--<script>",
    "'-window.pwned=1-'",
    "\u2028window.pwned=1\u2029",
]


@contextmanager
def opened(path: Path, **options: Any) -> Iterator[Any]:
    """Open a page from disk in headless Chromium; any request but the page itself, and any error in it, is noted."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        page = browser.new_page(**options)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: problems.append(request.url) if request.url != path.as_uri() else None)
        page.on("dialog", lambda dialog: problems.append(dialog.message))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", timeout=30_000)
        yield page
        page.wait_for_timeout(200)
        assert problems == []
        browser.close()


@pytest.fixture(scope="module")
def page_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chromium()
    folder = tmp_path_factory.mktemp("map")
    return cg.build(ARTICLES).save(folder) / "concept-map.html"


def test_the_map_shows_and_answers(page_path: Path) -> None:
    with opened(page_path) as page:
        details = page.get_by_role("region", name="Details")
        assert "What is here" in details.inner_text()
        page.get_by_role("searchbox", name="Search concepts and articles").or_(page.locator("#search")).first.fill(
            "bloom filter"
        )
        page.keyboard.press("Enter")
        assert "Bloom filter" in details.locator("h2").inner_text()
        assert details.locator("blockquote").count() > 0
        assert page.title().startswith("Bloom filter")
        details.get_by_role("button", name="EP150").first.click()
        assert "EP150" in details.locator("h2").inner_text()
        page.keyboard.press("Escape")
        assert "What is here" in details.inner_text()


def test_something_is_drawn(page_path: Path) -> None:
    with opened(page_path) as page:
        page.wait_for_timeout(300)
        drawn = page.evaluate(
            """() => { const c = document.querySelector('#map canvas');
            const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; }"""
        )
        assert drawn > 5_000


def test_relations_are_said_the_right_way_round(tmp_path: Path) -> None:
    chromium()
    concepts = [
        Concept(
            id="a-narrow",
            labels=(Label(text="Narrow"),),
            kind="technology",
            facts=(Fact(kind="broader", target="b-broad"),),
        ),
        Concept(id="b-broad", labels=(Label(text="Broad"),), kind="technology"),
        Concept(
            id="c-narrow",
            labels=(Label(text="Slim"),),
            kind="technology",
            facts=(Fact(kind="broader", target="b-broad"),),
        ),
    ]
    vocabulary = Vocabulary.of(concepts)
    found = [extract(article("Narrow, Slim and Broad."), vocabulary)]
    path = cg.ConceptGraph(corpus_stage(found, vocabulary)).save(tmp_path) / "concept-map.html"
    with opened(path) as page:
        for name, expected in (("Narrow", "is broader"), ("Slim", "is broader"), ("Broad", "is narrower")):
            page.locator("#search").fill(name)
            page.keyboard.press("Enter")
            related = page.locator("#details ul").last.inner_text()
            assert expected in related, (name, related)


def test_kinds_can_be_hidden(page_path: Path) -> None:
    with opened(page_path) as page:
        button = page.get_by_role("button", name="Technology")
        button.click()
        assert button.get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_script_runs(payload: str, tmp_path: Path) -> None:
    chromium()
    label = payload[:60]
    vocabulary = Vocabulary.of(
        [
            Concept(id="kafka", labels=(Label(text="Kafka"), Label(text=label)), kind="technology", definition=payload),
            Concept(
                id="queue",
                labels=(Label(text=f"{label} (x)"), Label(text="queue")),
                kind="technology",
                definition=payload,
            ),
        ]
    )
    nasty = article(
        f"{payload}\n\nKafka {payload} queue.",
        id=f"a/{payload}",
        title=payload,
        summary=payload,
        url=payload,
        published="2025-01-01",
        tags=(payload,),
    )
    path = cg.ConceptGraph(corpus_stage([extract(nasty, vocabulary)], vocabulary)).save(tmp_path) / "concept-map.html"
    with opened(path) as page:
        for button in page.locator("#details li button").all():
            button.hover()
        page.locator("#details li button").first.click()
        page.locator("#details li button").first.click()
        assert page.evaluate("window.pwned") is None
        assert page.locator("#details script, #details img, #details svg").count() == 0
        for anchor in page.locator("#details a").all():
            assert str(anchor.get_attribute("href")).startswith("http")


def test_without_javascript_there_is_a_table(page_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(java_script_enabled=False)
        page.goto(page_path.as_uri())
        assert page.locator("noscript tr").count() > 10
        browser.close()
