"""Labelled articles, as the programs that learn from them read them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def learning_from(what: str | None) -> argparse.ArgumentParser:
    """Return what a program that learns from labelled articles is told by: where they are, and which of them count."""
    parser = argparse.ArgumentParser(description=what, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--docs", nargs="+", default=["train", "free"])
    return parser


def labelled(articles: Path, labels: Path, prefixes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the labels of the articles whose names begin so, by name; those that are held back stop the program."""
    found = {}
    for path in sorted(path for prefix in prefixes for path in articles.glob(f"{prefix}*.md")):
        found[path.stem] = json.loads((labels / f"{path.stem}.json").read_text("utf-8"))
        if found[path.stem].get("hashed"):
            sys.exit(f"{path.stem}: its labels are held back and cannot be learned from")
    return found
