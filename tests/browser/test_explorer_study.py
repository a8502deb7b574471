"""Study paths in the explorer, as a reader makes them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import conceptgraph as cg
from conceptgraph.export.explorer import explorer_page
from conceptgraph.study.render import summary_of, to_markdown
from tests.browser.explorer_page import details, opened
from tests.conftest import ARTICLES, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def ours() -> cg.ConceptGraph:
    chromium()
    return cg.build(ARTICLES)


@pytest.fixture(scope="module")
def page_path(ours: cg.ConceptGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ours.save(tmp_path_factory.mktemp("explorer")) / "index.html"


def downloaded(page: Page, button: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_text("utf-8")


def test_the_keyboard_alone_makes_a_path(page_path: Path, browser: Browser, ours: cg.ConceptGraph) -> None:
    with opened(browser, page_path, "#community/0") as page:
        keys = page.keyboard
        keys.press("s")
        assert page.evaluate("document.activeElement.id") == "study-goal"
        keys.type("cassandra")
        keys.press("Enter")
        assert page.title() == "Study path to Apache Cassandra – Concept map"
        keys.press("Tab")
        for name in ("sql", "hash function"):
            keys.type(name)
            keys.press("Enter")
            assert page.evaluate("document.activeElement.id") == "study-know"
        keys.press("Tab")
        keys.type("30")
        keys.press("Enter")
        assert page.evaluate("location.hash") == "#study/apache-cassandra?minutes=30"
        path = ours.study_path("Apache Cassandra", known=["SQL", "hash function"], minutes=30)
        assert details(page).locator(".summary").inner_text() == summary_of(path)
        assert page.locator("#live").inner_text() == summary_of(path), "what changed is said"
        assert details(page).locator(".step").count() == len(path.steps)
        titles = {f"article:{article.id}": article.title for article in ours.records.articles}
        assert downloaded(page, "Export Markdown") == to_markdown(path, titles)
        keys.press("Escape")
        assert page.title().startswith("Apache Cassandra")


def test_steps_are_ticked_off_and_stay_so(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path, "#study/bloom-filter") as page:
        step = details(page).locator(".step").first
        step.get_by_role("checkbox").check()
        assert details(page).get_by_text(re.compile(r"^1 of \d+ steps? done")).is_visible()
        assert page.evaluate("document.activeElement.id") == "step-0"
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert step.get_by_role("checkbox").is_checked()
        assert "1. [x] **" in downloaded(page, "Export Markdown")


def test_what_is_known_shortens_the_path(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path, "#study/raft") as page:
        needed = details(page).locator(".needed summary")
        before = needed.inner_text()
        details(page).get_by_role("button", name=re.compile("^I know this: skip step 1,")).click()
        assert needed.inner_text() != before
        tags = details(page).get_by_role("group", name="What you know").get_by_role("button")
        assert tags.count() > 0
        while tags.count():
            tags.first.click()
        assert needed.inner_text() == before


def test_who_knows_a_concept_may_not_know_what_it_builds_on(
    page_path: Path, browser: Browser, ours: cg.ConceptGraph
) -> None:
    with opened(browser, page_path, "#study/apache-cassandra") as page:
        page.get_by_label("I know", exact=True).fill("lsm tree")
        page.keyboard.press("Enter")
        box = details(page).get_by_label("I also know what that builds on")
        assert box.is_checked()
        box.uncheck()
        assert page.evaluate("location.hash") == "#study/apache-cassandra?strict=1"
        strict = ours.study_path("Apache Cassandra", known=["LSM tree"], known_implies=False)
        assert details(page).locator(".summary").inner_text() == summary_of(strict)
        page.go_back()
        assert box.is_checked()
        implied = ours.study_path("Apache Cassandra", known=["LSM tree"])
        assert details(page).locator(".summary").inner_text() == summary_of(implied) != summary_of(strict)


def test_from_an_article_with_too_little_time_to_another_way(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path, "#article/raft-consensus") as page:
        details(page).get_by_role("button", name="Study path to this").click()
        assert page.evaluate("document.activeElement.tagName") == "H2"
        assert page.evaluate("location.hash") == "#study/article%3Araft-consensus"
        minutes = details(page).get_by_label("Minutes", exact=True)
        minutes.fill("1")
        page.keyboard.press("Enter")
        assert "too few" in details(page).locator(".summary").inner_text()
        assert "Left out for lack of time" in details(page).inner_text()
        details(page).get_by_role("button", name=re.compile("^Take ")).click()
        first = details(page).locator(".step .way").all_inner_texts()
        assert len(first) == 1
        details(page).get_by_role("button", name="Another way").click()
        assert "without=" in page.evaluate("location.hash")
        assert first[0] not in details(page).locator(".step .way").all_inner_texts()
        details(page).get_by_role("button", name=f"Read it after all: {first[0]}").click()
        assert details(page).locator(".step .way").all_inner_texts() == first
        page.go_back()
        page.wait_for_function("() => location.hash.includes('without=')")


def test_the_map_bears_the_numbers(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path, "#study/apache-cassandra?minutes=30") as page:
        numbers = re.findall(r">(\d+)</text>", downloaded(page, "Export SVG"))
        steps = details(page).locator(".step").count()
        assert sorted(map(int, numbers)) == list(range(1, steps + 1))


@pytest.mark.parametrize("size", [(390, 844), (844, 390), (1280, 800)])
def test_numbers_stand_inside_the_map_and_clear_of_its_buttons(
    size: tuple[int, int], page_path: Path, browser: Browser
) -> None:
    options = {"viewport": {"width": size[0], "height": size[1]}, "reduced_motion": "reduce"}
    with opened(browser, page_path, "#study/apache-cassandra?strict=1", **options) as page:
        circles = re.findall(r'<circle cx="([\d.-]+)" cy="([\d.-]+)" r="(\d+)"', downloaded(page, "Export SVG"))
        assert len(circles) == details(page).locator(".step").count()
        boxes = [page.locator(part).bounding_box() for part in (".map", ".tools", ".legend")]
        map_, tools, legend = [box for box in boxes if box]
        for x, y, radius in (map(float, circle) for circle in circles):
            assert radius <= x <= map_["width"] - radius
            assert tools["y"] + tools["height"] <= map_["y"] + y - radius, "not below the buttons"
            assert map_["y"] + y + radius <= legend["y"], "not below the legend"


def test_print_has_the_list_and_nothing_else(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path, "#study/apache-cassandra?minutes=30") as page:
        page.emulate_media(media="print")
        for hidden in (".map", ".study-form", ".export", ".find", ".step-actions"):
            assert not page.locator(hidden).first.is_visible(), hidden
        assert details(page).locator(".step").last.is_visible()
        assert page.evaluate("document.querySelector('#details').scrollHeight") <= page.evaluate(
            "document.documentElement.scrollHeight"
        ), "all of it, not a window of it"


def test_goals_that_are_not_there_are_named(page_path: Path, browser: Browser) -> None:
    with opened(browser, page_path, "#study/no-such-thing+bloom-filter") as page:
        assert "Not in this graph: no-such-thing" in details(page).get_by_role("alert").inner_text()
        assert details(page).locator(".step").count() > 0


def test_a_page_that_had_to_leave_things_out_still_makes_paths(
    ours: cg.ConceptGraph, browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "index.html"
    path.write_text(explorer_page(ours.records, vocabulary=ours.vocabulary, budget=10), "utf-8")
    with opened(browser, path, "#study/apache-cassandra?minutes=30") as page:
        steps = ours.study_path("Apache Cassandra", minutes=30).steps
        assert details(page).locator(".step > .row .way").all_inner_texts() == [step.title for step in steps]
        assert "it leaves out" in details(page).inner_text()
        assert details(page).locator(".why-here li").first.inner_text().endswith(".")
