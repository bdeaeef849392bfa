import json
import math
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.base import Choice, LabError, Schema, Task, from_json, to_json, to_plain

SETTINGS = st.dictionaries(
    st.text(max_size=5),
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=10),
    max_size=5,
)


@dataclass(frozen=True, kw_only=True)
class Tree:
    name: str
    task: Task
    scores: dict[str, float | None] = field(default_factory=dict)
    branches: tuple["Tree", ...] = ()


@given(st.text(min_size=1, max_size=10), SETTINGS)
def test_a_choice_comes_back_equal_with_the_types_of_its_settings(key, settings):
    choice = Choice(key=key, settings=settings)
    back = from_json(Choice, to_json(choice))
    assert back == choice
    assert [type(value) for value in back.settings.values()] == [
        type(value) for value in settings.values()
    ]


def test_values_within_values_come_back_equal():
    tree = Tree(
        name="root",
        task=Task.BINARY,
        scores={"accuracy": 0.1 + 0.2, "brier": None},
        branches=(Tree(name="<leaf>", task=Task.REGRESSION),),
    )
    assert from_json(Tree, to_json(tree)) == tree


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_json_cannot_hold_becomes_null(value):
    text = to_json(Tree(name="a", task=Task.BINARY, scores={"r2": value}))
    assert json.loads(text)["scores"]["r2"] is None


def test_plain_is_what_the_json_says():
    assert to_plain(Tree(name="a", task=Task.BINARY)) == {
        "name": "a",
        "task": "binary",
        "scores": {},
        "branches": [],
    }


def test_a_wrong_value_is_told_with_its_place():
    with pytest.raises(LabError, match=r"not a valid Tree at branches\.0\.name") as caught:
        from_json(Tree, '{"name": "a", "task": "binary", "branches": [{"name": 1, "task": "x"}]}')
    assert {problem.field for problem in caught.value.problems} == {
        "branches.0.name",
        "branches.0.task",
    }


def test_every_wrong_value_is_told_once_in_the_sentence():
    with pytest.raises(LabError) as caught:
        from_json(Tree, "{}")
    assert str(caught.value) == (
        "this is not a valid Tree at name: Field required; at task: Field required"
    )
    assert caught.value.untold == ()


def test_of_very_many_wrong_values_the_first_are_told():
    branches = ",".join(["{}"] * 50)
    with pytest.raises(LabError) as caught:
        from_json(Tree, f'{{"name": "a", "task": "binary", "branches": [{branches}]}}')
    assert len(caught.value.problems) == 100
    assert caught.value.message.endswith("; and 95 more")


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", b"\xff\xfe"])
def test_text_that_is_no_json_of_the_kind_is_one_sentence(text):
    with pytest.raises(LabError, match="not a valid Tree"):
        from_json(Tree, text)


def test_the_rules_of_a_value_hold_when_it_is_read():
    with pytest.raises(LabError, match="two columns are called 'a'"):
        from_json(
            Schema,
            '{"columns": [{"name": "a", "kind": "text"}, {"name": "a", "kind": "number"}]}',
        )
