"""A Mermaid chart is read back by Mermaid itself: it must parse, and show each name as it is."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from conceptgraph.export.mermaid import mermaid
from conceptgraph.model import Article, ArticleConcept, Concept, Label, Records, Relation
from tests.browser.explorer_page import started
from tests.conftest import ROOT, chromium

MERMAID = ROOT / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
NAMES = [
    "Plain",
    "\"q\" 'q' `q`",
    "<b>&amp;</b> #35; #lt;",
    "[x](y) {z} (r) |p| ;%%",
    "end",
    "**a** _b_ ~~c~~ \\n",
    "é 🙂 $$x$$",
]


def test_mermaid_shows_each_name_as_it_is() -> None:
    chromium()
    if not MERMAID.exists():
        assert not os.environ.get("CI"), "there is no mermaid, and CI must have it"
        pytest.skip("there is no mermaid (npm install)")
    concepts = [Concept(id=f"c{n}", labels=(Label(text=name),), kind="technology") for n, name in enumerate(NAMES)]
    records = Records(
        build="",
        articles=tuple(Article(id=f"a{n}", title=f"On {name}", text="") for n, name in enumerate(NAMES)),
        concepts=tuple(concepts),
        article_concepts=tuple(ArticleConcept(article="a0", concept=c.id, weight=1.0, core=True) for c in concepts),
        relations=(Relation(kind="requires", source="c1", target="c2", confidence=1.0),),
    )
    with started() as browser:
        page = browser.new_page()
        page.set_content("<body></body>")
        page.add_script_tag(path=MERMAID)

        def drawn(chart: str) -> list[str]:
            found: list[str] = page.evaluate(
                """async (chart) => {
                  mermaid.initialize({ securityLevel: "strict" });
                  document.body.innerHTML = (await mermaid.render("chart", chart)).svg;
                  return [...document.querySelectorAll(".nodeLabel, .edgeLabel")].map((each) => each.textContent);
                }""",
                chart,
            )
            return found

        shown = drawn("".join(mermaid(records)))
        assert {*NAMES, *(f"On {name}" for name in NAMES), "requires"} <= {" ".join(text.split()) for text in shown}
        fewer = drawn("".join(mermaid(replace(records, article_concepts=(), relations=()))))
        assert len(shown) > len(fewer) == 2 * len(NAMES)
