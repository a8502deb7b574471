"""How well it is known what a reader has to understand first, on pairs and goals written independently of the facts.

    python benchmarks/prerequisites.py [--articles PATH ...] [--misses]

Three graphs are measured: the vocabulary's facts `requires` alone, and the prerequisite graph with these facts and
without them, made from the vocabulary and, where --articles names some, from what articles say.

prerequisite_pairs.tsv holds pairs of concepts. `requires` and `requires-far` (over two or three steps): the second
should be in the first's closure, and the first never in the second's, which are the reversed pairs. `sibling` and
`unrelated`: neither may be in the other's closure; a pair is wrong if either is. AUC is how often a pair that is
needed has a higher score than one that is not, siblings and unrelated pairs taken both ways round; ties count half.
prerequisite_goals.json holds goals with `needs`, which the closure should hold, `not_needed`, which it should not, and
`order`, pairs that it should keep, counted where it holds both.

Whoever writes facts from what --misses prints has nothing left to measure them with: it is for finding faults in the
pairs themselves and in the graph's rules.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Protocol

from scipy.stats import rankdata

from conceptgraph import load_vocabulary, pipeline
from conceptgraph.sources import read_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from conceptgraph import Vocabulary

HERE = Path(__file__).parent
PAIRS, GOALS = HERE / "prerequisite_pairs.tsv", HERE / "prerequisite_goals.json"


class Graph(Protocol):
    def closure(self, ids: Iterable[str], /) -> list[str]: ...

    def score(self, first: str, second: str, /) -> float: ...


@dataclass(frozen=True, slots=True)
class Pair:
    first: str
    second: str
    relation: str


@dataclass(frozen=True, slots=True)
class Goal:
    concept: str
    needs: tuple[str, ...]
    not_needed: tuple[str, ...]
    order: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """What was said of each case, and what should have been."""

    title: str
    wanted: bool
    said: dict[str, bool]

    def __str__(self) -> str:
        count = sum(self.said.values())
        return f"{count / len(self.said):.3f} {f'{count}/{len(self.said)}':>8}" if self.said else f"{'-':^14}"

    def misses(self) -> list[str]:
        return [case for case, said in self.said.items() if said is not self.wanted]


class FactGraph:
    """The vocabulary's facts `requires` and nothing else."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._needs = {
            concept.id: [fact.target for fact in concept.facts if fact.kind == "requires"]
            for concept in vocabulary.values()
        }

    def closure(self, ids: Iterable[str]) -> list[str]:
        found: dict[str, None] = {}
        for id_ in ids:
            self._visit(id_, found, set())
        return list(found)

    def score(self, first: str, second: str) -> float:
        return float(second in self.closure([first]))

    def _visit(self, id_: str, found: dict[str, None], above: set[str]) -> None:
        if id_ not in found and id_ not in above:
            for target in self._needs[id_]:
                self._visit(target, found, above | {id_})
            found[id_] = None


def resolver(vocabulary: Vocabulary) -> Callable[[str], str]:
    def resolve(name: str) -> str:
        ids = vocabulary.find(name)
        if len(ids) != 1:
            sys.exit(f"'{name}' names {len(ids)} concepts of the vocabulary; name one")
        return ids[0]

    return resolve


def read_pairs(resolve: Callable[[str], str]) -> list[Pair]:
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Pair(resolve(row["first"]), resolve(row["second"]), row["relation"]) for row in rows]


def read_goals(resolve: Callable[[str], str]) -> list[Goal]:
    return [
        Goal(
            concept=resolve(row["goal"]),
            needs=tuple(map(resolve, row["needs"])),
            not_needed=tuple(map(resolve, row["not_needed"])),
            order=tuple((resolve(before), resolve(after)) for before, after in row["order"]),
        )
        for row in json.loads(GOALS.read_text("utf-8"))
    ]


def area_under_curve(positive: list[float], negative: list[float]) -> float:
    """Return the chance that one of `positive` exceeds one of `negative`, a tie counting half (Mann & Whitney 1947)."""
    ranks = rankdata(positive + negative)[: len(positive)]
    least = len(positive) * (len(positive) + 1) / 2
    return float((ranks.sum() - least) / (len(positive) * len(negative)))


def auc(graph: Graph, pairs: list[Pair]) -> float:
    positive: list[float] = []
    negative: list[float] = []
    for pair in pairs:
        there, back = graph.score(pair.first, pair.second), graph.score(pair.second, pair.first)
        (positive if pair.relation.startswith("requires") else negative).append(there)
        negative.append(back)
    return area_under_curve(positive, negative)


