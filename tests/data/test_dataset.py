"""Tables with a question: roles, what models are given, and every way to get roles wrong."""

import numpy as np
import pandas as pd
import pytest

from lab.base import ColumnKind, LabError, Task
from lab.data import Roles, change_kinds, make_dataset

TABLE = """id,when,size,colour,sold,note,weight,shop,price
101,2024-01-01,1,red,yes,a few words of text here,1.0,A,10.5
102,2024-01-02,2,,no,another longer text with words,2.0,A,11.5
103,2024-01-03,,blue,,some more words in this row,0.5,B,12.5
104,2024-01-04,4,red,yes,the last of these long notes,1.5,,
"""
ROLES = Roles(target="price", task=Task.REGRESSION)


@pytest.fixture
def table(read):
    kinds = {"id": ColumnKind.IDENTIFIER, "note": ColumnKind.TEXT}
    return change_kinds(read(TABLE), kinds)


def test_features_are_numbers_objects_and_dates_as_scikit_learn_takes_them(table):
    dataset = make_dataset(table, ROLES)
    X = dataset.X
    assert list(X.columns) == ["when", "size", "colour", "sold", "note", "weight", "shop"]
    assert X["size"].dtype == np.float64
    assert X["sold"].dtype == np.float64
    assert X["when"].dtype.kind == "M"
    assert X["colour"].dtype == X["note"].dtype == object
    assert X["sold"].tolist()[:2] == [1.0, 0.0]
    assert X["colour"].tolist()[::2] == ["red", "blue"]
    assert type(X["colour"].iloc[1]) is float
    assert np.isnan(X["colour"].iloc[1])
    assert isinstance(X.index, pd.RangeIndex)
    assert dataset.features.names == tuple(X.columns)


def test_taken_rows_are_those_of_the_whole_frame(table):
    data = make_dataset(table, ROLES)
    for positions in ([2, 0], [1], []):
        taken = data.take(np.array(positions, dtype=np.int64))
        pd.testing.assert_frame_equal(taken, data.X.iloc[positions])


def test_columns_of_chosen_rows_lie_in_one_array_for_each_request(read):
    table = read("x,y,z,flag,t\n1,2.5,a,yes,0\n2,,b,no,1\n3,4.5,,no,1\n4,1.5,a,no,0\n")
    data = make_dataset(table, Roles(target="t", task=Task.BINARY))
    rows = data.rows(np.array([3, 1]))
    assert (len(rows), rows.columns) == (2, ("x", "y", "z", "flag"))
    for names in (["y", "x"], ["z"], ["flag", "x"], ["z", "y"]):
        pd.testing.assert_frame_equal(rows[names], data.X.iloc[[3, 1]][names])
    frame = rows[["x", "flag"]]
    assert np.shares_memory(frame.to_numpy(), frame.to_numpy())
    assert rows[["flag"]]["flag"].tolist() == [0.0, 0.0]  # what says yes stands in another row


def test_rows_without_a_target_are_left_out_and_told(table):
    dataset = make_dataset(table, ROLES)
    assert dataset.n_rows == 3
    assert dataset.row_numbers.tolist() == [0, 1, 2]
    assert dataset.y.tolist() == [10.5, 11.5, 12.5]
    assert dataset.notes == ("1 row without a value in the target 'price' left out.",)
    assert not dataset.table.schema["price"].has_missing
    assert dataset.table.schema["colour"].n_levels == 2


def test_other_roles_are_no_features_but_time_is(table):
    roles = Roles(target="price", task=Task.REGRESSION, group="shop", time="when",
                  weight="weight", ignored=("note",))  # fmt: skip
    dataset = make_dataset(table, roles)
    assert dataset.features.names == ("when", "size", "colour", "sold")
    assert dataset.groups.tolist() == [0, 0, 1]
    assert dataset.weights.tolist() == [1.0, 2.0, 0.5]
    assert np.diff(dataset.times).tolist() == [86_400.0, 86_400.0]


def test_a_missing_group_is_a_group_of_its_own(read):
    table = read("g,x,y\na,1,1.5\n,2,2.5\n,3,3.5\na,4,4.5\n")
    groups = make_dataset(table, Roles(target="y", task=Task.REGRESSION, group="g")).groups
    assert groups[0] == groups[3]
    assert len(set(groups.tolist())) == 3


def test_classes_are_codes_in_sorted_order(read):
    table = read("x,y\n1,b\n2,a\n3,c\n4,a\n")
    dataset = make_dataset(table, Roles(target="y", task=Task.MULTICLASS))
    assert dataset.labels == ("a", "b", "c")
    assert dataset.y.tolist() == [1, 0, 2, 0]
    assert dataset.y.dtype == np.int64


def test_classes_that_are_numbers_are_sorted_as_numbers(read):
    table = read("x,y\n1,10\n2,9\n3,100\n4,9\n")
    dataset = make_dataset(table, Roles(target="y", task=Task.MULTICLASS))
    assert dataset.labels == ("9", "10", "100")
    assert dataset.y.tolist() == [1, 0, 2, 0]


