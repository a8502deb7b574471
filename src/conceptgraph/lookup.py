"""From a name that a person typed to the article or the concept that it means."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, NoReturn, TypeVar, cast

from conceptgraph.errors import UnknownNameError
from conceptgraph.vocabulary.label_index import forms
from conceptgraph.vocabulary.normal_form import normal_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conceptgraph.model import Article, Concept, Records
    from conceptgraph.vocabulary import Vocabulary

_T = TypeVar("_T")
NEAREST = 5
"""How many names are offered in place of an unknown one."""
CUTOFF = 0.75
"""Least likeness of a name that is offered: the share of its letters that were typed right, two that changed places
counted as one (`rapidfuzz.distance.OSA`, optimal string alignment)."""
PART = 90
"""Least likeness of a part of a name, where no whole name is near: of a title often only a word is known."""


def find(records: Records, name: str) -> Article | Concept:
    """Return the article or concept that goes by `name`.

    Parameters
    ----------
    records
        The records to look in.
    name
        An id (with or without ``article:`` or ``concept:``), a title or a label, in any letter case, singular or
        plural. Of an article also the path of its file, or the last part of its id.

    Raises
    ------
    UnknownNameError
        Nothing goes by this name, or several concepts do; the message offers names that are near.
    """
    concept_ids = {concept.id: concept for concept in records.concepts}
    article_ids = {article.id: article for article in records.articles}
    if name.startswith("article:") or name in article_ids:
        return _by_id(article_ids, name.removeprefix("article:"), records)
    if name.startswith("concept:") or name in concept_ids:
        return _by_id(concept_ids, name.removeprefix("concept:"), records)
    key = normal_form(name).strip()
    named = [article for article in records.articles if normal_form(article.title).strip() == key]
    labelled = _labelled(records.concepts, key)
    preferred = [concept for concept in labelled if normal_form(concept.name).strip() == key]
    found: list[Article | Concept] = [*(preferred or labelled), *named]
    if not found:
        found = [article for article in records.articles if _ends(article, name)]
    if len(found) > 1 and not (preferred or len(labelled) == 1):
        several = ", ".join(item.id for item in found[:NEAREST]) + (" …" if len(found) > NEAREST else "")
        raise UnknownNameError(f"'{name}' may be any of {several}; give one of these ids")
    return found[0] if found else _unknown(name, _names(records))


def find_article(records: Records, name: str) -> Article:
    """Return the article that goes by `name`: an id or a title; see `find`.

    Raises
    ------
    UnknownNameError
        None does, or several do; the message offers the nearest titles.
    """
    return cast("Article", find(replace(records, concepts=()), name))


def find_concept(records: Records, name: str) -> Concept:
    """Return the concept that goes by `name`: an id or a label; see `find`.

    Raises
    ------
    UnknownNameError
        None does, or several do; the message offers the nearest names.
    """
    return cast("Concept", find(replace(records, articles=()), name))


def find_in_vocabulary(vocabulary: Vocabulary, name: str) -> list[str]:
    """Return the ids of the vocabulary's concepts that go by `name`.

    Raises
    ------
    UnknownNameError
        None does; the message offers the nearest names.
    """
    otherwise = "no name in the vocabulary is near; write it as others do, or add it in a vocabulary file"
    return vocabulary.find(name) or _unknown(name, vocabulary_names(vocabulary), otherwise)


def vocabulary_names(vocabulary: Vocabulary) -> dict[str, str]:
    """Return every label of the vocabulary in lower case, and its concept's name."""
    return {label.text.casefold(): concept.name for concept in vocabulary.values() for label in concept.labels}


def _by_id(by_id: dict[str, _T], id_: str, records: Records) -> _T:
    return by_id[id_] if id_ in by_id else _unknown(id_, _names(records))


def _ends(article: Article, name: str) -> bool:
    return article.id.endswith(f"/{name}") or (bool(article.path) and PurePath(article.path) == PurePath(name))


def _labelled(concepts: Iterable[Concept], key: str) -> list[Concept]:
    return [
        concept
        for concept in concepts
        if any(normal_form(form).strip() == key for label in concept.labels for form in forms(label))
    ]


def _names(records: Records) -> dict[str, str]:
    """Return what a reader may have meant: ids, titles and labels, folded, and how to write them."""
    ids = {item.id: item.name for item in records.concepts} | {item.id: item.title for item in records.articles}
    names = {label.text.casefold(): concept.name for concept in records.concepts for label in concept.labels}
    return ids | names | {article.title.casefold(): article.title for article in records.articles}


def nearest_names(name: str, names: Mapping[str, str]) -> list[str]:
    """Return at most `NEAREST` of the names that are written like `name`, the nearest first.

    Parameters
    ----------
    name
        What was typed.
    names
        Names in lower case, and how to write them.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only mistakes need it
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    keys, typed = list(names), name.casefold()
    close = process.extract(typed, keys, scorer=OSA.normalized_similarity, limit=NEAREST, score_cutoff=CUTOFF)
    if not close and len(typed) >= 4:
        longer = [key for key in keys if len(key) > len(typed)]
        close = process.extract(typed, longer, scorer=fuzz.partial_ratio, limit=NEAREST, score_cutoff=PART)
    return list(dict.fromkeys(names[key] for key, *_ in close))


def _unknown(
    name: str,
    names: dict[str, str],
    otherwise: str = "'conceptgraph articles' and 'conceptgraph concepts' list what there is",
) -> NoReturn:
    nearest = nearest_names(name, names)
    remedy = f"the nearest names are {', '.join(nearest)}" if nearest else otherwise
    raise UnknownNameError(f"nothing is called '{name}'; {remedy}")
