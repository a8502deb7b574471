"""What a person decided on proposals and links: kept as a vocabulary file beside the articles, for later builds."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import yaml

from conceptgraph.errors import InputError
from conceptgraph.files import write_whole
from conceptgraph.model import KINDS
from conceptgraph.slug import slug
from conceptgraph.sources import root_of
from conceptgraph.vocabulary.reader import read_entries
from conceptgraph.yamlnodes import YamlError, compose, elements, fault, items, scalar_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from conceptgraph.model import Article, Concept

FILE = "concepts.yaml"
Action = Literal["accept", "alias", "reject", "not", "same", "undo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision.

    Parameters
    ----------
    action
        ``accept`` a proposal as a concept; make it an ``alias`` of another; ``reject`` it; ``not``: the concept is not
        meant in an article; ``same``: two known concepts are one; ``undo`` what was decided of the concept.
    concept
        The concept's id.
    of
        For ``alias`` and ``same``: the id of the other concept.
    article
        For ``not``: the article's id.
    kind, definition
        For ``accept``: what to keep instead of what was guessed.
    """

    action: Action
    concept: str
    of: str = ""
    article: str = ""
    kind: str = ""
    definition: str = ""


_INSTEAD: dict[Action, str] = {
    "accept": "leave the decision out",
    "alias": "use the action 'same'",
    "reject": "to remove it, write '{id}: null' into {file}; use the action 'not' where only a link is wrong",
}
"""What does for a concept of the vocabulary what was asked for as if it were a proposal."""
_NEEDS: dict[Action, str] = {"alias": "of", "same": "of", "not": "article"}


def find_decisions(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files of decisions in the folders among `paths`, beside the files, and in the folders of globs."""
    beside = dict.fromkeys(beside_articles(path) for path in paths)
    return [folder / FILE for folder in beside if (folder / FILE).is_file()]


def beside_articles(path: str | Path) -> Path:
    """Return the folder in which decisions about the articles under `path` are kept."""
    path = Path(path)
    if path.is_dir():
        return path
    parts = [part for part in path.parts[:-1] if not has_magic(part)]
    return Path(*parts[: next((i for i, part in enumerate(path.parts) if has_magic(part)), len(parts))])


def unread_decisions(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield the files of decisions further down in the folders among `paths`: there articles have other ids."""
    for root in (str(path) for path in paths if Path(path).is_dir()):
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            if FILE in names and folder != root:
                yield Path(folder, FILE)


def roots_of(articles: Iterable[Article]) -> list[Path]:
    """Return the folders in which decisions about articles are looked for when these are built again, highest first."""
    roots = {root_of(article.path, article.id) or beside_articles(article.path) for article in articles if article.path}
    return sorted(roots, key=lambda root: (len(root.parts), root))


def read_decisions(path: Path) -> list[Decision]:
    """Return the decisions of a file: ``decisions:`` and a list of mappings with the parts of a `Decision`.

    Raises
    ------
    InputError
        The file cannot be read, or a decision lacks something; with file and line.
    """
    try:
        root = compose(path.read_text("utf-8"))
        given = {key: node for key, _, node in items(root, "the file")} if root else {}
        return [_decision(node) for node in elements(given["decisions"], "decisions")] if given else []
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read ({why}); name a file of decisions in UTF-8") from None
    except KeyError:
        raise InputError(f"{path}: needs the key 'decisions' with a list") from None
    except YamlError as bad:
        raise bad.at(str(path), InputError) from None


def _decision(node: yaml.Node) -> Decision:
    known = [field.name for field in fields(Decision)]
    given: dict[str, Any] = {}
    for key, key_node, value in items(node, "a decision"):
        if key not in known:
            raise fault(key_node, f"'{key}' is no part of a decision; use {', '.join(known)}")
        given[key] = scalar_of(value, f"'{key}'")
    action = given.get("action", "")
    if action not in get_args(Action):
        raise fault(node, f"'{action}' is no action; use one of {', '.join(get_args(Action))}")
    for need in ("concept", _NEEDS.get(action, "concept")):
        if not given.get(need):
            raise fault(node, f"the action '{action}' needs '{need}'")
    return Decision(**given)


def apply(decisions: Iterable[Decision], file: Path, proposals: Mapping[str, Concept], known: Collection[str]) -> int:
    """Write decisions into a vocabulary file, on top of what it holds, and return how many there were.

    Parameters
    ----------
    decisions
        What was decided, in order; a later decision on a concept adds to an earlier one, ``undo`` forgets them all.
    file
        The vocabulary file, made when it does not exist; other entries in it stay.
    proposals
        The proposed concepts by id.
    known
        The ids of the concepts that the vocabulary has.

    Raises
    ------
    InputError
        A decision is about a concept that does not exist, or cannot be.
    VocabularyError
        The file is no vocabulary file.
    StoreError
        The file cannot be written; it stays as it was.
    """
    entries: dict[str, dict[str, Any]] = {}
    if file.exists():
        read_entries(file)  # says what is wrong with a file that is not in the format
        entries = yaml.safe_load(file.read_text("utf-8")) or {}
    given = list(decisions)
    for decision in given:
        there = {*known, *(id_ for id_, entry in entries.items() if entry is not None)}
        try:
            _apply(decision, entries, proposals, there, file)
        except InputError as error:
            raise InputError(
                f"{error}; none of the {len(given)} decisions is kept" if given[1:] else str(error)
            ) from None
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=True, width=110) if entries else ""
    head = "# What was decided with `conceptgraph review`; the format is that of a vocabulary file."
    write_whole(file, f"{head}\n{text}")
    return len(given)


