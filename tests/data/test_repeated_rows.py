"""Repeated and contradicting rows against pandas."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lab.base import ColumnKind, from_json, to_json
from lab.data import Duplicates, find_duplicates, load_sample
from lab.data.content import Content, make_table
from lab.data.levels import levels_of


def test_repeats_are_those_that_pandas_finds():
    table = load_sample("diamonds")
    found = find_duplicates(table)
    plain = table.frame
    assert found.n_rows == len(plain)
    assert found.equal.repeats == plain.duplicated().sum() > 0
    assert found.equal.rows == plain.duplicated(keep=False).sum()
    for group in found.equal.examples:
        rows = plain.iloc[list(group.places)]
        assert len(rows.drop_duplicates()) == 1
        assert group.count == (plain == rows.iloc[0]).all(axis=1).sum()


def test_contradictions_are_equal_features_with_several_targets():
    table = load_sample("diamonds")
    features = [name for name in table.schema.names if name != "price"]
    found = find_duplicates(table, features=features, target="price", has_classes=False)
    goals = table.frame.groupby(features)["price"].transform("nunique")
    assert found.contradicting.rows == (goals > 1).sum() > 0
    assert found.best_accuracy is None
    for group in found.contradicting.examples:
        rows = table.frame.iloc[list(group.places)]
        assert len(rows[features].drop_duplicates()) == 1


@settings(deadline=None, max_examples=30)
@given(some.lists(some.tuples(some.integers(0, 2), some.sampled_from("ab"), some.booleans()),
                  min_size=1, max_size=40))  # fmt: skip
def test_no_model_is_right_more_often_than_the_most_frequent_target(rows):
    frame = pd.DataFrame(rows, columns=["x", "y", "goal"]).astype({"y": "str", "goal": "int64"})
    contents = [
        Content(name="x", kind=ColumnKind.NUMBER, cells=frame["x"].to_numpy()),
        Content(name="y", kind=ColumnKind.CATEGORY, cells=levels_of(frame["y"])),
        Content(name="goal", kind=ColumnKind.BOOLEAN, cells=frame["goal"].to_numpy()),
    ]
    table = make_table(contents, row_numbers=frame.index, source="made")
    found = find_duplicates(table, features=["x", "y"], target="goal")
    groups = frame.groupby(["x", "y"])["goal"]
    best = groups.agg(lambda goal: goal.value_counts().max()).sum()
    assert found.best_accuracy == pytest.approx(best / len(frame))
    assert found.contradicting.rows == (groups.transform("nunique") > 1).sum()
    assert found.equal.repeats == frame.duplicated().sum()


def test_missing_values_are_equal_to_each_other(read):
    table = read("a,b,c\n" + "".join(f"{n},{n % 3}.5,x\n" for n in range(20)) + ",,x\n,,x\n")
    found = find_duplicates(table, features=["a", "b"], target="c")
    assert found.equal.repeats == 1
    assert found.contradicting.rows == 0


def test_identifiers_do_not_make_rows_different(read):
    rows = "".join(f"{n},{n % 2},{n % 4}.5\n" for n in range(100))
    table = read("id,a,b\n" + rows)
    assert table.schema["id"].kind is ColumnKind.IDENTIFIER
    assert find_duplicates(table).equal.repeats == 96


def test_rows_without_a_target_contradict_nothing(read):
    rows = "1.5,x,yes\n1.5,x,\n" + "".join(f"{n}.25,y,no\n" for n in range(30))
    found = find_duplicates(read("a,b,c\n" + rows), features=["a", "b"], target="c")
    assert found.contradicting.rows == 0
    assert found.best_accuracy == 1


def test_duplicates_are_json_and_back():
    table = load_sample("penguins")
    found = find_duplicates(table, features=["island", "sex"], target="species")
    assert found.contradicting.rows > 0
    assert np.isfinite(found.best_accuracy)
    assert from_json(Duplicates, to_json(found)) == found
