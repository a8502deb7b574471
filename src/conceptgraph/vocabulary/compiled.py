"""The built-in vocabulary in a form that loads at once.

YAML takes seconds to read, so the files are compiled to one JSON file: into the wheel when it is built, beside the
files in a checkout. The compiled file carries the hash of the YAML that it was made from and is made anew when that
differs.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conceptgraph.model import Concept, Fact, Label
from conceptgraph.vocabulary.priors import read_counts, with_priors
from conceptgraph.vocabulary.reader import merge, read_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DATA = Path(__file__).parent / "data"
COMPILED = Path(__file__).parent / "compiled.json"
PRIORS = "priors.tsv"
FORMAT = 2
"""Version of the compiled form; part of the hash, so that an older file is not read."""


def compile_builtin(folder: Path = DATA, target: Path = COMPILED) -> dict[str, Any]:
    """Return the vocabulary files of `folder` in compiled form, and keep that in `target` if it can be written."""
    paths = sorted(folder.glob("*.yaml"))
    digest = _digest([*paths, *folder.glob(PRIORS)])
    if target.exists():
        kept: dict[str, Any] = json.loads(target.read_bytes())
        if kept.get("digest") == digest:
            return kept
    entries = {path.stem: read_entries(path) for path in paths}
    counts = read_counts(folder / PRIORS) if (folder / PRIORS).exists() else {}
    concepts = with_priors(merge(entry for domain in entries.values() for entry in domain).values(), counts)
    domains = {entry.id: domain for domain, given in entries.items() for entry in given}
    compiled = {
        "digest": digest,
        "concepts": {id_: pack(concept) for id_, concept in concepts.items()},
        "domains": domains,
    }
    _write(target, json.dumps(compiled, ensure_ascii=False, separators=(",", ":")))
    return compiled


def pack(concept: Concept) -> list[Any]:
    """Return the concept as nested lists; a label without policy is a plain string."""
    labels = [
        label.text
        if label == Label(text=label.text)
        else [label.text, label.case, label.pos, label.prior, label.cued, label.seen, label.seen_cued, list(label.cues)]
        for label in concept.labels
    ]
    facts = [[fact.kind, fact.target, fact.reason] for fact in concept.facts]
    return [labels, concept.kind, concept.definition, facts, list(concept.exact_match)]


def unpack(id_: str, row: list[Any], *, known: bool = True) -> Concept:
    """Return the concept that `pack` was given."""
    labels, kind, definition, facts, exact_match = row
    return Concept(
        id=id_,
        labels=tuple(_label(label) for label in labels),
        kind=kind,
        definition=definition,
        facts=tuple(Fact(kind=fact_kind, target=target, reason=reason) for fact_kind, target, reason in facts),
        exact_match=tuple(exact_match),
        known=known,
    )


def _label(row: str | list[Any]) -> Label:
    if isinstance(row, str):
        return Label(text=row)
    text, case, pos, prior, cued, seen, seen_cued, cues = row
    return Label(
        text=text,
        case=case,
        pos=pos,
        prior=prior,
        cued=cued,
        seen=_pair(seen),
        seen_cued=_pair(seen_cued),
        cues=tuple(cues),
    )


def _pair(row: list[int] | None) -> tuple[int, int] | None:
    return (row[0], row[1]) if row else None


def digest_of(rows: Mapping[str, list[Any]]) -> str:
    """Return a short hash of packed concepts, whatever their order."""
    text = json.dumps(dict(sorted(rows.items())), ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _digest(paths: Iterable[Path]) -> str:
    state = hashlib.blake2b(f"format {FORMAT}".encode(), digest_size=8)
    for path in paths:
        state.update(f"\0{path.name}\0".encode())
        state.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return state.hexdigest()


def _write(target: Path, text: str) -> None:
    """Write beside and rename, so that two processes do not meet; a read-only installation goes without."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".compiled-")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).replace(target)
    except OSError:
        return
