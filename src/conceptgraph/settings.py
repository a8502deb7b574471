"""conceptgraph.toml: where a folder's articles are, and what is to be made of them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conceptgraph.errors import InputError

FILE = "conceptgraph.toml"
TEMPLATE = """\
# Settings of conceptgraph for this folder and the folders below it. Paths are relative to this file.

# Where the articles are: files, folders (read with all folders in them) and globs.
articles = [{articles}]

# Where the graph and the maps go.
output = "graphs"

# Vocabulary files of your own: they add concepts to the built-in ones, change them or remove them.
vocabulary = []

# Files to leave out, relative to the articles' folder.
exclude = ["drafts/*", "graphs/*", "README.md"]

# What the columns of tables of articles (CSV, JSON Lines, Parquet) are called, where other than so.
# columns = { text = "body", title = "headline" }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the file says; paths are resolved against its folder."""

    articles: tuple[str, ...] = ("articles",)
    output: str = "graphs"
    vocabulary: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()


def find_settings(start: Path) -> Settings:
    """Return the settings of the nearest ``conceptgraph.toml`` in `start` or a folder above it, or the defaults.

    Raises
    ------
    InputError
        The file is not TOML, has an unknown key, or a value of the wrong type.
    """
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return read_settings(folder / FILE)
    return Settings()


def read_settings(path: Path) -> Settings:
    """Return the settings that a file gives."""
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read ({why}); make it readable UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: is not TOML ({error}); correct it or run 'conceptgraph init' elsewhere") from None
    unknown = sorted(set(given) - {"articles", "output", "vocabulary", "exclude", "columns"})
    if unknown:
        raise InputError(
            f"{path}: unknown key '{unknown[0]}'; there are articles, output, vocabulary, exclude and columns"
        )
    defaults = Settings()
    return Settings(
        articles=tuple(_relative(path, name) for name in _texts(path, given, "articles", defaults.articles)),
        output=_relative(path, _texts(path, given, "output", (defaults.output,))[0]),
        vocabulary=tuple(_relative(path, name) for name in _texts(path, given, "vocabulary", ())),
        exclude=_texts(path, given, "exclude", ()),
        columns=_columns(path, given.get("columns", {})),
    )


def _columns(path: Path, value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value.values()):
        raise InputError(f"{path}: 'columns' is {value!r}; write a table such as {{ text = \"body\" }}")
    return tuple(value.items())


def write_settings(folder: Path) -> Path:
    """Write a commented file of settings and return its path.

    Raises
    ------
    InputError
        There is one already, or the folder cannot be written.
    """
    path = folder / FILE
    try:
        with path.open("x", encoding="utf-8") as stream:
            there = (folder / "articles").is_dir()
            stream.write(TEMPLATE.replace("{articles}", '"articles"' if there else '"."'))
    except FileExistsError:
        raise InputError(f"{path}: exists already; edit it, or delete it first") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another folder") from None
    return path


def _texts(path: Path, given: dict[str, Any], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    value = given.get(key, default)
    values = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list | tuple) else None
    if values is None or not all(isinstance(item, str) for item in values) or (key == "output" and len(values) != 1):
        raise InputError(
            f"{path}: '{key}' is {value!r}; write text in quotes{'' if key == 'output' else ', or a list of it'}"
        )
    return values


def _relative(path: Path, name: str) -> str:
    """Return the name as seen from the working directory: short where that is the file's own folder."""
    return name if path.parent == Path.cwd() else str(path.parent / name)
