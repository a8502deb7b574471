"""A server for the Model Context Protocol: other programs ask a graph, and get answers with their evidence.

It reads only, from one graph folder; the graph is read again when a build has changed it.
"""

from __future__ import annotations

import reprlib
from dataclasses import asdict
from functools import wraps
from typing import TYPE_CHECKING, Any

from conceptgraph import __version__
from conceptgraph.api import ConceptGraph, load
from conceptgraph.connections import explain
from conceptgraph.describe import describe
from conceptgraph.errors import ConceptGraphError
from conceptgraph.extract.quotes import quote
from conceptgraph.extract.sentences import Sentences
from conceptgraph.foreign import needed
from conceptgraph.lessons import path_to
from conceptgraph.lookup import find, find_concept
from conceptgraph.model import Article
from conceptgraph.prerequisites import prerequisite_graph
from conceptgraph.relatedness import index_in, related, related_concepts
from conceptgraph.slices import with_id
from conceptgraph.store.opening import FILE
from conceptgraph.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from conceptgraph.prerequisites import PrerequisiteGraph
    from conceptgraph.relatedness import RelatednessIndex
    from conceptgraph.vocabulary import Vocabulary

    Tool = Callable[..., Awaitable[dict[str, Any]]]
    Call = Callable[..., Awaitable[Any]]

MOST = 50
"""How many results one answer holds at most: more would fill what a language model can read at a time."""
LINKS = 100
"""How many links ``show`` lists, those that weigh most."""
INSTRUCTIONS = """\
A graph of technical articles and the concepts that they speak of. Names are titles, labels or ids, in any case. Every \
answer quotes the sentences it rests on: quote them, with the article's title, rather than answer from memory."""


class Answers:
    """The tools: each method answers from the graph that the folder holds now.

    Parameters
    ----------
    folder
        The graph folder.
    vocabulary
        What says which concepts need which.
    """

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        self._folder = folder
        self._vocabulary = vocabulary
        self._needs: PrerequisiteGraph | None = None
        self._index: RelatednessIndex | None = None
        self._state: tuple[int, int] | None = None
        self._graph: ConceptGraph | None = None

    def graph(self) -> ConceptGraph:
        """Return the graph, read again when its file has changed."""
        try:
            at = (self._folder / FILE).stat()
            state = (at.st_mtime_ns, at.st_size)
        except OSError:
            state = None
        if self._graph is None or state != self._state or state is None:
            self._graph, self._state, self._needs, self._index = load(self._folder), state, None, None
        return self._graph

    def _relatedness(self) -> RelatednessIndex:
        records = self.graph().records
        if self._index is None:
            self._index = index_in(self._folder, records, keep=False)
        return self._index

    def _prerequisites(self) -> PrerequisiteGraph:
        records = self.graph().records
        if self._needs is None:
            self._needs = prerequisite_graph(self._vocabulary, records)
        return self._needs

    def _concept_id(self, name: str) -> str:
        """Return the id of a concept of the graph, or of the vocabulary where no article speaks of it."""
        records = self.graph().records
        there = {concept.id for concept in records.concepts}
        known = [id_ for id_ in self._vocabulary.find(name) if id_ in there] or self._vocabulary.find(name)
        return known[0] if known else find_concept(records, name).id

    async def search(self, query: str, k: int = 10) -> dict[str, Any]:
        """Search articles and concepts; labels are found in spite of typing errors. ⟦…⟧ marks the words found."""
        return {"hits": [asdict(hit) for hit in self.graph().hits(query, k=_at_most(k))]}

    async def show(self, name: str) -> dict[str, Any]:
        """Show an article or a concept: what it is, and each link with its weight and the sentence behind it."""
        records = self.graph().records
        shown = describe(records, find(records, name))
        left_out = len(shown["links"]) - LINKS
        return shown | {"links": shown["links"][:LINKS]} | ({"links_left_out": left_out} if left_out > 0 else {})

    async def related(self, name: str, k: int = 10) -> dict[str, Any]:
        """List the articles most related to an article, or the concepts most related to a concept, with reasons."""
        graph = self.graph()
        item = find(graph.records, name)
        if not isinstance(item, Article):
            found = related_concepts(graph.records, item.id, k=_at_most(k))
            names = {each.concept: with_id(graph.records.concepts, each.concept).name for each in found}
            return {"concept": item.name, "related": [asdict(each) | {"name": names[each.concept]} for each in found]}
        nearest = related(graph.records, self._relatedness(), item.id, k=_at_most(k))
        titles = {each.article: with_id(graph.records.articles, each.article).title for each in nearest}
        return {"article": item.title, "related": [asdict(each) | {"title": titles[each.article]} for each in nearest]}

    async def explain(self, first: str, second: str, k: int = 3) -> dict[str, Any]:
        """Say how two articles or concepts are connected: the best few paths, each step as a sentence with quotes."""
        records = self.graph().records
        found = explain(records, find(records, first), find(records, second), k=_at_most(k))
        return {"paths": [asdict(connection) for connection in found]}

    async def study_path(
        self, goals: list[str], known: list[str] | None = None, minutes: int | None = None
    ) -> dict[str, Any]:
        """Plan what to read for some concepts or articles, what is needed first, first, in the minutes there are."""
        path = path_to(
            goals,
            records=self.graph().records,
            vocabulary=self._vocabulary,
            graph=self._prerequisites(),
            known=known or (),
            minutes=minutes,
        )
        return path.to_dict() | {"names": path.names}

    async def prerequisites(self, name: str) -> dict[str, Any]:
        """List what to know before a concept: what it needs directly, each with a reason, and all in order of study."""
        needs, id_ = self._prerequisites(), self._concept_id(name)
        texts = {article.id: article for article in self.graph().records.articles}
        direct = []
        for edge in needs.direct(id_):
            row = self._told(edge.needs) | {"tier": edge.tier, "confidence": edge.confidence, "reason": edge.reason}
            if edge.article in texts:
                article = texts[edge.article]
                row |= asdict(quote(article, *Sentences(article.text).around(edge.start, edge.end)))
            direct.append(row)
        order = [self._told(each) for each in needs.closure([id_]) if each != id_]
        return self._told(id_) | {"needs": direct, "order_of_study": order}

    def _told(self, id_: str) -> dict[str, Any]:
        concepts = self.graph().records.concepts
        concept = self._vocabulary[id_] if id_ in self._vocabulary else with_id(concepts, id_)
        return {"concept": id_, "name": concept.name, "definition": concept.definition}

    def tools(self) -> list[Tool]:
        """Return the tools, in the order in which they are listed."""
        return [self.search, self.show, self.related, self.explain, self.study_path, self.prerequisites]


