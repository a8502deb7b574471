"""The graph folder's SQLite file: the truth from which every view and export is made."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from conceptgraph.errors import StoreError
from conceptgraph.model import Article, ArticleConcept, Evidence, Link, Mention, Records, Relation, Section, Span
from conceptgraph.vocabulary.compiled import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILE = "graph.sqlite"
SCHEMA_VERSION = 1
APPLICATION_ID = 0x43474D31
"""What marks an SQLite file as ours ("CGM1"), in its header."""

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE articles (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, text TEXT NOT NULL, path TEXT NOT NULL,
  url TEXT, published TEXT, summary TEXT, tags TEXT NOT NULL, spans TEXT NOT NULL, links TEXT NOT NULL
) STRICT;
CREATE TABLE sections (
  article INTEGER NOT NULL REFERENCES articles(key), number INTEGER NOT NULL, heading TEXT NOT NULL,
  level INTEGER NOT NULL,  start INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (article, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE concepts (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL, definition TEXT NOT NULL,
  known INTEGER NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE TABLE labels (
  concept INTEGER NOT NULL REFERENCES concepts(key), number INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (concept, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE mentions (
  article INTEGER NOT NULL REFERENCES articles(key), start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  concept INTEGER NOT NULL REFERENCES concepts(key), technique TEXT NOT NULL, confidence REAL NOT NULL,
  PRIMARY KEY (article, start, concept)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_of_concept ON mentions (concept, article);
CREATE TABLE article_concepts (
  article INTEGER NOT NULL REFERENCES articles(key), concept INTEGER NOT NULL REFERENCES concepts(key),
  weight REAL NOT NULL, core INTEGER NOT NULL, PRIMARY KEY (article, concept)
) STRICT, WITHOUT ROWID;
CREATE TABLE relations (
  kind TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, confidence REAL NOT NULL, evidence TEXT NOT NULL,
  PRIMARY KEY (kind, source, target)
) STRICT, WITHOUT ROWID;
CREATE VIEW evidence AS
  SELECT a.id AS article, c.id AS concept, c.name, m.start, m."end",
         substr(a.text, m.start + 1, m."end" - m.start) AS surface, m.technique, m.confidence
  FROM mentions m JOIN articles a ON a.key = m.article JOIN concepts c ON c.key = m.concept;
"""
_TABLES = ("mentions", "article_concepts", "relations", "labels", "sections", "concepts", "articles", "meta")


def write(folder: Path, records: Records) -> Path:
    """Replace what the graph folder holds by `records`, in one transaction.

    Parameters
    ----------
    folder
        The graph folder; made when it does not exist.
    records
        All there is to keep.

    Returns
    -------
    pathlib.Path
        The SQLite file.

    Raises
    ------
    StoreError
        The folder cannot be written; what it held before stands.
    """
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection, _transaction(connection):
            _prepare(connection, path)
            _fill(connection, records)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written ({error.strerror}); choose another output folder") from None
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"{path}: cannot be written ({error}); choose another output folder or free the file"
        ) from None
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: is damaged or no graph ({error}); delete it and build again") from None
    return path


def read(folder: Path) -> Records:
    """Return what the graph folder holds.

    Raises
    ------
    StoreError
        There is no graph, or the file is damaged, foreign or of another version.
    """
    path = folder / FILE
    if not path.is_file():
        raise StoreError(f"{folder}: holds no graph; run 'conceptgraph build' with this output folder first")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            _check(connection, path)
            connection.execute("BEGIN")
            return _records(connection)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: cannot be read ({error}); delete it and build again") from None


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _version(connection: sqlite3.Connection, path: Path) -> int:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise StoreError(f"{path}: is no graph of conceptgraph; choose another output folder")
    return int(version)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    version = _version(connection, path)
    if version != SCHEMA_VERSION:
        age = "a newer" if version > SCHEMA_VERSION else "an older"
        raise StoreError(
            f"{path}: was written by {age} conceptgraph (schema {version}, not {SCHEMA_VERSION}); build again"
        )


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables in a new file, or empty them in one of ours."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables:
        version = _version(connection, path)
        if version == SCHEMA_VERSION:
            for table in _TABLES:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            return
        if version > SCHEMA_VERSION:
            _check(connection, path)
        for kind, name in connection.execute(
            "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view')"
        ).fetchall():
            connection.execute(f'DROP {kind} "{name}"')
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _fill(connection: sqlite3.Connection, records: Records) -> None:
    articles = {article.id: key for key, article in enumerate(records.articles)}
    concepts = {concept.id: key for key, concept in enumerate(records.concepts)}
    _insert(connection, "meta", [("build", records.build)])
    _insert(connection, "articles", (_article_row(articles[article.id], article) for article in records.articles))
    _insert(
        connection,
        "sections",
        (
            (articles[article.id], number, section.heading, section.level, section.start, section.end)
            for article in records.articles
            for number, section in enumerate(article.sections)
        ),
    )
    _insert(
        connection,
        "concepts",
        (
            (concepts[c.id], c.id, c.name, c.kind, c.definition, c.known, json.dumps(pack(c), ensure_ascii=False))
            for c in records.concepts
        ),
    )
    labels = ((concepts[c.id], n, label.text) for c in records.concepts for n, label in enumerate(c.labels))
    _insert(connection, "labels", labels)
    mentions = (
        (articles[m.article], m.start, m.end, concepts[m.concept], m.technique, m.confidence) for m in records.mentions
    )
    _insert(connection, "mentions", mentions)
    weights = ((articles[r.article], concepts[r.concept], r.weight, r.core) for r in records.article_concepts)
    _insert(connection, "article_concepts", weights)
    _insert(connection, "relations", (_relation_row(relation) for relation in records.relations))


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    columns = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)  # noqa: S608


