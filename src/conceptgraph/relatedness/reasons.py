"""Why two articles are related, in words, with sentences to quote."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from conceptgraph.extract.quotes import Quote, article_quotes, quote
from conceptgraph.extract.sentences import Sentences
from conceptgraph.extract.terms import named
from conceptgraph.model import record
from conceptgraph.phrases import phrase
from conceptgraph.slices import concepts_of, mentions_of, position, relation_between, with_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.model import Article, ArticleConcept, Concept, Fact, Records
    from conceptgraph.relatedness.index import RelatednessIndex

ReasonKind = Literal["link", "concept", "bridge", "wording", "subject"]
SAID = (
    "both mention {}",
    "this one explains {}, that one mentions it",
    "that one explains {}, this one mentions it",
    "both explain {}",
)
SHARED, BRIDGES, WORDS = 3, 2, 5
"""How many shared concepts, bridges and shared terms are named."""


@record
class Reason:
    """One reason why an article is related to another.

    Parameters
    ----------
    kind
        ``link`` (a hyperlink), ``concept`` (both speak of it), ``bridge`` (a fact joins a concept of the one to a
        concept of the other), ``wording`` (shared terms, no shared concept) or ``subject`` (neither).
    text
        The reason in words.
    share
        Of all that the two have in common in concepts, what part it accounts for, in [0, 1]; of ``wording``, what
        part of the terms in common the named ones are; None for the other kinds.
    concepts
        Ids of the concepts it speaks of.
    quotes
        Sentences that say it.
    """

    kind: ReasonKind
    text: str
    share: float | None = None
    concepts: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()

    def __str__(self) -> str:
        """Return the reason in words, with its share in whole per cent where that is not zero."""
        return f"{self.text} ({self.share:.0%})" if self.share and self.share >= 0.005 else self.text


def reasons(records: Records, index: RelatednessIndex, first: int, second: int) -> tuple[Reason, ...]:
    """Return why two articles are related.

    Parameters
    ----------
    records
        The corpus.
    index
        Its index.
    first, second
        The articles' positions; "this one" is the first.

    Returns
    -------
    tuple of Reason
        Hyperlinks, then shared concepts and bridges by falling share; never empty.
    """
    pair = _Pair(records, index, first, second)
    found = [*_links(pair), *sorted([*_shared(pair), *_bridges(pair)], key=lambda reason: -(reason.share or 0.0))]
    return tuple(found or [_wording(pair)])


@dataclass(frozen=True, slots=False)
class _Pair:
    """Two articles and what the reasons ask of them."""

    records: Records
    index: RelatednessIndex
    first: int
    second: int

    @cached_property
    def articles(self) -> tuple[Article, Article]:
        return self.records.articles[self.first], self.records.articles[self.second]

    @cached_property
    def concepts(self) -> tuple[dict[str, ArticleConcept], dict[str, ArticleConcept]]:
        one, other = ({row.concept: row for row in concepts_of(self.records, each.id)} for each in self.articles)
        return one, other

    @cached_property
    def quotes(self) -> tuple[dict[str, Quote], dict[str, Quote]]:
        one, other = (article_quotes(each, mentions_of(self.records, each.id)) for each in self.articles)
        return one, other

    @cached_property
    def by_concept(self) -> dict[int, float]:
        """What share each concept has in the likeness by concepts, by its position."""
        return self.index.shares_of_concepts(self.first, self.second)

    @cached_property
    def by_term(self) -> dict[int, float]:
        """What share each term has in the likeness by words, by its column."""
        return self.index.shares_of_terms(self.first, self.second)

    def share(self, concept: str) -> float:
        at = position(self.records.concepts, concept)
        return 0.0 if at is None else self.by_concept.get(at, 0.0)

    def concept(self, id_: str) -> Concept:
        return with_id(self.records.concepts, id_)

    def quoted(self, first: str, second: str) -> tuple[Quote, Quote]:
        """Return the sentences for a concept of the first article and one of the second."""
        one, other = self.quotes
        return one[first], other[second]


def _links(pair: _Pair) -> Iterator[Reason]:
    first, second = pair.articles
    for source, target, text in ((first, second, "links to it"), (second, first, "it links here")):
        relation = relation_between(pair.records, "links_to", source.id, target.id)
        if relation:
            places = [place for evidence in relation.evidence for place in evidence.mentions]
            around = (Sentences(source.text).around(start, end) for _, start, end in places[:1])
            yield Reason(kind="link", text=text, quotes=tuple(quote(source, *place) for place in around))


def _shared(pair: _Pair) -> Iterator[Reason]:
    """Yield the concepts that both articles speak of and that account for most of the score."""
    one, other = pair.concepts
    both = sorted(one.keys() & other.keys(), key=lambda id_: (-pair.share(id_), id_))
    for id_ in both[:SHARED]:
        name = pair.concept(id_).name
        explained = one[id_].core + 2 * other[id_].core
        text = SAID[explained]
        yield Reason(
            kind="concept",
            text=text.format(name),
            share=round(pair.share(id_), 4),
            concepts=(id_,),
            quotes=pair.quoted(id_, id_),
        )


def _bridges(pair: _Pair) -> Iterator[Reason]:
    """Yield facts that join a core concept of the one article to one of the other, where they do not share both."""
    one, other = pair.concepts
    found: dict[tuple[str, ...], tuple[bool, float, str, Fact, bool]] = {}
    for forward, (here, there) in ((True, (one, other)), (False, (other, one))):
        for source, row in here.items():
            for fact in pair.concept(source).facts if row.core else ():
                if fact.target in there and there[fact.target].core and not (source in there and fact.target in here):
                    pair_of = (source, fact.target) if forward else (fact.target, source)
                    rank = fact.kind == "related", -row.weight * there[fact.target].weight, source, fact, forward
                    found[pair_of] = min(found.get(pair_of, rank), rank, key=lambda item: item[:3])
    for _, _, source, fact, forward in sorted(found.values(), key=lambda item: (*item[:3], item[3].target))[:BRIDGES]:
        yield _bridge(pair, source, fact, forward=forward)


def _bridge(pair: _Pair, source: str, fact: Fact, *, forward: bool) -> Reason:
    names = pair.concept(source).name, pair.concept(fact.target).name
    mine, theirs = (source, fact.target) if forward else (fact.target, source)
    said = phrase(fact.kind, *names)
    one, other = pair.concepts
    unshared = [id_ for id_ in (mine, theirs) if not (id_ in one and id_ in other)]
    return Reason(
        kind="bridge",
        text=f"this one explains {pair.concept(mine).name}, that one {pair.concept(theirs).name}: {said}",
        share=round(sum(map(pair.share, unshared)), 4),
        concepts=(mine, theirs),
        quotes=pair.quoted(mine, theirs),
    )


def _wording(pair: _Pair) -> Reason:
    """Return what is left to say of articles without a shared concept."""
    if not pair.concepts[0].keys() & pair.concepts[1].keys():
        found = _shared_terms(pair)[:WORDS]
        if found:
            text = f"no shared concept, but words in common: {', '.join(f'“{term}”' for _, term in found)}"
            return Reason(kind="wording", text=text, share=round(sum(share for share, _ in found), 4))
    return Reason(kind="subject", text="a subject near to this one's, by what else is written about it")


def _shared_terms(pair: _Pair) -> list[tuple[float, str]]:
    """Return shares and terms that stand in both texts, those that say most first."""
    one, other = (named(article.text) for article in pair.articles)
    numbers = pair.index.terms
    found = []
    for number in one.keys() & other.keys():
        at = int(np.searchsorted(numbers, number))
        if at in pair.by_term and numbers[at] == number and _tells(one[number]):
            found.append((pair.by_term[at], one[number]))
    return sorted(found, key=lambda item: (-item[0], item[1]))


def _tells(term: str) -> bool:
    """Whether a term says something by itself; a number and a variable of one letter do not."""
    return sum(map(str.isalpha, term)) > 1
