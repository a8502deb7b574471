"""What the graph folder's SQLite file looks like; docs/graph-folder.md explains it to people who query it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.errors import StoreError

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

SCHEMA_VERSION = 4
APPLICATION_ID = 0x43474D31
"""What marks an SQLite file as ours ("CGM1"), in its header."""
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE files (
  key INTEGER PRIMARY KEY, path TEXT NOT NULL, id TEXT NOT NULL, stat TEXT NOT NULL, hash BLOB NOT NULL,
  UNIQUE (path, id)
) STRICT;
CREATE TABLE articles (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, path TEXT NOT NULL, url TEXT, published TEXT,
  summary TEXT, tags TEXT NOT NULL, spans TEXT NOT NULL, links TEXT NOT NULL, sections TEXT NOT NULL,
  hash BLOB NOT NULL, file INTEGER REFERENCES files(key) DEFERRABLE INITIALLY DEFERRED,
  extractor TEXT NOT NULL, vocabulary TEXT NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX articles_of_file ON articles (file);
CREATE TABLE concept_numbers (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE techniques (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE found (
  article INTEGER PRIMARY KEY REFERENCES articles(key) DEFERRABLE INITIALLY DEFERRED,
  mentions BLOB NOT NULL, weights BLOB NOT NULL, new TEXT NOT NULL
) STRICT;
CREATE TABLE terms (
  article INTEGER PRIMARY KEY REFERENCES articles(key) DEFERRABLE INITIALLY DEFERRED,
  counts BLOB NOT NULL, "check" INTEGER NOT NULL
) STRICT;
CREATE TABLE concepts (
  key INTEGER PRIMARY KEY REFERENCES concept_numbers(number) DEFERRABLE INITIALLY DEFERRED,
  id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL, definition TEXT NOT NULL,
  known INTEGER NOT NULL, confidence REAL, record TEXT NOT NULL
) STRICT;
CREATE TABLE labels (
  concept INTEGER NOT NULL REFERENCES concepts(key) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (concept, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE mentions (
  article INTEGER NOT NULL REFERENCES articles(key) DEFERRABLE INITIALLY DEFERRED,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  concept INTEGER NOT NULL REFERENCES concepts(key) DEFERRABLE INITIALLY DEFERRED,
  technique INTEGER NOT NULL REFERENCES techniques(number) DEFERRABLE INITIALLY DEFERRED,
  confidence REAL NOT NULL, PRIMARY KEY (article, start, concept)
) STRICT, WITHOUT ROWID;
CREATE TABLE weights (
  article INTEGER NOT NULL REFERENCES articles(key) DEFERRABLE INITIALLY DEFERRED,
  concept INTEGER NOT NULL REFERENCES concepts(key) DEFERRABLE INITIALLY DEFERRED,
  weight REAL NOT NULL, core INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  PRIMARY KEY (article, concept)
) STRICT, WITHOUT ROWID;
CREATE TABLE co_occurrences (
  source INTEGER NOT NULL REFERENCES concepts(key) DEFERRABLE INITIALLY DEFERRED,
  target INTEGER NOT NULL REFERENCES concepts(key) DEFERRABLE INITIALLY DEFERRED,
  confidence REAL NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (source, target)
) STRICT, WITHOUT ROWID;
CREATE TABLE packed (name TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE stated (
  kind TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, confidence REAL NOT NULL, evidence TEXT NOT NULL,
  PRIMARY KEY (kind, source, target)
) STRICT, WITHOUT ROWID;
CREATE TABLE blobs (name TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE exports (file TEXT PRIMARY KEY, stamp TEXT NOT NULL) STRICT;
"""
INDEXES = {
    "mentions_of_concept": "CREATE INDEX mentions_of_concept ON mentions (concept, article)",
    "weights_of_concept": "CREATE INDEX weights_of_concept ON weights (concept, article)",
    "co_occurrences_of_target": "CREATE INDEX co_occurrences_of_target ON co_occurrences (target)",
}
"""Indexes of the tables with the most rows: a build from nothing makes them when the rows are there."""
_TOKENS = "tokenize = 'porter unicode61 remove_diacritics 2'"
_SEARCH = """
CREATE VIRTUAL TABLE search_articles USING fts5(title, text, content = 'articles', content_rowid = 'key', TOKENS);
CREATE TRIGGER article_added AFTER INSERT ON articles BEGIN
  INSERT INTO search_articles (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER article_gone AFTER DELETE ON articles BEGIN
  INSERT INTO search_articles (search_articles, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
END;
CREATE VIRTUAL TABLE search_concepts USING fts5(labels, definition, TOKENS);
"""
_PAGE = """
         CASE WHEN a.path LIKE '%.pdf' THEN (
           SELECT CAST(substr(json_extract(s.value, '$[0]'), 6) AS INTEGER) FROM json_each(a.sections) s
           WHERE json_extract(s.value, '$[0]') GLOB 'page [0-9]*'
             AND OFFSET >= json_extract(s.value, '$[2]') AND OFFSET < json_extract(s.value, '$[3]')
         ) END AS page"""
