"""From the corpus stage's graph to the tables: what has not changed is not written."""

from __future__ import annotations

from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from conceptgraph.article_rows import ArticleRow
from conceptgraph.stated import StatedRelations, StatedRow, stated_row
from conceptgraph.store.content import PAIR, ConceptRow, Content, IndexRow, lacking
from conceptgraph.store.terms import add_terms, respell_terms
from conceptgraph.vocabulary.compiled import dump, pack

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from conceptgraph.columns import Ints
    from conceptgraph.cooccurrence import CoOccurrences
    from conceptgraph.found import Corpus, Found, Graph
    from conceptgraph.model import Concept

_CHUNK = 50_000
"""How many rows become Python objects at a time."""
_MADE_OF_ARTICLE = ("mentions", "weights", "found", "terms")


def add_article(
    connection: sqlite3.Connection,
    row: ArticleRow,
    digest: bytes,
    terms: bytes,
    *,
    file: int | None,
    versions: tuple[str, str],
) -> IndexRow:
    """Write an article and its terms, without what was found in it.

    Parameters
    ----------
    connection
        In a transaction.
    row, digest
        The article, and its hash.
    terms
        How often each term stands in it, as of `conceptgraph.extract.terms.counted`.
    file
        Key of the file it is from, if any.
    versions
        Of the extractor and of the vocabulary.
    """
    columns = (*ArticleRow._fields, "hash", "file", "extractor", "vocabulary")
    places = ", ".join("?" * len(columns))
    added = f"INSERT INTO articles ({', '.join(columns)}) VALUES ({places}) RETURNING key"  # noqa: S608
    (key,) = connection.execute(added, (*row, digest, file, *versions)).fetchone()
    add_terms(connection, key, digest, terms)
    return _index_row(key, row, digest)


def add_found(connection: sqlite3.Connection, rows: Iterable[tuple[int, Found]]) -> None:
    """Write what was found in articles, by their keys."""
    columns = ("article", "mentions", "weights", "new")
    _insert(connection, "found", columns, ((key, one.mentions, one.weights, one.new) for key, one in rows))


def remove_articles(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    """Take articles out, with all that was found in them."""
    ones = [(key,) for key in keys]
    for table in _MADE_OF_ARTICLE:
        connection.executemany(f"DELETE FROM {table} WHERE article = ?", ones)  # noqa: S608
    connection.executemany("DELETE FROM articles WHERE key = ?", ones)


def respell_file(connection: sqlite3.Connection, file: int, path: str) -> list[IndexRow]:
    """Write the path of a file, and of its articles, in another way; return the articles' rows of the index."""
    connection.execute("UPDATE files SET path = ? WHERE key = ?", (path, file))
    columns = ", ".join(ArticleRow._fields)
    query = f"SELECT key, hash, {columns} FROM articles WHERE file = ?"  # noqa: S608 - names of our own
    rows = []
    for key, digest, *fields in connection.execute(query, (file,)).fetchall():
        article = ArticleRow(*fields)._replace(path=path)
        new_digest = article.digest()
        connection.execute("UPDATE articles SET path = ?, hash = ? WHERE key = ?", (path, new_digest, key))
        respell_terms(connection, key, digest, new_digest)
        rows.append(_index_row(key, article, new_digest))
    return rows


def _index_row(key: int, row: ArticleRow, digest: bytes) -> IndexRow:
    return IndexRow(int(key), row.id, row.path, row.title, row.url, row.links, digest)


def content_of(
    index: Sequence[IndexRow],
    found: Sequence[Found],
    corpus: Corpus,
    graph: Graph,
    *,
    build: str,
    vocabulary: str = "",
    known: Mapping[str, ConceptRow] = MappingProxyType({}),
) -> Content:
    """Return what the file is to hold for a graph.

    Parameters
    ----------
    index, found
        The articles, and what was found in each, in the order of the corpus.
    corpus, graph
        What was found and what it makes.
    build, vocabulary
        Id of the build, version of the vocabulary.
    known
        Rows of the vocabulary's concepts that are there already, by id.
    """
    number = {id_: at for at, id_ in enumerate(corpus.concepts)}
    concepts = []
    for at, id_ in enumerate(graph.concept_ids()):
        row = known.get(id_) or _concept_row(number[id_], graph.concepts[at], graph.surely.get(id_))
        concepts.append(row)
    others = graph.relations.others
    return Content(
        build=build,
        vocabulary=vocabulary,
        index=index,
        found=found,
        numbers=corpus.concepts,
        techniques=corpus.techniques,
        concepts=sorted(concepts),
        pairs=_pair_table(graph.relations.together),
        stated=others.rows if isinstance(others, StatedRelations) else [stated_row(relation) for relation in others],
    )


def _concept_row(key: int, concept: Concept, confidence: float | None) -> ConceptRow:
    described = (concept.id, concept.name, concept.kind, concept.definition)
    return ConceptRow(key, *described, int(concept.known), confidence, dump(pack(concept)))


def _pair_table(together: CoOccurrences) -> npt.NDArray[Any]:
    pairs = together.pairs
    table = np.zeros(len(pairs.first), dtype=PAIR)
    table["source"], table["target"] = pairs.first, pairs.second
    table["confidence"], table["articles"] = pairs.confidence, pairs.articles
    return table[np.lexsort((table["target"], table["source"]))]


def write_content(
    connection: sqlite3.Connection, old: Content | None, new: Content, graph: Graph, fresh: set[int]
) -> None:
    """Bring the tables that the corpus stage makes from `old` to `new`.

    Parameters
    ----------
    connection
        In a transaction; articles and what was found in them are written.
    old
        What the tables hold; None for nothing.
    new, graph
        What they are to hold.
    fresh
        Keys of the articles that have no rows yet.
    """
    _add_names(connection, "concept_numbers", "id", new.numbers, len(old.numbers) if old else 0)
    _add_names(connection, "techniques", "name", new.techniques, len(old.techniques) if old else 0)
    changed = _write_concepts(connection, old.concepts if old else (), new.concepts, graph)
    keys = new.keys()
    is_fresh = np.isin(keys, sorted(fresh))
    if changed and old:
        for table in ("mentions", "weights"):
            connection.executemany(f"DELETE FROM {table} WHERE concept = ?", [(key,) for key in changed])  # noqa: S608
    told = np.zeros(len(new.numbers), dtype=bool)
    told[sorted(changed)] = True
    mentions = _lacking(graph.mentions, graph.mention_ends, keys, is_fresh, told)
    columns = ("article", "start", '"end"', "concept", "technique", "confidence")
    _insert(connection, "mentions", columns, mentions)
    links = _lacking(graph.weights.table, graph.weights.ends, keys, is_fresh, told)
    _insert(connection, "weights", ("article", "concept", "weight", "core", "start", '"end"'), links)
    _write_pairs(connection, old, new)
    if not old or old.stated != new.stated:
        _write_stated(connection, set(old.stated) if old else set(), new.stated)
    meta = {"build": new.build, "vocabulary": new.vocabulary, "digest": new.digest(old)}
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())


