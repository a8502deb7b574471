"""The built-in vocabulary in a form that loads at once.

YAML takes seconds to read, so the files are compiled to lines of JSON: into the wheel when it is built, beside the
files in a checkout. A compiled file carries the hash of the YAML that it was made from, and is made anew when that
differs.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conceptgraph.model import Concept, Fact, Label
from conceptgraph.vocabulary.label_index import label_index
from conceptgraph.vocabulary.priors import read_counts, with_priors
from conceptgraph.vocabulary.reader import merge, read_entries
from conceptgraph.vocabulary.readings import pack_reading, readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DATA = Path(__file__).parent / "data"
CACHE = Path(__file__).parent / "cache"
PRIORS = "priors.tsv"
FORMAT = 6
"""Version of the compiled form; part of the hash, so that an older file is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """The built-in vocabulary, each concept and reading as JSON text that is parsed when it is first asked for.

    Parameters
    ----------
    digest
        Hash of the files that it was made from.
    concepts
        By id.
    domains
        The name of the file that each concept stands in, by id.
    cache
        The folder in which the readings are kept.
    """

    digest: str
    concepts: dict[str, str]
    domains: dict[str, str]
    cache: Path

    def readings(self) -> dict[str, str]:
        """Return the readings of each key; a second file, because only the search for labels needs them."""
        kept = _read(self.cache / "readings.tsv", self.digest)
        return kept if kept is not None else _compile_readings(self)


def compile_builtin(folder: Path = DATA, cache: Path = CACHE) -> Compiled:
    """Return the vocabulary files of `folder` in compiled form, and keep that in `cache` if it can be written."""
    paths = sorted(folder.glob("*.yaml"))
    digest = _digest([*paths, *folder.glob(PRIORS)])
    concepts, domains = _read(cache / "concepts.tsv", digest), _read(cache / "domains.tsv", digest)
    if concepts is None or domains is None:
        entries = {path.stem: read_entries(path) for path in paths}
        counts = read_counts(folder / PRIORS) if (folder / PRIORS).exists() else {}
        merged = with_priors(merge(entry for domain in entries.values() for entry in domain).values(), counts)
        concepts = {id_: dump(pack(concept)) for id_, concept in merged.items()}
        domains = {entry.id: domain for domain, given in entries.items() for entry in given}
        _write(cache / "concepts.tsv", digest, concepts)
        _write(cache / "domains.tsv", digest, domains)
    return Compiled(digest=digest, concepts=concepts, domains=domains, cache=cache)


def _compile_readings(compiled: Compiled) -> dict[str, str]:
    concepts = (unpack(id_, json.loads(row)) for id_, row in compiled.concepts.items())
    packed = {key: dump([pack_reading(one) for one in ones]) for key, ones in readings(label_index(concepts)).items()}
    _write(compiled.cache / "readings.tsv", compiled.digest, packed)
    return packed


def dump(value: object) -> str:
    """Return compact JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read(path: Path, digest: str) -> dict[str, str] | None:
    """Return the rows of a compiled file, or None where there is none of this digest."""
    try:
        head, _, body = path.read_text("utf-8").partition("\n")
    except OSError:
        return None
    return dict(line.split("\t", 1) for line in body.split("\n") if line) if head == digest else None


def pack(concept: Concept) -> list[Any]:
    """Return the concept as nested lists; a label without policy is a plain string."""
    labels = [_pack_label(label) for label in concept.labels]
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


_DEFAULTS: list[Any] = [None, None, "any", "noun", None, None, []]


def _pack_label(label: Label) -> list[Any]:
    """Return a label's text and policy, without the defaults at the end."""
    policy = [label.prior, label.seen, label.case, label.pos, label.cued, label.seen_cued, list(label.cues)]
    while policy and policy[-1] == _DEFAULTS[len(policy) - 1]:
        policy.pop()
    return [label.text, *policy]


def _label(row: list[Any]) -> Label:
    text, *policy = row
    prior, seen, case, pos, cued, seen_cued, cues = policy + _DEFAULTS[len(policy) :]
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


def digest_of(rows: Mapping[str, str]) -> str:
    """Return a short hash of packed concepts, whatever their order."""
    return hashlib.blake2b(dump(dict(sorted(rows.items()))).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _digest(paths: Iterable[Path]) -> str:
    state = hashlib.blake2b(f"format {FORMAT}".encode(), digest_size=8)
    for path in paths:
        state.update(f"\0{path.name}\0".encode())
        state.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return state.hexdigest()


def _write(target: Path, digest: str, rows: Mapping[str, str]) -> None:
    """Write beside and rename, so that two processes do not meet; a read-only installation goes without."""
    try:
        target.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write("\n".join([digest, *(f"{key}\t{row}" for key, row in rows.items())]))
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except OSError:
        return
