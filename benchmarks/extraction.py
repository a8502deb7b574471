"""How well and how fast concepts are found on labelled articles: this project, rule by rule, beside what else there is.

    python benchmarks/extraction.py ARTICLES LABELS SCORER [--docs dev]

SCORER is the script that scores predictions against LABELS (its functions load and score are used). Each of this
project's rules is added to those before it; a rule that earns nothing has no place. The others: spaCy's noun chunks and
entities and pytextrank's phrases, where a model and the package are installed, and a plain dictionary of the
vocabulary's labels.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import ahocorasick_rs

from conceptgraph import Vocabulary, load_vocabulary
from conceptgraph.extract import TECHNIQUES, Extraction, describe_new
from conceptgraph.extract.matcher import FEW
from conceptgraph.extract.report import surfaces
from conceptgraph.extract.standing import FREE
from conceptgraph.sources import read_articles
from conceptgraph.vocabulary.label_index import label_index
from conceptgraph.vocabulary.normal_form import normal_form
from scoring import load_scorer, predicted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conceptgraph.model import Article

MODEL = "en_core_web_sm"


def ours(techniques: Iterable[str], vocabulary: Vocabulary) -> Callable[[Article], list[dict[str, Any]]]:
    chosen = [TECHNIQUES[name] for name in techniques]

    def find(article: Article) -> list[dict[str, Any]]:
        mentions: list[Any] = []
        for technique in chosen:
            mentions = technique(article, vocabulary, mentions)
        new = {concept.id: concept for concept in describe_new(article, mentions)}
        read = Extraction(article=article, mentions=tuple(mentions), concepts=(), new=tuple(new.values()))
        written = surfaces(read, vocabulary)
        kinds = {id_: (new.get(id_) or vocabulary[id_]).kind for id_ in written}
        return [{"id": id_, "kind": kinds[id_], "surfaces": found} for id_, found in written.items()]

    return find


def without_policy(vocabulary: Vocabulary) -> Vocabulary:
    """Return the vocabulary with every label in any case, without prior and cues: a plain dictionary."""
    return Vocabulary.of(
        replace(concept, labels=tuple(replace(label, case="any", prior=1.0, cues=()) for label in concept.labels))
        for concept in vocabulary.values()
    )


def however_they_stand(find: Callable[[Article], list[dict[str, Any]]]) -> Callable[[Article], list[dict[str, Any]]]:
    """Return the finder without the evidence of how a label stands in the text."""

    def found(article: Article) -> list[dict[str, Any]]:
        with (
            patch("conceptgraph.extract.matcher.standing", lambda *_: FREE),
            patch("conceptgraph.extract.matcher.presented", lambda *_: FREE),
        ):
            return find(article)

    return found


def coverage(articles: Iterable[Article], vocabulary: Vocabulary, gold: dict[str, Any], scorer: Any) -> float:
    """Return the share of labelled concepts, organisations left out, of which some label stands in the text."""
    index = label_index(vocabulary.values())
    automaton = ahocorasick_rs.AhoCorasick([f" {key} " for key in index])
    found = total = 0
    for article in articles:
        haystack = f" {normal_form(article.text)} "
        places = automaton.find_matches_as_indexes(haystack, overlapping=True)
        standing = {scorer.key(article.text[start : end - 2]) for _, start, end in places}
        wanted = [one for one in gold[article.id] if one["kind"] != "organization" and one["agreed"]]
        total += len(wanted)
        found += sum(not standing.isdisjoint(one["surfaces"]) for one in wanted)
    return found / total


def phrases(kind: str) -> Callable[[Article], list[dict[str, Any]]] | None:
    """Return a finder that takes spaCy's or pytextrank's phrases for concepts, or None where it is not installed."""
    if importlib.util.find_spec(MODEL) is None or (kind == "pytextrank" and not importlib.util.find_spec("pytextrank")):
        return None
    import spacy

    nlp = spacy.load(MODEL)
    if kind == "pytextrank":
        import pytextrank  # noqa: F401

        nlp.add_pipe("textrank")

    def find(article: Article) -> list[dict[str, Any]]:
        doc = nlp(article.text)
        spans = {
            "entities": lambda: doc.ents,
            "noun chunks": lambda: doc.noun_chunks,
            "pytextrank": lambda: doc._.phrases,
        }
        texts = {span.text for span in spans[kind]()}
        return [{"id": text.casefold(), "kind": "technology", "surfaces": {text}} for text in texts]

    return find


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--docs", default="dev")
    options = parser.parse_args()
    scorer = load_scorer(options.scorer)
    gold = scorer.load(str(options.labels))
    articles = [a for path in sorted(options.articles.glob(f"{options.docs}*.md")) for a in read_articles([path])]
    vocabulary = load_vocabulary()
    names = list(TECHNIQUES)
    finders: dict[str, Callable[[Article], list[dict[str, Any]]] | None] = {
        "a dictionary of the labels": ours(["known"], without_policy(vocabulary)),
        "known, however labels stand": however_they_stand(ours(["known"], vocabulary)),
        **{f"{'+ ' if n else ''}{name}": ours(names[: n + 1], vocabulary) for n, name in enumerate(names)},
        **{f"spaCy {kind}": phrases(kind) for kind in ("entities", "noun chunks")},
        "pytextrank": phrases("pytextrank"),
    }
    size = sum(len(article.text.encode()) for article in articles) / 1e6
    print(f"{len(articles)} articles, {size:.2f} MB, {len(vocabulary):,} concepts")
    covered = coverage(articles, vocabulary, gold, scorer)
    print(f"label coverage {covered:.3f}: the share of labelled concepts of which a label stands in the text")
    print(f"{'':<28} precision  recall      f1      b3   MB per CPU second")
    for name, find in finders.items():
        if find is None:
            print(f"{name:<28} not installed")
            continue
        for article in articles[: FEW + 1]:  # what is made once, the automaton of all labels last
            find(article)
        start = time.process_time()
        found = {article.id: find(article) for article in articles}
        seconds = time.process_time() - start
        ready = {}
        for doc, ones in found.items():
            kinds = {one["id"]: one["kind"] for one in ones}
            ready[doc] = predicted(scorer, {one["id"]: one["surfaces"] for one in ones}, kinds)
        result, _, _ = scorer.score(gold, ready, options.docs)
        row = [result[key] for key in ("precision", "recall", "f1", "linking_b3")]
        print(f"{name:<28} {' '.join(f'{value:9.3f}' for value in row)} {size / seconds:9.2f}")
        if name == f"+ {names[-1]}":
            proposed = [(doc, one) for doc, ones in ready.items() for one in ones if one["id"] not in vocabulary]
            labelled = {doc: {key for one in gold[doc] for key in one["surfaces"]} for doc in ready}
            right = sum(not labelled[doc].isdisjoint(one["surfaces"]) for doc, one in proposed)
            print(f"{'  of these proposals':<28} {right} of {len(proposed)} are labelled")


if __name__ == "__main__":
    main()
