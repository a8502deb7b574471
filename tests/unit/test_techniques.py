from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conceptgraph import Vocabulary
from conceptgraph.extract import extract
from conceptgraph.extract.abbreviations import abbreviates
from conceptgraph.extract.defined import defined
from conceptgraph.extract.new_concepts import guess_kind
from conceptgraph.model import Article, Concept, Fact, Label, Span
from conceptgraph.sources import markdown
from tests.conftest import article

if TYPE_CHECKING:
    from conceptgraph.model import SpanKind


def concept(id_: str, *labels: str) -> Concept:
    return Concept(id=id_, labels=tuple(Label(text=label) for label in labels), kind="technology")


VOCABULARY = Vocabulary.of(
    [
        concept("ledger-entry", "ledger entry", "LE"),
        concept("lost-envelope", "lost envelope"),
        concept("vertical-scaling", "vertical scaling"),
        concept("horizontal-scaling", "horizontal scaling"),
        concept("diagonal-scaling", "diagonal scaling"),
        concept("self-healing", "self-healing"),
        concept("api", "API"),
    ]
)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(m.surface, m.concept, m.technique) for m in extract(article(text), VOCABULARY).mentions]


def read(text: str) -> Article:
    return markdown.parse(text, article(""), fallback_title="A")


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("CDN", "content delivery network", True),
        ("CDN", "content network", False),
        ("LSM", "log-structured merge", True),
        ("CaaS", "containers as a service", True),
        ("ab", "all best", False),
        ("TCP", "protocol", False),
        ("XYZ", "an extra yellow zone", False),
    ],
)
def test_abbreviates(short: str, long: str, expected: bool) -> None:
    assert abbreviates(short, long) is expected


def test_a_defined_short_form_counts_throughout_and_against_the_vocabulary() -> None:
    assert found("A lost envelope (LE) is late. Two LEs are lost.") == [
        ("lost envelope", "lost-envelope", "known"),
        ("LE", "lost-envelope", "abbreviations"),
        ("LEs", "lost-envelope", "abbreviations"),
    ]
    assert found("An LE is a row.") == [("LE", "ledger-entry", "known")]
    assert found("The LE (lost envelope) is late.")[0] == ("LE", "lost-envelope", "abbreviations")


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("vertical and horizontal scaling", ["vertical-scaling", "horizontal-scaling"]),
        ("vertical/horizontal scaling", ["vertical-scaling", "horizontal-scaling"]),
        (
            "diagonal, vertical, and horizontal scaling",
            ["diagonal-scaling", "vertical-scaling", "horizontal-scaling"],
        ),
        ("something vertical, horizontal scaling", ["horizontal-scaling"]),
        ("cheap and horizontal scaling", ["horizontal-scaling"]),
    ],
)
def test_coordination(text: str, concepts: list[str]) -> None:
    assert [one for _, one, _ in found(text)] == concepts


CORE = """\
# Title

## Core Technical Concepts

- **Grail**: Real-time view of the fleet.
- **Self-healing remediation loops** (as controllers do)
- **API Categories**: many
- **Make-before-break migration**

## Notes

- **Scale**: Large.
"""


def test_terms_of_a_list_of_concepts_are_new_concepts() -> None:
    extraction = extract(read(CORE), VOCABULARY)
    new = {one.id: one for one in extraction.new}
    assert set(new) == {"grail", "self-healing-remediation-loop", "make-before-break-migration"}
    assert not any(one.known for one in new.values())
    assert new["grail"].definition == "Grail: Real-time view of the fleet."
    assert new["self-healing-remediation-loop"].kind == "architecture_pattern"
    assert [m.concept for m in extraction.mentions if m.technique == "known"] == ["api"]


def test_a_head_of_its_own_makes_one_term_of_several_known_ones() -> None:
    known = [Concept(id=id_, labels=(Label(text=id_),), kind="practice_field") for id_ in ("healing", "remediation")]
    items = "".join(f"- **Healing {rest}**\n" for rest in ("remediation loops", "remediation", "loops"))
    listed = f"# Odin\n\nText.\n\n## Key concepts\n\n{items}"
    assert [one.id for one in extract(read(listed), Vocabulary.of(known)).new] == ["healing-remediation-loop"]


def test_names_that_are_introduced_are_new_concepts() -> None:
    text = "They built Odin, an automated platform. Odin talks to the Odin-Agent. OpenWeather, McDonald and Bob do not."
    extraction = extract(article(text), VOCABULARY)
    assert {one.id for one in extraction.new} == {"odin", "odin-agent", "openweather"}
    assert [m.surface for m in extraction.mentions if m.concept == "odin"] == ["Odin", "Odin"]


