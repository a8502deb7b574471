"""What make a label is of: labels of one make are right about equally often, which tells of a label never seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.vocabulary.label_index import forms
from conceptgraph.vocabulary.normal_form import normal_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conceptgraph.model import Concept, Label

Names = dict[str, set[str]]
"""The ids of the concepts that go by a string in normal form."""


def names_of(concepts: Iterable[Concept]) -> Names:
    """Return every form of every label, in normal form, with the concepts that it names."""
    names: Names = {}
    for concept in concepts:
        for label in concept.labels:
            for form in forms(label):
                names.setdefault(normal_form(form).strip(), set()).add(concept.id)
    return names


def words_of(label: Label) -> list[str]:
    """Return a label's words in normal form."""
    return normal_form(label.text).split()


def make_of(label: Label, concept: Concept, names: Names) -> str:
    """Return the make of one of a concept's labels.

    A single word is a verb, a name or a plain word. Of several words it matters what is known of the parts: a label
    that holds a shorter label of the same concept ("replication mechanism") is often read as the shorter one, and one
    made of known concepts as those; and whether it is the preferred label.

    Parameters
    ----------
    label, concept
        The label and the concept whose it is.
    names
        What other labels there are.

    Examples
    --------
    >>> from conceptgraph.model import Concept, Label
    >>> cache = Concept(id="cache", labels=(Label(text="cache"), Label(text="cache layer")), kind="technology")
    >>> make_of(cache.labels[0], cache, names_of([cache])), make_of(cache.labels[1], cache, names_of([cache]))
    ('word', 'longer, own name first')
    """
    words = words_of(label)
    if label.pos == "verb":
        return "verb"
    if len(words) < 2:
        return "word" if label.text == label.text.lower() else "name"
    own = [span for *span, part in _parts(words) if concept.id in names.get(part, ())]
    if own:
        return "longer, own name last" if any(end == len(words) for _, end in own) else "longer, own name first"
    known = {at for start, end, part in _parts(words) if part in names for at in range(start, end)}
    share = "all" if len(known) == len(words) else "some" if known else "none"
    preferred = ", preferred" if label is concept.labels[0] else ""
    return f"{share} of {'three' if len(words) > 2 else 'two'} known{preferred}"


def _parts(words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, text) of every run of words shorter than the whole."""
    count = len(words)
    for start in range(count):
        for end in range(start + 1, count + 1):
            if end - start < count:
                yield start, end, " ".join(words[start:end])
