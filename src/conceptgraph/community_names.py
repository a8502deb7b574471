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
"""In how many articles at most is looked up how a name is written within a sentence."""
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
        self._texts = records.articles
        self._by_concept = sparse.csc_array(network.mentions)

    def name(self, members: Sequence[int]) -> str:
        """Return "First, second and third" of a group's members, numbers by falling importance."""
        leading = self._leading(members)
        names = [self._plain(leading[0]), *(self._within(i) for i in leading[1:])]
        names[0] = names[0][:1].upper() + names[0][1:] if _is_plain(names[0]) else names[0]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

    def _leading(self, members: Sequence[int]) -> list[int]:
        """Return the first members that neither share a word nor are a kind of each other."""
        chosen: list[int] = []
        for member in members[:TRIED]:
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
        """Return the name as it stands within a sentence: in lower case where articles write it so."""
        name = self._plain(concept)
        if not _is_plain(name):
            return name
        lower = name[:1].lower() + name[1:]
        low, high = self._by_concept.indptr[concept], self._by_concept.indptr[concept + 1]
        places = self._by_concept.indices[low:high][:READ].tolist()
        pattern = re.compile(rf"\b{re.escape(lower)}")
        return lower if any(pattern.search(self._texts[place].text) for place in places) else name


def _is_plain(name: str) -> bool:
    """Say whether a name's first word is an ordinary word, and not as iOS or gRPC."""
    return re.fullmatch(r"[A-Za-z][a-z'’-]*", name.split(maxsplit=1)[0]) is not None if name else False


def _stems(name: str) -> Iterator[str]:
    """Yield the words of a name without their endings: enough to see that caching and cache are alike."""
    for word in _WORD.findall(name.lower()):
        if len(word) > 2:
            yield word[:5]
