from __future__ import annotations

import pytest

from conceptgraph import InputError, Vocabulary
from conceptgraph.model import Article, Concept, Label, Records
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


def made(*texts: str, **concepts: tuple[str, str]) -> Search:
    """Return a search over articles with these texts and concepts of these ids, with their label and definition."""
    vocabulary = Vocabulary.of(
        Concept(
            id=id_.replace("_", "-"), labels=(Label(text=label, prior=0.9),), kind="technology", definition=definition
        )
        for id_, (label, definition) in concepts.items()
    )
    articles = [Article(id=f"a{at}", title=text.split(".")[0], text=text) for at, text in enumerate(texts)]
    return Search(link(articles, vocabulary))


@pytest.mark.parametrize(("query", "first"), [("B-tree", "B-tree"), ("b tree", "B-tree"), ("B+ tree", "B+ tree")])
def test_a_label_typed_as_it_is_comes_first(query: str, first: str) -> None:
    search = made("Trees. B+ tree, B-tree.", b_plus=("B+ tree", "A B-tree with leaves."), b_tree=("B-tree", "A tree."))
    found = search(query)
    assert (found[0].name, found[0].score) == (first, 1.0)
    assert found[1].score < 1.0


def test_signs_of_a_name_count() -> None:
    search = made(
        "Pointers. C++ has them.", "Rows. SELECT a, b, c of C.", "Sharp. F# and C#.", cpp=("C++", "It extends C.")
    )
    assert {hit.name for hit in search("c++")} == {"C++", "Pointers"}
    assert {hit.name for hit in search("C#")} == {"Sharp"}
    assert {hit.name for hit in search("B+")} == set()


def test_a_letter_is_found_with_its_neighbour_alone() -> None:
    search = made("Indexes. A B-tree is one.", "Rows. Of a and b.", "Leaves. Of a tree.", "Letters. None.")
    assert [hit.name for hit in search("b-tree", k=None)] == ["Indexes", "Leaves"]


def test_a_stop_word_counts_in_the_whole_query() -> None:
    search = made(
        "Sums. Exactly, exactly two, and exactly one.", "Logs. Told exactly once.", "Tea. Hot.", "Milk. Cold.", "Ice."
    )
    assert search("exactly once")[0].name == "Logs"


def test_an_article_is_found_by_what_it_explains() -> None:
    search = made(
        "Queues.\nMessage broker: it keeps what it is given. A message broker sends, then the message broker forgets.",
        "Books. One for those who are driven, one of servants.",
        "Tea. It is hot.",
        broker=("Message broker", "Servant for event-driven programs."),
    )
    articles = [hit.name for hit in search("event-driven servants") if hit.type == "article"]
    assert articles == ["Queues", "Books"]


def test_no_articles() -> None:
    assert Search(Records(build=""))("kafka") == []


def test_text_that_no_encoding_takes() -> None:
    article = Article(id="a", title="T \ud800", text="Half a \ud800 pair.")
    assert Search(Records(build="", articles=(article,)))("pair")[0].id == "a"
