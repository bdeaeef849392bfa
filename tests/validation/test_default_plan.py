"""The plan that is proposed suits the data."""

import pytest

from lab.base import Task
from lab.validation import default_plan


@pytest.mark.parametrize(
    ("task", "given", "key"),
    [
        (Task.BINARY, {}, "stratified"),
        (Task.REGRESSION, {}, "kfold"),
        (Task.BINARY, {"has_groups": True, "has_times": True}, "group"),
        (Task.REGRESSION, {"has_times": True}, "time"),
        (Task.MULTICLASS, {"n_rows": 1_000_000}, "holdout"),
        (Task.MULTICLASS, {"n_rows": 100, "smallest_class": 1}, "kfold"),
    ],
)
def test_the_splitter_follows_from_task_roles_and_size(task, given, key):
    assert default_plan(task, **given).splitter.key == key


def test_there_are_five_folds_once_unless_the_data_are_too_small():
    assert default_plan(Task.BINARY, n_rows=500).splitter.settings["folds"] == 5
    assert default_plan(Task.BINARY, n_rows=500).repeats == 1


def test_folds_are_not_more_than_the_rarest_class_has_rows():
    plan = default_plan(Task.MULTICLASS, n_rows=500, smallest_class=3)
    assert plan.splitter.settings["folds"] == 3


def test_equal_plans_have_equal_ids_and_another_seed_another():
    assert default_plan(Task.BINARY).id == default_plan(Task.BINARY).id
    assert default_plan(Task.BINARY).id != default_plan(Task.BINARY, seed=1).id
