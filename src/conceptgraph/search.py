"""Search over articles and concepts: words by BM25, labels in spite of typing errors."""

from __future__ import annotations

import re
import sqlite3
import weakref
from contextlib import closing
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Literal

from conceptgraph.errors import InputError
from conceptgraph.extract.stop_words import STOP
from conceptgraph.fulltext import TOKENIZER, in_memory, places
from conceptgraph.model import record
from conceptgraph.vocabulary.normal_form import normal_form

if TYPE_CHECKING:
    from conceptgraph.model import Records

MARKS = "⟦", "⟧"
"""What stands around the words that were found, in a snippet."""
TITLE, LABELS = 5.0, 8.0
"""How much more a word counts in a title than in a text, and in a label than in a definition."""
LIKE = 84
"""Least likeness of a label that was perhaps meant, of 100 (`rapidfuzz.fuzz.ratio`)."""
EXACT, TYPED = 1.0, 0.99
"""Score of a concept whose label was typed as it is, and of one whose label is as like as can be."""
BEST = 0.9
"""Score of the best article and of the best concept by words."""
SNIPPET = 24
"""Length of a snippet in words."""
_WORD = re.compile(r"[^\W_]+")


@record
class Hit:
    """An article or a concept that was found.

    Parameters
    ----------
    type
        ``article`` or ``concept``.
    id
        Its id.
    name
        Its title or name.
    score
        In [0, 1]; 1 for a label typed as it is, `BEST` for the best of its type by words.
    snippet
        A passage with the words that were found between `MARKS`.
    """

    type: Literal["article", "concept"]
    id: str
    name: str
    score: float
    snippet: str


