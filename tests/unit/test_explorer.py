from __future__ import annotations

import logging
import re
import threading
import urllib.error
import urllib.request
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import conceptgraph as cg
from conceptgraph.cli import main
from conceptgraph.errors import InputError
from conceptgraph.export.explorer import explorer_page, packing, served_page, similar
from conceptgraph.export.explorer.budget import packed
from conceptgraph.export.explorer.data import page_data
from conceptgraph.export.explorer.sentences import worded
from conceptgraph.export.explorer.serve import server
from conceptgraph.extract import extract
from conceptgraph.extract.quotes import quoted
from conceptgraph.layout import layout
from conceptgraph.model import Concept, Fact, Label, Records
from conceptgraph.pipeline import corpus_stage, link, read
from conceptgraph.relatedness import build_index, related
from conceptgraph.vocabulary import Vocabulary
from tests.conftest import ARTICLES, article

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "One\n\nKafka 🚀 is a log. 🚀🚀 A queue feeds Kafka.\n\nReplication of a queue is C++ code."


@pytest.fixture
def records(small: Vocabulary) -> Records:
    articles = [article(TEXT, id="one", title="One"), article("Kafka is a queue.", id="two", title="Two")]
    return corpus_stage([extract(each, small) for each in articles], small)


def thing(id_: str, name: str, *facts: Fact) -> Concept:
    return Concept(id=id_, labels=(Label(text=name),), kind="technology", definition="A thing.", facts=facts)


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'id="data">([^<]*)<', page)
    assert found
    return packing.read(found[1])


def test_the_page_is_the_same_for_the_same_graph(records: Records) -> None:
    assert explorer_page(records) == explorer_page(records)


def test_columns_hold_every_link_and_its_sentence(records: Records) -> None:
    data = data_of(explorer_page(records))
    links, names = data["links"], data["concepts"]["id"]
    found = []
    sentences, numbers = worded(data)
    row = 0
    for id_, count in zip(data["articles"]["id"], links["count"], strict=True):
        for _ in range(count):
            found.append((id_, names[links["concept"][row]], links["weight"][row], links["core"][row] == "1"))
            assert sentences[numbers[row]]
            row += 1
    assert sorted(found) == sorted(
        (each.article, each.concept, round(100 * each.weight), each.core) for each in records.article_concepts
    )
    facts = {(names[s], names[t], data["relations"]["kinds"][k]) for s, t, k in _relations(data)}
    assert ("apache-kafka", "message-queue", "broader") in facts


def _relations(data: dict[str, Any]) -> list[tuple[int, int, int]]:
    table = data["relations"]
    return list(zip(table["source"], table["target"], table["kind"], strict=True))


def test_names_that_hardly_differ_are_given_once(records: Records) -> None:
    texts = ("Bloom filter", "bloom filters", "Bloom-filter", "membership filter", "Membership filters", "C++", "C#")
    labels = tuple(Label(text=text) for text in texts)
    concept = replace(records.concepts[0], labels=labels)
    data = data_of(explorer_page(replace(records, concepts=(concept, *records.concepts[1:]))))
    assert data["concepts"]["labels"][0] == ["membership filter", "C++", "C#"]


def test_marks_stand_where_a_browser_counts_them(records: Records) -> None:
    data = data_of(explorer_page(records))
    units = data["reader"]["text"][0].encode("utf-16-le")
    marks, start, words = data["reader"]["marks"][0], 0, []
    for i in range(0, len(marks), 3):
        start += marks[i]
        words.append(units[2 * start : 2 * (start + marks[i + 1])].decode("utf-16-le"))
    assert words == ["Kafka", "queue", "Kafka", "Replication", "queue", "C++"]


def test_sentences_stand_where_a_browser_counts_them_and_say_the_same_without_the_texts(small: Vocabulary) -> None:
    filler = " ".join(f"{number:x}" for number in range(40_000, 44_000))
    given = article(f"{TEXT}\n\n{filler}", id="one", title="One")
    records = corpus_stage([extract(given, small)], small)
    data = page_data(records, positions=layout(records), communities=(), related={}, vocabulary=small)
    sentences, numbers = worded(data)
    said = [quoted(given.text, *row.quote) for row in records.article_concepts]
    assert [sentences[number] for number in numbers] == said
    packed(data, budget=len(packing.written(data)) - 1)
    assert data["left_out"] == ["the articles' texts"]
    assert [data["strings"][number] for number in data["links"]["quote"]] == said


