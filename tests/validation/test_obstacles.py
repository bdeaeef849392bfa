"""What stands in the way is told in plain words, all at once."""

import numpy as np
import pytest

from lab.base import LabError, Task
from lab.validation import SPLITTERS, Rows, ValidationPlan, check_plan, make_splits


def _plan(key: str, *, repeats: int = 1, **settings: object) -> ValidationPlan:
    return ValidationPlan(splitter=SPLITTERS.choose(key, settings), repeats=repeats)


def _error(plan: ValidationPlan, rows: Rows) -> LabError:
    with pytest.raises(LabError) as caught:
        make_splits(plan, rows)
    return caught.value


def test_a_class_with_fewer_rows_than_folds_is_named():
    rows = Rows(n=20, classes=np.array([0] * 17 + [1] * 3), labels=("common", "rare"))
    error = _error(_plan("stratified"), rows)
    assert error.message == "class 'rare' has 3 rows, fewer than the 5 folds"
    assert error.hint.startswith("Choose at most 3 folds")


def test_many_rare_classes_are_told_in_one_sentence():
    rows = Rows(n=25, classes=np.array([0] * 10 + [1, 2, 3, 4, 4] * 3))
    error = _error(_plan("stratified"), rows)
    named = "1 (3 rows), 2 (3 rows), 3 (3 rows)"
    assert error.message == f"the classes {named} have fewer rows than the 5 folds"


def test_more_rare_classes_than_can_be_named_are_counted():
    rows = Rows(n=16, classes=np.array([0] * 10 + [1, 2, 3, 4, 5, 6]))
    message = _error(_plan("stratified"), rows).message
    assert message.startswith("the classes 1 (1 row), 2 (1 row), 3 (1 row) and 3 more have fewer")


def test_a_class_without_any_row_is_no_obstacle():
    rows = Rows(n=10, classes=np.array([0, 2] * 5), labels=("a", "b", "c"))
    assert len(make_splits(_plan("stratified"), rows)) == 5


def test_control_characters_in_a_class_name_do_not_reach_the_message():
    rows = Rows(n=6, classes=np.array([0] * 5 + [1]), labels=("a", "b\u202e\n"))
    assert "class 'b' has 1 row," in _error(_plan("stratified", folds=3), rows).message


def test_fewer_rows_than_folds_is_told():
    error = _error(_plan("kfold", folds=10), Rows(n=4))
    assert error.message == "there are 4 rows, fewer than the 10 folds"


def test_fewer_groups_than_folds_is_told():
    error = _error(_plan("group"), Rows(n=9, groups=np.array(["x", "y", "z"] * 3)))
    assert error.message == "the group column has 3 distinct values, fewer than the 5 folds"


@pytest.mark.parametrize(("key", "column"), [("group", "group"), ("time", "time")])
def test_missing_groups_and_times_are_told(key, column):
    values = np.array([1.0, 2.0, np.nan, 4.0, 5.0, 6.0, 7.0, 8.0])
    error = _error(_plan(key, folds=2), Rows(n=8, **{f"{column}s": values}))
    assert error.message == f"the {column} column has 1 missing value"


def test_too_few_distinct_times_are_told():
    error = _error(_plan("time"), Rows(n=50, times=np.repeat([1, 2, 3], [20, 20, 10])))
    assert error.message == "the time column has 3 distinct values, too few for 5 folds"


def test_a_gap_that_leaves_nothing_to_learn_from_is_told():
    error = _error(_plan("time", folds=3, gap=9), Rows(n=12, times=np.arange(12)))
    assert "too few for 3 folds with a gap of 9" in error.message


def test_all_problems_are_told_at_once():
    rows = Rows(
        n=6,
        classes=np.array([0, 0, 0, 0, 0, 1]),
        groups=np.array(["a", "a", "b", "b", None, "b"], dtype=object),
    )
    error = _error(_plan("group", repeats=0), rows)
    assert len(error.problems) == 4
    assert all(problem.message in error.message for problem in error.problems)


def test_a_time_split_cannot_be_repeated():
    (problem,) = check_plan(_plan("time", repeats=2), Rows(n=50, times=np.arange(50)), Task.BINARY)
    assert problem.field == "repeats"


def test_a_hold_out_without_a_row_of_each_class_on_both_sides_is_refused():
    rows = Rows(n=12, classes=np.arange(12) % 4)
    error = _error(_plan("holdout", test_share=0.1), rows)
    assert error.problems[0].field == "test_share"


def test_a_fold_that_would_learn_from_one_class_is_refused():
    rows = Rows(n=12, classes=np.array([0] * 6 + [1] * 6), times=np.arange(12))
    error = _error(_plan("time", folds=2), rows)
    assert error.message == "fold 1 of repeat 1 would learn from rows of a single class"


def test_a_fold_that_group_sizes_leave_empty_is_refused():
    """scikit-learn's StratifiedGroupKFold gives its third fold no rows here."""
    groups = [0, 1, 2, 3, 4, 2, 3, 2, 2, 4, 3, 2, 2, 0, 0, 2, 2, 0, 0, 0]
    classes = [0, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    plan = ValidationPlan(splitter=SPLITTERS.choose("group"), seed=18191)
    error = _error(plan, Rows(n=20, classes=np.array(classes), groups=np.array(groups)))
    assert error.message == "fold 3 of repeat 1 would have no test rows"


def test_for_regression_classes_are_not_looked_at():
    rows = Rows(n=10, classes=np.arange(10))
    assert check_plan(_plan("kfold"), rows, Task.REGRESSION) == ()


def test_a_class_of_one_row_beside_one_other_is_told_before_anything_runs():
    rows = Rows(n=12, classes=np.array([0] * 11 + [1]), labels=("usual", "once"))
    error = _error(_plan("kfold"), rows)
    assert error.message.startswith("class 'once' has 1 row, so the fold that tests it would learn")
    assert error.hint == "Bring more rows of it or choose another target."


def test_a_class_of_one_row_among_several_is_no_obstacle():
    rows = Rows(n=12, classes=np.array([0] * 6 + [1] * 5 + [2]))
    assert check_plan(_plan("kfold"), rows, Task.MULTICLASS) == ()