class Search:
    """Full-text search over some records.

    Parameters
    ----------
    records
        What to search.
    connection
        To the file of the graph folder that the records come from, whose full-text tables are then used; they are made
        in memory otherwise.

    Examples
    --------
    >>> from conceptgraph.model import Article, Records
    >>> article = Article(id="kafka", title="Kafka", text="Kafka keeps messages in a log.")
    >>> Search(Records(build="", articles=(article,)))("message logs")[0].snippet
    'Kafka keeps ⟦messages⟧ in a ⟦log⟧.'
    """

    def __init__(self, records: Records, connection: sqlite3.Connection | None = None) -> None:
        self._records = records
        self._connection = connection or in_memory(records)
        if connection is None:
            weakref.finalize(self, self._connection.close)
        self._at = places(self._connection, records)
        self._labels = [
            (" ".join(normal_form(label.text).split()), at)
            for at, concept in enumerate(records.concepts)
            for label in concept.labels
        ]

    def __call__(self, query: str, *, k: int | None = 10) -> list[Hit]:
        """Return what fits a query best.

        Articles and concepts that have any of its words are ranked by BM25 (Robertson and Zaragoza 2009, "The
        probabilistic relevance framework"), each type apart; concepts with a label that is written like the query, or
        like a word of it that is found nowhere, are added.

        Parameters
        ----------
        query
            Words; signs mean nothing.
        k
            How many; None for all.

        Returns
        -------
        list of Hit
            By falling score, concepts first where equal.

        Raises
        ------
        InputError
            The query holds no word, or `k` is less than one.
        """
        if k is not None and k < 1:
            raise InputError(f"k: {k} is no number of results; use 1 or more, or None for all")
        words = _WORD.findall(query)
        if not words:
            raise InputError(f"'{query}' holds no word to search for; type one or more")
        words = [word for word in words if word.casefold() not in STOP] or words
        alike = self._alike(query)
        meant = [*words, *(word for at in alike for word in _WORD.findall(self._records.concepts[at].name))]
        articles = self._matches("search_articles", TITLE, meant, k)
        concepts = self._matches("search_concepts", LABELS, words, k)
        for at, score in alike.items():
            concepts[at] = max(score, concepts.get(at, 0.0))
        scored = [(-score, "concept", at) for at, score in concepts.items()]
        scored += [(-score, "article", at) for at, score in articles.items()]
        ranked = sorted(scored, key=lambda hit: (hit[0], hit[1] == "article", hit[2]))[:k]
        return _hits(self._records, ranked, meant)

    def _matches(self, table: str, weight: float, words: list[str], k: int | None) -> dict[int, float]:
        """Return positions and scores of the rows that have any of the words; the best has score 1."""
        query = f"SELECT rowid, -bm25({table}, ?, 1.0) FROM {table} WHERE {table} MATCH ? ORDER BY 2 DESC, 1 LIMIT ?"  # noqa: S608
        at = self._at[table]
        found = self._connection.execute(query, (weight, _match(words), -1 if k is None else k)).fetchall()
        best = max((score for _, score in found), default=0.0)
        return {at[key]: BEST * score / best if best > 0 else 0.0 for key, score in found}

    def _alike(self, query: str) -> dict[int, float]:
        """Return positions and scores of concepts that have a label like the query, or like an unknown word of it."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a search needs it

        labels = [label for label, _ in self._labels]
        typed = " ".join(normal_form(query).split())
        unknown = [word.casefold() for word in _WORD.findall(query) if len(word) >= 4 and not self._known(word)]
        found: dict[int, float] = {}
        for text in dict.fromkeys([typed, *unknown]):
            for label, likeness, at in process.extract(text, labels, scorer=fuzz.ratio, score_cutoff=LIKE, limit=5):
                score = EXACT if label == text else TYPED * likeness / 100
                found[self._labels[at][1]] = max(score, found.get(self._labels[at][1], 0.0))
        return found

    def _known(self, word: str) -> bool:
        """Whether a word stands in any article or concept."""
        return any(
            self._connection.execute(query, (_match([word]),)).fetchone()
            for query in (
                "SELECT 1 FROM search_articles WHERE search_articles MATCH ? LIMIT 1",
                "SELECT 1 FROM search_concepts WHERE search_concepts MATCH ? LIMIT 1",
            )
        )


def _match(words: list[str]) -> str:
    """Return an FTS5 expression for rows with any of the words, whatever they are; pairs of words count besides."""
    pairs = (f"{first} {second}" for first, second in pairwise(words))
    return " OR ".join(dict.fromkeys(f'"{phrase}"' for phrase in chain(words, pairs)))


def _hits(records: Records, ranked: list[tuple[float, str, int]], words: list[str]) -> list[Hit]:
    """Return the hits with their snippets, which SQLite cuts from a table of their texts alone."""
    hits = []
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE found USING fts5(text, tokenize='{TOKENIZER}')")
        for number, (_, type_, at) in enumerate(ranked):
            text = _body(records, type_, at).encode("utf-8", "replace").decode("utf-8")
            connection.execute("INSERT INTO found (rowid, text) VALUES (?, ?)", (number, text))
        cut = f"SELECT rowid, snippet(found, 0, ?, ?, '…', {SNIPPET}) FROM found WHERE found MATCH ?"  # noqa: S608
        snippets = dict(connection.execute(cut, (*MARKS, _match(words))))
    for number, (minus, type_, at) in enumerate(ranked):
        snippet = " ".join(snippets.get(number, _body(records, type_, at)[:160]).split())
        score = round(-minus, 4)
        if type_ == "article":
            found = records.articles[at]
            hits.append(Hit(type="article", id=found.id, name=found.title, score=score, snippet=snippet))
        else:
            concept = records.concepts[at]
            hits.append(Hit(type="concept", id=concept.id, name=concept.name, score=score, snippet=snippet))
    return hits


def _body(records: Records, type_: str, at: int) -> str:
    if type_ == "concept":
        return records.concepts[at].definition
    article = records.articles[at]
    return article.text.removeprefix(f"{article.title}\n").lstrip() or article.title