def test_beyond_the_budget_sentences_and_texts_are_left_out_and_it_says_so(
    records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    whole = data_of(explorer_page(records))
    with caplog.at_level(logging.WARNING):
        little = data_of(explorer_page(records, budget=10))
    assert whole["left_out"] == []
    assert len(little["left_out"]) == 5
    assert little["study"]["minutes"] == whole["study"]["minutes"], "paths stay"
    assert "the articles' texts" in caplog.text
    assert little["reader"]["text"] == []
    assert set(little["links"]["quote"]) == {0}
    reasons = [[each["strings"][number] for number in each["relations"]["why"]] for each in (whole, little)]
    assert reasons[0] == reasons[1], "reasons stay what they were"
    assert little["strings"] == [""], "no sentence is left behind"


def test_related_articles_reach_the_page(records: Records) -> None:
    like = {"one": [("two", 0.5, ("apache-kafka", "not-here"))]}
    data = data_of(explorer_page(records, related=like))
    kafka = data["concepts"]["id"].index("apache-kafka")
    assert data["related"] == {"source": [0], "target": [1], "score": [50], "shared": [[kafka]]}


def test_related_articles_are_those_of_the_ranking(vocabulary: Vocabulary) -> None:
    records = link(read([ARTICLES]).articles[:12], vocabulary)
    index = build_index(records)
    found = similar.related_lists(records)
    assert found.keys() == {article.id for article in records.articles}
    for id_, rows in found.items():
        ranked = related(records, index, id_, k=similar.LISTED, explained=0)
        kept = [each for each in ranked if each.score > 0]
        assert [each.article for each in kept] == [other for other, *_ in rows]
        assert [each.score for each in kept] == pytest.approx([score for _, score, _ in rows], abs=1e-4)
        own = {row.concept for row in records.article_concepts if row.article == id_}
        assert all(set(shared) <= own and len(shared) <= similar.SHARED for *_, shared in rows)
    data = data_of(explorer_page(records))["related"]
    assert len(data["source"]) == sum(map(len, found.values())) > 0


def test_related_articles_of_a_large_graph_are_left_to_the_page(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(similar, "MOST", len(records.articles) - 1)
    assert similar.related_lists(records) == {}


def test_what_is_needed_reaches_the_page_from_beyond_the_articles(records: Records) -> None:
    need = Fact(kind="requires", target="log", reason="Apache Kafka is a Log.")
    kafka, log = (
        thing(id_, name, *facts) for id_, name, facts in (("apache-kafka", "Kafka", [need]), ("log", "Log", []))
    )
    data = data_of(explorer_page(records, vocabulary=Vocabulary.of([kafka, log])))
    study, ids = data["study"], data["concepts"]["id"]
    assert study["beyond"]["id"] == ["log"]
    assert ids[study["beyond"]["after"][0] - 1] < "log"
    assert study["needs"] == [len(ids)]
    assert study["count"][ids.index("apache-kafka")] == 1
    assert study["tiers"] == [["vocabulary", 100]]
    assert study["why"] == ["\x01 is a \x02."]
    assert study["needed_by"][-1] == 1


def test_an_empty_graph_makes_a_page() -> None:
    assert data_of(explorer_page(Records(build="none")))["concepts"]["id"] == []


def test_only_hashed_script_and_style_may_run(records: Records) -> None:
    page = explorer_page(records)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert "unsafe" not in policy[1]
    assert "connect-src" not in policy[1]
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    served = served_page(page)
    assert "connect-src" in served
    assert len(served) > len(page)


def test_the_server_answers_this_machine_only(tmp_path: Path, records: Records) -> None:
    path = cg.ConceptGraph(records).save(tmp_path) / "index.html"
    with server(path) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{running.server_address[1]}"
        with urllib.request.urlopen(f"{address}/") as answer:
            assert "connect-src" in answer.read().decode()
        versions = set()
        for text in ("a", "b"):
            path.write_text(text)
            with urllib.request.urlopen(f"{address}/version") as answer:
                versions.add(answer.read())
        assert len(versions) == 2
        for request, code in (
            (urllib.request.Request(f"{address}/", headers={"Host": "evil.example:80"}), 403),
            (urllib.request.Request(f"{address}/../graph.sqlite"), 404),
        ):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(request)
            assert refused.value.code == code
            refused.value.close()
        with pytest.raises(InputError, match="--port"):
            server(path, running.server_address[1])
        running.shutdown()


def test_explore_says_where_the_page_is_or_how_to_make_it(tmp_path: Path, records: Records) -> None:
    missing = CliRunner().invoke(main, ["explore", "-g", str(tmp_path), "--no-open"])
    assert missing.exit_code == 2
    assert "conceptgraph build" in missing.output
    cg.ConceptGraph(records).save(tmp_path)
    found = CliRunner().invoke(main, ["explore", "-g", str(tmp_path), "--no-open"])
    assert found.exit_code == 0
    assert found.output.strip() == str(tmp_path / "index.html")