def mean_closure(graph: Graph, goals: list[Goal]) -> float:
    return fmean(len(set(graph.closure([goal.concept])) - {goal.concept}) for goal in goals)


def pair_measures(graph: Graph, pairs: list[Pair]) -> Iterator[Measure]:
    @cache
    def closure(id_: str) -> frozenset[str]:
        return frozenset(graph.closure([id_]))

    def said(relations: set[str], *ways: bool) -> dict[str, bool]:
        """Tell of each pair whether the second is needed for the first, or, where a way is False, the reverse."""
        return {
            f"{pair.first} -> {pair.second}": any(
                pair.second in closure(pair.first) if way else pair.first in closure(pair.second) for way in ways
            )
            for pair in pairs
            if pair.relation in relations
        }

    required = {"requires", "requires-far"}
    yield Measure("pairs: required, in the closure", True, said(required, True))
    yield Measure("  of them direct", True, said({"requires"}, True))
    yield Measure("  of them distant", True, said({"requires-far"}, True))
    yield Measure("pairs: reversed, said to be needed", False, said(required, False))
    yield Measure("pairs: siblings, said to be needed", False, said({"sibling"}, True, False))
    yield Measure("pairs: unrelated, said to be needed", False, said({"unrelated"}, True, False))


def goal_measures(graph: Graph, goals: list[Goal]) -> Iterator[Measure]:
    needed: dict[str, bool] = {}
    extra: dict[str, bool] = {}
    disorder: dict[str, bool] = {}
    for goal in goals:
        # whether a closure holds the goal itself does not matter here: it comes last
        path = [id_ for id_ in graph.closure([goal.concept]) if id_ != goal.concept] + [goal.concept]
        at = {id_: place for place, id_ in enumerate(path)}
        needed |= {f"{goal.concept}: {id_}": id_ in at for id_ in goal.needs}
        extra |= {f"{goal.concept}: {id_}": id_ in at for id_ in goal.not_needed}
        held = [(before, after) for before, after in goal.order if before in at and after in at]
        disorder |= {f"{goal.concept}: {before}, then {after}": at[before] > at[after] for before, after in held}
    yield Measure("goals: needed, in the closure", True, needed)
    yield Measure("goals: not needed, but in it", False, extra)
    yield Measure("goals: order violated", False, disorder)


def graphs(vocabulary: Vocabulary, articles: list[Path]) -> dict[str, Graph]:
    """Return what is to be measured, by name, the best last."""
    found: dict[str, Graph] = {"facts alone": FactGraph(vocabulary)}
    if importlib.util.find_spec("conceptgraph.prerequisites") is None:
        print("there is no conceptgraph.prerequisites: the facts alone are measured", file=sys.stderr)
        return found
    from conceptgraph.prerequisites import prerequisite_graph

    records = pipeline.link(list(read_articles(articles)), vocabulary) if articles else None
    for facts, name in ((False, "facts off"), (True, "facts on")):
        found[name] = prerequisite_graph(vocabulary, records, facts=facts)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, nargs="+", default=[])
    parser.add_argument("--misses", action="store_true", help="list what the last graph says wrongly")
    options = parser.parse_args()
    vocabulary = load_vocabulary()
    resolve = resolver(vocabulary)
    pairs, goals = read_pairs(resolve), read_goals(resolve)
    measured = graphs(vocabulary, options.articles)
    tables = [[*pair_measures(graph, pairs), *goal_measures(graph, goals)] for graph in measured.values()]
    facts = sum(fact.kind == "requires" for concept in vocabulary.values() for fact in concept.facts)
    print(f"{len(pairs)} pairs, {len(goals)} goals; {facts:,} facts `requires`")
    print(f"{'':<36}" + "".join(f"{name:>18}" for name in measured))
    aucs = [f"{auc(graph, pairs):.3f}" for graph in measured.values()]
    sizes = [f"{mean_closure(graph, goals):.1f}" for graph in measured.values()]
    print(f"{'pairs: AUC':<36}" + "".join(f"{figure:<14}".rjust(18) for figure in aucs))
    print(f"{'goals: concepts in a closure, mean':<36}" + "".join(f"{figure:<14}".rjust(18) for figure in sizes))
    for row in zip(*tables, strict=True):
        print(f"{row[0].title:<36}" + "".join(f"{measure!s:>18}" for measure in row))
    if options.misses:
        whole = [measure for measure in tables[-1] if not measure.title.startswith(" ")]  # the others are parts
        for line in (f"{measure.title}: {case}" for measure in whole for case in measure.misses()):
            print(line)


if __name__ == "__main__":
    main()
