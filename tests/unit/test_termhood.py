from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph import Vocabulary
from conceptgraph.extract import extract
from conceptgraph.model import Concept, Label
from conceptgraph.pipeline import corpus_of, corpus_stage
from conceptgraph.termhood import c_values, scores
from tests.conftest import article

if TYPE_CHECKING:
    from conceptgraph.extract import Extraction
    from conceptgraph.found import Corpus

VOCABULARY = Vocabulary.of([Concept(id="cache", labels=(Label(text="cache"),), kind="technology")])


def read(*texts: str) -> list[Extraction]:
    return [extract(article(text, id=f"a{number}"), VOCABULARY) for number, text in enumerate(texts)]


def found(*texts: str) -> Corpus:
    corpus, _ = corpus_of(read(*texts))
    return corpus


def test_each_further_article_halves_the_doubt() -> None:
    assert scores(found("OpenWeather tells.", "Nothing.")) == {"openweather": 0.6}
    assert scores(found("OpenWeather tells.", "OpenWeather too.", "No.")) == {"openweather": 0.8}


def test_a_name_in_every_article_that_attracts_nothing_is_dropped() -> None:
    everywhere = ["OpenWeather and a cache."] * 9
    assert scores(found(*everywhere)) == {}
    drawn = ["OpenWeather and a cache."] * 6 + ["Nothing."] * 4
    assert set(scores(found(*drawn))) == {"openweather"}


def test_c_value_of_a_term_that_stands_only_in_longer_ones() -> None:
    assert c_values({"a": "odin", "b": "odin agent"}, {"a": 2, "b": 2})["a"] == 0


def test_the_corpus_stage_drops_what_does_not_stand() -> None:
    records = corpus_stage(read(*["OpenWeather and a cache."] * 9), VOCABULARY)
    assert [concept.id for concept in records.concepts] == ["cache"]
    assert {mention.concept for mention in records.mentions} == {"cache"}
    records = corpus_stage(read("OpenWeather tells.", "OpenWeather too."), VOCABULARY)
    assert [mention.confidence for mention in records.mentions] == [0.8, 0.8]
