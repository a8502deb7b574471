from __future__ import annotations

import base64
import hashlib
import re
from html import unescape

import pytest

import conceptgraph as cg
from conceptgraph import UnknownNameError
from conceptgraph.inline import with_script
from conceptgraph.model import Article
from conceptgraph.pipeline import link
from tests.cli.test_cli import NASTY
from tests.conftest import ARTICLES


@pytest.fixture(scope="module")
def g() -> cg.ConceptGraph:
    return cg.build(ARTICLES)


def test_a_graph_an_article_and_a_concept_have_faces(g: cg.ConceptGraph) -> None:
    assert f"<b>{len(g.records.concepts):,}</b> concepts" in g._repr_html_()
    article = g.article("How Uber Built Odin to Handle 3.8 Million Containers")
    assert article.record.id == "how-uber-built-odin"
    assert "Uber" in article._repr_html_()
    assert repr(article).startswith("Article('how-uber-built-odin'")
    concept = g.concept("bloom filters")
    assert "false positive" in concept._repr_html_().lower()
    assert repr(concept).startswith("Concept('bloom-filter', 'Bloom filter'")
    with pytest.raises(UnknownNameError, match="How Uber Built Odin"):
        g.article("odin to handle")
    with pytest.raises(UnknownNameError, match="Bloom filter"):
        g.concept("blom filter")


def test_paths_have_a_face(g: cg.ConceptGraph) -> None:
    paths = g.explain("Bloom filter", "Cassandra", k=2)
    assert paths._repr_html_().count("<li>") == len(paths) == 2
    assert repr(paths).startswith("1. ")


def test_tables(g: cg.ConceptGraph) -> None:
    found = g.related("how-uber-built-odin", k=3)
    assert list(found.columns) == ["article", "title", "score", "reasons"]
    assert len(found) == 3
    assert len(g.related("how-uber-built-odin", k=None)) == len(g.records.articles) - 1
    assert len(g.related("how-uber-built-odin", k=None, exclude=list(found.article))) == len(g.records.articles) - 4
    assert list(g.related_concepts("Kafka", k=2).columns) == ["concept", "name", "score", "reasons"]
    assert g.search("bloom filtr").id[0] == "bloom-filter"
    assert set(g.gaps(k=1).columns) == {"kind", "text", "ids", "size"}


@pytest.mark.parametrize("text", NASTY)
def test_faces_escape_what_articles_say(vocabulary: cg.Vocabulary, text: str) -> None:
    article = Article(
        id="a", title=text, text=f"{text}\n\nKafka {text} is a log.", tags=(text,), summary=text, url=text
    )
    hostile = cg.ConceptGraph(link([article], vocabulary))
    for face in (hostile, hostile.article("a"), hostile.concept("Kafka")):
        html = face._repr_html_()
        assert not re.search(r"<(script|img|a)\b", html)
        assert text in unescape(html) or isinstance(face, type(hostile.concept("Kafka")))


def test_the_map_inline_holds_the_page_and_asks_nothing_of_the_network(g: cg.ConceptGraph) -> None:
    shown = g.show(height=333)
    html = shown._repr_html_()
    assert html.startswith("<iframe ")
    assert 'height="333"' in html
    assert html.count("<") == 2  # the frame's own tags: the page inside is escaped
    (held,) = re.findall(r'srcdoc="([^"]*)"', html)
    assert unescape(held) == shown.page
    assert not re.findall(r"""(?:src|href)=["']?https?:""", shown.page.split("<script")[0])
    assert "allow-same-origin" not in html


def test_a_page_admits_the_script_that_is_put_into_it() -> None:
    page = "<html><head><meta content=\"script-src 'sha256-x'\"><title>T</title></head></html>"
    digest = base64.b64encode(hashlib.sha256(b"1;").digest()).decode()
    assert with_script(page, "1;") == (
        f"<html><head><meta content=\"script-src 'sha256-{digest}' 'sha256-x'\">"
        "<script>1;</script><title>T</title></head></html>"
    )
    assert with_script("<html><head></head></html>", "1;") == "<html><head><script>1;</script></head></html>"
