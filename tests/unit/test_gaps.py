from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from conceptgraph import InputError, Vocabulary
from conceptgraph.gaps import Gap, duplicates, gaps, unbridged, unexplained, unlinked
from conceptgraph.model import Article, ArticleConcept, Concept, Label, Link, Records, Relation
from conceptgraph.pipeline import link, read
from conceptgraph.relatedness import build_index
from tests.conftest import ARTICLES


@dataclass
class Community:
    id: int
    name: str
    concepts: tuple[str, ...]


def corpus(core: dict[str, set[str]], mentioned: dict[str, set[str]]) -> Records:
    """Return records of articles with their core concepts and those that they only mention."""
    pairs = [(a, c, True) for a, found in core.items() for c in found]
    pairs += [(a, c, False) for a, found in mentioned.items() for c in found]
    ids = sorted({concept for _, concept, _ in pairs})
    return Records(
        build="",
        articles=tuple(Article(id=id_, title=id_, text=id_) for id_ in sorted({*core, *mentioned})),
        concepts=tuple(Concept(id=id_, labels=(Label(text=id_),), kind="technology") for id_ in ids),
        article_concepts=tuple(
            ArticleConcept(article=a, concept=c, weight=0.5, core=core) for a, c, core in sorted(pairs)
        ),
    )


def test_unexplained() -> None:
    records = corpus({"a": {"x"}}, {"a": {"y"}, "b": {"x", "y", "z"}, "c": {"x", "y", "z"}})
    (found,) = unexplained(records)
    assert found.ids == ("y",)
    assert "3 articles mention it, none explains it" in found.text
    unknown = replace(records, concepts=tuple(replace(concept, known=False) for concept in records.concepts))
    assert list(unexplained(unknown)) == []


def test_unbridged() -> None:
    records = corpus({"a": {"p1", "p2", "p3"}, "b": {"q1", "q2", "q3"}}, {"c": {"p1", "q1"}})
    groups = [Community(0, "P", ("p1", "p2", "p3")), Community(1, "Q", ("q1", "q2", "q3"))]
    related = [Relation(source=f"p{n}", target=f"q{n}", kind="related", confidence=1.0) for n in (1, 2, 3)]
    (found,) = unbridged(replace(records, relations=tuple(related)), groups)
    assert found.ids == ("p1", "q1")
    assert found.size == 1
    assert "3 relations, such as p1 – q1" in found.text
    assert list(unbridged(replace(records, relations=tuple(related[:2])), groups)) == []
    bridged = corpus({"a": {"p1", "q2"}, "b": {"q1"}}, {"c": {"p2", "p3", "q3"}})
    assert list(unbridged(replace(bridged, relations=tuple(related)), groups)) == []


def test_unlinked_and_duplicates(vocabulary: Vocabulary) -> None:
    body = "Kafka keeps records in a log that many readers follow at a pace of their own, each at an offset."
    texts = {"a": f"Alpha. {body}", "b": f"Omega. {body}", "c": "Redis keeps values in memory."}
    links = {"a": (Link(target="c.md", start=0, end=3),)}
    articles = [
        Article(id=id_, title=id_, text=text, path=f"{id_}.md", links=links.get(id_, ())) for id_, text in texts.items()
    ]
    records = link(articles, vocabulary)
    index = build_index(records)
    (found,) = unlinked(records, index)
    assert found.ids == ("b",)
    assert "the nearest is “a”" in found.text
    (pair,) = duplicates(records, index)
    assert pair.ids == ("a", "b")
    assert pair.text.startswith("“a” and “b” have ")
    same = replace(records, articles=tuple(replace(article, title="Log") for article in records.articles))
    (pair,) = duplicates(same, index)
    assert pair.text.startswith("“Log (a)” and “Log (b)” have ")
    assert 0.5 <= pair.size < 1


def test_where_few_articles_link_none_is_listed(vocabulary: Vocabulary) -> None:
    articles = [Article(id=id_, title=id_, text="Kafka keeps a log.", path=f"{id_}.md") for id_ in "abcde"]
    for first, told in (("z.md", "None of the 5 articles links"), ("b.md", "Only 2 of the 5 articles link")):
        linking = replace(articles[0], links=(Link(target=first, start=0, end=3),))
        records = link([linking, *articles[1:]], vocabulary)
        (found,) = unlinked(records, build_index(records))
        assert found.text.startswith(told)
        assert not found.ids
    alone = link(articles[:1], vocabulary)
    assert not list(unlinked(alone, build_index(alone)))


def test_gaps_of_our_articles(vocabulary: Vocabulary) -> None:
    records = link(read([ARTICLES]).articles, vocabulary)
    index = build_index(records)
    found = gaps(records, index, k=None)
    assert found
    assert all(isinstance(gap, Gap) and gap.text and gap.ids for gap in found)
    assert not [gap for gap in found if gap.kind == "duplicate"]
    kinds = [gap.kind for gap in gaps(records, index, k=2)]
    assert all(kinds.count(kind) <= 2 for kind in kinds)
    with pytest.raises(InputError, match="k: 0"):
        gaps(records, index, k=0)
