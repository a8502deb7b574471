"""From a string in normal form to the labels, and so the concepts, that it may stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from conceptgraph.vocabulary.inflection import plurals, verb_forms
from conceptgraph.vocabulary.normal_form import normal_form
from conceptgraph.vocabulary.spelling import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conceptgraph.model import Concept, Label

CERTAIN = 0.9
"""Confidence of a label about which nothing was said: names are right nine times in ten on the training articles."""

_SPACED = str.maketrans("-/", "  ")


class Sense(NamedTuple):
    """One way to read a string: as a label of a concept."""

    concept: str
    label: Label

    @property
    def prior(self) -> float:
        """The label's prior, or what a label about which nothing was said is trusted with."""
        return CERTAIN if self.label.prior is None else self.label.prior

    def surfaces(self) -> frozenset[str] | None:
        """Return how the label must be written, with hyphens and slashes as spaces; None for any letter case."""
        return frozenset(map(spaced, forms(self.label))) if self.label.case == "exact" else None


def spaced(text: str) -> str:
    """Return the text with hyphens and slashes as spaces, letters as they are."""
    return text.translate(_SPACED)


def matchable(label: str) -> bool:
    """Whether a label is looked for in texts: "Partition (database)", with its qualifier, is for display only."""
    return not label.endswith(")")


def forms(label: Label) -> tuple[str, ...]:
    """Return the label, its inflections, and other spellings of these."""
    if label.pos == "verb":
        found = verb_forms(label.text)
    else:
        found = (label.text, *((label.text + "s",) if label.case == "exact" else plurals(label.text)))
    return (*found, *(variant for form in found for variant in spellings(form)))


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
    inflected: dict[str, list[Sense]] = {}
    for key, sense, base in _entries(concepts):
        senses = (index if base else inflected).setdefault(key, [])
        if all(sense.concept != other.concept or sense.label.case != other.label.case for other in senses):
            senses.append(sense)
    for key, others in inflected.items():
        senses = index.setdefault(key, [])
        named = {sense.concept for sense in senses}
        # What is a label itself is not read as the plural of a name: HTTPS is no set of HTTPs. Of a common word it is:
        # "followers" may be those of a person and those of a leader.
        senses += [
            sense for sense in others if not named or (sense.concept not in named and sense.label.text.islower())
        ]
    return {key: tuple(sorted(senses, key=lambda sense: -sense.prior)) for key, senses in index.items()}


def _entries(concepts: Iterable[Concept]) -> Iterator[tuple[str, Sense, bool]]:
    """Yield each form's normal form, its sense, and whether it is the label as it is given."""
    for concept in concepts:
        for label in concept.labels:
            if matchable(label.text):
                sense = Sense(concept.id, label)
                for number, form in enumerate(forms(label)):
                    key = normal_form(form).strip()
                    if key:
                        yield key, sense, number == 0