def _add_names(connection: sqlite3.Connection, table: str, column: str, names: Sequence[str], there: int) -> None:
    _insert(connection, table, ("number", column), enumerate(islice(names, there, None), there))


def _write_concepts(
    connection: sqlite3.Connection, old: Sequence[ConceptRow], new: Sequence[ConceptRow], graph: Graph
) -> set[int]:
    """Write concepts, labels and their search; return the keys of those whose mentions must be written anew."""
    before, after = {row.key: row for row in old}, {row.key: row for row in new}
    gone = [(key,) for key in before.keys() - after.keys()]
    changed = {row.key for row in new if before.get(row.key) != row}
    stale = [*gone, *((key,) for key in changed & before.keys())]
    connection.executemany("DELETE FROM labels WHERE concept = ?", stale)
    connection.executemany("DELETE FROM search_concepts WHERE rowid = ?", stale)
    connection.executemany("DELETE FROM concepts WHERE key = ?", stale)
    _insert(connection, "concepts", ConceptRow._fields, (row for row in new if row.key in changed))
    keys = {row.id: row.key for row in new}
    written = [(keys[id_], graph.concepts[at]) for at, id_ in enumerate(graph.concept_ids()) if keys[id_] in changed]
    labels = ((key, at, label.text) for key, concept in written for at, label in enumerate(concept.labels))
    _insert(connection, "labels", ("concept", "number", "text"), labels)
    search = ((key, "\n".join(label.text for label in one.labels), one.definition) for key, one in written)
    _insert(connection, "search_concepts", ("rowid", "labels", "definition"), search)
    return {key for (key,) in gone} | {
        key for key in changed if key not in before or before[key].confidence != after[key].confidence
    }


def _lacking(
    table: npt.NDArray[Any], ends: Ints, keys: Ints, fresh: npt.NDArray[np.bool_], told: npt.NDArray[np.bool_]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows, with their article's key, of fresh articles and of concepts whose rows were taken out."""
    article = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
    wanted = np.flatnonzero(fresh[article] | told[table["concept"]]) if len(table) else article
    wanted = wanted[np.argsort(keys[article[wanted]], kind="stable")]
    for begin in range(0, len(wanted), _CHUNK):
        some = wanted[begin : begin + _CHUNK]
        for key, row in zip(keys[article[some]].tolist(), table[some].tolist(), strict=True):
            yield (key, *row)


def _write_pairs(connection: sqlite3.Connection, old: Content | None, new: Content) -> None:
    """Write the pairs that are not there as they are to be."""
    wanted = np.ones(len(new.pairs), dtype=bool)
    if old:
        before, after = old.pair_keys(), new.pair_keys()
        gone = old.pairs[lacking(before, after)][["source", "target"]].tolist()
        connection.executemany("DELETE FROM co_occurrences WHERE source = ? AND target = ?", gone)
        wanted = lacking(after, before)
        there = ~wanted
        wanted[there] = old.pairs[np.searchsorted(before, after[there])] != new.pairs[there]
    _replace(connection, "co_occurrences", PAIR.names or (), new.pairs[wanted].tolist())
    _replace(connection, "packed", ("name", "data"), [("pairs", new.pairs.tobytes())])


def _write_stated(connection: sqlite3.Connection, old: set[StatedRow], new: Sequence[StatedRow]) -> None:
    gone = [row[:3] for row in old.difference(new)]
    connection.executemany("DELETE FROM stated WHERE kind = ? AND source = ? AND target = ?", gone)
    _insert(connection, "stated", StatedRow._fields, (row for row in new if row not in old))


def _insert(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> sqlite3.Cursor:
    return _fill(connection, "INSERT", table, columns, rows)


def _replace(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> sqlite3.Cursor:
    return _fill(connection, "INSERT OR REPLACE", table, columns, rows)


def _fill(
    connection: sqlite3.Connection, verb: str, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> sqlite3.Cursor:
    places = ", ".join("?" * len(columns))
    return connection.executemany(f"{verb} INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)
