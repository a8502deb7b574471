"""What a notebook shows of a graph, an article, a concept and of paths between them; every text is escaped."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from conceptgraph.describe import describe
from conceptgraph.extract.quotes import where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conceptgraph.connections import Connection
    from conceptgraph.model import Article, Concept, Records

SHOWN = 8
"""How many links and relations are shown."""
_STYLE = "max-width:52em;line-height:1.45"
_DIM = "opacity:.7"


@dataclass(frozen=True, repr=False)
class ArticleFace:
    """An article of a graph, to look at.

    Parameters
    ----------
    records
        The graph's records.
    record
        The article's record.
    """

    records: Records
    record: Article
    about: dict[str, Any] = field(init=False)
    """What `conceptgraph.describe.describe` tells."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "about", describe(self.records, self.record))

    def __repr__(self) -> str:
        return f"Article({self.record.id!r}, {self.record.title!r}, {len(self.about['links'])} concepts)"

    def _repr_html_(self) -> str:
        article = self.record
        facts = [article.published, f"{len(article.text.split()):,} words", ", ".join(article.tags), article.url]
        return _framed(article.title, facts, article.summary, "Concepts", self.about)


@dataclass(frozen=True, repr=False)
class ConceptFace:
    """A concept of a graph, to look at.

    Parameters
    ----------
    records
        The graph's records.
    record
        The concept's record.
    """

    records: Records
    record: Concept
    about: dict[str, Any] = field(init=False)
    """What `conceptgraph.describe.describe` tells."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "about", describe(self.records, self.record))

    def __repr__(self) -> str:
        return f"Concept({self.record.id!r}, {self.record.name!r}, {len(self.about['links'])} articles)"

    def _repr_html_(self) -> str:
        concept = self.record
        also = concept.other_names
        facts = [
            concept.kind.replace("_", " "),
            "" if concept.known else "proposed, not in the vocabulary",
            f"also {', '.join(also)}" if also else "",
        ]
        return _framed(concept.name, facts, concept.definition, "Articles", self.about)


class Paths(list["Connection"]):
    """Paths between two articles or concepts, to look at."""

    def __repr__(self) -> str:
        if not self:
            return "nothing connects the two"
        return "\n".join(
            f"{number}. " + " ".join(step.text for step in path.steps) for number, path in enumerate(self, 1)
        )

    def _repr_html_(self) -> str:
        if not self:
            return "<p>Nothing in this graph connects the two.</p>"
        paths = "".join(f"<li>{''.join(map(_step, path.steps))}</li>" for path in self)
        return f'<ol style="{_STYLE}">{paths}</ol>'


def graph_html(records: Records) -> str:
    """Return what a notebook shows of a graph: its size, and what it is about."""
    names = {concept.id: concept.name for concept in records.concepts}
    weight: Counter[str] = Counter()
    for row in records.article_concepts:
        weight[row.concept] += row.weight  # type: ignore[assignment]
    leading = sorted(weight, key=lambda id_: (-weight[id_], id_))[: 2 * SHOWN]
    counts = {"articles": records.articles, "concepts": records.concepts, "mentions": records.mentions}
    told = " · ".join(f"<b>{len(items):,}</b> {name}" for name, items in counts.items())
    titles = "".join(f"<li>{escape(article.title)}</li>" for article in records.articles[:SHOWN])
    return (
        f'<div style="{_STYLE}"><p>{told}</p>'
        f"<p>Mostly about {escape(', '.join(names[id_] for id_ in leading)) or 'nothing yet'}.</p>"
        f"<ul>{titles}</ul>{_more(len(records.articles), ' articles')}</div>"
    )


def _framed(name: str, facts: Iterable[str | None], text: str | None, links: str, about: dict[str, Any]) -> str:
    told = escape(" · ".join(fact for fact in facts if fact))
    body = f"<p>{escape(text)}</p>" if text else ""
    return (
        f'<div style="{_STYLE}"><h4 style="margin-bottom:0">{escape(name)}</h4><div style="{_DIM}">{told}</div>{body}'
        f"{_links(links, about['links'])}{_relations(about['relations'])}</div>"
    )


def _links(title: str, links: list[dict[str, Any]]) -> str:
    rows = "".join(
        f'<tr><td style="text-align:left"><b>{escape(link["name"])}</b>{" · core" if link["core"] else ""}</td>'
        f"<td>{link['weight']:.2f}</td>"
        f'<td style="text-align:left">“{escape(link["sentence"])}”{where(link["page"])}</td></tr>'
        for link in links[:SHOWN]
    )
    left = '<th style="text-align:left">'
    head = f"<tr>{left}{title}</th><th>weight</th>{left}sentence</th></tr>"
    return f"<table>{head}{rows}</table>{_more(len(links))}" if links else ""


def _more(count: int, what: str = "") -> str:
    return f'<p style="{_DIM}">and {count - SHOWN:,} more{what}</p>' if count > SHOWN else ""


def _relations(relations: list[dict[str, Any]]) -> str:
    told = (f"{each['relation'].replace('_', ' ')} {each['to']}" for each in relations[:SHOWN])
    return f'<p style="{_DIM}">{escape("; ".join(told))}</p>' if relations else ""


def _step(step: Any) -> str:
    quotes = "".join(f'<div style="{_DIM};margin-left:1.5em">{escape(str(quote))}</div>' for quote in step.quotes)
    return f"<div>{escape(step.text)}</div>{quotes}"
