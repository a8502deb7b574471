from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

from conceptgraph.extract import extract
from conceptgraph.sources import read_articles
from tests.conftest import ARTICLES, article

if TYPE_CHECKING:
    from conceptgraph import Vocabulary


def test_the_adapter_gives_the_mentions_of_the_command_line(vocabulary: Vocabulary) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("concept_linker")
    for read in read_articles([ARTICLES]):
        plain = article(read.text)
        doc = nlp(plain.text)
        spans = [(s.start_char, s.end_char, s.kb_id_, s.label_) for s in doc.spans["concepts"]]
        found = extract(plain, vocabulary)
        kinds = {one.id: one.kind for one in found.new}
        expected = [
            (m.start, m.end, m.concept, kinds.get(m.concept) or vocabulary[m.concept].kind) for m in found.mentions
        ]
        assert spans == expected
        assert doc.text == plain.text


def test_a_token_is_split_where_a_mention_ends_inside_it() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("concept_linker")
    doc = nlp("An Amazon S3-compatible store.")
    assert next(span.text for span in doc.spans["concepts"]) == "Amazon S3"
    assert "S3" in [token.text for token in doc]


def test_options() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("concept_linker", config={"spans_key": "links"})
    doc = nlp("Kafka")
    assert [span.kb_id_ for span in doc.spans["links"]] == ["apache-kafka"]
