from __future__ import annotations

import pytest

from conceptgraph import InputError, Vocabulary
from conceptgraph.model import Article, Records
from conceptgraph.pipeline import link, read
from conceptgraph.search import MARKS, Search
from tests.conftest import ARTICLES


@pytest.fixture(scope="module")
def search(vocabulary: Vocabulary) -> Search:
    return Search(link(read([ARTICLES]).articles, vocabulary))


def test_words_find_articles_and_concepts(search: Search) -> None:
    found = search("Inbox Search at Facebook on Cassandra", k=20)
    assert {hit.type for hit in found} == {"article", "concept"}
    articles = [hit for hit in found if hit.type == "article"]
    assert articles[0].id == "facebooks-database-apache-cassandra"
    assert MARKS[0] in articles[0].snippet
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in found)


def test_endings_do_not_matter(search: Search) -> None:
    assert search("replicating", k=None)[0].name in {hit.name for hit in search("replicated", k=None)}


@pytest.mark.parametrize("query", ["Bloom filter", "bloom filters", "blom filter", "Bloom-filter", "BLOOM FILTR"])
def test_labels_are_found_in_spite_of_typing_errors(search: Search, query: str) -> None:
    assert search(query, k=1)[0].id == "bloom-filter"


def test_a_misspelt_word_finds_the_texts_of_what_was_meant(search: Search) -> None:
    found = search("casandra", k=None)
    assert found[0].id == "apache-cassandra"
    assert "facebooks-database-apache-cassandra" in {hit.id for hit in found}


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "kafka AND",
        "kafka OR OR",
        "NEAR(kafka, 2)",
        "title:kafka",
        "kafka*",
        "^kafka",
        '"kafka',
        "kafka)",
        "(kafka",
        "-kafka",
        "{title} : kafka",
        "kafka'; DROP TABLE search_articles; --",
        "ka\0fka kafka",
        "kafka \ud800",
        "kafka 🙂 naïve",
        "kafka " * 500,
    ],
)
def test_query_syntax_is_text(search: Search, query: str) -> None:
    if query == '"':
        with pytest.raises(InputError, match="no word to search for"):
            search(query)
    else:
        assert "apache-kafka" in {hit.id for hit in search(query, k=None)}


@pytest.mark.parametrize("query", ["", "   ", "?!*", "🙂"])
def test_nothing_to_search_for(search: Search, query: str) -> None:
    with pytest.raises(InputError, match="holds no word"):
        search(query)


def test_nothing_found_and_bad_counts(search: Search) -> None:
    assert search("qqqqzzzz") == []
    with pytest.raises(InputError, match="k: 0"):
        search("kafka", k=0)
    assert len(search("the data", k=3)) == 3
    assert search("the of and", k=1)


def test_no_articles() -> None:
    assert Search(Records(build=""))("kafka") == []


def test_text_that_no_encoding_takes() -> None:
    article = Article(id="a", title="T \ud800", text="Half a \ud800 pair.")
    assert Search(Records(build="", articles=(article,)))("pair")[0].id == "a"