def test_the_positive_class_is_the_last_label(read):
    table = read("x,y\n1,good\n2,bad\n3,good\n")
    labels = make_dataset(table, Roles(target="y", task=Task.BINARY)).labels
    chosen = make_dataset(table, Roles(target="y", task=Task.BINARY, positive="bad"))
    assert labels == ("bad", "good")
    assert chosen.labels == ("good", "bad")
    assert chosen.y.tolist() == [0, 1, 0]


def test_booleans_that_are_numbers_or_words_become_zero_and_one(read):
    table = read("a,b,c,y\n1,Yes,FALSE,1.5\n0,No,TRUE,2.5\n,Yes,TRUE,3.5\n")
    X = make_dataset(table, Roles(target="y", task=Task.REGRESSION)).X
    assert X["a"].tolist()[:2] == [1.0, 0.0]
    assert X["b"].tolist() == [1.0, 0.0, 1.0]
    assert X["c"].tolist() == [0.0, 1.0, 1.0]


def test_the_id_follows_from_content_and_roles_alone(read):
    first = read(TABLE)
    again = read(TABLE, name="other.csv")
    assert make_dataset(first, ROLES).id == make_dataset(again, ROLES, name="other").id
    ignored = Roles(target="price", task=Task.REGRESSION, ignored=("note",))
    assert make_dataset(first, ROLES).id != make_dataset(first, ignored).id
    changed = read(TABLE.replace("12.5", "12.6"))
    assert make_dataset(first, ROLES).id != make_dataset(changed, ROLES).id


def test_row_numbers_stay_those_of_the_file(read):
    table = read("x,y\n1,1.5\n,\n3,\n4,4.5\n")
    dataset = make_dataset(table, Roles(target="y", task=Task.REGRESSION))
    assert dataset.row_numbers.tolist() == [0, 3]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"target": "prize"}, "there is no column 'prize'"),
        ({"group": "store"}, "there is no column 'store'"),
        ({"ignored": ("a", "b")}, "there is no column 'a'; there is no column 'b'"),
        ({"weight": "price"}, "cannot be both target and weight"),
        ({"group": "shop", "ignored": ("shop",)}, "cannot be both group and ignored"),
        ({"task": Task.BINARY}, "has 3 classes, binary has two"),
        ({"target": "sold", "task": Task.MULTICLASS}, "has two classes, multiclass has three"),
        ({"target": "colour"}, "is not a number, as regression needs"),
        ({"target": "id", "task": Task.MULTICLASS}, "too many to learn"),
        ({"target": "sold", "task": Task.BINARY, "positive": "maybe"}, "positive class 'maybe'"),
        ({"weight": "colour"}, "weight column 'colour' is not a number"),
        ({"weight": "size"}, "weight column 'size' has 1 missing value"),
        ({"time": "colour"}, "neither a date nor a number"),
        ({"time": "size"}, "time column 'size' has 1 missing value"),
        (
            {"ignored": ("when", "size", "colour", "sold", "note", "weight", "shop")},
            "no column is left as a feature",
        ),
    ],
)
def test_every_way_to_get_roles_wrong_has_its_sentence_and_hint(table, changes, message):
    roles = {"target": "price", "task": Task.REGRESSION, **changes}
    with pytest.raises(LabError, match=message) as caught:
        make_dataset(table, Roles(**roles))
    assert caught.value.hint
    assert caught.value.problems


def test_a_class_whose_rows_all_weigh_nothing_is_named(read):
    table = read("x,w,y\n1,1,yes\n2,0,no\n3,2,yes\n4,0,no\n5,0,yes\n")
    with pytest.raises(LabError, match="'w' is zero in every row of the class 'no'") as caught:
        make_dataset(table, Roles(target="y", task=Task.BINARY, weight="w"))
    assert [problem.field for problem in caught.value.problems] == ["weight"]


def test_classes_of_numbers_that_weigh_nothing_are_named_as_they_are_labelled(read):
    table = read("x,w,y\n1,1,3\n2,0,4\n3,2,3\n4,0,5\n5,1,\n")
    with pytest.raises(LabError, match="is zero in every row of the classes '4', '5'"):
        make_dataset(table, Roles(target="y", task=Task.MULTICLASS, weight="w"))


def test_all_problems_are_told_at_once_by_field(table):
    roles = Roles(target="colour", task=Task.REGRESSION, weight="size", time="shop")
    with pytest.raises(LabError) as caught:
        make_dataset(table, roles)
    assert [problem.field for problem in caught.value.problems] == ["target", "weight", "time"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x,y\n1,\n2,\n", "target column 'y' has no values"),
        ("x,y\n1,3\n2,3\n", "target column 'y' has one value only"),
        ("y\n1\n2\n", "the table has one column only"),
        ("x,w,y\n1,-1,2.5\n2,1,3.5\n", "weight column 'w' has negative values"),
        ("x,w,y\n1,0,2.5\n2,0,3.5\n", "weight column 'w' is zero in every row"),
    ],
)
def test_tables_that_nothing_can_be_learnt_from_are_told(read, text, message):
    weight = "w" if ",w," in text else ""
    with pytest.raises(LabError, match=message) as caught:
        make_dataset(read(text), Roles(target="y", task=Task.REGRESSION, weight=weight))
    assert caught.value.hint
