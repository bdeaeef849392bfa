"""What a newcomer would choose as target and task."""

import pytest

from lab.base import LabError, Task
from lab.data import guess_roles, guess_target, guess_task


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("a,target,b", "target"),
        ("Class,a,b", "Class"),
        ("a,b,Churn", "Churn"),
        ("a,survived,fare", "survived"),
        ("price,carat,depth", "price"),
        ("x,y", "y"),
        ("a,is_fraud,b", "is_fraud"),
        ("SalePrice,a,b", "SalePrice"),
        ("a,b,c", "c"),
    ],
)
def test_the_target_is_found_by_name_else_it_is_the_last_column(read, header, target):
    table = read(f"{header}\n1.5,2.5,3.5\n2.5,3.5,4.5\n" if header.count(",") == 2
                 else f"{header}\n1.5,2.5\n2.5,3.5\n")  # fmt: skip
    assert guess_target(table) == target


def test_coordinates_called_y_are_no_target(read):
    assert guess_target(read("price,x,y,z\n1,2,3,4\n2,3,4,5\n")) == "price"


def test_classes_in_the_first_column_beat_numbers_in_the_last(read):
    assert guess_target(read("kind,a,b\nu,1.5,2.5\nv,2.5,3.5\nu,3.5,4.5\n")) == "kind"


def test_constants_identifiers_and_dates_are_no_targets(read):
    rows = "".join(f"2024-01-{day:02},{day % 7}.5,1,key{day}\n" for day in range(1, 29))
    assert guess_target(read("d,x,c,k\n" + rows)) == "x"


def test_a_table_of_constants_has_no_target(read):
    with pytest.raises(LabError, match="no column of this table can be predicted"):
        guess_target(read("a,b\n1,2\n1,2\n"))


@pytest.mark.parametrize(
    ("values", "task"),
    [
        ([0, 1], Task.BINARY),
        (["yes", "no"], Task.BINARY),
        ([3.5, 9.25], Task.BINARY),
        (["a", "b", "c"], Task.MULTICLASS),
        ([1, 2, 3], Task.MULTICLASS),
        ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], Task.MULTICLASS),
        ([0.5, 1.5, 2.5], Task.REGRESSION),
        ([100, 250, 900], Task.REGRESSION),
        (list(range(60)), Task.REGRESSION),
    ],
)
def test_the_task_follows_from_the_values(read, values, task):
    rows = "".join(f"{place}.5,{values[place % len(values)]}\n" for place in range(240))
    assert guess_task(read("x,y\n" + rows), "y") is task


def test_few_rows_of_whole_numbers_are_a_regression(read):
    rows = "".join(f"{place}.5,{place}\n" for place in range(12))
    assert guess_task(read("x,y\n" + rows), "y") is Task.REGRESSION


def test_roles_leave_out_identifiers_and_take_obvious_weights(read):
    rows = "".join(f"key{row},{row % 5}.5,1.{row},{row % 2}\n" for row in range(40))
    roles = guess_roles(read("code,x,sample_weight,y\n" + rows), "y")
    assert roles.ignored == ("code",)
    assert roles.weight == "sample_weight"
    assert (roles.group, roles.time) == ("", "")


def test_a_body_weight_is_a_feature(read):
    roles = guess_roles(read("weight,y\n80.5,1\n70.5,0\n60.5,1\n"), "y")
    assert roles.weight == ""
