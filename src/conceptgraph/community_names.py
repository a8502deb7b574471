"""A name for a group of concepts: its leading members in words, as a person would write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conceptgraph.concept_network import ConceptNetwork
    from conceptgraph.model import Records

NAMED_BY = 3
TRIED = 12
"""How many leading members are looked at for three that are unlike each other."""
READ = 8
"""In how many articles at most is looked up how a word is written."""
_PROPER = frozenset({"technology", "organization", "protocol_standard", "language_format"})
"""Kinds of things that mostly have proper names."""
_DERIVED = re.compile(r"\w{3,}(?:[st]ion|ional|ity|ment|ness|[ae]nce|[ai]ble|ive|ure|ism)")
"""Words with such endings are made from other words, and no names of persons or products."""
_WORD = re.compile(r"[^\W_]+")
_NOTE = re.compile(r" \([^()]*\)$")


class Namer:
    """Names groups of concepts.

    Parameters
    ----------
    records
        The records, for names and texts.
    network
        The network of the same records, which numbers the concepts.
    """

    def __init__(self, records: Records, network: ConceptNetwork) -> None:
        self._concepts = records.concepts
        self._articles = records.articles
        self._words = {word for each in records.concepts for word in re.findall(r"(?<![\w-])[a-z]+", each.definition)}
        self._by_concept = sparse.csc_array(network.mentions)

    def name(self, members: Sequence[int]) -> str:
        """Return "First, second and third" of a group's members, numbers by falling importance."""
        leading = self._leading(members)
        names = [self._plain(leading[0]), *(self._within(i) for i in leading[1:])]
        names[0] = names[0][:1].upper() + names[0][1:] if _is_plain(names[0]) else names[0]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

    def _leading(self, members: Sequence[int]) -> list[int]:
        """Return the first members that neither share a word nor are a kind of each other.

        Organizations come into the name of a group of organizations only: whoever built it is no topic.
        """
        chosen: list[int] = []
        topics = [member for member in members if self._concepts[member].kind != "organization"] or members
        for member in topics[:TRIED]:
            if len(chosen) < NAMED_BY and not any(self._alike(member, other) for other in chosen):
                chosen.append(member)
        return chosen

    def _alike(self, one: int, other: int) -> bool:
        first, second = self._concepts[one], self._concepts[other]
        kin = any(f.kind in {"broader", "part_of"} and f.target == second.id for f in first.facts)
        nik = any(f.kind in {"broader", "part_of"} and f.target == first.id for f in second.facts)
        return kin or nik or bool(set(_stems(first.name)) & set(_stems(second.name)))

    def _plain(self, concept: int) -> str:
        """Return the name without a note that tells it from others of the name: "Node", not "Node (networking)"."""
        return _NOTE.sub("", self._concepts[concept].name)

    def _within(self, concept: int) -> str:
        """Return the name as it stands within a sentence: in lower case unless it is a proper name.

        A proper name has a capital further on, as Amazon Web Services, or a first word that neither definitions nor
        articles have in lower case, as Bloom filter, unless it is plainly made from another, as scalability or, alone,
        alerting. One-word names of technologies and the like may be both, as Spark: how articles write them decides.
        """
        name = self._plain(concept)
        first = name.split(maxsplit=1)[0]
        if not _is_plain(name) or re.search(r"[\W_][A-Z]", name):
            return name
        proper = self._concepts[concept].kind in _PROPER
        common = self._is_common(first) or (not proper and _is_derived(first, alone=first == name))
        if not common or (first == name and proper):
            common = self._mostly_lower(concept, first)
        return name[:1].lower() + name[1:] if common else name

    def _is_common(self, word: str) -> bool:
        """Say whether definitions have the word, or what a compound like in-memory begins with, in lower case."""
        begin = word.lower().split("-", maxsplit=1)[0]
        return word.lower() in self._words or (len(begin) > 1 and begin in self._words)

    def _mostly_lower(self, concept: int, word: str) -> bool:
        low, high = self._by_concept.indptr[concept], self._by_concept.indptr[concept + 1]
        texts = [self._articles[place].text for place in self._by_concept.indices[low:high][:READ].tolist()]
        return sum(_count(word.lower(), text) for text in texts) > sum(_count(word, text) for text in texts)


def _count(word: str, text: str) -> int:
    """Return how often a word stands in a text, not counting parts of addresses and of compounds."""
    return len(re.findall(rf"(?<![\w./-]){re.escape(word)}(?![\w/-])", text))


def _is_derived(word: str, *, alone: bool) -> bool:
    """Say whether a word is made from another; Hamming, in Hamming distance, is not."""
    return _DERIVED.fullmatch(word) is not None or (alone and word.endswith("ing"))


def _is_plain(name: str) -> bool:
    """Say whether a name's first word is an ordinary word, and not as iOS or gRPC."""
    return re.fullmatch(r"[A-Za-z][a-z'’-]*", name.split(maxsplit=1)[0]) is not None if name else False


def _stems(name: str) -> Iterator[str]:
    """Yield the words of a name without their endings: enough to see that caching and cache are alike."""
    for word in _WORD.findall(name.lower()):
        if len(word) > 2:
            yield word[:5]
