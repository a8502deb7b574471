from __future__ import annotations

import pytest

import conceptgraph as cg
from tests.conftest import ARTICLES

pytest.importorskip("anywidget")


@pytest.fixture(scope="module")
def g() -> cg.ConceptGraph:
    return cg.build(ARTICLES)


def test_the_widget_takes_a_selection_and_tells_it(g: cg.ConceptGraph) -> None:
    widget = g.widget(height=400)
    assert widget.selection == ""
    heard: list[str] = []
    widget.observe(lambda change: heard.append(change["new"]), names="selection")
    widget.select("Bloom filters")
    widget.select("how-uber-built-odin")
    widget.set_state({"selection": "concept:apache-kafka"})  # what the page sends
    assert heard == ["concept:bloom-filter", "article:how-uber-built-odin", "concept:apache-kafka"]
    assert widget.page.startswith("<!doctype html>")
    with pytest.raises(cg.UnknownNameError):
        widget.select("blom filter")
