"""How often a label means its concept, learned from labelled articles and kept with its counts.

``priors.tsv`` holds, for each label that stood in a training article, in how many articles it meant the concept and
in how many it stood. Few counts say little, so they are smoothed towards what is usual for a label of that make (a
beta prior whose mean is the class's rate: Gelman et al., "Bayesian Data Analysis", chapter 5), or towards the
author's own estimate where the vocabulary gives one. What is usual also depends on how well known the concept is, by
how many facts of others lead to it, and on whether its author thought of the label first or last.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from math import exp, log, log1p
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from conceptgraph.errors import VocabularyError
from conceptgraph.vocabulary.label_index import matchable
from conceptgraph.vocabulary.makes import make_of, names_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from conceptgraph.model import Concept, Label

STRENGTH = 1.5
"""How many articles' worth of evidence the class's rate, or the author's estimate, counts for."""
CAP = 3
"""How many articles of one label count towards its class: a class's rate is not that of its few frequent labels."""
WORD_STRENGTH = 8.0
"""How many articles' worth of evidence it takes for a first or last word to move a rate half the way."""
UNKNOWN_MAKE = 0.67
"""Rate of a make of which no label was seen."""
RATE = (0.6, 0.26)
"""Slope and intercept by which the log-odds of a class's rate become those of a label of which nothing was seen."""
POPULARITY = 0.38
"""What the logarithm of how many facts lead to a concept, and one, adds to the log-odds of its labels.

Links to an entry tell how likely its name is meant where it stands: the commonness and prior probability of entity
linking (Milne and Witten 2008; Shen, Wang and Han 2015, "Entity linking with a knowledge base", section 3.2).
"""
RANK, LAST = -0.35, 4
"""What each of a concept's labels that stands before one adds to its log-odds, and how many of them count.

This, `POPULARITY` and `RATE` were learned from labels of concepts of which nothing else was learned
(``benchmarks/learn_usual.py``).
"""
CUELESS, CUED, UNCUED = (0.8, -0.4), (0.5, 0.7), (0.9, -1.7)
"""Slope and intercept by which the log-odds of an author's estimate become those of a label without cues, of one of
which a cue stands in the article, and of one of which none does (logistic calibration: Platt 1999).

Authors are a little too sure, and the surer they are of a label, the less a cue adds. ``benchmarks/learn_estimates.py``
learns the lines; that with a cue is a little flatter here, so that an estimate of 0.1 still counts where a cue stands.
"""


class Count(NamedTuple):
    """In how many articles a label meant its concept, and stood at all: without and with a cue in the article."""

    meant: int = 0
    stood: int = 0
    meant_cued: int = 0
    stood_cued: int = 0


Counts: TypeAlias = "Mapping[tuple[str, str, str], Count]"


def read_counts(path: Path) -> Counts:
    """Return the counts by (concept, label, part of speech) from a tab-separated file.

    Raises
    ------
    VocabularyError
        A line has another form; with file and line.
    """
    counts = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        concept, label, pos, *cells = [*line.split("\t"), "", "", ""]
        if len(cells) != 7 or not all(cell.isdecimal() for cell in cells[:4]):
            raise VocabularyError(f"{path}:{number}: seven cells are needed: concept, label, noun or verb, four counts")
        counts[concept, label, pos] = Count(*map(int, cells[:4]))
    return counts


def format_counts(counts: Counts) -> str:
    """Return the counts as the text of ``priors.tsv``."""
    head = "# concept\tlabel\tpart of speech\tmeant it\tstood\tmeant it with a cue\tstood with a cue (articles)"
    return "\n".join([head, *("\t".join([*key, *map(str, count)]) for key, count in sorted(counts.items()))]) + "\n"


def moved(prior: float, by: float) -> float:
    """Return a probability whose log-odds were moved by `by`."""
    prior = min(max(prior, 0.01), 0.99)
    return 1 / (1 + exp(-log(prior / (1 - prior)) - by))


def calibrated(estimate: float, line: tuple[float, float]) -> float:
    """Return the probability that an author's estimate comes to: a line through log-odds, given as slope and intercept.

    Examples
    --------
    >>> round(calibrated(0.5, CUED), 2), round(calibrated(0.5, UNCUED), 2)
    (0.67, 0.15)
    """
    slope, intercept = line
    estimate = min(max(estimate, 0.01), 0.99)
    return 1 / (1 + exp(-slope * log(estimate / (1 - estimate)) - intercept))


