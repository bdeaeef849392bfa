"""What every line of the catalogue of splitters promises, on small data."""

from dataclasses import replace

import numpy as np
import pytest

from lab.base import Task
from lab.validation import (
    SPLITTERS,
    Rows,
    ValidationPlan,
    check_plan,
    fold_keys,
    make_splits,
    rows_tested_per_learned,
)

_N = 120


def _rows(task: Task = Task.MULTICLASS) -> Rows:
    rng = np.random.default_rng(3)
    classes = rng.permutation(np.arange(_N) % 3)
    return Rows(
        n=_N,
        classes=classes if task.is_classification else None,
        groups=rng.integers(0, 30, _N),
        times=rng.integers(0, 50, _N),
        labels=("a", "b", "c") if task.is_classification else (),
    )


def _plan(key: str, *, repeats: int = 1, seed: int = 0) -> ValidationPlan:
    return ValidationPlan(splitter=SPLITTERS.choose(key), repeats=repeats, seed=seed)


_CASES = [
    (entry.key, task)
    for entry in SPLITTERS
    for task in (Task.MULTICLASS, Task.REGRESSION)
    if entry.needs != "classes" or task.is_classification
]


@pytest.mark.parametrize(("key", "task"), _CASES)
def test_training_and_test_rows_are_sorted_disjoint_positions(key, task):
    for split in make_splits(_plan(key), _rows(task)):
        for side in (split.train, split.test):
            assert side.dtype == np.int64
            assert side.size
            assert np.all(np.diff(side) > 0)
        assert not np.intersect1d(split.train, split.test).size
        assert max(split.train.max(), split.test.max()) < _N


@pytest.mark.parametrize(("key", "task"), _CASES)
def test_the_splits_are_those_that_fold_keys_names(key, task):
    repeats = 3 if SPLITTERS[key].can_repeat else 1
    plan = _plan(key, repeats=repeats)
    splits = make_splits(plan, _rows(task))
    assert [(split.repeat, split.fold) for split in splits] == fold_keys(plan)


@pytest.mark.parametrize(("key", "task"), _CASES)
def test_the_same_plan_gives_the_same_splits(key, task):
    first, second = (make_splits(_plan(key), _rows(task)) for _ in range(2))
    for one, other in zip(first, second, strict=True):
        np.testing.assert_array_equal(one.train, other.train)
        np.testing.assert_array_equal(one.test, other.test)


@pytest.mark.parametrize(
    ("key", "task"), [case for case in _CASES if SPLITTERS[case[0]].can_repeat]
)
def test_a_repeat_is_the_plan_with_the_next_seed(key, task):
    both = make_splits(_plan(key, repeats=2, seed=7), _rows(task))
    second = make_splits(_plan(key, seed=8), _rows(task))
    for one, other in zip(both[len(second) :], second, strict=True):
        np.testing.assert_array_equal(one.test, other.test)


@pytest.mark.parametrize(("key", "task"), _CASES)
def test_the_plan_has_no_problem_where_it_can_be_done(key, task):
    assert check_plan(_plan(key), _rows(task), task) == ()


@pytest.mark.parametrize(("key", "task"), _CASES)
def test_the_test_ratio_is_that_of_the_splits(key, task):
    rows = replace(_rows(task), times=np.arange(_N))  # so that parts are equally large
    splits = make_splits(_plan(key), rows)
    ratio = np.mean([split.test.size / split.train.size for split in splits])
    assert rows_tested_per_learned(_plan(key)) == pytest.approx(ratio, rel=0.1)


@pytest.mark.parametrize("entry", SPLITTERS, ids=lambda entry: entry.key)
def test_a_splitter_says_what_it_is_and_when_to_use_it(entry):
    assert entry.title
    assert entry.summary.endswith(".")
    assert entry.use_when.endswith(".")


@pytest.mark.parametrize(
    "entry", [entry for entry in SPLITTERS if entry.needs], ids=lambda entry: entry.key
)
def test_what_a_splitter_needs_is_told_when_it_is_missing(entry):
    problems = check_plan(_plan(entry.key), Rows(n=_N), Task.REGRESSION)
    assert [problem.field for problem in problems] == ["splitter"]
    assert "needs" in problems[0].message


@pytest.mark.parametrize("key", SPLITTERS.keys)
def test_a_single_row_cannot_be_divided(key):
    (problem,) = check_plan(_plan(key), Rows(n=1, classes=np.array([0])), Task.BINARY)
    assert "1 row cannot be divided" in problem.message
