"""The records as tables of plain values, for CSV and Parquet: a name, the columns with their types, the rows."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conceptgraph.model import Records


class Table(NamedTuple):
    """A table: its name, the type of each column by name, and its rows."""

    name: str
    columns: Mapping[str, type]
    rows: Iterator[tuple[Any, ...]]


def tables(records: Records) -> Iterator[Table]:
    """Yield the tables articles, concepts, article_concepts, mentions and relations.

    Parameters
    ----------
    records
        The records to show. Lists are joined by "; ", evidence is JSON, offsets are characters in ``articles.text``.
    """
    text = dict.fromkeys(["id", "title", "text", "url", "published", "tags", "summary", "path"], str)
    yield Table("articles", text, _articles(records))
    columns: dict[str, type] = {
        **dict.fromkeys(["id", "name", "kind", "definition", "labels", "exact_match"], str),
        "known": bool,
    }
    yield Table("concepts", columns, _concepts(records))
    rows = ((row.article, row.concept, row.weight, row.core) for row in records.article_concepts)
    yield Table("article_concepts", {"article": str, "concept": str, "weight": float, "core": bool}, rows)
    columns = {"article": str, "concept": str, "start": int, "end": int, "surface": str, "technique": str}
    yield Table("mentions", columns | {"confidence": float}, _mentions(records))
    columns = {"kind": str, "source": str, "target": str, "confidence": float, "evidence": str}
    yield Table("relations", columns, _relations(records))


def _articles(records: Records) -> Iterator[tuple[Any, ...]]:
    for a in records.articles:
        tags = "; ".join(a.tags)
        yield a.id, a.title, a.text, a.url or "", a.published or "", tags, a.summary or "", a.path


def _concepts(records: Records) -> Iterator[tuple[Any, ...]]:
    for c in records.concepts:
        labels = "; ".join((c.name, *c.other_names))
        yield c.id, c.name, c.kind, c.definition, labels, "; ".join(c.exact_match), c.known


def _mentions(records: Records) -> Iterator[tuple[Any, ...]]:
    for m in records.mentions:
        yield m.article, m.concept, m.start, m.end, m.surface, m.technique, m.confidence


def _relations(records: Records) -> Iterator[tuple[Any, ...]]:
    for r in records.relations:
        evidence = json.dumps([asdict(item) for item in r.evidence], ensure_ascii=False)
        yield r.kind, r.source, r.target, r.confidence, evidence
