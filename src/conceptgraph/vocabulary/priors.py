"""How often a label means its concept, learned from labelled articles and kept with its counts.

``priors.tsv`` holds, for each label that stood in a training article, in how many articles it meant the concept and
in how many it stood. Few counts say little, so they are smoothed towards what is usual for a label of that make (a
beta prior whose mean is the class's rate: Gelman et al., "Bayesian Data Analysis", chapter 5), or towards the
author's own estimate where the vocabulary gives one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from conceptgraph.errors import VocabularyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from conceptgraph.model import Concept, Label

    Counts = Mapping[tuple[str, str, str], tuple[int, int]]

STRENGTH = 2.0
"""How many articles' worth of evidence the class's rate, or the author's estimate, counts for."""
CAP = 3
"""How many articles of one label count towards its class: a class's rate is not that of its few frequent labels."""


def read_counts(path: Path) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Return (meant, stood) by (concept, label, part of speech) from a tab-separated file.

    Raises
    ------
    VocabularyError
        A line has another form; with file and line.
    """
    counts = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 5 or not (cells[3].isdecimal() and cells[4].isdecimal()):
            raise VocabularyError(f"{path}:{number}: five cells are needed: concept, label, noun or verb, meant, stood")
        counts[cells[0], cells[1], cells[2]] = int(cells[3]), int(cells[4])
    return counts


def format_counts(counts: Counts) -> str:
    """Return the counts as the text of ``priors.tsv``."""
    head = "# concept\tlabel\tpart of speech\tarticles in which it meant the concept\tarticles in which it stood"
    rows = ("\t".join([*key, str(meant), str(stood)]) for key, (meant, stood) in sorted(counts.items()))
    return "\n".join([head, *rows]) + "\n"


def make_of(label: Label) -> str:
    """Return the class of a label: a verb, a capitalised word, a plain word, or how many words.

    Examples
    --------
    >>> from conceptgraph.model import Label
    >>> make_of(Label(text="Kafka")), make_of(Label(text="queue")), make_of(Label(text="load balancer"))
    ('name', 'word', 'two words')
    """
    if label.pos == "verb":
        return "verb"
    words = label.text.replace("-", " ").split()
    if len(words) > 2:
        return "phrase"
    if len(words) == 2:
        return "two names" if words[1] != words[1].lower() else "two words"
    return "word" if label.text == label.text.lower() else "name"


def with_priors(concepts: Iterable[Concept], counts: Counts) -> dict[str, Concept]:
    """Return the concepts by id, each label with its smoothed prior and the counts behind it.

    ``prior = (meant + STRENGTH * usual) / (stood + STRENGTH)``

    Parameters
    ----------
    concepts
        Concepts whose labels' priors are the author's, or None.
    counts
        (meant, stood) by (concept, label, part of speech).
    """
    concepts = list(concepts)
    usual = _rates(concepts, counts)

    def learned(concept: Concept, label: Label) -> Label:
        meant, stood = counts.get((concept.id, label.text, label.pos), (0, 0))
        mean = usual[make_of(label)] if label.prior is None else label.prior
        prior = round((meant + STRENGTH * mean) / (stood + STRENGTH), 3)
        return replace(label, prior=prior, seen=(meant, stood) if stood else None)

    return {
        concept.id: replace(concept, labels=tuple(learned(concept, label) for label in concept.labels))
        for concept in concepts
    }


def _rates(concepts: Iterable[Concept], counts: Counts) -> dict[str, float]:
    """Return how often a label of each make means its concept; makes never seen are right as often as not."""
    meant: dict[str, float] = defaultdict(lambda: 1.0)
    stood: dict[str, float] = defaultdict(lambda: 2.0)
    for concept in concepts:
        for label in concept.labels:
            right, seen = counts.get((concept.id, label.text, label.pos), (0, 0))
            if seen and label.prior is None:
                share = min(seen, CAP) / seen
                meant[make_of(label)] += right * share
                stood[make_of(label)] += seen * share
    makes = {make_of(label) for concept in concepts for label in concept.labels}
    return {make: meant[make] / stood[make] for make in makes}
