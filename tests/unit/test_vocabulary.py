from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conceptgraph import Vocabulary, VocabularyError, load_vocabulary
from conceptgraph.describe import describe_concept
from conceptgraph.export.skos import skos
from conceptgraph.model import Article, Concept, Fact, Label
from conceptgraph.pipeline import link
from conceptgraph.source_hash import source_hash
from conceptgraph.vocabulary import compiled
from conceptgraph.vocabulary.compiled import DATA
from conceptgraph.vocabulary.inflection import plurals, verb_forms
from conceptgraph.vocabulary.label_index import label_index
from conceptgraph.vocabulary.lint import lint, lint_files
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.priors import Count, with_priors
from conceptgraph.vocabulary.reader import read_entries
from conceptgraph.vocabulary.readings import ACCEPT, NOTHING, pack_reading, reading, unpack_reading
from conceptgraph.vocabulary.strings import strings_of

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
big-table:
  labels: [Big table, {text: BT, case: exact, prior: 0.2, cues: [google]}]
  verbs: [tabulate]
  kind: technology
  definition: Store that keeps rows sorted by their key on many machines.
  broader: [database]
  builds_on:
    sharding: Rows are cut into ranges.
"""


def write(folder: Path, text: str, name: str = "my.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_builtin_has_no_findings() -> None:
    findings, count = lint_files(sorted(DATA.glob("*.yaml")))
    assert not findings, "\n".join(map(str, findings))
    assert count >= 600


def test_find(vocabulary: Vocabulary) -> None:
    assert vocabulary.find("cassandra") == ["apache-cassandra"]
    assert vocabulary.find("Bloom Filters") == ["bloom-filter"]
    assert vocabulary.find("bloom-filter") == ["bloom-filter"]
    assert vocabulary.find("no such thing") == []


def test_own_file_adds(tmp_path: Path) -> None:
    own = load_vocabulary(write(tmp_path, GOOD))
    concept = own["big-table"]
    assert [(label.text, label.pos) for label in concept.labels] == [
        ("Big table", "noun"),
        ("BT", "noun"),
        ("tabulate", "verb"),
    ]
    assert concept.labels[1].prior == 0.2
    assert {(fact.kind, fact.target, fact.reason) for fact in concept.facts} == {
        ("broader", "database", ""),
        ("builds_on", "sharding", "Rows are cut into ranges."),
    }
    assert own.version != load_vocabulary().version
    assert len(own) == len(load_vocabulary()) + 1


def test_own_file_overrides_and_removes(tmp_path: Path, vocabulary: Vocabulary) -> None:
    own = load_vocabulary(write(tmp_path, "bloom-filter:\n  definition: Ours, not theirs.\nraft: null\n"))
    assert own["bloom-filter"].definition == "Ours, not theirs."
    assert own["bloom-filter"].labels == vocabulary["bloom-filter"].labels
    assert "raft" not in own


def test_a_hidden_label_is_found_and_never_shown(tmp_path: Path) -> None:
    own = load_vocabulary(write(tmp_path, GOOD + "  hidden: [row chest]\n"))
    assert own["big-table"].labels[-1] == Label(text="row chest", hidden=True)
    assert own.find("row chests") == ["big-table"]
    article = Article(id="a", title="A", text="They keep it in a row chest.")
    records = link([article], own)
    assert [(one.concept, one.surface) for one in records.mentions] == [("big-table", "row chest")]
    (concept,) = (one for one in records.concepts if one.id == "big-table")
    assert [label.text for label in concept.labels] == ["Big table", "BT", "tabulate"]
    assert "row chest" not in "".join(skos(records))
    described = describe_concept(own["big-table"], own)
    assert (described["labels"], described["hidden"]) == (["BT", "tabulate"], ["row chest"])


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("x: [\n", 2, "not YAML"),
        ("- x", 1, "a mapping of keys"),
        ("Bad_Id:\n  labels: [ab]", 1, "the id 'Bad_Id'"),
        ("x:\n  kind: gadget", 2, "'gadget' is no kind"),
        ("x:\n  labels: []", 2, "has no label"),
        ("x:\n  labels: [No]", 2, "YAML reads 'No' as true or false"),
        ("x:\n  labels: [Q]", 2, "fewer than two"),
        ("x:\n  labels: ['']", 2, "fewer than two"),
        ("x:\n  labels: [{case: exact}]", 2, "needs the key 'text'"),
        ("x:\n  labels: [{text: ab, case: upper}]", 2, "'upper' is no case rule"),
        ("x:\n  labels: [{text: ab, prior: 2}]", 2, "not between 0 and 1"),
        ("x:\n  labels: [{text: ab, prior: much}]", 2, "must be a number"),
        ("x:\n  colour: red", 2, "'colour' is no key"),
        ("x:\n  definition: ''", 2, "is empty"),
        ("x:\n  definition: 12", 2, "must be text"),
        ("x:\n  requires: [database]", 2, "needs a reason"),
        ("x:\n  broader: [x]", 2, "points to itself"),
        ("x:\n  kind: technology", 1, "lacks labels, definition"),
        ("a: {}\nbloom-filter: {}\nbloom-filter: {}", 3, "stands twice"),
        ("no-such-concept: null", 1, "is to be removed but is not"),
        (GOOD.replace("[database]", "[no-such-concept]"), 1, "names 'no-such-concept' under broader"),
    ],
)
def test_bad_files(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(VocabularyError) as caught:
        load_vocabulary(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert message in str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="cannot be read"):
        load_vocabulary(tmp_path / "none.yaml")


def concept(id_: str, labels: str = "", rest: str = "") -> str:
    text = labels or f"[{id_} thing]"
    words = f"Thing number {id_} that is told apart from others by its name."
    return f"{id_}:\n  labels: {text}\n  kind: technology\n  definition: {words}\n{rest}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (concept("aa", "[same]") + concept("bb", "[other, same]"), "shares the label 'same' with 'aa'"),
        (concept("aa", "[Same]") + concept("bb", "[same]"), "has the preferred label of 'aa'"),
        (concept("aa", rest="  broader: [zz]\n"), "names 'zz' under broader, which does not exist"),
        (
            concept("aa", rest="  broader: [bb]\n") + concept("bb", rest="  broader: [aa]\n"),
            "is part of a broader cycle",
        ),
        (
            "aa:\n  labels: [aa thing]\n  kind: technology\n  definition: A service by Amazon.\n",
            "has a definition of 4 words",
        ),
        ("".join(concept(f"a{n}") for n in range(6)).replace("number a", "number A"), "the same definition as others"),
        (concept("aa", "[Thing (old)]"), "has no label that can stand in a text"),
        (concept("aa", rest="  part_of: {bb: ''}\n") + concept("bb"), "gives no reason for part_of 'bb'"),
    ],
)
def test_lint(tmp_path: Path, text: str, message: str) -> None:
    findings = lint(read_entries(write(tmp_path, text)))
    assert any(message in finding.message for finding in findings), findings


def test_lint_allows_shared_labels_with_policy(tmp_path: Path) -> None:
    shared = "[{0} thing, {{text: part, prior: 0.4, cues: [{0}]}}]"
    text = concept("aa", shared.format("aa")) + concept("bb", shared.format("bb"))
    assert lint(read_entries(write(tmp_path, text))) == []


def test_compiled_is_made_anew_when_a_file_changes(tmp_path: Path) -> None:
    source = write(tmp_path, concept("aa"))
    cache = tmp_path / "cache"
    first = compiled.compile_builtin(tmp_path, cache)
    assert compiled.compile_builtin(tmp_path, cache) == first
    assert sorted(path.name for path in cache.iterdir()) == ["concepts.tsv", "domains.tsv"]
    source.write_text(concept("bb"), encoding="utf-8")
    assert list(compiled.compile_builtin(tmp_path, cache).concepts) == ["bb"]


def test_what_follows_is_kept_until_a_file_or_the_code_changes(tmp_path: Path) -> None:
    source = write(tmp_path, concept("aa"))
    cache, code = tmp_path / "cache", tmp_path / "code"
    code.mkdir()
    made = iter(range(9))

    def kept(*of: Path) -> dict[str, str]:
        return compiled.compile_builtin(tmp_path, cache).kept("rows", lambda: {"times": str(next(made))}, *of)

    assert [kept(), kept()] == [{"times": "0"}, {"times": "0"}]
    source.write_text(concept("bb"), encoding="utf-8")
    assert [kept(), kept()] == [{"times": "1"}, {"times": "1"}]
    (code / "more.py").write_text("", encoding="utf-8")
    source_hash.cache_clear()
    assert [kept(code), kept(code)] == [{"times": "2"}, {"times": "2"}]


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    write(tmp_path, concept("aa"))
    write(tmp_path, "no folder", "cache")
    made = compiled.compile_builtin(tmp_path, tmp_path / "cache")
    assert list(made.concepts) == ["aa"]
    assert made.kept("rows", lambda: {"a": "1"}) == {"a": "1"}


def test_pack_round_trip(vocabulary: Vocabulary) -> None:
    for id_, known in vocabulary.items():
        assert compiled.unpack(id_, json.loads(compiled.dump(compiled.pack(known)))) == known
    for senses in label_index(vocabulary.values()).values():
        for one in map(reading, senses):
            assert unpack_reading(json.loads(compiled.dump(pack_reading(one)))) == one


CHANGES = {
    "added": GOOD,
    "shares a label": "beam:\n  labels: [Optical beam, {text: Beam, prior: 0.6}]\n  kind: technology\n"
    "  definition: A bundle of light that carries bits from one building to the next.\n",
    "removed": "replication: null\nhttps: null\n",
    "a cue that is a label no more": "kubernetes: null\nterraform: null\n",
    "other labels": "bloom-filter:\n  labels: [Bloom sieve, sieves, {text: filter, prior: 0.2, cues: [sieve]}]\n",
    "other facts": "bloom-filter:\n  related: [cap-theorem]\ncap-theorem:\n  related: []\n  broader: []\n",
    "hidden labels": "bloom-filter:\n  hidden: [sieve of bits]\nreplication:\n  hidden: []\n",
    "all at once": GOOD + "replication: null\nbloom-filter:\n  labels: [Bloom sieve]\n",
}


@pytest.mark.parametrize("text", CHANGES.values(), ids=CHANGES)
def test_own_vocabulary_reads_and_names_as_one_made_anew(tmp_path: Path, text: str) -> None:
    own = load_vocabulary(write(tmp_path, text))
    anew = Vocabulary.of(own.values())
    # What is a cue no more may stay: it means nothing.
    surplus = own.readings.keys() - anew.readings.keys()
    assert all(own.readings[key] == NOTHING for key in surplus)
    assert {key: row for key, row in own.readings.items() if key not in surplus} == anew.readings
    strings = {string for concept in own.values() for string in strings_of(concept)}
    assert all(own.find(string) == anew.find(string) for string in strings)
    assert own.find("replication") == anew.find("replication")
    assert own.neighbours == anew.neighbours


def test_own_vocabulary_has_another_version_with_each_change(tmp_path: Path, vocabulary: Vocabulary) -> None:
    made = [load_vocabulary(write(tmp_path, text)) for text in CHANGES.values()]
    again = [load_vocabulary(write(tmp_path, text)) for text in CHANGES.values()]
    assert [one.version for one in made] == [one.version for one in again]
    assert len({vocabulary.version, *(one.version for one in made)}) == len(CHANGES) + 1


def learned(label: Label, count: Count | None = None) -> Label:
    concept = Concept(id="a", labels=(label,), kind="technology")
    (only,) = with_priors([concept], {("a", label.text, label.pos): count} if count else {})["a"].labels
    return only


def test_an_estimate_is_believed_a_little_less_than_its_author_does() -> None:
    priors = [learned(Label(text="disk", prior=estimate)).prior or 0 for estimate in (0.3, 0.5, 0.7, 0.9)]
    assert priors == sorted(priors)
    assert all(0.6 * estimate < prior < estimate for prior, estimate in zip(priors, (0.3, 0.5, 0.7, 0.9), strict=True))


@pytest.mark.parametrize("estimate", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_cue_decides_whether_an_estimate_counts(estimate: float) -> None:
    label = learned(Label(text="disk", prior=estimate, cues=("plate",)))
    assert label.prior is not None
    assert label.cued is not None
    assert label.cued >= ACCEPT
    assert label.prior < min(label.cued, estimate)


def test_what_was_seen_outweighs_an_estimate() -> None:
    seen = learned(Label(text="disk", prior=0.2), Count(meant=30, stood=30))
    assert (seen.prior or 0) > 0.9
    assert seen.seen == (30, 30)


@pytest.mark.parametrize(
    ("plural", "singular", "senses"),
    [("commits", "commit", {"own", "other"}), ("HTTPS", "HTTP", {"own"}), ("lock", "commit", {"other"})],
    ids=["of a common word", "of a name", "no label"],
)
def test_a_plural_that_another_concept_has_as_a_label(plural: str, singular: str, senses: set[str]) -> None:
    own, other = (
        Concept(id=id_, labels=(Label(text=text),), kind="technology")
        for id_, text in (("own", plural), ("other", singular))
    )
    assert {sense.concept for sense in label_index([own, other])[f"{singular}s".lower()]} == senses


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("multi-tenant", "Multitenant"),
        ("metadata store", "meta-data stores"),
        ("two-phase commit", "2-phase commits"),
        ("query optimization", "query optimisation"),
        ("serialisation", "serialization"),
        ("data center", "data centres"),
        ("colour space", "color space"),
        ("extract and load", "extract & load"),
    ],
)
def test_a_label_is_found_in_other_spellings(label: str, written: str) -> None:
    own = Vocabulary.of([Concept(id="a", labels=(Label(text=label),), kind="technology")])
    records = link([Article(id="x", title="X", text=f"It has {written}.")], own)
    assert [one.surface for one in records.mentions] == [written]
    assert own.find(written) == ["a"]


def test_a_label_of_which_nothing_was_seen_is_surer_the_better_known_its_concept_is() -> None:
    facts = tuple(Fact(kind="related", target=target, reason="") for target in ("known", "known-too"))
    names = {"known": facts[1:], "known-too": facts[:1], "other": facts, "lonely": ()}
    concepts = [
        Concept(id=id_, labels=(Label(text=f"{id_} thing"), Label(text=f"{id_} matter")), kind="technology", facts=each)
        for id_, each in names.items()
    ]
    priors = {id_: [one.prior or 0 for one in each.labels] for id_, each in with_priors(concepts, {}).items()}
    assert priors["known"][0] > priors["lonely"][0] == priors["other"][0]
    assert all(first > second for first, second in priors.values())


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("cache", ("caches",)),
        ("proxy", ("proxies",)),
        ("gateway", ("gateways",)),
        ("index", ("indexes", "indices")),
        ("bus", ("buses",)),
        ("proof of work", ("proofs of work", "proof of works")),
        ("analysis", ("analyses",)),
        ("S3", ("S3s",)),
    ],
)
def test_plurals(word: str, expected: tuple[str, ...]) -> None:
    assert plurals(word) == expected


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("shard", {"shard", "shards", "sharded", "sharding"}),
        ("log", {"log", "logs", "logged", "logging"}),
        ("deploy", {"deploy", "deploys", "deployed", "deploying"}),
        ("retry", {"retry", "retries", "retried", "retrying"}),
        ("commit", {"commit", "commits", "committed", "committing"}),
        ("render", {"render", "renders", "rendered", "rendering"}),
        ("roll back", {"roll back", "rolls back", "rolled back", "rolling back"}),
        ("load balance", {"load balance", "load balances", "load balanced", "load balancing"}),
        ("write", {"write", "writes", "wrote", "written", "writing"}),
        ("tie", {"tie", "ties", "tied", "tying"}),
    ],
)
def test_verb_forms(verb: str, expected: set[str]) -> None:
    assert set(verb_forms(verb)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Read-Replica", "read replica"),
        ("CI/CD", "ci cd"),
        ("Node.js.", "node.js "),
        (".NET", ".net"),
        ("C++ C#", "c\x01\x01 c#"),
        ("Kafka’s", "kafka s"),
        ("Cassandra®", "cassandra "),
        ("İstanbul", "İstanbul"),
        ("end. Next", "end  next"),
        ("𝐌𝐞𝐫𝐠𝐞 ｓｏｒｔ！", "merge sort "),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    assert normal_form(text) == expected
    assert len(normal_form(text)) == len(text)
