"""What a person decided on proposals and links: kept as a vocabulary file beside the articles, for later builds."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import yaml

from conceptgraph.errors import InputError
from conceptgraph.files import write_whole
from conceptgraph.slug import slug
from conceptgraph.yamlnodes import YamlError, compose, elements, fault, items, scalar_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conceptgraph.model import Concept

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


_NEEDS: dict[Action, str] = {"alias": "of", "same": "of", "not": "article"}


def find_decisions(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files of decisions that lie in the folders among `paths`."""
    return [Path(path, FILE) for path in dict.fromkeys(map(str, paths)) if Path(path, FILE).is_file()]


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
        raise InputError(f"{path}: cannot be read ({error}); name a file of decisions") from None
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


def apply(decisions: Iterable[Decision], file: Path, proposals: dict[str, Concept]) -> int:
    """Write decisions into a vocabulary file, on top of what it holds, and return how many there were.

    Parameters
    ----------
    decisions
        What was decided, in order; a later decision on a concept adds to an earlier one, ``undo`` forgets them all.
    file
        The vocabulary file, made when it does not exist; other entries in it stay.
    proposals
        The proposed concepts by id, for ``accept`` and ``alias``.

    Raises
    ------
    InputError
        A decision is about a proposal that does not exist.
    StoreError
        The file cannot be written; it stays as it was.
    """
    entries: dict[str, dict[str, Any]] = yaml.safe_load(file.read_text("utf-8")) or {} if file.exists() else {}
    count = 0
    for decision in decisions:
        _apply(decision, entries, proposals)
        count += 1
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=True, width=110) if entries else ""
    write_whole(
        file, f"# What was decided with `conceptgraph review`; the format is that of a vocabulary file.\n{text}"
    )
    return count


def _apply(decision: Decision, entries: dict[str, dict[str, Any]], proposals: dict[str, Concept]) -> None:
    id_ = decision.concept
    match decision.action:
        case "undo":
            entries.pop(id_, None)
        case "reject":
            entries[id_] = {"rejected": True}
        case "accept":
            proposal = _proposal(id_, proposals)
            entries[id_] = {
                "labels": [label.text for label in proposal.labels],
                "kind": decision.kind or proposal.kind,
                "definition": decision.definition or proposal.definition,
            }
        case "alias":
            labels = [label.text for label in _proposal(id_, proposals).labels]
            entries[id_] = {"labels": labels, "same_as": decision.of}
        case "not":
            entry = entries.setdefault(id_, {})
            entry["not_in"] = sorted({*entry.get("not_in", []), decision.article})
        case "same":
            entries[id_] = {"same_as": decision.of}


def _proposal(id_: str, proposals: dict[str, Concept]) -> Concept:
    proposal = proposals.get(id_) or proposals.get(slug(id_))
    if proposal is None:
        raise InputError(f"'{id_}' is not among the proposals; 'conceptgraph review --list' shows them")
    return proposal
