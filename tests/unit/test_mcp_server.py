"""The server answers the SDK's own client, in memory and over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import TextContent

from conceptgraph import StoreError, __version__, store
from conceptgraph.mcp_server import MOST, make_server
from conceptgraph.pipeline import link
from conceptgraph.vocabulary import load_vocabulary
from tests.conftest import ROOT, article

if TYPE_CHECKING:
    from mcp.types import CallToolResult

    from conceptgraph.model import Article

TEXTS = {
    "On logs": "On logs\n\nApache Kafka keeps records in a distributed log. Raft elects a leader for the log.",
    "On caches": "On caches\n\nRedis is a cache. A Bloom filter spares Apache Cassandra most disk reads.",
    "On trees": "On trees\n\nApache Cassandra keeps its data in an LSM tree with a Bloom filter for each file.",
    "On the web": "On the web\n\nHTTP/3 runs over QUIC, and that over UDP.",
}


def articles() -> list[Article]:
    return [article(text, id=title.lower().replace(" ", "-"), title=title) for title, text in sorted(TEXTS.items())]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("graphs")
    store.write(where, link(articles(), load_vocabulary()))
    return where


def ask(server: Any, tool: str, /, **given: Any) -> CallToolResult:
    async def one() -> CallToolResult:
        async with Client(server) as client:
            return await client.call_tool(tool, given)

    return asyncio.run(one())


def answer(server: Any, tool: str, /, **given: Any) -> dict[str, Any]:
    result = ask(server, tool, **given)
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return dict(result.structured_content)


def test_it_says_which_version_it_is(folder: Path) -> None:
    async def asked() -> Any:
        async with Client(make_server(folder)) as client:
            return client.server_info

    said = asyncio.run(asked())
    assert (said.name, said.version) == ("conceptgraph", __version__)


def test_tools_only_read(folder: Path) -> None:
    async def listed() -> Any:
        async with Client(make_server(folder)) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(listed())
    assert [tool.name for tool in tools] == TOOLS
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)


TOOLS = ["search", "show", "related", "explain", "study_path", "prerequisites"]


def test_answers_have_evidence(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    server = make_server(folder)
    hits = answer(server, "search", query="blom filter")["hits"]
    assert hits[0]["id"] == "bloom-filter"
    shown = answer(server, "show", name="bloom filters")
    assert shown["kind"] == "algorithm_data_structure"
    assert {link["name"]: link["sentence"] for link in shown["links"]}["On caches"] == (
        "A Bloom filter spares Apache Cassandra most disk reads."
    )
    nearest = answer(server, "related", name="On trees")["related"][0]
    assert (nearest["article"], nearest["title"]) == ("on-caches", "On caches")
    assert any("Bloom filter" in quote["sentence"] for reason in nearest["reasons"] for quote in reason["quotes"])
    assert answer(server, "related", name="Bloom filter", k=10**9)["concept"] == "Bloom filter"
    (path, *_) = answer(server, "explain", first="On caches", second="LSM tree")["paths"]
    assert any("Cassandra" in quote["sentence"] for step in path["steps"] for quote in step["quotes"])
    needs = answer(server, "prerequisites", name="HTTP/3")
    assert "quic" in {each["concept"] for each in needs["needs"]} & {
        each["concept"] for each in needs["order_of_study"]
    }
    assert all(each["reason"] for each in needs["needs"])
    plan = answer(server, "study_path", goals=["HTTP/3"])
    assert plan["concepts"][-1] == "http-3"
    assert [step["article"] for step in plan["steps"]][-1] == "on-the-web"
    assert plan["steps"][-1]["quote"] == "HTTP/3 runs over QUIC, and that over UDP."
    fewer = answer(server, "study_path", goals=["HTTP/3"], known=["quic"])["concepts"]
    assert "quic" in set(plan["concepts"]) - set(fewer)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("show", {"name": "bloom filtre"}, "the nearest names are"),
        ("explain", {"first": "On caches", "second": "nothing like it"}, "nothing is called 'nothing like it'"),
        ("related", {}, "related: name: field required"),
        ("search", {"query": "x", "k": [1]}, "search: k: input should be a valid integer, not [1]"),
        (
            "study_path",
            {"goals": "Raft", "minutes": "few"},
            "goals: input should be a valid list, not 'Raft'; minutes: ",
        ),
        ("no_such_tool", {}, "no_such_tool"),
    ],
)
def test_a_wrong_question_gets_an_answer_that_says_so(
    folder: Path, name: str, given: dict[str, Any], said: str
) -> None:
    try:
        result = ask(make_server(folder), name, **given)
    except Exception as error:  # noqa: BLE001 - the SDK's client raises what is no tool's answer, in a group
        assert said in repr(error)  # noqa: PT017
        return
    assert result.is_error
    (content,) = result.content
    assert isinstance(content, TextContent)
    told = content.text
    assert said in told
    assert "http" not in told
    assert len(told.splitlines()) == 1


def test_limits_and_changes(tmp_path: Path) -> None:
    many = [article("T\n\nApache Kafka.", id=f"a{n:03}", title=f"T{n}") for n in range(MOST + 10)]
    store.write(tmp_path, link(many, load_vocabulary()))
    server = make_server(tmp_path)
    assert len(answer(server, "related", name="a000", k=1000)["related"]) == MOST
    store.write(tmp_path, link(articles(), load_vocabulary()))
    assert answer(server, "show", name="On trees")["name"] == "On trees"


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no graph"):
        make_server(tmp_path)


def test_over_standard_input_and_output(folder: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "conceptgraph", "mcp", "-g", str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        cwd=str(Path.cwd()),
    )
    shown = answer(command, "show", name="On logs")
    assert {"Apache Kafka", "Raft consensus algorithm"} <= {link["name"] for link in shown["links"]}
