"""Learn what an article says of a doubtful label: by how it stands there, and by what else is spoken of.

    python benchmarks/learn_evidence.py ARTICLES LABELS [--docs train free] [--folds 5]

Each concept that an article names by doubtful labels alone is one observation: how they stand at best, how many more
than usual of the article's sure concepts are related to it, with what prior, learned from other articles, and whether
the article's readers marked one of them. The weights are those of a logistic regression with the prior's log-odds as
offset: logarithms of how much likelier it is to stand so for a label that means its concept, and what each share of
related ones adds. Those in use are rounded; of how it stands, they are the differences from standing free, where the
prior alone decides. The log loss is that of articles that neither the priors nor the weights were learned from.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import numpy as np

from conceptgraph.extract.coherence import WEIGHT, Coherence
from conceptgraph.extract.known import matcher
from conceptgraph.extract.matcher import CERTAIN, haystack_of
from conceptgraph.extract.presented import ALONE, LISTED, emphasised_in, presented
from conceptgraph.extract.standing import FREE, LOOSE, PART, standing
from conceptgraph.vocabulary.readings import FLOOR
from cross_validation import out_of_fold
from labelled import labelled, learning_from
from learn_priors import key
from logistic import Floats, chances, fitted, log_odds, loss

if TYPE_CHECKING:
    from pathlib import Path

PLACES = {"alone": ALONE, "listed": LISTED, "free": FREE, "loose": LOOSE, "a part": PART}
IN_USE = np.array([*PLACES.values(), WEIGHT])
BANDS = FLOOR, 0.3, 0.4, 0.5, 0.6, 0.7, CERTAIN


class Seen(NamedTuple):
    article: str
    prior: float
    place: float
    related: float
    meant: bool


def observed(articles: Path, labels: dict[str, dict[str, Any]], folds: int) -> list[Seen]:
    seen = []
    for article, vocabulary in out_of_fold(articles, labels, folds):
        text = article.text
        haystack = haystack_of(text, article.spans)
        emphasised = emphasised_in(article.spans)
        marked = {key(surface) for concept in labels[article.id]["concepts"] for surface in concept["surfaces"]}
        with (
            patch("conceptgraph.extract.matcher.standing", lambda *_: FREE),
            patch("conceptgraph.extract.matcher.presented", lambda *_: FREE),
            patch("conceptgraph.extract.matcher.ACCEPT", FLOOR),
            patch.object(Coherence, "of", lambda _, doubtful, __: dict.fromkeys(doubtful, 0.0)),
        ):
            matches = matcher(vocabulary).find(text, article.spans)
        sure = {concept for _, _, concept, prior in matches if prior >= CERTAIN}
        said = Coherence(vocabulary.neighbours).of({concept for _, _, concept, _ in matches}, sure)
        here: dict[str, list[Seen]] = {}
        for start, end, concept, prior in matches:
            place = presented(text, haystack, (start, end), emphasised, standing(text, haystack, start, end))
            related = said[concept] / WEIGHT
            here.setdefault(concept, []).append(Seen(article.id, prior, place, related, key(text[start:end]) in marked))
        for ones in here.values():
            best = max(ones, key=lambda one: one.prior)
            if best.prior < CERTAIN:
                place = max(one.place for one in ones)
                seen.append(best._replace(place=place, meant=any(one.meant for one in ones)))
    return seen


def columns(seen: list[Seen]) -> tuple[Floats, Floats, Floats]:
    """Return what is said of each label, a column a place and one of what is related, whether it is meant, its odds."""
    of = np.array([[*(float(one.place == place) for place in PLACES.values()), one.related] for one in seen])
    return of, np.array([float(one.meant) for one in seen]), np.array([log_odds(one.prior) for one in seen])


def weights(seen: list[Seen]) -> Floats:
    of, meant, odds = columns(seen)
    return fitted(of, meant, np.ones_like(meant), start=np.zeros(len(IN_USE)), offset=odds)


def main() -> None:
    parser = learning_from(__doc__)
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    seen = observed(options.articles, labelled(options.articles, options.labels, options.docs), options.folds)
    print(f"{'prior':<12} labels" + "".join(f"{name:>18}" for name in (*PLACES, "related")))
    for low, high in [(BANDS[0], BANDS[-1]), *pairwise(BANDS)]:
        inside = [one for one in seen if low <= one.prior < high]
        of, _, _ = columns(inside)
        row = zip(weights(inside), (of != 0).sum(0), strict=True)
        print(f"{low:.2f} to {high:.2f} {len(inside):6}" + "".join(f"{weight:+10.2f} of {n:4.0f}" for weight, n in row))
    print(f"{'in use':<19}" + "".join(f"{weight:+10.2f}{'':8}" for weight in IN_USE))
    losses = np.zeros(3)
    names = sorted({one.article for one in seen})
    for fold in range(options.folds):
        held = set(names[fold :: options.folds])
        learned = weights([one for one in seen if one.article not in held])
        of, meant, odds = columns([one for one in seen if one.article in held])
        for number, each in enumerate((np.zeros_like(IN_USE), IN_USE, learned)):
            losses[number] += loss(chances(of, each, odds), meant, np.ones_like(meant))
    without, used, learned = losses / len(seen)
    print(f"log loss: {without:.4f} without, {used:.4f} with those in use, {learned:.4f} learned from other articles")


if __name__ == "__main__":
    main()
