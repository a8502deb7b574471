"""Tables with an article a row: CSV, TSV, JSON Lines and Parquet with the columns id, title and text."""

from __future__ import annotations

import csv
import json
import re
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO

from conceptgraph.errors import InputError
from conceptgraph.foreign import needed, parsing
from conceptgraph.model import Article
from conceptgraph.slug import slug
from conceptgraph.sources import markdown
from conceptgraph.sources.limits import MAX_TEXT, MAX_UNPACKED, check_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conceptgraph.sources.discover import SourceFile

COLUMNS = ("id", "title", "text", "url", "published", "tags", "summary")
"""What a row may hold; only ``text``, and one of ``id`` and ``title``, must be there."""
MAX_TABLE = 8 * 2**30
"""Bytes of a table: rows are read one by one, so that only the disk bounds it."""
ROWS = 256
"""Rows of a Parquet file that are held at a time."""
_NOT_UTF8 = re.compile("[\udc80-\udcff]")


def read_csv(file: SourceFile) -> Iterator[Article | InputError]:
    """Yield the articles of a CSV or TSV file; the separator is a comma, a semicolon or a tab, as its header shows."""
    check_size(file.path, MAX_TABLE)
    csv.field_size_limit(MAX_TEXT)
    with parsing(file.path, "a table"), _opened(file) as stream:
        rows_of = _Rows(file)
        lines = rows_of.lines(stream)
        header = next(lines, "")
        if rows_of.odd:
            raise rows_of.odd
        rows = csv.DictReader(chain([header], lines), delimiter=max("\t,;", key=header.count))
        try:
            _check_columns(file, rows.fieldnames or ())
            for row in rows:
                yield rows_of.part(row, rows.line_num)
        except csv.Error as error:
            where = f"{file.path}:{rows.line_num}"
            raise InputError(f"{where}: is not CSV ({error}); close the quotation mark that stands open") from None


def read_json_lines(file: SourceFile) -> Iterator[Article | InputError]:
    """Yield the articles of a JSON Lines file, an object a line."""
    check_size(file.path, MAX_TABLE)
    with parsing(file.path, "JSON Lines"), _opened(file) as stream:
        rows = _Rows(file)
        for number, line in enumerate(rows.lines(stream), 1):
            if line.strip():
                yield rows.part(line, number)


def read_parquet(file: SourceFile) -> Iterator[Article | InputError]:
    """Yield the articles of a Parquet file."""
    check_size(file.path, MAX_TABLE)
    parquet = needed("pyarrow.parquet", extra="parquet", to="read Parquet", where=file.path)
    with parsing(file.path, "Parquet"), parquet.ParquetFile(file.path) as table:
        _check_columns(file, table.schema_arrow.names)
        group = max((table.metadata.row_group(i).total_byte_size for i in range(table.num_row_groups)), default=0)
        if group > MAX_UNPACKED:
            raise InputError(f"{file.path}: a row group unpacks to {group / 2**20:,.0f} MB; write smaller row groups")
        wanted = [name for name in table.schema_arrow.names if name in _names(file).values()]
        rows, number = _Rows(file), 0
        for batch in table.iter_batches(batch_size=ROWS, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield rows.part(row, number)


def _opened(file: SourceFile) -> TextIO:
    # What is not UTF-8 is told by surrogates, which UTF-8 has none of.
    return file.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


class _Rows:
    """The rows of one table: each becomes an article, or the error that says why not."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._lines: dict[str, int] = {}
        self.odd: InputError | None = None

    def lines(self, stream: TextIO) -> Iterator[str]:
        """Yield the lines; no more of one is read than a text may be long. One that is not UTF-8 spoils its row."""
        number = 0
        while line := stream.readline(MAX_TEXT + 1):
            number += 1
            where = f"{self._file.path}:{number}"
            if len(line) > MAX_TEXT:
                raise InputError(f"{where}: a line is longer than {MAX_TEXT:,} characters; split the text")
            if not line.isascii() and (odd := _NOT_UTF8.search(line)):
                byte = ord(odd[0]) - 0xDC00
                self.odd = self.odd or InputError(f"{where}: byte 0x{byte:02x} is not UTF-8; save the file as UTF-8")
            yield line

    def part(self, row: str | Mapping[Any, Any], number: int) -> Article | InputError:
        """Return the article of a row, a line of JSON or an object, that ends in line `number`."""
        odd, self.odd = self.odd, None
        if odd:
            return odd
        try:
            given = _object(self._file, row, number) if isinstance(row, str) else row
            article = _article(self._file, given, number)
        except InputError as error:
            return error
        first = self._lines.setdefault(article.id, number)
        if first != number:
            where = f"{self._file.path}:{number}"
            return InputError(
                f"{where}: has the id '{article.id}', as line {first} has; give each row an id of its own"
            )
        return article


def _object(file: SourceFile, line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{file.path}:{number}: is not JSON ({error}); write one object a line") from None
    except RecursionError:
        raise InputError(f"{file.path}:{number}: is nested too deeply; write one flat object a line") from None
    if not isinstance(row, dict):
        raise InputError(f"{file.path}:{number}: is no JSON object; write one object a line")
    return row


def _names(file: SourceFile) -> dict[str, str]:
    """Return what the table calls each of `COLUMNS`."""
    renamed = dict(file.columns)
    return {name: renamed.get(name, name) for name in COLUMNS}


def _check_columns(file: SourceFile, there: Any) -> None:
    names = _names(file)
    if names["text"] not in there or not {names["id"], names["title"]} & set(there):
        shown = ", ".join(map(repr, list(there)[:8]))
        raise InputError(
            f"{file.path}: a table needs a column '{names['text']}' and one of '{names['id']}' and '{names['title']}'; "
            f"it has {shown or 'none'}; rename them, or say what they are called (--column text=NAME)"
        )


def _article(file: SourceFile, row: Mapping[Any, Any], number: int) -> Article:
    given = {name: _text(row.get(column)) for name, column in _names(file).items()}
    where = f"{file.path}:{number}"
    if not given["text"].strip() or not (slug(given["id"]) or slug(given["title"])):
        raise InputError(f"{where}: has no text, or neither id nor title; fill the row or delete it")
    if len(given["text"]) > MAX_TEXT:
        raise InputError(f"{where}: a text of more than {MAX_TEXT:,} characters; split it")
    known = Article(
        id=f"{file.id}/{'/'.join(filter(None, map(slug, given['id'].split('/')))) or slug(given['title'])}",
        title=" ".join(given["title"].split()),
        text="",
        path=str(file.path),
        url=given["url"] or None,
        published=given["published"][:10] or None,
        tags=_tags(row.get(_names(file)["tags"])),
        summary=given["summary"] or None,
    )
    text = given["text"].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return markdown.read_text(text, known, where=where, fallback_title=given["id"] or "untitled")


def _text(value: object) -> str:
    """Return a cell as text; half a surrogate pair, which JSON can spell, becomes a question mark."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return "" if value is None or isinstance(value, list | dict) else str(value)


def _tags(value: object) -> tuple[str, ...]:
    given = value if isinstance(value, list) else _text(value).split(",")
    return tuple(dict.fromkeys(text for tag in given if (text := _text(tag).strip())))
