"""From a string in normal form to the labels, and so the concepts, that it may stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from conceptgraph.vocabulary.inflection import plurals, verb_forms
from conceptgraph.vocabulary.normal_form import normal_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conceptgraph.model import Concept, Label

CERTAIN = 0.9
"""Confidence of a label about which nothing was said: names are right nine times in ten on the training articles."""

_SPACED = str.maketrans("-/", "  ")


class Sense(NamedTuple):
    """One way to read a string: as `label` of `concept`, in these letters only if `surfaces` is given."""

    concept: str
    label: Label
    surfaces: frozenset[str] | None

    @property
    def prior(self) -> float:
        """The label's prior, or what an unambiguous label is trusted with."""
        return CERTAIN if self.label.prior is None else self.label.prior

    @property
    def certain(self) -> bool:
        """Whether the label needs no look at its letters or at what stands around it."""
        return self.surfaces is None and not self.label.cues

    def fits(self, surface: str) -> bool:
        """Whether the label's case rule lets `surface` stand for it."""
        return self.surfaces is None or surface.translate(_SPACED) in self.surfaces


def matchable(label: str) -> bool:
    """Whether a label is looked for in texts: "Partition (database)", with its qualifier, is for display only."""
    return not label.endswith(")")


def forms(label: Label) -> tuple[str, ...]:
    """Return the label and its inflections."""
    if label.pos == "verb":
        return verb_forms(label.text)
    return (label.text, *((label.text + "s",) if label.case == "exact" else plurals(label.text)))


def label_index(concepts: Iterable[Concept]) -> dict[str, tuple[Sense, ...]]:
    """Return every normal form under which a concept is looked for, with its senses, the likeliest first.

    Parameters
    ----------
    concepts
        Concepts whose labels are to be found.

    Returns
    -------
    dict of str to tuple of Sense
        Keys are normal forms without separators at the ends; ties stand in the order of `concepts`.
    """
    index: dict[str, list[Sense]] = {}
    for key, sense in _entries(concepts):
        senses = index.setdefault(key, [])
        if all(sense.concept != other.concept or sense.surfaces != other.surfaces for other in senses):
            senses.append(sense)
    return {key: tuple(sorted(senses, key=lambda sense: -sense.prior)) for key, senses in index.items()}


def _entries(concepts: Iterable[Concept]) -> Iterator[tuple[str, Sense]]:
    for concept in concepts:
        for label in concept.labels:
            if not matchable(label.text):
                continue
            written = forms(label)
            surfaces = frozenset(form.translate(_SPACED) for form in written) if label.case == "exact" else None
            sense = Sense(concept.id, label, surfaces)
            for form in written:
                key = normal_form(form).strip()
                if key:
                    yield key, sense
