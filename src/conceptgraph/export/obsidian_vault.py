"""An Obsidian vault: a note for each article and concept, joined by ``[[links]]`` with the sentences behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.evidence import quotes
from conceptgraph.extract.quotes import where
from conceptgraph.markdown_text import escaped, markdown_of, quoted
from conceptgraph.model import SYMMETRIC
from conceptgraph.slug import distinct, file_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.model import Article, ArticleConcept, Concept, Records, Relation

LIKELY = 30
"""How many of a concept's co-occurrences are listed, the surest first; notes with hundreds of links say nothing."""


def obsidian_vault(records: Records) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield each note's path in the vault and its text.

    Parameters
    ----------
    records
        The records to show. Notes are called as articles and concepts are, as far as file systems and links allow; no
        two names differ by case only.
    """
    vault = _Vault(records)
    for article in records.articles:
        yield f"articles/{vault.notes['article', article.id]}.md", vault.article(article)
    for concept in records.concepts:
        yield f"concepts/{vault.notes['concept', concept.id]}.md", vault.concept(concept)


class _Vault:
    """What notes need to know of one another."""

    def __init__(self, records: Records) -> None:
        taken: set[str] = set()
        self.notes = {("concept", c.id): distinct(file_name(c.name), taken) for c in records.concepts}
        self.notes |= {("article", a.id): distinct(file_name(a.title), taken) for a in records.articles}
        self._names = {("concept", c.id): c.name for c in records.concepts}
        self._names |= {("article", a.id): a.title for a in records.articles}
        self._quotes = quotes(records)
        self._rows: dict[tuple[str, str], list[ArticleConcept]] = {}
        for row in records.article_concepts:
            self._rows.setdefault(("article", row.article), []).append(row)
            self._rows.setdefault(("concept", row.concept), []).append(row)
        self._relations: dict[tuple[str, str], list[Relation]] = {}
        for relation in records.relations:
            node = "article" if relation.kind == "links_to" else "concept"
            self._relations.setdefault((node, relation.source), []).append(relation)
            if relation.kind in SYMMETRIC:
                self._relations.setdefault((node, relation.target), []).append(relation)

    def _link(self, node: str, id_: str) -> str:
        note, name = self.notes[node, id_], self._names[node, id_]
        return f"[[{note}]]" if note == name else f"[[{note}|{_display(name)}]]"

    def article(self, article: Article) -> Iterator[str]:
        """Yield an article's note: its text, its concepts with a sentence each, the articles that it links to."""
        yield "---\n" + _front(id=article.id, title=article.title, url=article.url, published=article.published)
        yield _front(summary=article.summary) + _listed("tags", [_tag(tag) for tag in article.tags]) + "---\n\n"
        yield from markdown_of(article)
        yield "\n## Concepts\n\n"
        for row in self._rows.get(("article", article.id), []):
            yield self._evidence(row, self._link("concept", row.concept))
        linked = self._relations.get(("article", article.id), [])
        if linked:
            yield "\n## Links to\n\n"
        for relation in linked:
            yield f"- {self._link('article', relation.target)}\n"

    def concept(self, concept: Concept) -> Iterator[str]:
        """Yield a concept's note: its definition, its relations, the articles that mention it with a sentence each."""
        yield "---\n" + _front(id=concept.id, kind=concept.kind) + _listed("aliases", concept.other_names) + "---\n\n"
        yield f"# {escaped(concept.name)}\n\n"
        yield f"{escaped(concept.definition)}\n\n" if concept.definition else ""
        relations = self._relations.get(("concept", concept.id), [])
        stated = [relation for relation in relations if relation.kind != "co_occurs"]
        likely = sorted((r for r in relations if r.kind == "co_occurs"), key=lambda r: -r.confidence)[:LIKELY]
        for relation in [*stated, *likely]:
            other = relation.target if relation.source == concept.id else relation.source
            because = "; ".join(item.detail for item in relation.evidence if item.detail)
            end = f": {escaped(because)}" if because else ""
            yield f"- {relation.kind.replace('_', ' ')} {self._link('concept', other)}{end}\n"
        yield "\n## Articles\n\n"
        for row in self._rows.get(("concept", concept.id), []):
            yield self._evidence(row, self._link("article", row.article))

    def _evidence(self, row: ArticleConcept, shown: str) -> str:
        quote = self._quotes[row.article, row.concept]
        said = f": “{escaped(quote.sentence)}”{where(quote.page)}" if quote.sentence else ""
        return f"- {shown}{' (core)' if row.core else ''}{said}\n"


def _front(**given: str | None) -> str:
    return "".join(f"{key}: {quoted(value)}\n" for key, value in given.items() if value)


def _listed(key: str, values: list[str]) -> str:
    return "".join([f"{key}:\n", *(f"  - {quoted(value)}\n" for value in values if value)]) if any(values) else ""


def _tag(tag: str) -> str:
    """Return a tag as Obsidian allows it: without spaces, and not a mere number."""
    kept = "".join(sign if sign.isalnum() or sign in "_-/" else "-" for sign in tag.strip()).strip("-")
    return f"n{kept}" if kept.isdigit() else kept


def _display(name: str) -> str:
    """Return a link's text: what would end the link, or hide it, is left out."""
    return (
        " ".join("".join(" " if sign in "[]|\n`" else sign for sign in name).replace("%%", " ").split()) or "untitled"
    )
