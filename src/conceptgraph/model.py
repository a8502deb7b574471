"""The records that everything else reads and writes.

They are frozen, slotted and keyword-only (`Mention` is a tuple with names). Offsets are characters into
``Article.text``, half-open. *Confidence* says how surely something is true, *weight* how much of it there is; both lie
in [0, 1].
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, dataclass_transform, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal[
    "technology",
    "language_format",
    "protocol_standard",
    "algorithm_data_structure",
    "architecture_pattern",
    "property_principle",
    "practice_field",
    "organization",
]
"""What sort of thing a concept is."""

KINDS: tuple[Kind, ...] = get_args(Kind)

FactKind = Literal[
    "broader", "related", "requires", "part_of", "implements", "builds_on", "contrasts_with", "successor_of"
]
"""How one concept of the vocabulary stands to another."""

FACT_KINDS: tuple[FactKind, ...] = get_args(FactKind)

SYMMETRIC = frozenset({"related", "contrasts_with", "co_occurs"})
"""Relations without a direction: they are kept with the smaller id as the source."""

RelationKind = Literal["links_to", "co_occurs"] | FactKind
"""Kinds of edges between two articles or two concepts; article-concept edges are ``mentions``."""

SpanKind = Literal["title", "heading", "emphasis", "list_item", "code", "code_block", "quote", "table_cell"]
CaseRule = Literal["any", "exact"]
PartOfSpeech = Literal["noun", "verb"]


_Record = TypeVar("_Record")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[_Record]) -> type[_Record]:
    """Make a class a frozen, slotted, keyword-only dataclass that is quick to make.

    The `__init__` of a frozen dataclass sets each field through ``object.__setattr__``; the slots' own setters take a
    sixth of the time, and records are made by the million.
    """
    made: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    names: dict[str, Any] = {f"set_{each.name}": getattr(made, each.name).__set__ for each in fields(made)}
    names |= {f"default_{each.name}": each.default for each in fields(made) if each.default is not MISSING}
    signature = ", ".join(
        each.name if each.default is MISSING else f"{each.name}=default_{each.name}" for each in fields(made)
    )
    body = "; ".join(f"set_{each.name}(self, {each.name})" for each in fields(made))
    exec(f"def __init__(self, *, {signature}): {body}", names)  # noqa: S102 - field names of this module only
    made.__init__ = names["__init__"]
    made.__init__.__qualname__ = f"{cls.__qualname__}.__init__"
    return made  # type: ignore[no-any-return]


@record
class Span:
    """A marked stretch of an article's text.

    Parameters
    ----------
    start, end
        Half-open character offsets.
    kind
        What the markup said: a heading, emphasis, a list item, code ….
    """

    start: int
    end: int
    kind: SpanKind


@record
class Section:
    """A heading and the text up to the next heading of the same or a higher level.

    Parameters
    ----------
    heading
        The heading's text; empty for what stands before the first heading.
    level
        1 to 6; 0 for what stands before the first heading.
    start, end
        Half-open character offsets, the heading included.
    """

    heading: str
    level: int
    start: int
    end: int


@record
class Link:
    """A hyperlink: the target as written, and where its text stands."""

    target: str
    start: int
    end: int


@record
class Article:
    """One article: plain text, and what its markup said about it.

    Parameters
    ----------
    id
        Path relative to the root that was given, without suffix, slugged. Does not depend on the order of reading.
    title
        The title from front matter, else the first heading, else the file's name.
    text
        Plain text; markup is removed, blocks are separated by an empty line. It begins with the title.
    sections, spans, links
        Structure, with offsets into `text`.
    path
        The file it came from, as given.
    url, published, tags, summary
        From front matter; `published` is an ISO 8601 date.
    """

    id: str
    title: str
    text: str
    sections: tuple[Section, ...] = ()
    spans: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    path: str = ""
    url: str | None = None
    published: str | None = None
    tags: tuple[str, ...] = ()
    summary: str | None = None


@record
class Label:
    """A string by which writers name a concept, and how far to trust it.

    Parameters
    ----------
    text
        The label (skos:prefLabel, skos:altLabel or skos:hiddenLabel).
    case
        ``any``: in any letter case; ``exact``: only as written, or with a plural s.
    prior
        How often the string, so written, means the concept; ``None`` where nothing was said, which reads as nearly
        always.
    seen
        What `prior` was learned from: (articles where it meant the concept, articles where it stood).
    cues
        Words or labels that, standing near, speak for the concept.
    pos
        ``noun`` takes a plural; ``verb`` is a base form whose inflections count too.
    hidden
        Whether texts speak of the concept by it without naming it (skos:hiddenLabel): found, never shown.
    """

    text: str
    case: CaseRule = "any"
    prior: float | None = None
    cued: float | None = None
    seen: tuple[int, int] | None = None
    seen_cued: tuple[int, int] | None = None
    cues: tuple[str, ...] = ()
    pos: PartOfSpeech = "noun"
    hidden: bool = False


@record
class Fact:
    """A true statement about two concepts: this one stands in relation `kind` to `target`, because of `reason`."""

    kind: FactKind
    target: str
    reason: str = ""


@record
class Concept:
    """A technology or an idea that articles speak of, after SKOS.

    Parameters
    ----------
    id
        Stable identifier, ``apache-cassandra``.
    labels
        How writers name it; the first is the preferred label.
    kind
        One of `KINDS`.
    definition
        One sentence that sets it apart from its neighbours.
    facts
        Relations to other concepts, with reasons.
    exact_match
        URIs of the same concept in other vocabularies (skos:exactMatch).
    known
        False for a concept that the vocabulary does not have and an article proposed.
    """

    id: str
    labels: tuple[Label, ...]
    kind: Kind
    definition: str = ""
    facts: tuple[Fact, ...] = ()
    exact_match: tuple[str, ...] = ()
    known: bool = True

    @property
    def name(self) -> str:
        """The preferred label."""
        return self.labels[0].text

    @property
    def other_names(self) -> list[str]:
        """The other labels, each once: a noun and a form of a verb may read alike."""
        return list(dict.fromkeys(label.text for label in self.labels if label.text != self.name))

    def shown(self) -> Concept:
        """Return the concept without its hidden labels."""
        if not any(label.hidden for label in self.labels):
            return self
        return replace(self, labels=tuple(label for label in self.labels if not label.hidden))


class Mention(NamedTuple):
    """A place in an article that names a concept; ``article.text[start:end] == surface`` always.

    A tuple with names, for of all records it is the one made most often, and tuples are made in a third of the time.

    Parameters
    ----------
    article, concept
        Their ids.
    start, end
        Half-open character offsets into the article's text.
    surface
        The words that stand there.
    technique
        The extraction technique that found it.
    confidence
        How surely this place means this concept, in [0, 1].
    """

    article: str
    concept: str
    start: int
    end: int
    surface: str
    technique: str
    confidence: float


@record
class ArticleConcept:
    """How much an article is about a concept.

    Parameters
    ----------
    article, concept
        Their ids.
    weight
        In [0, 1], comparable across articles; see `conceptgraph.extract.weight`.
    core
        The article is about the concept or explains it.
    quote
        Where the best sentence on the concept stands: half-open character offsets into the article's text; two equal
        ones where none is known. See `conceptgraph.extract.quotes`.
    """

    article: str
    concept: str
    weight: float
    core: bool
    quote: tuple[int, int] = (0, 0)


@record
class Evidence:
    """How a relation is known: the technique, a detail in words, and the mentions (article, start, end) behind it."""

    technique: str
    detail: str = ""
    mentions: tuple[tuple[str, int, int], ...] = ()


@record
class Relation:
    """An edge between two articles or two concepts.

    Parameters
    ----------
    source, target
        Ids; for the kinds in `SYMMETRIC` the smaller id is the source.
    kind
        See `RelationKind`.
    confidence
        How surely it is true, in [0, 1].
    evidence
        How it is known.
    """

    source: str
    target: str
    kind: RelationKind
    confidence: float
    evidence: Sequence[Evidence] = ()


@record
class Records:
    """Everything that is known of a corpus: what the graph folder holds, and what every view is made from.

    The sequences of large corpora make their items when they are asked for; see `conceptgraph.columns`.

    Parameters
    ----------
    build
        Id of the build: a hash of articles, vocabulary and extractor, so that the same input has the same id.
    articles
        By id.
    concepts
        Those that an article mentions, by id.
    mentions
        By article and position.
    article_concepts
        By article, and by falling weight.
    relations
        By kind, source and target.
    """

    build: str
    articles: Sequence[Article] = ()
    concepts: Sequence[Concept] = ()
    mentions: Sequence[Mention] = ()
    article_concepts: Sequence[ArticleConcept] = ()
    relations: Sequence[Relation] = ()
