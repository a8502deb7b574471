"""The technique ``new-concepts``: names and terms that the vocabulary lacks, from how an article introduces them.

A wrong proposal costs a reader more than a missed one, so only what an article plainly presents counts:

- a term at the head of an item in a list of concepts: "**Term**: …" under a heading such as "Core technical concepts";
- a term that is given with its short form: "Time-based One-Time Password (TOTP)" (`defined`);
- a name that is introduced and taken up again: "a platform called Odin", "developed **Odin**, an automated platform",
  "Odin is Uber's platform";
- a camel-case name ("OpenWeather");
- a compound of a name found so ("Odin-Agent").
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING

import ahocorasick_rs

from conceptgraph.extract.defined import defined
from conceptgraph.extract.occurrences import occurrences
from conceptgraph.extract.quotes import article_quotes
from conceptgraph.extract.taken import Taken
from conceptgraph.model import Concept, Label, Mention
from conceptgraph.slug import slug
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.readings import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from conceptgraph.model import Article, Kind
    from conceptgraph.vocabulary import Vocabulary

NAME = "new-concepts"
CONFIDENCE = 0.6
"""How surely a proposal is a concept: the least precision that the rules are held to."""
_START = attrgetter("start")
MAX_WORDS = 5
"""A longer term is a sentence, not a name."""

_CONCEPT_LIST = re.compile(r"\b(?:concepts?|technolog\w+|terms|terminology|glossary|definitions)\b", re.IGNORECASE)
_ITEM_END = re.compile(r"[®™]?\s*(?::|[–—-] |\(|\n|$)")
_ARTICLE = r"(?:an?|the|its|their|our)"
_HEAD = (
    r"(?:platform|system|service|library|framework|tool(?:kit)?|database|engine|language|protocol|format|algorithm|store|"
    r"queue|broker|server|client|proxy|cache|gateway|scheduler|orchestrator|daemon|agent|runtime|compiler|model|pipeline)"
)
_NAME = r"[A-Z][\w+-]*[A-Za-z0-9](?: [A-Z][\w+-]*[A-Za-z0-9])?"
# What introduces a name after a space, what must stand before and behind it, and whether the name stands before: "a
# platform called Odin", "developed Odin, an automated platform", "Odin is Uber's platform".
_QUOTE = "[*“”\"‘’']?"
_OF_KIND = rf"(?:{_ARTICLE}|[A-Z]\w+[’']s) (?:[\w,/-]+ ){{0,6}}{_HEAD}\b"
_TRIGGERS = [
    *(
        (trigger, re.compile(rf"\b{_HEAD}$"), re.compile(rf" {_QUOTE}(?P<name>{_NAME})"), False)
        for trigger in (" called", " named", " dubbed", " nicknamed")
    ),
    *(
        (trigger, re.compile(r"[\w)]$"), re.compile(rf" {_QUOTE}(?P<name>{_NAME}){_QUOTE},? {_OF_KIND}"), False)
        for trigger in (
            " developed",
            " built",
            " created",
            " introduced",
            " launched",
            " open-sourced",
            " wrote",
        )
    ),
    *(
        (trigger, re.compile(rf"(?<![\w-])(?P<name>{_NAME}){_QUOTE}$"), re.compile(rf" {_OF_KIND}"), True)
        for trigger in (" is", " was")
    ),
]
# Finds them all in one way over a text.
_TRIGGER = ahocorasick_rs.AhoCorasick([trigger for trigger, *_ in _TRIGGERS])
_PRONOUNS = frozenset({"This", "That", "It", "He", "She", "There", "Here", "What", "Which", "Each", "One", "The", "An"})
# Neither people (McConnell, DeSalvo) nor events, which are an example's own (OrderPlaced).
_CAMEL = re.compile(
    r"(?<![\w./@#$:-])(?!Ma?c[A-Z]|De[A-Z]|Di[A-Z]|La[A-Z]|\w+ed\b)[A-Z][a-z]+(?:[A-Z][a-z]{2,})+(?:[A-Z]{2,4})?(?![\w/@(-]|\.\w)"
)
# Each lower-case letter as "a", each capital as "A", all else as a space: there a hump is found faster than by
# a pattern.
_LETTERS = bytes(97 if 97 <= c <= 122 else 65 if 65 <= c <= 90 else 32 for c in range(256))
_HUMP = "aAaa"
_NAME_BEFORE = re.compile(r"[A-Z]\w*[ -]$")
_KIND_OF_HEAD: tuple[tuple[str, Kind], ...] = (
    (r"language|format|notation|syntax", "language_format"),
    (r"protocol|standard|specification|API", "protocol_standard"),
    (r"algorithm|tree|table|filter|index|structure|hash\w*", "algorithm_data_structure"),
    (r"pattern|architecture|loops?|strateg\w+|migrations?|agents?|workloads?|layer", "architecture_pattern"),
    (r"consistency|latency|availability|\w+ability|problem|theorem|property", "property_principle"),
    (r"management|engineering|monitoring|testing|practice|development|\w+ing", "practice_field"),
)


def find_new(article: Article, vocabulary: Vocabulary, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, and those of concepts that the article presents and the vocabulary does not have.

    Parameters
    ----------
    article
        The article to read.
    vocabulary
        What is known already is not proposed.
    mentions
        What was found so far; those inside a longer new term give way to it.
    """
    terms = {term: _id(term) for term in _terms(article, mentions) if not _known(term, vocabulary)}
    terms |= {term: _id(term) for term in _compounds(article.text, terms)}
    for long, short in defined(article.text):
        if not _known(long, vocabulary) and not _known(short, vocabulary):
            terms |= {long: _id(long), short: _id(long)}
    if not terms:
        return list(mentions)
    hidden = Taken((span.start, span.end) for span in article.spans if span.kind == "code_block")
    found: list[Mention] = []
    for term in sorted(terms, key=len, reverse=True):
        new = [one for one in _places(article, term, terms[term]) if not hidden.holds(one.start, one.end)]
        hidden.add((one.start, one.end) for one in new)
        found += new
    taken = Taken((one.start, one.end) for one in found)
    kept = [mention for mention in mentions if not taken.holds(mention.start, mention.end)]
    return sorted([*kept, *found], key=lambda mention: mention.start)


