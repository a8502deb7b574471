"""Vocabularies of others: SKOS in each of its forms, CSV, and the Computer Science Ontology's triples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conceptgraph import VocabularyError, load_vocabulary
from conceptgraph.cli import main
from conceptgraph.vocabulary.imported import FORMATS, import_vocabulary

if TYPE_CHECKING:
    from pathlib import Path

TURTLE = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <https://example.org/> .
ex:t a skos:Concept ; skos:prefLabel "Time machine"@en, "Zeitmaschine"@de ; skos:altLabel "chrono engine"@en ;
  skos:hiddenLabel "chrono travel"@en ;
  skos:definition "A machine that goes through time."@en ; skos:broader ex:m ; skos:related ex:f .
ex:m a skos:Concept ; skos:prefLabel "Wonder machine"@en ; skos:narrower ex:f ; skos:broader ex:t .
ex:f a skos:Concept ; skos:prefLabel "Flux capacitor" ; skos:exactMatch <https://example.org/other> .
ex:g a skos:Concept ; skos:prefLabel "Nur auf Deutsch"@de .
"""
WORLD = {"wonder-machine", "flux-capacitor", "time-machine"}


def written_as(tmp_path: Path, form: str, suffix: str) -> Path:
    import rdflib

    path = tmp_path / f"world{suffix}"
    rdflib.Graph().parse(data=TURTLE, format="turtle").serialize(path, format=form, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("form", "suffix"), [("turtle", ".ttl"), ("xml", ".rdf"), ("json-ld", ".jsonld"), ("nt", ".nt")]
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own use of what it deprecates
def test_skos(tmp_path: Path, form: str, suffix: str) -> None:
    own = load_vocabulary(written_as(tmp_path, form, suffix), builtin=False)
    assert set(own) == WORLD
    machine = own["time-machine"]
    assert [label.text for label in machine.shown().labels] == ["Time machine", "chrono engine"]
    assert [label.text for label in machine.labels if label.hidden] == ["chrono travel"]
    assert machine.definition == "A machine that goes through time."
    assert machine.exact_match == ("https://example.org/t",)
    facts = {(id_, fact.kind, fact.target) for id_ in own for fact in own[id_].facts}
    assert facts == {
        ("time-machine", "broader", "wonder-machine"),  # the other way round would close a circle
        ("time-machine", "related", "flux-capacitor"),
        ("flux-capacitor", "broader", "wonder-machine"),
    }
    assert own["flux-capacitor"].exact_match == ("https://example.org/f", "https://example.org/other")
    assert own["flux-capacitor"].definition == "Subject of world under Wonder machine."


def test_another_language(tmp_path: Path) -> None:
    path = written_as(tmp_path, "turtle", ".ttl")
    assert "zeitmaschine:" in import_vocabulary(path, language="de")
    (tmp_path / "empty.ttl").write_text("", encoding="utf-8")
    with pytest.raises(VocabularyError, match="holds no concept with a label in 'fr'"):
        import_vocabulary(tmp_path / "empty.ttl", language="fr")


CSV = """\
label,alt_labels,hidden_labels,definition,broader,related,kind
Flux capacitor,flux device; fluxer,flux analysis; Fluxer,It stores flux.,Wonder machine,,technology
Wonder machine,,,,,Flux capacitor,
"""


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("\ufeff" + CSV, encoding="utf-8")
    own = load_vocabulary(path, builtin=False)
    labels = [(label.text, label.hidden) for label in own["flux-capacitor"].labels]
    assert labels == [("Flux capacitor", False), ("flux device", False), ("fluxer", False), ("flux analysis", True)]
    assert own["flux-capacitor"].kind == "technology"
    assert own["wonder-machine"].definition == "Subject of own."
    assert [fact.target for fact in own["flux-capacitor"].facts] == ["wonder-machine"]


def test_what_is_pointed_to_may_be_known_already(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("label,broader,related\nFlux queue,Message queue,Kafka\n", encoding="utf-8")
    facts = {(fact.kind, fact.target) for fact in load_vocabulary(path)["flux-queue"].facts}
    assert facts == {("broader", "message-queue"), ("related", "apache-kafka")}


def cso(*rows: tuple[str, str, str]) -> str:
    topic, schema = "https://cso.kmi.open.ac.uk/topics/", "http://cso.kmi.open.ac.uk/schema/cso#"
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    lines = []
    for subject, predicate, value in rows:
        where = label if predicate == "label" else schema + predicate
        shown = f'""{value}""@en .' if predicate == "label" else f"<{topic}{value}>"
        lines.append(f'"<{topic}{subject}>","<{where}>","{shown}"')
    return "\n".join(lines)


def test_the_computer_science_ontology(tmp_path: Path) -> None:
    path = tmp_path / "CSO.csv"
    rows = [
        ("flux", "label", "flux capacitors"), ("wonder", "label", "wonder machines"),
        ("marvel", "label", "marvel engines"),
        ("wonder", "superTopicOf", "flux"), ("marvel", "preferentialEquivalent", "wonder"),
        ("flux", "contributesTo", "marvel"), ("kafka", "label", "apache kafka"), ("kafka", "superTopicOf", "flux"),
    ]  # fmt: skip
    path.write_text(cso(*rows), encoding="utf-8")
    own = load_vocabulary(path)
    added = set(own) - set(load_vocabulary())
    assert added == {"flux-capacitors", "wonder-machines"}  # Kafka is there already
    assert [label.text for label in own["wonder-machines"].labels] == ["wonder machines", "marvel engines"]
    assert {fact.target for fact in own["flux-capacitors"].facts} == {"wonder-machines", "apache-kafka"}
    assert own["apache-kafka"] == load_vocabulary()["apache-kafka"]


ENTITY = '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rdf:RDF xmlns:rdf="x">&b;</rdf:RDF>'


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.ttl", b"no turtle", "cannot be read as turtle"),
        ("x.ttl", b"[" * 20_000, "is nested too deeply to be read as turtle"),
        ("x.rdf", ENTITY.encode(), "declares XML entities"),
        ("x.rdf", ENTITY.encode("utf-16"), "declares XML entities"),
        ("x.jsonld", b'{"@context": "http://127.0.0.1:9/c"}', "has an @context at an address"),
        (
            "x.jsonld",
            b'{"@graph": [{"@context": [{"a": "b"}, "file:///etc/passwd"]}]}',
            "has an @context at an address",
        ),
        ("x.jsonld", b'{"@context": {"@import": "http://127.0.0.1:9/c"}}', "has an @context at an address"),
        ("x.jsonld", b"[" * 100_000, "is nested too deeply to be read as json-ld"),
        ("x.csv", b"a,b\n1,2\n", "has no column 'label'"),
        ("x.csv", b"label\ncaf\xe9\n", "is not UTF-8"),
        ("x.csv", b"", "has no column 'label'"),
        ("missing.ttl", None, "cannot be read"),
    ],
)
def test_what_is_refused(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(VocabularyError) as caught:
        load_vocabulary(tmp_path / name)
    assert message in str(caught.value)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(FORMATS)),
    st.one_of(st.binary(max_size=80), st.text(max_size=80).map(str.encode)),
    st.integers(0, 400),
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, suffix: str, content: bytes, cut: int) -> None:
    path = tmp_path / f"x{suffix}"
    base = (CSV if suffix == ".csv" else TURTLE).encode()
    path.write_bytes(base[:cut] + content + base[cut:])
    try:
        assert load_vocabulary(path, builtin=False)
    except VocabularyError as error:
        assert "\n" not in str(error)  # noqa: PT017


def test_command(tmp_path: Path) -> None:
    path, out = tmp_path / "own.csv", tmp_path / "own.yaml"
    path.write_text(CSV, encoding="utf-8")
    run = CliRunner().invoke
    done = run(main, ["vocabulary", "import", str(path), "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert run(main, ["vocabulary", "show", "fluxer", "--vocabulary", str(out)]).output.startswith("Flux capacitor")
    done = run(main, ["vocabulary", "import", str(path), "-o", str(out)])
    assert done.exit_code == 2
    assert "exists already" in done.output
