"""Compile the vocabulary into the wheel, so that no user ever waits for YAML."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileVocabulary(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        del version, build_data
        sys.path.insert(0, str(Path(self.root) / "src"))
        try:
            from conceptgraph.prerequisites import prerequisite_graph
            from conceptgraph.vocabulary import load_vocabulary

            vocabulary = load_vocabulary()
            prerequisite_graph(vocabulary, sure=True)
            assert vocabulary.readings, "no label can be found in a text"
            assert vocabulary.neighbours, "no fact joins two concepts"
        finally:
            sys.path.pop(0)