def describe_new(article: Article, mentions: Sequence[Mention]) -> list[Concept]:
    """Return a concept for each one that was found here: named as it is mostly written, defined as the article does.

    Parameters
    ----------
    article
        The article that the mentions are of.
    mentions
        Its mentions; those of known concepts are passed over.
    """
    new = [mention for mention in mentions if mention.technique == NAME]
    surfaces: dict[str, Counter[str]] = {}
    for mention in new:
        surfaces.setdefault(mention.concept, Counter())[mention.surface] += 1
    if not surfaces:
        return []
    sentences = article_quotes(article, new)
    concepts = []
    for id_, counted in surfaces.items():
        written = sorted(counted, key=lambda surface: (-counted[surface], surface))
        labels = tuple(Label(text=surface) for surface in written)
        kind = guess_kind(written[0], sentences[id_].sentence)
        concepts.append(Concept(id=id_, labels=labels, kind=kind, definition=sentences[id_].sentence, known=False))
    return concepts


def guess_kind(term: str, sentence: str) -> Kind:
    """Return the likely kind of a new concept, from its last word, else from what the sentence says it is.

    Examples
    --------
    >>> guess_kind("self-healing remediation loops", ""), guess_kind("Odin", "Odin is a query language.")
    ('architecture_pattern', 'language_format')
    """
    head = term.rsplit(maxsplit=1)[-1]
    said = re.search(rf"{re.escape(term)}\W+(?:is |was )?{_ARTICLE} (?:[\w-]+ ){{0,5}}?({_HEAD})\b", sentence)
    for word in (head, said[1] if said else ""):
        for pattern, kind in _KIND_OF_HEAD:
            if word and re.fullmatch(pattern, word, re.IGNORECASE) and (word != head or " " in term):
                return kind
    return "technology"


def _known(term: str, vocabulary: Vocabulary) -> bool:
    id_ = _id(term)
    named = vocabulary.readings.get(normal_form(term).strip(), NOTHING) != NOTHING
    return not id_ or named or id_ in vocabulary or id_ in vocabulary.rejected


def _id(term: str) -> str:
    """Return the id of a term, of its singular where it is more than a name, in the letters that ids have."""
    plain = unicodedata.normalize("NFKD", slug(_singular(term) if " " in term else term))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def _singular(term: str) -> str:
    return term if term.endswith(("ss", "us", "is")) else term.removesuffix("s")


