"""How well related articles agree with tags that were hidden from the measures.

    python benchmarks/related.py ARTICLES... [--tags FILE] [--labels FOLDER] [--weights]

The truth is a file of lines "article id, tab, tags with commas between", or the tags of the articles' front matter;
with --labels, the core concepts that careful readers gave (JSON files named by article id), which is a stand-in that
favours concepts, since readers and concept vectors name the same things. An article is relevant to another when they
share a tag, and the gain of finding it is the number of shared tags. Articles without a relevant one are left out.

Printed: nDCG@10 and P@5 over all articles as queries, each with a bootstrap interval (95 %, 2,000 samples of the
queries), and the paired difference of each measure to TF-IDF. --weights tries weights of what the fusion adds up, and
prints for ten folds of the queries which weights the other nine would choose and what these give on the tenth.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from conceptgraph import load_vocabulary, pipeline
from conceptgraph.extract.terms import counted
from conceptgraph.relatedness import MEASURES, build_index, fusion
from conceptgraph.relatedness.fusion import PARTS, WEIGHTS
from conceptgraph.relatedness.tfidf import count_matrix, document_frequency, tfidf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from conceptgraph.model import Article
    from conceptgraph.relatedness import RelatednessIndex

    Scores = NDArray[np.float64]

DEPTH, FIRST, SAMPLES, SEED = 10, 5, 2_000, 0


def gains(articles: Sequence[Article], tags: Mapping[str, Sequence[str]]) -> Scores:
    """Return how many tags each two articles share; 0 of an article with itself."""
    names = sorted({tag for article in articles for tag in tags.get(article.id, ())})
    column = {name: at for at, name in enumerate(names)}
    has = np.zeros((len(articles), len(names)))
    for row, article in enumerate(articles):
        has[row, [column[tag] for tag in tags.get(article.id, ())]] = 1
    shared = has @ has.T
    np.fill_diagonal(shared, 0)
    return shared


def quality(scores: Scores, gain: Scores) -> tuple[Scores, Scores]:
    """Return nDCG@10 (Järvelin and Kekäläinen 2002) and P@5 of every article that has a relevant one."""
    discount = 1 / np.log2(np.arange(DEPTH) + 2)
    ndcg, precision = [], []
    for row in np.flatnonzero(gain.max(axis=1)):
        own = np.where(np.arange(len(gain)) == row, -np.inf, scores[row])
        order = np.argsort(-own, kind="stable")[:DEPTH]
        ideal = np.sort(gain[row])[::-1][:DEPTH]
        ndcg.append((gain[row][order] * discount[: len(order)]).sum() / (ideal * discount[: len(ideal)]).sum())
        precision.append((gain[row][order[:FIRST]] > 0).mean())
    return np.array(ndcg), np.array(precision)


def bm25(articles: Sequence[Article], k1: float = 1.2, b: float = 0.75) -> Scores:
    """Return BM25 with each article's text as the query (Robertson and Zaragoza 2009)."""
    counts, _ = count_matrix(counted(article.title, article.text) for article in articles)
    frequency, length = document_frequency(counts), np.asarray(counts.sum(axis=1)).ravel()
    inverse = np.log(1 + (len(articles) - frequency + 0.5) / (frequency + 0.5))
    rows = np.repeat(np.arange(len(articles)), np.diff(counts.indptr))
    saturated = counts.data * (k1 + 1) / (counts.data + k1 * (1 - b + b * length[rows] / length.mean()))
    weighted = counts.copy()
    weighted.data = saturated * inverse[counts.indices]
    return (counts @ weighted.T).toarray()


def plain_tfidf(articles: Sequence[Article]) -> Scores:
    """Return cosines of TF-IDF vectors of words and pairs of words, the title counted three times."""
    counts, _ = count_matrix(counted(article.title, article.text) for article in articles)
    vectors = tfidf(counts)
    return (vectors @ vectors.T).toarray()


