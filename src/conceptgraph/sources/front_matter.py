"""The YAML block at the head of a Markdown file: title, date, tags, summary, source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from conceptgraph.errors import InputError
from conceptgraph.yamlnodes import YamlError, compose, elements, items, scalar_of

if TYPE_CHECKING:
    import yaml

_BLOCK = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
MAX_LENGTH = 64_000
"""Longest block that is read, in characters: front matter describes an article, it does not hold one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the block says; absent keys are None or empty. `body` is the offset at which the article begins."""

    title: str | None = None
    published: str | None = None
    tags: tuple[str, ...] = ()
    summary: str | None = None
    url: str | None = None
    body: int = 0


def read_front_matter(text: str, path: str) -> FrontMatter:
    """Return the front matter of `text`, which may have none.

    Raises
    ------
    InputError
        The block is not YAML, or a key in it has a value of the wrong type; with file and line.
    """
    block = _BLOCK.match(text)
    if not block:
        return FrontMatter()
    try:
        return _parse(block)
    except YamlError as bad:
        problem = YamlError(bad.line, f"front matter: {bad.what}; correct it or remove the block between the --- lines")
        raise problem.at(path, InputError, first_line=1) from None


def _parse(block: re.Match[str]) -> FrontMatter:
    if len(block[1]) > MAX_LENGTH:
        raise YamlError(1, f"is longer than {MAX_LENGTH} characters")
    if ":" not in block[1] and block[1].lstrip()[:1].isalpha():  # two rules around a paragraph, not a mapping
        return FrontMatter()
    root = compose(block[1])
    if root is None:
        return FrontMatter(body=block.end())
    given = {key.lower(): node for key, _, node in items(root, "the block")}
    return FrontMatter(
        title=_one(given, "title"),
        published=_date(given),
        tags=_tags(given.get("tags", given.get("keywords"))),
        summary=_one(given, "summary", "description"),
        url=_one(given, "url", "source", "canonical_url"),
        body=block.end(),
    )


def _one(given: dict[str, yaml.Node], *keys: str) -> str | None:
    for key in keys:
        if key in given:
            return " ".join(scalar_of(given[key], f"'{key}'").split()) or None
    return None


def _date(given: dict[str, yaml.Node]) -> str | None:
    for key in ("published", "date"):
        if key in given:
            value = scalar_of(given[key], f"'{key}'")
            if not value:
                return None
            try:
                return date.fromisoformat(value[:10]).isoformat()
            except ValueError:  # "January 5, 2025": an article is worth more than its date
                return None
    return None


def _tags(node: yaml.Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    values = [scalar_of(tag, "a tag") for tag in elements(node, "'tags'")]
    if len(values) == 1:
        values = values[0].split(",")
    return tuple(dict.fromkeys(tag.strip() for tag in values if tag.strip()))
