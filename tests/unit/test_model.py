from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace

import pytest

from conceptgraph import model
from conceptgraph.model import Label, Mention

MENTION = Mention(article="a", concept="c", start=0, end=1, surface="x", technique="known", confidence=0.5)


def test_records_are_frozen_slotted_and_keyword_only() -> None:
    with pytest.raises(FrozenInstanceError):
        MENTION.start = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        Label("x")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Label()  # type: ignore[call-arg]
    assert not hasattr(MENTION, "__dict__")


def test_records_behave_as_dataclasses_do() -> None:
    assert replace(MENTION, start=5).start == 5
    assert replace(MENTION) == MENTION
    assert hash(MENTION) == hash(replace(MENTION))
    assert pickle.loads(pickle.dumps(MENTION)) == MENTION
    assert repr(Label(text="x")).startswith("Label(text='x', case='any', prior=None")
    records = [one for one in vars(model).values() if isinstance(one, type) and is_dataclass(one)]
    assert len(records) >= 11
    assert all(fields(one) for one in records)
