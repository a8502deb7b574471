"""Relations that are stated or linked, as flat rows; a record is made when it is asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, cast

from conceptgraph.columns import Columns
from conceptgraph.json_rows import parsed
from conceptgraph.model import Evidence, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from conceptgraph.model import RelationKind


class StatedRow(NamedTuple):
    """A relation as a row; evidence is JSON text: technique, detail and mentions of each."""

    kind: str
    source: str
    target: str
    confidence: float
    evidence: str


class StatedRelations(Columns[Relation]):
    """Relations made from rows, by kind, source and target."""

    __slots__ = ("rows",)

    def __init__(self, rows: Sequence[StatedRow]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def one(self, at: int) -> Relation:
        """Return a relation."""
        (relation,) = self.some(range(at, at + 1))
        return relation

    def some(self, places: range) -> Iterator[Relation]:
        """Return some relations."""
        rows = [self.rows[at] for at in places]
        said = parsed([row.evidence for row in rows])
        for row, evidence in zip(rows, said, strict=True):
            yield Relation(
                source=row.source,
                target=row.target,
                kind=cast("RelationKind", row.kind),
                confidence=row.confidence,
                evidence=tuple(
                    [
                        Evidence(technique=technique, detail=detail, mentions=tuple([tuple(one) for one in mentions]))
                        for technique, detail, mentions in evidence
                    ]
                ),
            )


def stated_row(relation: Relation) -> StatedRow:
    """Return a relation as a row."""
    evidence = [[one.technique, one.detail, one.mentions] for one in relation.evidence]
    packed = json.dumps(evidence, ensure_ascii=False, separators=(",", ":"))
    return StatedRow(relation.kind, relation.source, relation.target, relation.confidence, packed)


def merged(rows: Iterable[StatedRow]) -> StatedRelations:
    """Return relations in the order of their keys, each once, with the evidence of all that say the same."""
    by_key: dict[tuple[str, str, str], StatedRow] = {}
    for row in rows:
        other = by_key.setdefault(row[:3], row)
        if other is not row:
            said = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in json.loads(other.evidence)]
            more = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in json.loads(row.evidence)]
            by_key[row[:3]] = row._replace(evidence=f"[{','.join(dict.fromkeys([*said, *more]))}]")
    return StatedRelations([by_key[key] for key in sorted(by_key)])
