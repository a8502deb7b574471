from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from conceptgraph.export.explorer import explorer_page
from conceptgraph.model import Article, ArticleConcept, Concept, Evidence, Fact, Label, Mention, Records, Relation
from tests.browser.explorer_page import opened, started

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

RUN = "window.pwned=1"
PAYLOADS = [
    f"</script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><svg onload={RUN}>',
    f'<a href="javascript:{RUN}">click</a>',
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}//https://example.org",
    f"data:text/html,<script>{RUN}</script>",
    "<!--<script>",
    f"'-{RUN}-'",
    f"\u2028{RUN}\u2029",
    f"${{{RUN}}}",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<style>@import 'javascript:{RUN}'</style>",
    f"</style><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</noscript><script>{RUN}</script>",
    f"<details open ontoggle={RUN}>x</details>",
    f"]]><script>{RUN}</script>",
    "\x00\x01\ud800<script>",
]


def nasty(payload: str) -> Records:
    """Return a small graph with the payload in every field that comes from articles or vocabulary."""
    concept = f"kafka{payload}"
    text = f"Kafka {payload} a log. It feeds a queue."
    facts = (Fact(kind="broader", target="queue", reason=payload),)
    labels = (Label(text=f"{payload} x"), Label(text=payload))
    concepts = (
        Concept(id=concept, labels=labels, kind="technology", definition=payload, facts=facts),
        Concept(id="queue", labels=(Label(text="Queue"),), kind="architecture_pattern"),
    )
    article = Article(
        id=f"a/{payload}", title=payload, text=text, summary=payload, url=payload, published=payload, tags=(payload,)
    )
    places = ((concept, 0, "Kafka"), ("queue", text.index("queue"), "queue"))
    mentions = tuple(
        Mention(article=article.id, concept=of, start=at, end=at + 5, surface=word, technique="known", confidence=1.0)
        for of, at, word in places
    )
    rows = tuple(ArticleConcept(article=article.id, concept=of, weight=0.5, core=True) for of, *_ in places)
    evidence = (Evidence(technique=payload, detail=payload),)
    relation = Relation(source=concept, target="queue", kind="broader", confidence=1.0, evidence=evidence)
    return Records(
        build="x",
        articles=(article,),
        concepts=concepts,
        mentions=mentions,
        article_concepts=rows,
        relations=(relation,),
    )


class Topic(NamedTuple):
    name: str
    concepts: tuple[str, ...]
    articles: tuple[str, ...]


def walk_through(page: Page) -> None:
    """Look at everything that shows text from outside."""
    page.wait_for_timeout(30)
    for address in ("#community/0", "#path/queue/queue"):
        page.evaluate("hash => { location.hash = hash }", address)
        page.wait_for_timeout(15)
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("x")
    page.evaluate("location.hash = '#concept/queue'")
    page.wait_for_timeout(30)
    for first in ("button.why", "button.way", "button.way", "button.primary", "button.mention"):
        button = page.locator(f"#details {first}").first
        if button.count():
            button.click()
            check(page)
    with page.expect_download():
        page.get_by_role("button", name="Export SVG").click()


def check(page: Page) -> None:
    assert page.evaluate("window.pwned") is None
    assert page.locator("#details script, #details img, #details iframe, #details style").count() == 0
    for anchor in page.locator("a[href]").all():
        assert str(anchor.get_attribute("href")).startswith(("https://", "http://"))
        assert anchor.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.parametrize("flags", [(), ("--disable-3d-apis",)], ids=["usual", "without 3D"])
def test_no_script_runs_from_any_field(flags: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    with started(flags) as browser:
        for payload in PAYLOADS:
            records = nasty(payload)
            topic = Topic(
                payload, tuple(each.id for each in records.concepts), tuple(each.id for each in records.articles)
            )
            path.write_text(explorer_page(records, communities=(topic,)), "utf-8")
            with opened(browser, path) as page:
                walk_through(page)
                check(page)
