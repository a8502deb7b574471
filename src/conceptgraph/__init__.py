"""Link technical articles to the technologies and concepts they speak of, and explore the graph of both.

>>> import conceptgraph as cg
>>> g = cg.build("articles/")  # doctest: +SKIP
>>> g.concepts()  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conceptgraph.api import ConceptGraph, build, load
    from conceptgraph.errors import ConceptGraphError, InputError, StoreError, UnknownNameError, VocabularyError
    from conceptgraph.model import Article, Concept, Mention
    from conceptgraph.vocabulary import Vocabulary, load_vocabulary

__version__ = "0.1.0"

_HOME = {
    "ConceptGraph": "api",
    "build": "api",
    "load": "api",
    "Vocabulary": "vocabulary",
    "load_vocabulary": "vocabulary",
    "Article": "model",
    "Concept": "model",
    "Mention": "model",
    "ConceptGraphError": "errors",
    "InputError": "errors",
    "StoreError": "errors",
    "UnknownNameError": "errors",
    "VocabularyError": "errors",
}

__all__ = [
    "Article",
    "Concept",
    "ConceptGraph",
    "ConceptGraphError",
    "InputError",
    "Mention",
    "StoreError",
    "UnknownNameError",
    "Vocabulary",
    "VocabularyError",
    "build",
    "load",
    "load_vocabulary",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: ``import conceptgraph`` itself loads nothing heavy."""
    if name not in _HOME:
        raise AttributeError(f"module 'conceptgraph' has no attribute '{name}'")
    return getattr(import_module(f"conceptgraph.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
