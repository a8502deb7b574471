"""What a corpus lacks: explanations, bridges, links; and what it has twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from math import log, sqrt
from typing import TYPE_CHECKING, Literal, Protocol

from conceptgraph.errors import InputError
from conceptgraph.extract.terms import words
from conceptgraph.model import record
from conceptgraph.slices import titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from conceptgraph.model import Records, Relation
    from conceptgraph.relatedness import RelatednessIndex

GapKind = Literal["unexplained", "unbridged", "unlinked", "duplicate"]
OFTEN = 3
"""Least number of articles that mention a concept for it to be missed."""
EVERYDAY = 0.25
"""A concept that more than this share of the articles mentions is an everyday one, which readers are taken to know."""
ELEMENTARY = 0.5
"""What the size of a gap is multiplied by where nothing need be known for the concept, by the vocabulary."""
LINKED = 0.5
"""Least share of articles with a link for those without one to be listed: where few link, none is missing one."""
CLOSE = 3
"""Least number of relations between two communities for them to be close."""
SHINGLE = 5
"""Length in words of the passages that near-duplicates are told by."""
SAME = 0.5
"""Least share of passages in common, among all of both, of near-duplicates."""
ALIKE = 0.4
"""How like the words of two articles must be, as cosine, for their passages to be compared."""


class Group(Protocol):
    """Concepts that belong together, as `conceptgraph.communities` finds them."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def name(self) -> str:
        """Its name, of its leading concepts."""

    @property
    def concepts(self) -> tuple[str, ...]:
        """Ids, the most important first."""


@record
class Gap:
    """Something that a corpus lacks, or has twice.

    Parameters
    ----------
    kind
        ``unexplained``: a concept that articles mention and none explains; ``unbridged``: two communities of concepts
        that are related, and no article is about both; ``unlinked``: an article without a link to or from another, or
        that hardly any has one; ``duplicate``: two articles that are nearly the same.
    text
        What is missing, in words.
    ids
        The concepts or articles concerned; empty where it is all of them.
    size
        How much it matters among its kind: summed weight times rarity, relations for the communities' sizes, concepts
        (articles, where hardly any has a link), or the share of passages in common.
    """

    kind: GapKind
    text: str
    ids: tuple[str, ...]
    size: float


def gaps(records: Records, index: RelatednessIndex, groups: Sequence[Group] = (), *, k: int | None = 10) -> list[Gap]:
    """Return what a corpus lacks.

    Parameters
    ----------
    records
        The corpus.
    index
        Its index of related articles, which says which articles may be near-duplicates.
    groups
        Its communities; without them no pair of them is looked at.
    k
        How many of each kind, at most; None for all.

    Returns
    -------
    list of Gap
        By kind, and by falling size.

    Raises
    ------
    InputError
        `k` is less than one.
    """
    if k is not None and k < 1:
        raise InputError(f"k: {k} is no number of gaps; use 1 or more, or None for all")
    found: list[Gap] = []
    for of_kind in (
        unexplained(records),
        unbridged(records, groups),
        unlinked(records, index, k=k),
        duplicates(records, index),
    ):
        found += sorted(of_kind, key=lambda gap: (-gap.size, gap.ids))[:k]
    return found


def unexplained(records: Records) -> Iterator[Gap]:
    """Yield concepts of the vocabulary that `OFTEN` articles or more mention and none explains.

    The size is the summed weight times ``ln((1 + N) / n)`` for `n` of `N` articles, so that what is mentioned
    everywhere does not stand first. Everyday concepts (`EVERYDAY`) are left out, elementary ones (`ELEMENTARY`) count
    less.
    """
    mentioned: Counter[str] = Counter()
    weight: dict[str, float] = defaultdict(float)
    explained = set()
    for row in records.article_concepts:
        mentioned[row.concept] += 1
        weight[row.concept] += row.weight
        if row.core:
            explained.add(row.concept)
    most = max(OFTEN, EVERYDAY * len(records.articles))
    for concept in records.concepts:
        count = mentioned[concept.id]
        sought = concept.known and concept.kind != "organization" and concept.id not in explained
        if sought and OFTEN <= count <= most:
            size = weight[concept.id] * log((1 + len(records.articles)) / count)
            if not any(fact.kind == "requires" for fact in concept.facts):
                size *= ELEMENTARY
            text = f"{concept.name}: {count} articles mention it, none explains it"
            yield Gap(kind="unexplained", text=text, ids=(concept.id,), size=round(size, 4))


