"""Search over articles and concepts: words by BM25, labels in spite of typing errors."""

from __future__ import annotations

import re
import sqlite3
import weakref
from collections import defaultdict
from contextlib import closing
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from conceptgraph.errors import InputError
from conceptgraph.extract.stop_words import STOP
from conceptgraph.fulltext import TOKENIZER, in_memory, places
from conceptgraph.model import record
from conceptgraph.vocabulary.normal_form import normal_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conceptgraph.model import Records

MARKS = "⟦", "⟧"
"""What stands around the words that were found, in a snippet."""
TITLE, LABELS = 5.0, 8.0
"""How much more a word counts in a title than in a text, and in a label than in a definition."""
LIKE = 84
"""Least likeness of a label that was perhaps meant, of 100 (`rapidfuzz.fuzz.ratio`)."""
EXACT, TYPED = 1.0, 0.99
"""Scores of a concept with a label typed as it is, and with one as like as can be ("b tree" is like B+ tree)."""
BEST = 0.9
"""Score of the best article, and of the best concept by words."""
SNIPPET = 24
"""Length of a snippet in words."""
_WORD = re.compile(r"[^\W_]+(?:[+#]+(?![^\W_]))?")
_SIGN = re.compile("[+#]")
"""What makes "C++" and "C#" other words than "C"; the full-text tables leave it out."""


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
            (_folded(label.text), _written(label.text), at)
            for at, concept in enumerate(records.concepts)
            for label in concept.labels
        ]

    def __call__(self, query: str, *, k: int | None = 10) -> list[Hit]:
        """Return what fits a query best.

        Articles and concepts that have any of its words are ranked by BM25 (Robertson and Zaragoza 2009, "The
        probabilistic relevance framework"), each type apart; concepts with a label that is written like the query, or
        like a word of it that is found nowhere, are added. An article counts besides for what it explains: the scores
        of its core concepts times their weights there (spreading activation: Crestani 1997, "Application of spreading
        activation techniques in information retrieval"), added to those by words at equal parts (CombSUM: Fox and Shaw
        1994, "Combination of multiple searches").

        Parameters
        ----------
        query
            Words; of signs those of names like "C++" and "C#" count.
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
        alike = self._alike(query)
        typed = _phrases(words)
        meant = typed + [text for at in alike for text in _phrases(_WORD.findall(self._records.concepts[at].name))]
        concepts = self._by_words("search_concepts", LABELS, typed)
        for at, score in alike.items():
            concepts[at] = max(score, concepts.get(at, 0.0))
        by_words, explaining = self._by_words("search_articles", TITLE, meant), self._explaining(concepts)
        articles = _scaled({at: by_words.get(at, 0.0) + explaining.get(at, 0.0) for at in {**by_words, **explaining}})
        scored = [(-score, "concept", at) for at, score in concepts.items()]
        scored += [(-score, "article", at) for at, score in articles.items()]
        ranked = sorted(scored, key=lambda hit: (hit[0], hit[1] == "article", hit[2]))[:k]
        return _hits(self._records, ranked, meant)

    def _by_words(self, table: str, weight: float, phrases: list[str]) -> dict[int, float]:
        """Return positions and scores of the rows that have any of the phrases."""
        query = f"SELECT rowid, -bm25({table}, ?, 1.0) FROM {table} WHERE {table} MATCH ?"  # noqa: S608
        sums: defaultdict[int, float] = defaultdict(float)
        for phrase in dict.fromkeys(phrases):
            for key, score in self._connection.execute(query, (weight, _match([phrase]))):
                at = self._at[table][key]
                if not _SIGN.search(phrase) or phrase in self._text(table, at):
                    sums[at] += score
        return _scaled(sums)

    def _text(self, table: str, at: int) -> str:
        """Return what is searched of an article or a concept, in lower case."""
        if table == "search_articles":
            return f"{self._records.articles[at].title}\n{self._records.articles[at].text}".lower()
        concept = self._records.concepts[at]
        return "\n".join([*(label.text for label in concept.labels), concept.definition]).lower()

    def _explaining(self, concepts: dict[int, float]) -> dict[int, float]:
        """Return positions and scores of the articles that have any of the concepts at their core."""
        sums: defaultdict[int, float] = defaultdict(float)
        for at, score in concepts.items():
            for article, weight in self._core.get(self._records.concepts[at].id, ()):
                sums[article] += score * weight
        return _scaled(sums)

    @cached_property
    def _core(self) -> dict[str, list[tuple[int, float]]]:
        """Positions of the articles that each concept is at the core of, and its weights there."""
        at = {article.id: place for place, article in enumerate(self._records.articles)}
        found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for row in self._records.article_concepts:
            if row.core:
                found[row.concept].append((at[row.article], row.weight))
        return found

    def _alike(self, query: str) -> dict[int, float]:
        """Return positions and scores of concepts that have a label like the query, or like an unknown word of it."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a search needs it

        labels = [label for label, *_ in self._labels]
        unknown = [word.casefold() for word in _WORD.findall(query) if len(word) >= 4 and not self._known(word)]
        found: dict[int, float] = {}
        for text in dict.fromkeys([query, *unknown]):
            near = process.extract(_folded(text), labels, scorer=fuzz.ratio, score_cutoff=LIKE, limit=5)
            for _, likeness, number in near:
                _, written, at = self._labels[number]
                score = EXACT if written == _written(text) else TYPED * likeness / 100
                found[at] = max(score, found.get(at, 0.0))
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


def _folded(text: str) -> str:
    """Return a text in normal form, with one space between words."""
    return " ".join(normal_form(text).split())


def _written(text: str) -> str:
    """Return a text in lower case, with a space for a hyphen or slash; other signs count."""
    return " ".join(text.casefold().replace("-", " ").replace("/", " ").split())


def _scaled(scores: Mapping[int, float]) -> dict[int, float]:
    """Return the scores so that the best is `BEST`."""
    best = max(scores.values(), default=0.0)
    return {at: BEST * score / best if best > 0 else 0.0 for at, score in scores.items()}


def _phrases(words: list[str]) -> list[str]:
    """Return what to look for: the words that say something by themselves, pairs of neighbours, and the whole.

    A single letter is looked for with its neighbour only, where there is another word: texts are full of variables.
    That stop words count in the whole finds "exactly once".

    Examples
    --------
    >>> _phrases(["exactly", "once"]), _phrases(["B", "tree"]), _phrases(["C"])
    (['exactly', 'exactly once'], ['tree', 'b tree', 'b tree'], ['c', 'c'])
    """
    words = [word.lower() for word in words]
    telling = [word for word in words if word not in STOP] or words
    longer = [word for word in telling if len(word) > 1] or telling
    return [*longer, *(f"{first} {second}" for first, second in pairwise(telling)), " ".join(words)]


def _match(phrases: list[str]) -> str:
    """Return an FTS5 expression for rows with any of the phrases, whatever they are."""
    return " OR ".join(f'"{phrase}"' for phrase in dict.fromkeys(phrases))


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