def with_priors(concepts: Iterable[Concept], counts: Counts) -> dict[str, Concept]:
    """Return the concepts by id, each label with its smoothed prior and the counts behind it.

    ``prior = (meant + STRENGTH * usual) / (stood + STRENGTH)``, and likewise for articles with a cue, where *usual* is
    what `Usual` makes of it, or what the author's estimate comes to.

    Parameters
    ----------
    concepts
        Concepts whose labels' priors are the author's, or None.
    counts
        By (concept, label, part of speech).
    """
    concepts = list(concepts)
    usual = Usual(concepts, counts)

    def learned(concept: Concept, label: Label) -> Label:
        count = counts.get((concept.id, label.text, label.pos), Count())
        mean = usual.of(label, concept) if label.prior is None else label.prior
        if not label.cues:
            mean = mean if label.prior is None else calibrated(mean, CUELESS)
            return replace(
                label, prior=_smoothed(count.meant, count.stood, mean), seen=count[:2] if count.stood else None
            )
        return replace(
            label,
            prior=_smoothed(count.meant, count.stood, calibrated(mean, UNCUED)),
            cued=_smoothed(count.meant_cued, count.stood_cued, calibrated(mean, CUED)),
            seen=count[:2] if count.stood else None,
            seen_cued=count[2:] if count.stood_cued else None,
        )

    return {
        concept.id: replace(concept, labels=tuple(learned(concept, label) for label in concept.labels))
        for concept in concepts
    }


def _smoothed(meant: int, stood: int, mean: float) -> float:
    return round((meant + STRENGTH * mean) / (stood + STRENGTH), 3)


class Usual:
    """How often a label of which nothing was seen means its concept.

    That is the rate of its make, moved by how labels that share its first or last word do: what ends in "server" is
    mostly a concept, what ends in "challenge" is not; and by how well known the concept is, and the label's rank.
    """

    def __init__(self, concepts: Sequence[Concept], counts: Counts) -> None:
        self._names = names_of(concepts)
        self._led_to = Counter(fact.target for concept in concepts for fact in concept.facts)
        seen = list(seen_labels(concepts, counts))
        makes: dict[str, tuple[float, float]] = defaultdict(lambda: (1.0, 1.5))
        for label, concept, meant, stood in seen:
            make = make_of(label, concept, self._names)
            makes[make] = makes[make][0] + meant, makes[make][1] + stood
        self._makes = {make: meant / stood for make, (meant, stood) in makes.items()}
        self._words: dict[tuple[int, str], tuple[float, float]] = defaultdict(lambda: (0.0, WORD_STRENGTH))
        for label, concept, meant, stood in seen:
            surplus = meant - stood * self._makes[make_of(label, concept, self._names)]
            for word in _ends(label):
                self._words[word] = self._words[word][0] + surplus, self._words[word][1] + stood

    def of(self, label: Label, concept: Concept) -> float:
        """Return how often a label of a concept is thought to mean it."""
        by = POPULARITY * log1p(self.links_to(concept)) + RANK * rank(label, concept)
        return min(max(moved(calibrated(self.rate(label, concept), RATE), by), 0.03), 0.98)

    def rate(self, label: Label, concept: Concept) -> float:
        """Return how often labels of the same make that begin and end as this one are right."""
        rate = self._makes.get(make_of(label, concept, self._names), UNKNOWN_MAKE)
        moves = (self._words[word] for word in _ends(label) if word in self._words)
        return min(max(rate + sum(surplus / stood for surplus, stood in moves), 0.03), 0.98)

    def links_to(self, concept: Concept) -> int:
        """Return how many facts of other concepts lead to one."""
        return self._led_to[concept.id]


def rank(label: Label, concept: Concept) -> int:
    """Return how many of a concept's labels that are looked for in texts stand before one, at most `LAST`."""
    before = concept.labels[: concept.labels.index(label)]
    return min(sum(matchable(one.text) for one in before), LAST)


def seen_labels(concepts: Iterable[Concept], counts: Counts) -> Iterator[tuple[Label, Concept, float, float]]:
    """Yield each label without an estimate or cues that was seen, with its counts, at most `CAP` articles of each."""
    for concept in concepts:
        for label in concept.labels:
            count = counts.get((concept.id, label.text, label.pos))
            if count and label.prior is None and not label.cues:
                share = min(count.stood, CAP) / count.stood
                yield label, concept, count.meant * share, count.stood * share


def _ends(label: Label) -> list[tuple[int, str]]:
    """Return a label's first and last word, told apart; nothing for a single word."""
    words = words_of(label)
    return [(0, words[0]), (-1, words[-1])] if len(words) > 1 else []
