"""The built-in vocabulary in a form that loads at once.

YAML takes seconds to read, so the files are compiled to lines of JSON: into the wheel when it is built, beside the
files in a checkout. What follows from the whole vocabulary is kept beside them. A compiled file carries the hashes of
the YAML and of the code that it was made from, and is made anew when either differs.
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
from conceptgraph.source_hash import source_hash
from conceptgraph.vocabulary.priors import read_counts, with_priors
from conceptgraph.vocabulary.reader import merge, read_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

HERE = Path(__file__).parent
DATA = HERE / "data"
CACHE = HERE / "cache"
PRIORS = "priors.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """The built-in vocabulary, each concept as JSON text that is parsed when it is first asked for.

    Parameters
    ----------
    digest
        Hash of the files that it was made from.
    concepts
        By id.
    domains
        The name of the file that each concept stands in, by id.
    cache
        The folder in which compiled files are kept.
    """

    digest: str
    concepts: dict[str, str]
    domains: dict[str, str]
    cache: Path

    def kept(self, name: str, make: Callable[[], dict[str, str]], *code: Path) -> dict[str, str]:
        """Return rows that follow from the whole vocabulary: as they were kept, else as they are made now.

        Parameters
        ----------
        name
            Of the file.
        make
            Makes the rows, by key, each without line breaks.
        code
            The package that makes them, where it is not this one.
        """
        path, stamp = self.cache / f"{name}.tsv", _stamp(self.digest, *code)
        rows = _read(path, stamp)
        if rows is None:
            rows = make()
            _write(path, stamp, rows)
        return rows


def compile_builtin(folder: Path = DATA, cache: Path = CACHE) -> Compiled:
    """Return the vocabulary files of `folder` in compiled form, and keep that in `cache` if it can be written."""
    paths = sorted(folder.glob("*.yaml"))
    digest = _digest([*paths, *folder.glob(PRIORS)])
    stamp = _stamp(digest)
    concepts, domains = _read(cache / "concepts.tsv", stamp), _read(cache / "domains.tsv", stamp)
    if concepts is None or domains is None:
        entries = {path.stem: read_entries(path) for path in paths}
        counts = read_counts(folder / PRIORS) if (folder / PRIORS).exists() else {}
        merged = with_priors(merge(entry for domain in entries.values() for entry in domain).values(), counts)
        concepts = {id_: dump(pack(concept)) for id_, concept in merged.items()}
        domains = {entry.id: domain for domain, given in entries.items() for entry in given}
        _write(cache / "concepts.tsv", stamp, concepts)
        _write(cache / "domains.tsv", stamp, domains)
    return Compiled(digest=digest, concepts=concepts, domains=domains, cache=cache)


def dump(value: object) -> str:
    """Return compact JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _stamp(digest: str, *code: Path) -> str:
    return f"{digest} {source_hash(HERE, *code)}"


def _read(path: Path, stamp: str) -> dict[str, str] | None:
    """Return the rows of a compiled file, or None where there is none of this stamp."""
    try:
        head, _, body = path.read_text("utf-8").partition("\n")
    except OSError:
        return None
    return dict(line.split("\t", 1) for line in body.split("\n") if line) if head == stamp else None


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


_DEFAULTS: list[Any] = [None, None, "any", "noun", None, None, [], False]


def _pack_label(label: Label) -> list[Any]:
    """Return a label's text and policy, without the defaults at the end."""
    policy = [label.prior, label.seen, label.case, label.pos, label.cued, label.seen_cued, list(label.cues)]
    policy.append(label.hidden)
    while policy and policy[-1] == _DEFAULTS[len(policy) - 1]:
        policy.pop()
    return [label.text, *policy]


def _label(row: list[Any]) -> Label:
    if len(row) == 1:
        return Label(text=row[0])
    text, *policy = row
    prior, seen, case, pos, cued, seen_cued, cues, hidden = policy + _DEFAULTS[len(policy) :]
    return Label(
        text=text,
        case=case,
        pos=pos,
        prior=prior,
        cued=cued,
        seen=_pair(seen),
        seen_cued=_pair(seen_cued),
        cues=tuple(cues),
        hidden=hidden,
    )


def _pair(row: list[int] | None) -> tuple[int, int] | None:
    return (row[0], row[1]) if row else None


def digest_of(rows: Mapping[str, str]) -> str:
    """Return a short hash of packed concepts, whatever their order."""
    return hashlib.blake2b(dump(dict(sorted(rows.items()))).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _digest(paths: Iterable[Path]) -> str:
    state = hashlib.blake2b(digest_size=8)
    for path in paths:
        state.update(f"\0{path.name}\0".encode())
        state.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return state.hexdigest()


def _write(target: Path, stamp: str, rows: Mapping[str, str]) -> None:
    """Write beside and rename, so that two processes do not meet; a read-only installation goes without."""
    try:
        target.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write("\n".join([stamp, *(f"{key}\t{row}" for key, row in rows.items())]))
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except OSError:
        return