@pytest.mark.parametrize(
    "text",
    [
        "Odin is Uber's platform for data. Odin scales.",
        "A platform called Odin. Odin scales.",
        "Uber wrote “Odin”, an automated platform, and Odin scales.",
    ],
)
def test_ways_of_introducing_a_name(text: str) -> None:
    assert [one.id for one in extract(article(text), Vocabulary.of([])).new] == ["odin"]


@pytest.mark.parametrize(
    "text",
    [
        "He called Alice. In London, they built a bridge.",
        "The GitHub.com domain and the path src/MyClass.py and @MyName.",
        "Created Monday, a day like any other.",
        "This is a system. This is it.",
        "They built Rome, a system of roads.",
    ],
)
def test_what_is_no_new_concept(text: str) -> None:
    assert not extract(article(text), Vocabulary.of([])).new


def test_a_term_defined_with_its_short_form_is_one_new_concept() -> None:
    text = (
        "Ships run on an Automatic Identification System (AIS), whose AIS messages are short. "
        "A CPA (Closest Point of Approach) is computed, the CPA of two ships."
    )
    extraction = extract(article(text), VOCABULARY)
    places = [(m.concept, m.surface) for m in extraction.mentions if m.technique == "new-concepts"]
    system, approach = "automatic-identification-system", "closest-point-of-approach"
    assert places == [
        *((system, surface) for surface in ("Automatic Identification System", "AIS", "AIS")),
        *((approach, surface) for surface in ("CPA", "Closest Point of Approach", "CPA")),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Network Load Balancers (NLBs)", [("Network Load Balancers", "NLB")]),
        (
            "a unique lexicographically sortable identifier (ULID)",
            [("unique lexicographically sortable identifier", "ULID")],
        ),
        ("It runs on premises. Kubernetes (K8s) runs it", []),
        ("it stops (ABC) and a name (Bob)", []),
        ("Berlin (Germany) is one", []),
        ("a function (FN) of it", []),
    ],
)
def test_definitions_of_short_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(defined(text)) == expected


def test_a_short_form_that_is_known_makes_no_new_concept(vocabulary: Vocabulary) -> None:
    assert not extract(article("The quite other thing, Serial Quartz Logic (SQL), is meant."), vocabulary).new


def test_guess_kind() -> None:
    assert guess_kind("wire protocol", "") == "protocol_standard"
    assert guess_kind("Odin", "Odin, a query language, is new.") == "language_format"
    assert guess_kind("Odin", "Odin is here.") == "technology"


HOSTS = Vocabulary.of(
    [
        Concept(id="host", labels=(Label(text="host", prior=0.5),), kind="technology"),
        Concept(id="talk", labels=(Label(text="talk host", prior=0.41),), kind="technology"),
        Concept(id="sure", labels=(Label(text="cluster", prior=0.95),), kind="technology"),
        Concept(id="in-degree", labels=(Label(text="in-degree", prior=0.6),), kind="property_principle"),
        Concept(id="log-in", labels=(Label(text="log in", prior=0.6),), kind="practice_field"),
        Concept(id="it-help", labels=(Label(text="IT help", prior=0.6),), kind="practice_field"),
    ]
)


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("The host answers.", ["host"]),
        ("A game show host answers.", []),
        ("They want to host it.", []),
        ("All 12 hosts answer.", ["host"]),
        ("A host of reasons.", []),
        ("It is host-based.", []),
        ("A game show host. The host answers.", ["host", "host"]),
        ("A game show “host” answers.", ["host"]),
        ("Our fine cluster of hosts.", ["sure", "host"]),
        ("The talk host answers.", ["talk"]),
        ("It counts in degrees.", []),
        ("It counts the in-degrees.", ["in-degree"]),
        ("Who logs in?", []),
        ("IT help is an IT service.", ["it-help"]),
    ],
)
def test_how_a_label_stands_tells_whether_it_is_meant(text: str, concepts: list[str]) -> None:
    assert [one.concept for one in extract(article(text), HOSTS).mentions] == concepts


SELDOM = Vocabulary.of([Concept(id="host", labels=(Label(text="host", prior=0.3),), kind="technology")])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What the host answers is true.", False),
        ("A disk, a host answers, and a switch.", False),
        ("Of a switch:\n\nhost\n\nIt answers.", True),
        ("host: what answers", True),
        ("Host - what answers", True),
        ("2. Host (a machine): what answers", True),
        ("Host (a machine answers", False),
        ("There are switches, hosts and disks.", True),
        ("There are switches and hosts.", True),
        ("A machine (host) answers.", True),
        ("Say 1,000,000 host\nnames.", False),
        ("2.1.3 Host\nIt answers.", True),
        ("✅ Host: it answers.", True),
        ("Host (a machine answers.\nA line bar)\nIt is.", False),
        ("host:8080 answers", False),
        ("Host’s answers are true.", False),
        ("Say, host vsphere is.", False),
        ("a switch | host |\na disk | b |", True),
        ("Take switches / hosts / disks.", True),
        ("A game show host", False),
    ],
)
def test_a_label_that_is_presented_or_listed_is_meant_more_often(text: str, found: bool) -> None:
    assert bool(extract(article(text), SELDOM).mentions) is found


