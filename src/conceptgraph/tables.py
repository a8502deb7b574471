"""The records as pandas tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pandas as pd

from conceptgraph.extract.sentences import Sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conceptgraph.gaps import Gap
    from conceptgraph.model import Records
    from conceptgraph.relatedness import Related, RelatedConcept
    from conceptgraph.search import Hit


def articles(records: Records) -> pd.DataFrame:
    """Return a row an article, indexed by id: title, published, concepts, core, tags, url, path."""
    names = {concept.id: concept.name for concept in records.concepts}
    found: Counter[str] = Counter()
    core: dict[str, list[str]] = defaultdict(list)
    for row in records.article_concepts:
        found[row.article] += 1
        if row.core:
            core[row.article].append(names[row.concept])
    rows = [
        (a.id, a.title, a.published, found[a.id], core[a.id], list(a.tags), a.url, a.path) for a in records.articles
    ]
    columns = ["article", "title", "published", "concepts", "core", "tags", "url", "path"]
    return pd.DataFrame(rows, columns=columns).set_index("article")


def concepts(records: Records) -> pd.DataFrame:
    """Return a row a concept, indexed by id: name, kind, articles, mentions, weight, known, definition."""
    mentioned = Counter(mention.concept for mention in records.mentions)
    in_articles = Counter(row.concept for row in records.article_concepts)
    weight: dict[str, float] = defaultdict(float)
    for row in records.article_concepts:
        weight[row.concept] += row.weight
    rows = [
        (c.id, c.name, c.kind, in_articles[c.id], mentioned[c.id], round(weight[c.id], 4), c.known, c.definition)
        for c in records.concepts
    ]
    columns = ["concept", "name", "kind", "articles", "mentions", "weight", "known", "definition"]
    table = pd.DataFrame(rows, columns=columns).set_index("concept")
    return table.sort_values(["weight", "name"], ascending=[False, True])


def mentions(records: Records) -> pd.DataFrame:
    """Return a row a mention: article, concept, name, surface, start, end, sentence, technique, confidence."""
    names = {concept.id: concept.name for concept in records.concepts}
    sentences = {article.id: Sentences(article.text) for article in records.articles}
    rows = [
        (
            m.article,
            m.concept,
            names[m.concept],
            m.surface,
            m.start,
            m.end,
            sentences[m.article].quote(m.start, m.end),
            m.technique,
            m.confidence,
        )
        for m in records.mentions
    ]
    columns = ["article", "concept", "name", "surface", "start", "end", "sentence", "technique", "confidence"]
    return pd.DataFrame(rows, columns=columns)


def related(records: Records, found: Iterable[Related]) -> pd.DataFrame:
    """Return a row a related article, in the order given: article, title, score, reasons (in words)."""
    titles = {article.id: article.title for article in records.articles}
    rows = [(each.article, titles[each.article], each.score, "; ".join(map(str, each.reasons))) for each in found]
    return pd.DataFrame(rows, columns=["article", "title", "score", "reasons"])


def related_concepts(records: Records, found: Iterable[RelatedConcept]) -> pd.DataFrame:
    """Return a row a related concept, in the order given: concept, name, score, reasons (in words)."""
    names = {concept.id: concept.name for concept in records.concepts}
    rows = [(each.concept, names[each.concept], each.score, "; ".join(each.reasons)) for each in found]
    return pd.DataFrame(rows, columns=["concept", "name", "score", "reasons"])


def hits(found: Iterable[Hit]) -> pd.DataFrame:
    """Return a row an article or concept that a search found: type, id, name, score, snippet."""
    rows = [(hit.type, hit.id, hit.name, hit.score, hit.snippet) for hit in found]
    return pd.DataFrame(rows, columns=["type", "id", "name", "score", "snippet"])


def gaps(found: Iterable[Gap]) -> pd.DataFrame:
    """Return a row a gap: kind, text, ids, size."""
    rows = [(gap.kind, gap.text, list(gap.ids), gap.size) for gap in found]
    return pd.DataFrame(rows, columns=["kind", "text", "ids", "size"])


def topics(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Return rows of `conceptgraph.lessons` as a table indexed by the concepts' ids."""
    columns = ["id", "name", "confidence", "tier", "reason"] if not rows else list(rows[0])
    return pd.DataFrame(list(rows), columns=columns).set_index("id")