def interval(values: Scores) -> str:
    """Return the mean with its bootstrap interval (Efron and Tibshirani 1993)."""
    pick = np.random.default_rng(SEED).integers(len(values), size=(SAMPLES, len(values)))
    low, high = np.percentile(values[pick].mean(axis=1), [2.5, 97.5])
    return f"{values.mean():.3f} [{low:.3f}, {high:.3f}]"


def report(scores: Mapping[str, Scores], gain: Scores) -> None:
    found = {name: quality(of, gain) for name, of in scores.items()}
    print(f"{len(found['random'][0])} articles with a relevant one, {(gain > 0).sum(axis=1).mean():.1f} relevant each")
    print(f"{'':12} {'nDCG@10':22} {'P@5':22} {'nDCG@10 over TF-IDF':24} P@5 over TF-IDF")
    for name, (ndcg, precision) in found.items():
        paired = [interval(one - base) for one, base in zip((ndcg, precision), found["TF-IDF"], strict=True)]
        print(f"{name:12} {interval(ndcg):22} {interval(precision):22} {paired[0]:24} {paired[1]}")


def weigh(index: RelatednessIndex, gain: Scores, folds: int = 10) -> None:
    """Print which weights cross-validation chooses, and what they give on queries that did not choose them."""
    parts = index.by_words, index.by_concepts, index.by_latent
    cosines = [part(range(len(gain))).astype(np.float64) for part in parts]
    tried = {}
    for rest in itertools.product((0.5, 0.75, 1.0, 1.5, 2.0), (0.0, 0.25, 0.5, 1.0, 2.0)):
        weights = (1.0, *rest)
        alike = sum(share * each for share, each in zip(fusion.shares(index.spread, weights), cosines, strict=True))
        tried[weights] = quality(alike, gain)[0]
    queries = np.random.default_rng(SEED).permutation(len(tried[WEIGHTS]))
    held, chosen = [], Counter()
    for fold in range(folds):
        out = queries[fold::folds]
        rest = np.setdiff1d(queries, out)
        best = max(tried, key=lambda weights: tried[weights][rest].mean())
        chosen[best] += 1
        held.append(tried[best][out] - tried[WEIGHTS][out])
    print(f"weights of {', '.join(PARTS)} chosen in {folds} folds: {dict(chosen.most_common())}")
    gained = interval(np.concatenate(held))
    print(f"nDCG@10 of the chosen over that of {WEIGHTS}, on queries that did not choose: {gained}")


def core_concepts(folder: Path, articles: Sequence[Article]) -> dict[str, list[str]]:
    """Return the names of the core concepts in a folder's labels, by article id."""
    found = {}
    for article in articles:
        path = folder / f"{article.id}.json"
        concepts = json.loads(path.read_text("utf-8"))["concepts"] if path.exists() else []
        found[article.id] = sorted({each["name"].casefold() for each in concepts if each.get("core")})
    return found


def tags_of(path: Path) -> dict[str, list[str]]:
    lines = (line.split("\t", 1) for line in path.read_text("utf-8").splitlines() if "\t" in line)
    return {id_: [tag.strip() for tag in tags.split(",") if tag.strip()] for id_, tags in lines}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--tags", type=Path)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--weights", action="store_true")
    options = parser.parse_args()
    records = pipeline.link(pipeline.read(options.articles).articles, load_vocabulary())
    index = build_index(records)
    articles = records.articles
    measured = {
        name: np.stack([measure(index, at) for at in range(len(articles))]).astype(np.float64)
        for name, measure in MEASURES.items()
    }
    scores = {
        "random": np.random.default_rng(SEED).random((len(articles), len(articles))),
        "BM25": bm25(articles),
        "TF-IDF": plain_tfidf(articles),
        **measured,
    }
    if options.labels:
        gain = gains(articles, core_concepts(options.labels, articles))
    else:
        tags = tags_of(options.tags) if options.tags else {article.id: article.tags for article in articles}
        gain = gains(articles, tags)
    if not gain.any():
        raise SystemExit(
            "no two articles share a tag; give --tags, --labels or articles with tags in their front matter"
        )
    report(scores, gain)
    if options.weights:
        weigh(index, gain)


if __name__ == "__main__":
    main()
