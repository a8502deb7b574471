"""Predictions in the form that the corpus's scorer takes, and the scorer itself, loaded from its file."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def load_scorer(path: Path) -> Any:
    """Return the scorer's module; its functions load, key and score are used."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: is no Python file")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def predicted(
    scorer: Any, surfaces: Mapping[str, Iterable[str]], kinds: Mapping[str, str], core: Mapping[str, bool] | None = None
) -> list[dict[str, Any]]:
    """Return an article's concepts, given by id with their surfaces and kinds, as the scorer's own loader would."""
    return [
        {
            "label": id_,
            "name": scorer.key(id_),
            "id": id_,
            "kind": kinds[id_],
            "core": core[id_] if core else None,
            "agreed": True,
            "surfaces": {scorer.key(surface): surface for surface in written},
        }
        for id_, written in surfaces.items()
    ]
