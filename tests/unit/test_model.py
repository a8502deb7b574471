from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace

import pytest

from conceptgraph import model
from conceptgraph.model import ArticleConcept, Concept, Label, Mention

MENTION = Mention(article="a", concept="c", start=0, end=1, surface="x", technique="known", confidence=0.5)
LINK = ArticleConcept(article="a", concept="c", weight=0.5, core=True)


def test_records_are_frozen_slotted_and_keyword_only() -> None:
    with pytest.raises(FrozenInstanceError):
        LINK.weight = 0.3  # type: ignore[misc]
    with pytest.raises(TypeError):
        Label("x")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Label()  # type: ignore[call-arg]
    assert not hasattr(LINK, "__dict__")


def test_records_behave_as_dataclasses_do() -> None:
    assert replace(LINK, weight=0.3).weight == 0.3
    assert replace(LINK) == LINK
    assert hash(LINK) == hash(replace(LINK))
    assert pickle.loads(pickle.dumps(LINK)) == LINK
    assert repr(Label(text="x")).startswith("Label(text='x', case='any', prior=None")
    records = [one for one in vars(model).values() if isinstance(one, type) and is_dataclass(one)]
    assert len(records) >= 11
    assert all(fields(one) for one in records)


def test_a_mention_is_a_tuple_with_names() -> None:
    with pytest.raises(AttributeError):
        MENTION.start = 3  # type: ignore[misc]
    assert MENTION._replace(start=5).start == 5
    assert pickle.loads(pickle.dumps(MENTION)) == MENTION
    assert not hasattr(MENTION, "__dict__")


def test_other_names_each_once() -> None:
    labels = [Label(text="election"), Label(text="elect"), Label(text="elect", pos="verb"), Label(text="election")]
    assert Concept(id="c", labels=tuple(labels), kind="technology").other_names == ["elect"]