def _terms(article: Article, mentions: Sequence[Mention]) -> Iterator[str]:
    for start, end in _listed_terms(article):
        if _is_new(article.text, start, end, mentions):
            yield article.text[start:end]
    names = [*_introduced(article.text), *_camel_case(article.text)]
    if names:
        blocks = Taken((span.start, span.end) for span in article.spans if span.kind == "code_block")
        yield from (
            article.text[start:end]
            for start, end in names
            if not blocks.holds(start, start + 1) and not _mentioned(mentions, start)
        )


def _mentioned(mentions: Sequence[Mention], at: int) -> bool:
    """Whether the character at an offset is inside a mention."""
    number = bisect_right(mentions, at, key=_START) - 1
    return number >= 0 and at < mentions[number].end


def _introduced(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of names that a sentence introduces; one that stands only there is no subject."""
    told: set[str] = set()
    for number, at, end in sorted(_TRIGGER.find_matches_as_indexes(text)):
        _, before, behind, named_before = _TRIGGERS[number]
        # Few words before an "is" are names: a look at the letter spares the patterns.
        if not named_before or text[text.rfind(" ", 0, at) + 1].isupper():
            right = behind.match(text, end)
            left = before.search(text, max(0, at - 40), at) if right else None
            found = left and (left if named_before else right)
            if found and found["name"] not in told:
                told.add(found["name"])
                if found["name"].split(" ", 1)[0] not in _PRONOUNS and text.count(found["name"]) > 1:
                    yield found.span("name")


def _camel_case(text: str) -> Iterator[tuple[int, int]]:
    letters = text.encode("latin-1", "replace").translate(_LETTERS).decode("latin-1")
    for hump in occurrences(letters, _HUMP):
        name = _CAMEL.match(text, letters.rfind("A", 0, hump))
        if name and not _NAME_BEFORE.search(text, max(0, name.start() - 20), name.start()):
            yield name.span()


def _listed_terms(article: Article) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the terms at the head of items under a heading that announces concepts."""
    lists = [
        (s.start + len(s.heading), s.end) for s in article.sections if _CONCEPT_LIST.search(s.heading) and s.level > 1
    ]
    items = {span.start for span in article.spans if span.kind == "list_item"}
    for span in article.spans:
        heads_item = span.kind == "emphasis" and span.start in items and _ITEM_END.match(article.text, span.end)
        if heads_item and any(start <= span.start < end for start, end in lists):
            yield span.start, span.end


def _is_new(text: str, start: int, end: int, mentions: Sequence[Mention]) -> bool:
    """Whether a term says more than the known concepts in it.

    That is two words of its own, no known concept at all, or a head of its own for what several known ones make up.
    """
    inside = [mention for mention in mentions if mention.start < end and mention.end > start]
    words = list(re.finditer(r"[^\W_][\w.+#-]*", text[start:end]))
    if not 0 < len(words) <= MAX_WORDS or len(text[start:end]) < 3:
        return False
    if not inside:
        return len(words) > 1 or words[0][0][0].isupper()
    own = [w for w in words if not any(m.start <= start + w.start() < m.end for m in inside)]
    heads_several = own == words[-1:] and len(inside) > 1
    return len(own) >= 2 or heads_several or any(word[0].count("-") >= 2 for word in own)


def _compounds(text: str, terms: Iterable[str]) -> Iterator[str]:
    """Yield hyphenated names that begin with a name found: Odin-Agent."""
    for term in terms:
        if " " not in term:
            compound = re.compile(rf"(?<![\w-]){re.escape(term)}-[A-Z]\w+(?![\w-])")
            places = filter(None, (compound.match(text, at) for at in occurrences(text, f"{term}-")))
            yield from (found[0] for found in places)


def _places(article: Article, term: str, id_: str) -> Iterator[Mention]:
    """Yield a mention for each place where the term stands, in the plural too; a single word in its own letters."""
    stem = re.escape(_singular(term) if " " in term else term)
    word = re.compile(rf"(?<![\w-]){stem}s?(?![\w-]|\.\w)", re.IGNORECASE if " " in term else re.NOFLAG)
    if " " in term:
        places = word.finditer(article.text)
    else:
        places = filter(None, (word.match(article.text, at) for at in occurrences(article.text, term)))
    for place in places:
        yield Mention(
            article=article.id,
            concept=id_,
            start=place.start(),
            end=place.end(),
            surface=place[0],
            technique=NAME,
            confidence=CONFIDENCE,
        )