def _article_row(key: int, article: Article) -> tuple[Any, ...]:
    spans = json.dumps([[span.start, span.end, span.kind] for span in article.spans])
    links = json.dumps([[link.target, link.start, link.end] for link in article.links], ensure_ascii=False)
    tags = json.dumps(article.tags, ensure_ascii=False)
    described = (article.url, article.published, article.summary, tags, spans, links)
    return (key, article.id, article.title, article.text, article.path, *described)


def _relation_row(relation: Relation) -> tuple[Any, ...]:
    evidence = json.dumps([asdict(item) for item in relation.evidence], ensure_ascii=False)
    return (relation.kind, relation.source, relation.target, relation.confidence, evidence)


def _records(connection: sqlite3.Connection) -> Records:
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    articles = {row[0]: _article(connection, row) for row in connection.execute("SELECT * FROM articles ORDER BY key")}
    rows = connection.execute("SELECT key, id, record, known FROM concepts ORDER BY key")
    concepts = {key: unpack(id_, json.loads(record), known=bool(known)) for key, id_, record, known in rows}
    mentions = connection.execute("SELECT * FROM mentions ORDER BY article, start, concept")
    weights = connection.execute("SELECT * FROM article_concepts ORDER BY article, weight DESC, concept")
    relations = connection.execute("SELECT * FROM relations ORDER BY kind, source, target")
    return Records(
        build=meta["build"],
        articles=tuple(articles.values()),
        concepts=tuple(concepts.values()),
        mentions=tuple(_mention(articles[row[0]], concepts[row[3]].id, row) for row in mentions),
        article_concepts=tuple(
            ArticleConcept(article=articles[a].id, concept=concepts[c].id, weight=weight, core=bool(core))
            for a, c, weight, core in weights
        ),
        relations=tuple(_relation(row) for row in relations),
    )


def _article(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Article:
    key, id_, title, text, path, url, published, summary, tags, spans, links = row
    query = 'SELECT heading, level, start, "end" FROM sections WHERE article = ? ORDER BY number'
    sections = connection.execute(query, (key,))
    return Article(
        id=id_,
        title=title,
        text=text,
        sections=tuple(Section(heading=h, level=level, start=start, end=end) for h, level, start, end in sections),
        spans=tuple(Span(start=start, end=end, kind=kind) for start, end, kind in json.loads(spans)),
        links=tuple(Link(target=target, start=start, end=end) for target, start, end in json.loads(links)),
        path=path,
        url=url,
        published=published,
        tags=tuple(json.loads(tags)),
        summary=summary,
    )


def _mention(article: Article, concept: str, row: tuple[Any, ...]) -> Mention:
    _, start, end, _, technique, confidence = row
    if not 0 <= start < end <= len(article.text):
        raise StoreError(f"a mention in '{article.id}' points outside its text; delete the graph file and build again")
    return Mention(
        article=article.id,
        concept=concept,
        start=start,
        end=end,
        surface=article.text[start:end],
        technique=technique,
        confidence=confidence,
    )


def _relation(row: tuple[Any, ...]) -> Relation:
    kind, source, target, confidence, evidence = row
    return Relation(
        source=source,
        target=target,
        kind=kind,
        confidence=confidence,
        evidence=tuple(
            Evidence(
                technique=item["technique"],
                detail=item["detail"],
                mentions=tuple((article, start, end) for article, start, end in item["mentions"]),
            )
            for item in json.loads(evidence)
        ),
    )