"""Of a PDF, the page that an offset is on; see `conceptgraph.extract.quotes.page_of`."""
_VIEWS_WITH_PAGES = f"""
CREATE VIEW article_concepts AS
  SELECT a.id AS article, a.title, c.id AS concept, c.name, c.kind, w.weight, w.core,
         substr(a.text, w.start + 1, w."end" - w.start) AS quote,{_PAGE.replace("OFFSET", "w.start")}
  FROM weights w JOIN articles a ON a.key = w.article JOIN concepts c ON c.key = w.concept;
CREATE VIEW evidence AS
  SELECT a.id AS article, c.id AS concept, c.name, m.start, m."end",
         substr(a.text, m.start + 1, m."end" - m.start) AS surface, t.name AS technique,
         m.confidence,{_PAGE.replace("OFFSET", "m.start")}
  FROM mentions m JOIN articles a ON a.key = m.article JOIN concepts c ON c.key = m.concept
  JOIN techniques t ON t.number = m.technique;
"""  # noqa: S608 - text of our own
_VIEWS = """
CREATE VIEW sections AS
  SELECT a.id AS article, s.key AS number, json_extract(s.value, '$[0]') AS heading,
         json_extract(s.value, '$[1]') AS level, json_extract(s.value, '$[2]') AS start,
         json_extract(s.value, '$[3]') AS "end"
  FROM articles a, json_each(a.sections) s;
CREATE VIEW concept_articles AS
  SELECT c.id AS concept, c.name, c.kind, count(*) AS articles, sum(w.core) AS core_in, sum(w.weight) AS weight
  FROM concepts c JOIN weights w ON w.concept = c.key GROUP BY c.key;
CREATE VIEW relations AS
  SELECT kind, source, target, confidence, evidence FROM stated
  UNION ALL
  SELECT 'co_occurs', s.id, t.id, o.confidence, 'mentioned together in ' || o.articles || ' articles'
  FROM co_occurrences o JOIN concepts s ON s.key = o.source JOIN concepts t ON t.key = o.target;
"""
MIGRATIONS: dict[int, str] = {
    3: f"DROP VIEW article_concepts;\nDROP VIEW evidence;\n{_VIEWS_WITH_PAGES.strip()}",
}
"""SQL that brings a file from a version to the next. A version without it is built anew from the articles."""


def version(connection: sqlite3.Connection, path: Path) -> int | None:
    """Return the version of a file's schema; None for a file without any table.

    Raises
    ------
    StoreError
        The file is another program's, or a newer conceptgraph's.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        if application or connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise StoreError(f"{path}: is no graph of conceptgraph; move it away or choose another output folder")
        return None
    if found > SCHEMA_VERSION:
        raise StoreError(f"{path}: was built by a newer conceptgraph (schema {found}); update conceptgraph")
    return int(found)


def prepare(connection: sqlite3.Connection, path: Path) -> bool:
    """Bring a file to this version inside the open transaction; return whether it holds what an earlier build found."""
    found = version(connection, path)
    while found in MIGRATIONS:
        for statement in MIGRATIONS[found].split(";\n"):
            connection.execute(statement)
        found += 1
        connection.execute(f"PRAGMA user_version = {found}")
    if found == SCHEMA_VERSION:
        return True
    create(connection)
    return False


def create(connection: sqlite3.Connection, *, indexed: bool = False) -> None:
    """Drop all there is and make the tables, without the indexes of `INDEXES` unless `indexed`."""
    made = "SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')"
    for kind, name in connection.execute(made).fetchall():
        connection.execute(f"DROP {kind} {name}")
    connection.execute("PRAGMA defer_foreign_keys = ON")
    virtual = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'"
    for (name,) in connection.execute(virtual).fetchall():
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in statements(_TABLES + _SEARCH.replace("TOKENS", _TOKENS) + _VIEWS + _VIEWS_WITH_PAGES):
        connection.execute(statement)
    if indexed:
        add_indexes(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def add_indexes(connection: sqlite3.Connection) -> None:
    """Make the indexes that are not there yet."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    for name, statement in INDEXES.items():
        if name not in there:
            connection.execute(statement)


def statements(script: str) -> list[str]:
    """Return the statements of a script; a trigger's body is part of its statement.

    `executescript` would not do: it commits the open transaction first.
    """
    found = [""]
    for line in script.strip().splitlines():
        found[-1] += line + "\n"
        open_trigger = "BEGIN" in found[-1] and not line.startswith("END;")
        if line.endswith(";") and not open_trigger:
            found.append("")
    return [statement for statement in found if statement.strip()]
