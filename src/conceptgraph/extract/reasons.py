"""Why words of an article were taken to mean a concept, or were not: what the techniques went by.

That is how often the label means its concept elsewhere, which of its cues stand in the article, how it stands there,
what else the article surely speaks of, and what else stands or may be meant in its place.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from conceptgraph.extract import extract
from conceptgraph.extract.disambiguation import fitting
from conceptgraph.extract.known import NAME, matcher
from conceptgraph.extract.matcher import ACCEPTED, CERTAIN, ENOUGH, haystack_of
from conceptgraph.extract.occurrences import occurrences
from conceptgraph.extract.presented import ALONE, LISTED, emphasised_in, presented
from conceptgraph.extract.standing import FREE, LOOSE, PART, standing
from conceptgraph.model import record
from conceptgraph.vocabulary.label_index import Sense, forms, matchable
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.priors import moved
from conceptgraph.vocabulary.readings import ACCEPT, FLOOR, reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conceptgraph.model import Article, Label, Mention
    from conceptgraph.vocabulary import Vocabulary

_STANDS = {
    ALONE: "It is presented: as a heading, an item, in bold type or before an explanation.",
    LISTED: "It stands in a list.",
    FREE: "It stands free.",
    LOOSE: "It stands only beside words that make it another phrase.",
    PART: "It stands only as a part of other phrases.",
}
NAMED = 5
"""How many cues or related concepts are named."""


@record
class Reason:
    """What decided whether words of an article mean a concept.

    Parameters
    ----------
    article, concept
        Their ids.
    surface
        The words as they stand first.
    places, linked
        At how many places they stand, and at how many of these they are taken to mean the concept.
    confidence
        How surely they are thought to mean it, in [0, 1].
    because
        Sentences.
    """

    article: str
    concept: str
    surface: str
    places: int
    linked: int
    confidence: float
    because: tuple[str, ...]


class _Read(NamedTuple):
    """An article as it was read: `meant` holds what each place may mean by itself, `mentions` what came of it."""

    article: Article
    vocabulary: Vocabulary
    haystack: str
    emphasised: set[tuple[int, int]]
    meant: dict[tuple[int, int], tuple[str, float]]
    mentions: tuple[Mention, ...]
    sure: set[str]

    def name(self, id_: str) -> str:
        return self.vocabulary[id_].name if id_ in self.vocabulary else id_


def why(article: Article, vocabulary: Vocabulary, concept: str) -> list[Reason]:
    """Return what decided whether the words by which an article may name a concept do mean it.

    Parameters
    ----------
    article
        The article.
    vocabulary
        The vocabulary that it is read with.
    concept
        An id of the vocabulary.

    Returns
    -------
    list of Reason
        One for each label that stands in the article, in the order in which they first do; empty where none does.

    Examples
    --------
    >>> from conceptgraph.model import Article
    >>> from conceptgraph.vocabulary import load_vocabulary
    >>> text = "We go to lunch. Goroutines of Go share memory by channels."
    >>> (reason,) = why(Article(id="a", title="A", text=text), load_vocabulary(), "go")
    >>> reason.surface, reason.places, reason.linked
    ('go', 2, 1)
    """
    found = matcher(vocabulary).considered(article.text, article.spans)
    read = _Read(
        article=article,
        vocabulary=vocabulary,
        haystack=haystack_of(article.text, article.spans),
        emphasised=emphasised_in(article.spans),
        meant={(start, end): (id_, prior) for start, end, id_, prior in found},
        mentions=extract(article, vocabulary).mentions,
        sure={id_ for _, _, id_, prior in found if prior >= CERTAIN},
    )
    labels: dict[str, list[Label]] = defaultdict(list)
    for label in filter(lambda label: matchable(label.text), vocabulary[concept].labels):
        for form in forms(label):
            labels[normal_form(form).strip()].append(label)
    places = {key: list(_places(read.haystack, key)) for key in labels if key}
    reasons = [(each[0], _reason(read, concept, labels[key], each)) for key, each in places.items() if each]
    covered = {place for each in places.values() for place in each}
    reasons += _otherwise(read, concept, covered)
    return [reason for _, reason in sorted(reasons, key=lambda pair: pair[0])]


def _places(haystack: str, key: str) -> Iterator[tuple[int, int]]:
    for at in occurrences(haystack, f" {key} "):
        yield at, at + len(key)


def _reason(read: _Read, concept: str, labels: list[Label], places: list[tuple[int, int]]) -> Reason:
    text = read.article.text
    here = [one for one in read.mentions if (one.start, one.end) in places and one.concept == concept]
    own = [place for place in places if read.meant.get(place, ("", 0.0))[0] == concept]
    fitting = [place for place in places if any(_fits(label, text[slice(*place)]) for label in labels)]
    surface = text[slice(*(fitting or places)[0])]
    # A label as it is given goes before an inflected one.
    labels = sorted(labels, key=lambda one: normal_form(one.text) != normal_form(surface))
    label = next((one for one in labels if _fits(one, surface)), labels[0])
    prior, because = _by_itself(read, concept, label)
    confidence = prior if fitting else 0.0
    if len(fitting) < len(places):
        part = "Elsewhere it" if fitting else "It"
        because.append(f"{part} is written in other letters than the label “{label.text}”.")
    if fitting and prior < FLOOR:
        because.append("That is too seldom to look at it.")
    elif own and prior < CERTAIN:
        stands = max(_stands(read, place, prior) for place in own)
        because.append(_STANDS[stands])
        if prior < ENOUGH or stands < FREE:
            said, related = _related(read, concept)
            stands += said
            because.append(related)
        confidence = moved(prior, stands)
    if here and confidence < ACCEPT:
        because.append("Another of its labels stands better in this article, which has one meaning for each.")
    because += _instead(read, concept, [place for place in places if place not in {(m.start, m.end) for m in here}])
    because += sorted({f"Found by the technique {one.technique}." for one in here if one.technique != NAME})
    if read.article.id in read.vocabulary.not_in.get(concept, ()):
        because.append("A decision of your own keeps the concept out of this article.")
    return Reason(
        article=read.article.id,
        concept=concept,
        surface=text[slice(*places[0])],
        places=len(places),
        linked=len(here),
        confidence=round(max((one.confidence for one in here), default=confidence), 2),
        because=tuple(because),
    )


def _fits(label: Label, surface: str) -> bool:
    return bool(fitting([reading(Sense("", label))], surface))


def _by_itself(read: _Read, concept: str, label: Label) -> tuple[float, list[str]]:
    """Return how often a label means its concept, with the cues that stand in the article, and the sentence for it."""
    one = reading(Sense(concept, label))
    cues = sorted(cue for cue in one.cues if f" {cue} " in read.haystack)
    prior, seen = (one.cued, label.seen_cued) if cues else (one.plain, label.seen)
    given = f" with {_listed(cues)} in the article" if cues else " without its cues in the article" if one.cues else ""
    counted = f"; it did in {seen[0]} of {seen[1]} labelled articles" if seen else ""
    return prior, [f"“{label.text}” is thought to mean it {prior:.0%} of the time{given}{counted}."]


def _stands(read: _Read, place: tuple[int, int], prior: float) -> float:
    stands = standing(read.article.text, read.haystack, *place)
    if prior >= ACCEPTED:  # it is not asked how such a label is presented
        return stands
    return presented(read.article.text, read.haystack, place, read.emphasised, stands)


def _related(read: _Read, concept: str) -> tuple[float, str]:
    """Return what the article's sure concepts say of a doubtful one, and the sentence for it."""
    coherence = matcher(read.vocabulary).coherence
    others = read.sure - {concept}
    related = sorted(map(read.name, coherence.related_to(concept) & others))
    said = coherence.of([concept], read.sure)[concept]
    named = f": {_listed(related)}" if related else ""
    return said, f"Of {len(others)} other concepts that are sure here, {len(related)} are related{named}."


