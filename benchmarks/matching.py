"""How fast known labels are found, as multiples of a regex split of the same text in the same run and process.

    python benchmarks/matching.py [--megabytes 20]

The text is made of sentences of articles/, shuffled with a seed. Processor time, the least of three rounds that each
do everything once, so that what else the machine does counts little. spaCy's tokenizer and PhraseMatcher read a tenth
of the text, once, scaled up.
"""

from __future__ import annotations

import argparse
import gc
import re
import resource
import time
from typing import TYPE_CHECKING

from conceptgraph import load_vocabulary
from conceptgraph.extract import TECHNIQUES, extract
from conceptgraph.extract.known import find_known
from conceptgraph.extract.matcher import Matcher
from conceptgraph.extract.quotes import quoted
from corpora import shuffled_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conceptgraph import Vocabulary
    from conceptgraph.model import Article, Mention

ARTICLE = 1_700
"""Characters of an article: what a summary of a newsletter has."""


ROUNDS = 3


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def drain(items: Iterable[object]) -> None:
    for _ in items:
        pass


def spacy_rows(tenth: list[Article], vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """Return what spaCy takes for ten times the given articles."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
    phrases.add("c", list(nlp.tokenizer.pipe(label.text for c in vocabulary.values() for label in c.labels)))
    return [
        ("spaCy blank tokenizer", 10 * timed(lambda: drain(nlp.tokenizer.pipe(a.text for a in tenth)))),
        ("spaCy PhraseMatcher", 10 * timed(lambda: drain(phrases(nlp.make_doc(a.text)) for a in tenth))),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=20)
    options = parser.parse_args()
    articles = shuffled_sentences(int(options.megabytes * 1e6 / ARTICLE), ARTICLE)
    vocabulary = load_vocabulary()
    matcher = Matcher(vocabulary)
    extract(articles[0], vocabulary)  # makes its matcher

    def linked(article: Article) -> list[Mention]:
        mentions: list[Mention] = []
        for technique in TECHNIQUES.values():
            mentions = technique(article, vocabulary, mentions)
        return mentions

    def with_evidence() -> None:
        for article in articles:
            for row in extract(article, vocabulary).concepts:
                quoted(article.text, *row.quote)

    works: dict[str, Callable[[], None]] = {
        "regex split, re.findall(r'\\w+')": lambda: drain(re.findall(r"\w+", article.text) for article in articles),
        "matches with offsets": lambda: drain(matcher.find(article.text) for article in articles),
        "known labels as records": lambda: drain(find_known(article, vocabulary) for article in articles),
        "all rules": lambda: drain(linked(article) for article in articles),
        "all rules, with weights and where their sentences stand": lambda: drain(
            extract(article, vocabulary) for article in articles
        ),
        "all rules, with quoted sentences": with_evidence,
    }
    rounds = [[timed(work) for work in works.values()] for _ in range(ROUNDS)]
    rows = list(zip(works, map(min, *rounds), strict=True))
    split = rows[0][1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows += spacy_rows(articles[::10], vocabulary)
    size = sum(len(article.text.encode()) for article in articles) / 1e6
    found = sum(len(matcher.find(article.text)) for article in articles)
    print(f"{size:.1f} MB, {len(articles):,} articles, {len(vocabulary):,} concepts, {found:,} matches")
    for name, seconds in rows:
        print(f"{name:<56} {seconds:7.2f} s {seconds / split:7.2f} x split {size / seconds:8.1f} MB/s")
    print(f"peak memory without spaCy, the text included: {peak:.0f} MB")


if __name__ == "__main__":
    main()