def unbridged(records: Records, groups: Sequence[Group]) -> Iterator[Gap]:
    """Yield pairs of communities that facts or co-occurrences relate, without an article that is about both.

    An article is about a community when a concept of it is a core concept of the article.
    """
    of = {concept: group for group in groups for concept in group.concepts}
    names = {concept.id: concept.name for concept in records.concepts}
    bridges: dict[frozenset[int], list[Relation]] = defaultdict(list)
    for relation in records.relations:
        ends = of.get(relation.source), of.get(relation.target)
        if relation.kind != "links_to" and ends[0] and ends[1] and ends[0].id != ends[1].id:
            bridges[frozenset((ends[0].id, ends[1].id))].append(relation)
    covered = set(_covered(records, of))
    by_id = {group.id: group for group in groups}
    for pair, between in bridges.items():
        if len(between) >= CLOSE and pair not in covered:
            first, second = (by_id[id_] for id_ in sorted(pair))
            stated = min(
                between, key=lambda relation: (relation.kind in ("co_occurs", "related"), -relation.confidence)
            )
            such = f"{names[stated.source]} – {names[stated.target]}"
            told = f"{len(between)} relations, such as {such}; no article is about both"
            ids = (first.concepts[0], second.concepts[0])
            size = round(len(between) / sqrt(len(first.concepts) * len(second.concepts)), 4)
            yield Gap(kind="unbridged", text=f"{first.name} | {second.name}: {told}", ids=ids, size=size)


def _covered(records: Records, of: dict[str, Group]) -> Iterator[frozenset[int]]:
    """Yield the pairs of communities that some article is about."""
    about: dict[str, set[int]] = defaultdict(set)
    for row in records.article_concepts:
        if row.core and row.concept in of:
            about[row.article].add(of[row.concept].id)
    for found in about.values():
        yield from map(frozenset, combinations(sorted(found), 2))


def unlinked(records: Records, index: RelatednessIndex, *, k: int | None = None) -> Iterator[Gap]:
    """Yield articles that link to no other and that no other links to, with the one that is nearest.

    Those that speak of most concepts come first; `k` of them, all when it is None. Where fewer than `LINKED` of the
    articles have a link, one gap says so: articles that are not written to link each other do not lack links.
    """
    linked = {end for each in records.relations if each.kind == "links_to" for end in (each.source, each.target)}
    concepts = Counter(row.article for row in records.article_concepts)
    loose = [(-concepts[article.id], at) for at, article in enumerate(records.articles) if article.id not in linked]
    count = len(records.articles)
    if len(loose) > (1 - LINKED) * count:
        text = f"Only {count - len(loose):,} of the {count:,} articles link to another or are linked to"
        if len(loose) == count:
            text = f"None of the {count:,} articles links to another"
        if count > 1:
            yield Gap(
                kind="unlinked",
                text=f"{text}; conceptgraph related names what each could link to",
                ids=(),
                size=len(loose),
            )
        return
    called = titles(records.articles)
    for size, at in sorted(loose)[:k]:
        title = called[records.articles[at].id]
        near = index.nearest(at)
        told = f"; the nearest is “{called[records.articles[near].id]}”" if near is not None else ""
        text = f"“{title}”: no link to or from another article{told}"
        yield Gap(kind="unlinked", text=text, ids=(records.articles[at].id,), size=-size)


def duplicates(records: Records, index: RelatednessIndex) -> Iterator[Gap]:
    """Yield pairs of articles that have `SAME` of their passages in common.

    The resemblance of Broder 1997, "On the resemblance and containment of documents": of all runs of `SHINGLE` words
    that stand in either text, the share that stands in both.
    """
    pairs = list(index.pairs_alike(ALIKE))
    called = titles(records.articles)
    shingles: dict[int, set[tuple[str, ...]]] = {}
    for at in sorted({end for pair in pairs for end in pair}):
        shingles[at] = set(_shingles(words(records.articles[at].text)))
    for first, second in sorted(pairs):
        either = shingles[first] | shingles[second]
        share = len(shingles[first] & shingles[second]) / len(either) if either else 0.0
        if share >= SAME:
            ids = records.articles[first].id, records.articles[second].id
            text = f"“{called[ids[0]]}” and “{called[ids[1]]}” have {share:.0%} of their passages in common"
            yield Gap(kind="duplicate", text=text, ids=ids, size=round(share, 4))


def _shingles(found: list[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(found[start:] for start in range(SHINGLE)), strict=False)