def _at_most(k: int) -> int:
    return min(max(k, 1), MOST)


def make_server(folder: Path, vocabulary: Vocabulary | None = None) -> Any:
    """Return a server of the official SDK with the tools of `Answers`.

    Parameters
    ----------
    folder
        The graph folder to answer from.
    vocabulary
        The vocabulary that it was built with; the built-in one when not given.

    Raises
    ------
    InputError
        The extra ``mcp`` is not installed.
    StoreError
        The folder holds no graph.
    """
    sdk = needed("mcp.server.mcpserver", extra="mcp", to="serve other programs")
    types = needed("mcp.types", extra="mcp", to="serve other programs")
    errors = needed("mcp.server.mcpserver.exceptions", extra="mcp", to="serve other programs")
    answers = Answers(folder, vocabulary or load_vocabulary())
    answers.graph()  # a folder without a graph is an error now, not at the first question
    server = sdk.MCPServer("conceptgraph", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")
    reads = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for tool in answers.tools():
        told = _telling(tool, errors.ToolError)
        server.tool(annotations=reads)(told)
    invalid = needed("pydantic", extra="mcp", to="serve other programs").ValidationError
    server.call_tool = _in_a_sentence(server.call_tool, errors.ToolError, invalid)
    return server


def _telling(tool: Tool, error_type: type[Exception]) -> Tool:
    """Return the tool with our errors as answers that the other program can read, and mend its question by."""

    @wraps(tool)
    async def told(*args: Any, **given: Any) -> dict[str, Any]:
        try:
            return await tool(*args, **given)
        except ConceptGraphError as error:
            raise error_type(str(error)) from None

    return told


def _in_a_sentence(call: Call, error_type: type[Exception], invalid: Any) -> Call:
    """Return the SDK's way to call a tool, with a sentence on arguments that are wrong.

    The SDK checks them before the tool is asked, and answers with pydantic's own message: several lines and an address.
    """

    @wraps(call)
    async def called(name: str, *args: Any, **given: Any) -> Any:
        try:
            return await call(name, *args, **given)
        except error_type as error:
            cause = error.__cause__
            if not isinstance(cause, invalid):
                raise
            raise error_type(f"{name}: {'; '.join(map(_problem, cause.errors()))}") from None

    return called


def _problem(found: Mapping[str, Any]) -> str:
    """Return what is wrong with one argument: "k: input should be a valid integer, not 'many'"."""
    place, message = ".".join(map(str, found["loc"])), found["msg"][0].lower() + found["msg"][1:]
    return f"{place}: {message}" + ("" if found["type"] == "missing" else f", not {reprlib.repr(found['input'])}")