@pytest.mark.parametrize(("kind", "found"), [("emphasis", True), ("list_item", False)])
@pytest.mark.parametrize("length", [4, 5], ids=["without the colon", "with the colon"])
def test_a_label_that_is_emphasised_as_a_whole_is_meant_more_often(kind: SpanKind, found: bool, length: int) -> None:
    for text in ("What the host: it answers.", "Talk show host: it answers"):
        at = text.index("host")
        read = Article(id="a", title="A", text=text, spans=(Span(start=at, end=at + length, kind=kind),))
        assert bool(extract(read, SELDOM).mentions) is found


def test_a_label_that_stands_alone_once_is_meant_throughout() -> None:
    mentions = extract(article("The host answers.\n\nHost\n\nA host asks."), SELDOM).mentions
    assert [one.surface for one in mentions] == ["host", "Host", "host"]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Keep “cold” data apart.", ["cold” data"]),
        ("Keep 'cold' data store files.", ["cold' data store"]),
        ("Keep (cold) data.", ["cold) data"]),
        ('Keep "cold" data.', ['cold" data']),
        ("Keep my“cold” data.", []),
        ("Keep “the cold” data.", []),
        ("Keep “cold”, data.", []),
        ("Keep it cold) data.", []),
        ("Call `x = (cold) data` now.", ["cold) data"]),
    ],
)
def test_a_label_of_which_a_word_is_marked_off(text: str, surfaces: list[str]) -> None:
    own = Vocabulary.of(
        [
            Concept(id="cold-data", labels=(Label(text="cold data"),), kind="technology"),
            Concept(id="cold-store", labels=(Label(text="cold data store"),), kind="technology"),
        ]
    )
    assert [one.surface for one in extract(article(text), own).mentions] == surfaces


def test_a_marked_off_word_in_a_block_of_code_counts_not() -> None:
    own = Vocabulary.of([Concept(id="cold-data", labels=(Label(text="cold data"),), kind="technology")])
    assert not extract(markdown.parse("# T\n\n```\n“cold” data\n```\n", article(""), fallback_title="A"), own).mentions


def test_a_doubtful_label_gives_way_to_a_surer_one_inside_it() -> None:
    inner = Concept(id="inner", labels=(Label(text="host", prior=0.95),), kind="technology")
    outer = Concept(id="outer", labels=(Label(text="talk host", prior=0.41),), kind="technology")
    mentions = extract(article("The talk host answers."), Vocabulary.of([inner, outer])).mentions
    assert [one.concept for one in mentions] == ["inner"]


def made(id_: str, *related: str, prior: float = 0.95) -> Concept:
    facts = tuple(Fact(kind="related", target=target, reason="") for target in related)
    return Concept(id=id_, labels=(Label(text=id_, prior=prior),), kind="technology", facts=facts)


def lock(*related: str) -> Concept:
    return made("lock", *related, prior=0.35)


DOORS = "A lock beside a door and a window."
DATABASES = "A lock beside a deadlock and a transaction."


@pytest.mark.parametrize(
    ("text", "concepts", "found"),
    [
        (DATABASES, [lock("deadlock"), made("deadlock"), made("transaction", "deadlock")], True),
        (DATABASES, [lock(), made("deadlock", "lock"), made("transaction", "deadlock")], True),
        (DATABASES, [lock(), made("deadlock"), made("transaction")], False),
        (DOORS, [lock("deadlock"), made("deadlock"), made("door"), made("window")], False),
    ],
    ids=["its own facts", "facts of others", "no facts", "other concepts"],
)
def test_what_else_is_spoken_of_tells_whether_a_doubtful_label_is_meant(
    text: str, concepts: list[Concept], found: bool
) -> None:
    mentions = extract(article(text), Vocabulary.of(concepts)).mentions
    assert ("lock" in {one.concept for one in mentions}) is found


def test_a_label_at_odds_with_all_else_falls_below_the_mark() -> None:
    doubtful = made("lock", "deadlock", prior=0.45)
    others = [made(name) for name in ("door", "window", "house", "roof", "garden", "deadlock")]
    assert [one.concept for one in extract(article("A lock."), Vocabulary.of([doubtful, *others])).mentions] == ["lock"]
    mentions = extract(
        article("A lock, a door, a window, a house, a roof and a garden."), Vocabulary.of([doubtful, *others])
    ).mentions
    assert "lock" not in {one.concept for one in mentions}
