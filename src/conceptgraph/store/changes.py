"""What a build changed: articles, concepts, and the strongest new links."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from conceptgraph.store.content import lacking

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from conceptgraph.columns import Ints
    from conceptgraph.store.content import Content

LINKS = 10
"""How many new links are named, from the strongest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What the last build that changed anything changed.

    Parameters
    ----------
    first
        There was no graph before: then nothing else is listed.
    new, changed, gone
        Ids of articles.
    new_concepts, gone_concepts
        Names of concepts.
    new_links
        How many pairs of concepts or articles are linked that were not.
    strongest
        The strongest of them: (source, target, kind, confidence); concepts by name, articles by id.
    """

    first: bool = False
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    new_concepts: tuple[str, ...] = ()
    gone_concepts: tuple[str, ...] = ()
    new_links: int = 0
    strongest: tuple[tuple[str, str, str, float], ...] = ()

    def lines(self, most: int = 5) -> Iterator[tuple[str, str]]:
        """Yield what to print: what, and how many with the first few by name."""
        if self.first:
            yield "changes", "the first build: all is new"
            return
        told = False
        for name in ("new", "changed", "gone", "new_concepts", "gone_concepts"):
            items: tuple[str, ...] = getattr(self, name)
            if items:
                more = f" and {len(items) - most:,} more" if len(items) > most else ""
                what = name.replace("_", " ") if "concepts" in name else f"{name} articles"
                yield what, f"{len(items):,}: {', '.join(items[:most])}{more}"
                told = True
        if self.new_links:
            yield "new links", f"{self.new_links:,}"
            for source, target, kind, confidence in self.strongest[:most]:
                yield "", f"{source} – {target} ({kind}, {confidence:.2f})"
        if not told and not self.new_links:
            yield "changes", "none"

    def to_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Changes:
        """Return what `to_json` was given."""
        given = json.loads(text)
        strongest = tuple((source, target, kind, confidence) for source, target, kind, confidence in given["strongest"])
        lists = {name: tuple(items) for name, items in given.items() if isinstance(items, list)}
        return cls(**{**given, **lists, "strongest": strongest})


def changes_between(old: Content, new: Content, *, respelled: Collection[str] = ()) -> Changes:
    """Return what changed of articles, concepts and links.

    Parameters
    ----------
    old, new
        What the file held, and holds.
    respelled
        Ids of articles of which nothing is other than the way in which their path is written: they did not change.
    """
    was, now = ({row.id: row.hash for row in content.index} for content in (old, new))
    before, after = ({row.id: row.name for row in content.concepts} for content in (old, new))
    strongest = [*_new_pairs(old, new), *_new_stated(old, new, after)]
    strongest.sort(key=lambda link: (-link[3], link[:3]))
    return Changes(
        new=tuple(sorted(now.keys() - was.keys())),
        changed=tuple(sorted(id_ for id_ in now.keys() & was.keys() - set(respelled) if now[id_] != was[id_])),
        gone=tuple(sorted(was.keys() - now.keys())),
        new_concepts=tuple(sorted(after[id_] for id_ in after.keys() - before.keys())),
        gone_concepts=tuple(sorted(before[id_] for id_ in before.keys() - after.keys())),
        new_links=len(strongest),
        strongest=tuple(strongest[:LINKS]),
    )


def _new_pairs(old: Content, new: Content) -> list[tuple[str, str, str, float]]:
    names = {row.key: row.name for row in new.concepts}
    keys = {row.id: row.key for row in new.concepts}
    # A build from nothing gives concepts other keys; those that are gone have none.
    now = np.full(max((row.key for row in old.concepts), default=0) + 1, -1)
    now[[row.key for row in old.concepts]] = [keys.get(row.id, -1) for row in old.concepts]
    there = np.sort(_ends(now[old.pairs["source"]], now[old.pairs["target"]]))
    fresh = new.pairs[lacking(_ends(new.pairs["source"], new.pairs["target"]), there)]
    return [(names[source], names[target], "co_occurs", confidence) for source, target, confidence, _ in fresh.tolist()]


def _ends(first: Ints, second: Ints) -> Ints:
    """Return one number for each pair, whichever of the two comes first; negative where one of them has no key."""
    one, other = first.astype(np.int64), second.astype(np.int64)
    return np.minimum(one, other) << 32 | np.maximum(one, other)


def _new_stated(old: Content, new: Content, names: Mapping[str, str]) -> Iterator[tuple[str, str, str, float]]:
    if old.stated == new.stated:
        return
    there = {row[:3] for row in old.stated}
    for row in new.stated:
        if row[:3] not in there:
            yield names.get(row.source, row.source), names.get(row.target, row.target), row.kind, row.confidence
