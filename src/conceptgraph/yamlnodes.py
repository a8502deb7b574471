"""Reading YAML as nodes: nothing is constructed, and every fault has its file and line.

Values are taken from composed nodes by the few functions below, which accept plain scalars, lists of them and
mappings to a fixed depth only. So a tag such as ``!!python/object`` is refused, and an alias bomb is never unfolded:
it is composed as shared nodes and then has the wrong type.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptgraph.errors import ConceptGraphError

# libyaml where PyYAML was built with it (ten times as fast), the same parser in Python otherwise.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNQUOTED = re.compile("mapping values are not allowed|cannot start any token|alphabetic or numeric|undefined alias")
"""What the parsers say of plain text with a colon in it, or with a sign before it that means something in YAML."""
MAX_DEPTH = 40
"""Deepest nesting of brackets that is read at all: composing recurses, and no file of ours needs more than five."""


class YamlError(Exception):
    """Something in a YAML text is not as it should be; `line` counts from 1."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what

    def at(self, path: str, error: type[ConceptGraphError], first_line: int = 0) -> ConceptGraphError:
        """Return `error` with a message that names the file and the line in it."""
        return error(f"{path}:{self.line + first_line}: {self.what}")


def compose(text: str) -> yaml.MappingNode | None:
    """Return the text's one mapping, or None for an empty text; YamlError for anything else."""
    _check_depth(text)
    try:
        node = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "unreadable"
        remedy = ": put the value in quotation marks" if _UNQUOTED.search(what) else ""
        raise YamlError(mark.line + 1 if mark else 1, f"not YAML ({what}{remedy})") from None
    except yaml.YAMLError as error:
        raise YamlError(1, f"not YAML ({str(error).splitlines()[0]})") from None
    if node is None:
        return None
    if not isinstance(node, yaml.MappingNode):
        raise fault(node, "a mapping of keys to values is needed here")
    return node


def _check_depth(text: str) -> None:
    """Refuse nesting that could exhaust the composer's stack, in flow style (brackets) and in block style (`- - -`)."""
    depth = deepest = 0
    for sign in text:
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth = max(depth - 1, 0)
    indent = max((len(line) - len(line.lstrip(" -?")) for line in text.splitlines()), default=0)
    if deepest > MAX_DEPTH or indent > 8 * MAX_DEPTH:
        raise YamlError(1, "nested too deeply; write it flat")


def line_of(node: yaml.Node) -> int:
    """Return the node's line, counted from 1."""
    return int(node.start_mark.line) + 1 if node.start_mark else 1


def fault(node: yaml.Node, what: str) -> YamlError:
    """Return a YamlError at the node's line."""
    return YamlError(line_of(node), what)


def items(node: yaml.Node, what: str) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Yield (key, key node, value node) of a mapping; a key that stands twice is a fault."""
    if not isinstance(node, yaml.MappingNode):
        raise fault(node, f"{what} must be a mapping of keys to values")
    seen: set[str] = set()
    for key_node, value in node.value:
        key = text_of(key_node, f"a key of {what}")
        if key in seen:
            raise fault(key_node, f"'{key}' stands twice in {what}; keep one")
        seen.add(key)
        yield key, key_node, value


def is_null(node: yaml.Node) -> bool:
    """Whether the node is an empty value."""
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def text_of(node: yaml.Node, what: str) -> str:
    """Return a scalar that YAML reads as a string."""
    if not isinstance(node, yaml.ScalarNode):
        raise fault(node, f"{what} must be text, not a list or a mapping")
    if node.tag != "tag:yaml.org,2002:str":
        raise fault(node, f"{what} must be text, but YAML reads {node.value!r} as {_tag_name(node)}; put it in quotes")
    return str(node.value)


def scalar_of(node: yaml.Node, what: str) -> str:
    """Return any plain scalar as it is written: a date or a number serves where text is wanted."""
    if not isinstance(node, yaml.ScalarNode):
        raise fault(node, f"{what} must be one value, not a list or a mapping")
    if not node.tag.startswith("tag:yaml.org,2002:") or ":python/" in node.tag:
        raise fault(node, f"{what} has the tag {node.tag}, which is not read; write plain text")
    return "" if is_null(node) else str(node.value)


def number_of(node: yaml.Node, what: str) -> float:
    """Return a number."""
    if isinstance(node, yaml.ScalarNode) and node.tag in ("tag:yaml.org,2002:float", "tag:yaml.org,2002:int"):
        try:
            return float(node.value)
        except ValueError:
            pass
    raise fault(node, f"{what} must be a number, not {getattr(node, 'value', node)!r}")


def elements(node: yaml.Node, what: str) -> list[yaml.Node]:
    """Return the nodes of a list; a single scalar counts as a list of one, an empty value as an empty list."""
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    if is_null(node):
        return []
    if isinstance(node, yaml.ScalarNode):
        return [node]
    raise fault(node, f"{what} must be a list")


def _tag_name(node: yaml.Node) -> str:
    return {
        "bool": "true or false",
        "null": "nothing",
        "int": "a number",
        "float": "a number",
        "timestamp": "a date",
    }.get(node.tag.rsplit(":", 1)[-1], f"a {node.tag}")