def _instead(read: _Read, concept: str, places: Iterable[tuple[int, int]]) -> list[str]:
    """Return a sentence for each other thing that is meant at places that do not count."""
    said: dict[str, None] = {}
    for start, end in places:
        other, _ = read.meant.get((start, end), ("", 0.0))
        over = [one for one in read.mentions if one.start < end and one.end > start]
        if over and (over[0].start, over[0].end) != (start, end):
            how = "shares words with" if over[-1].end > end and len(over) > 1 else "stands inside"
            said[f"It {how} “{over[-1].surface}”, which means {read.name(over[-1].concept)}."] = None
        elif other and other != concept:
            said[f"It rather means {read.name(other)} in this article."] = None
    return list(said)


def _otherwise(read: _Read, concept: str, covered: set[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Reason]]:
    """Yield reasons for mentions that are no label of the concept: short forms of the article's own and the like."""
    left = [one for one in read.mentions if one.concept == concept and (one.start, one.end) not in covered]
    by_surface: dict[str, list[Mention]] = defaultdict(list)
    for one in left:
        by_surface[one.surface].append(one)
    for surface, ones in by_surface.items():
        first = ones[0]
        yield (
            (first.start, first.end),
            Reason(
                article=read.article.id,
                concept=concept,
                surface=surface,
                places=len(ones),
                linked=len(ones),
                confidence=max(one.confidence for one in ones),
                because=(f"Found by the technique {first.technique}.",),
            ),
        )


def _listed(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
