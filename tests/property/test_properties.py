from __future__ import annotations

import string
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from conceptgraph import InputError, Vocabulary, load_vocabulary
from conceptgraph.cooccurrence import npmi
from conceptgraph.extract import extract
from conceptgraph.extract.sentences import Sentences
from conceptgraph.slug import slug
from conceptgraph.sources import read_articles
from conceptgraph.vocabulary.normal_form import normal_form
from tests.conftest import article

VOCABULARY: Vocabulary = load_vocabulary()
WORDS = [
    "Kafka",
    "Bloom filter",
    "the",
    "C++",
    "replicated",
    "load-balancer",
    "read/write",
    "S3",
    ".",
    ", ",
    "\n\n",
    "®",
    "🙂",
    "’s",
]
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))


@given(st.text())
def test_normal_form_keeps_offsets(text: str) -> None:
    assert len(normal_form(text)) == len(text)


@given(texts)
def test_mentions_are_the_text_in_order_and_apart(text: str) -> None:
    reached = 0
    for mention in extract(article(text), VOCABULARY).mentions:
        assert text[mention.start : mention.end] == mention.surface
        assert mention.start >= reached
        assert 0 < mention.confidence <= 1
        reached = mention.end


@given(texts)
def test_weights_are_ordered_and_in_range(text: str) -> None:
    weights = [row.weight for row in extract(article(text), VOCABULARY).concepts]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight < 1 for weight in weights)


@given(texts, st.integers(0, 300))
def test_a_sentence_holds_what_it_is_asked_for(text: str, at: int) -> None:
    if at < len(text):
        start, end = Sentences(text).around(at, at + 1)
        assert 0 <= start <= at < end <= len(text)


@given(st.text())
def test_a_slug_is_its_own_slug(name: str) -> None:
    assert slug(slug(name)) == slug(name)
    assert not set(slug(name)) & set(' /\\:?*"<>|')


@given(st.integers(1, 50), st.data())
def test_npmi_is_bounded_and_symmetric(total: int, data: st.DataObject) -> None:
    first, second = (data.draw(st.integers(1, total)) for _ in range(2))
    both = data.draw(st.integers(max(0, first + second - total), min(first, second)))
    assert -1.0 <= npmi(both, first, second, total) <= 1.0 + 1e-9
    assert npmi(both, first, second, total) == npmi(both, second, first, total)


@settings(deadline=None, max_examples=60)
@given(
    st.one_of(st.text(max_size=400), st.text(alphabet=string.printable, max_size=400)),
    st.sampled_from(["x.md", "x.txt"]),
)
def test_any_text_is_an_article_or_one_clear_sentence(text: str, name: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            found = list(read_articles([path]))
        except InputError as error:
            sentence = str(error)
            found = []
        else:
            sentence = ""
        assert "\n" not in sentence
        for read in found:
            assert read.text.startswith(read.title)
            for span in read.spans:
                assert 0 <= span.start < span.end <= len(read.text)
            for section in read.sections:
                assert read.text[section.start :].startswith(section.heading)