def _apply(
    decision: Decision,
    entries: dict[str, dict[str, Any]],
    proposals: Mapping[str, Concept],
    known: Collection[str],
    file: Path,
) -> None:
    id_ = decision.concept if decision.concept in known or decision.concept in entries else slug(decision.concept)
    if decision.action == "undo":
        entries.pop(id_, None)
        return
    if decision.action in ("not", "same"):
        _must_be(id_, known, decision)
    elif id_ in known and id_ not in proposals:
        remedy = "undo that first" if id_ in entries else _INSTEAD[decision.action].format(id=id_, file=file)
        raise InputError(
            f"{decision.action}: '{id_}' {'was decided before' if id_ in entries else 'is in the vocabulary'}; {remedy}"
        )
    else:
        _must_be(id_, proposals, decision)
    if decision.of:
        _must_be(decision.of, known, decision)
    if decision.of == id_:
        raise InputError(f"'{id_}' cannot be decided to be itself; name another concept")
    entries[id_] = entries.get(id_, {}) | _entry(decision, proposals.get(id_), entries.get(id_, {}))


def _entry(decision: Decision, proposal: Concept | None, before: dict[str, Any]) -> dict[str, Any]:
    """Return the keys that a decision adds to the concept's entry."""
    labels = [label.text for label in proposal.labels] if proposal else []
    match decision.action:
        case "reject":
            return {"rejected": True}
        case "accept":
            kind = decision.kind or (proposal.kind if proposal else "")
            if kind not in KINDS:
                raise InputError(f"'{kind}' is no kind; use one of {', '.join(KINDS)}")
            definition = decision.definition or (proposal.definition if proposal else "")
            return {"labels": labels, "kind": kind, "definition": definition}
        case "not":
            return {"not_in": sorted({*before.get("not_in", []), decision.article})}
    return {"same_as": decision.of} | ({"labels": labels} if labels else {})


def _must_be(id_: str, among: Collection[str], decision: Decision) -> None:
    if id_ not in among:
        where = (
            "in the vocabulary" if decision.action in ("not", "same") or id_ == decision.of else "among the proposals"
        )
        raise InputError(f"{decision.action}: '{id_}' is not {where}; 'conceptgraph review --list' shows the proposals")
