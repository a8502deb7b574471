from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from conceptgraph.export.explorer import explorer_page
from conceptgraph.model import Article, ArticleConcept, Concept, Evidence, Fact, Label, Mention, Records, Relation
from conceptgraph.vocabulary import Vocabulary
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


def nasty() -> Records:
    """Return a graph in which each payload stands in every field that comes from articles or vocabulary."""
    parts = [_nasty(payload) for payload in PAYLOADS]
    queue = Concept(id="queue", labels=(Label(text="Queue"),), kind="architecture_pattern")
    return Records(
        build="x",
        articles=tuple(article for article, *_ in parts),
        concepts=(*(concept for _, concept, *_ in parts), queue),
        mentions=tuple(chain.from_iterable(mentions for *_, mentions, _, _ in parts)),
        article_concepts=tuple(chain.from_iterable(rows for *_, rows, _ in parts)),
        relations=tuple(relation for *_, relation in parts),
    )


def _nasty(payload: str) -> tuple[Article, Concept, list[Mention], list[ArticleConcept], Relation]:
    text = f"Kafka {payload} a log. It feeds a queue."
    facts = (
        Fact(kind="broader", target="queue", reason=payload),
        Fact(kind="requires", target=f"log{payload}", reason=payload),
        Fact(kind="requires", target="queue", reason=payload),
    )
    labels = (Label(text=f"{payload} x"), Label(text=payload))
    concept = Concept(id=f"kafka{payload}", labels=labels, kind="technology", definition=payload, facts=facts)
    article = Article(
        id=f"a/{payload}", title=payload, text=text, summary=payload, url=payload, published=payload, tags=(payload,)
    )
    places = ((concept.id, 0, "Kafka"), ("queue", text.index("queue"), "queue"))
    mentions = [
        Mention(article=article.id, concept=of, start=at, end=at + 5, surface=word, technique=payload, confidence=1.0)
        for of, at, word in places
    ]
    rows = [ArticleConcept(article=article.id, concept=of, weight=0.5, core=True) for of, *_ in places]
    evidence = (Evidence(technique=payload, detail=payload),)
    relation = Relation(source=concept.id, target="queue", kind="broader", confidence=1.0, evidence=evidence)
    return article, concept, mentions, rows, relation


class Topic(NamedTuple):
    name: str
    concepts: tuple[str, ...]
    articles: tuple[str, ...]


def beyond() -> list[Concept]:
    """Return what these concepts need and no article mentions."""
    return [
        Concept(id=f"log{payload}", labels=(Label(text=payload),), kind="technology", definition=payload)
        for payload in PAYLOADS
    ]


def check(page: Page) -> None:
    assert page.evaluate("window.pwned") is None
    bad = page.evaluate(
        """() => [...document.querySelectorAll('.app :is(script, img, iframe, style, details), .app a[href]')]
        .filter(e => !e.matches('details.needed'))
        .filter(e => !(e.localName === 'a' && /^https?:/.test(e.href) && e.rel === 'noopener noreferrer'))
        .map(e => e.outerHTML)"""
    )
    assert bad == []


@pytest.mark.parametrize("flags", [(), ("--disable-3d-apis",)], ids=["usual", "without 3D"])
def test_no_script_runs_from_any_field(flags: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    records = nasty()
    topics = [
        Topic(payload, (concept.id,), (article.id,))
        for payload, concept, article in zip(PAYLOADS, records.concepts, records.articles, strict=False)
    ]
    path.write_text(
        explorer_page(records, communities=topics, vocabulary=Vocabulary.of([*records.concepts, *beyond()])), "utf-8"
    )
    with started(flags) as browser, opened(browser, path) as page:
        ids = page.evaluate("() => document.querySelectorAll('.topic').length")
        assert ids > 0
        check(page)
        for number, payload in enumerate(PAYLOADS):
            seen = payload.encode("utf-8", "replace").decode()
            for address in (
                f"concept/{quote('kafka' + seen, safe='')}",
                f"article/{quote('a/' + seen, safe='')}",
                f"read/{quote('a/' + seen, safe='')}",
                f"link/{quote('article:a/' + seen, safe='')}/{quote('kafka' + seen, safe='')}",
                f"path/{quote('kafka' + seen, safe='')}/queue",
                f"community/{number}",
                f"study/{quote('kafka' + seen, safe='')}",
                f"study/{quote('article:a/' + seen, safe='')}+queue?minutes=1&without=x",
            ):
                page.evaluate("hash => { location.hash = hash }", address)
                page.wait_for_function("hash => location.hash === '#' + hash", arg=address)
                page.wait_for_timeout(10)
                assert page.locator("#details [role=alert]").count() == 0, address
                check(page)
            page.get_by_role("searchbox").fill(payload)
            check(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="Export SVG").click()
        ET.parse(download.value.path())
