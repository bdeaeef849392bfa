"""A plainly written scikit-learn loop with the same arguments gets the same splits."""

import numpy as np
import pytest
from sklearn.model_selection import (
    GroupKFold,
    KFold,
    ShuffleSplit,
    StratifiedGroupKFold,
    StratifiedKFold,
    StratifiedShuffleSplit,
    TimeSeriesSplit,
)

from lab.validation import SPLITTERS, Rows, ValidationPlan, make_splits

_RNG = np.random.default_rng(11)
_N = 150
_X = _RNG.normal(size=(_N, 2))
_Y = _RNG.permutation(np.arange(_N) % 3)
_GROUPS = np.array([f"plot {number}" for number in _RNG.integers(0, 40, _N)])


def _same(key: str, settings: dict, rows: Rows, plain_loops: list) -> None:
    plan = ValidationPlan(
        splitter=SPLITTERS.choose(key, settings), repeats=len(plain_loops), seed=5
    )
    expected = [pair for loop in plain_loops for pair in loop]
    for split, (train, test) in zip(make_splits(plan, rows), expected, strict=True):
        np.testing.assert_array_equal(split.train, np.sort(train))
        np.testing.assert_array_equal(split.test, np.sort(test))


def test_stratified_folds_are_stratified_k_fold():
    loops = [
        StratifiedKFold(n_splits=4, shuffle=True, random_state=5 + repeat).split(_X, _Y)
        for repeat in range(3)
    ]
    _same("stratified", {"folds": 4}, Rows(n=_N, classes=_Y), loops)


@pytest.mark.parametrize("classes", [_Y, None], ids=["classes", "numbers"])
def test_plain_folds_are_k_fold(classes):
    loops = [KFold(n_splits=3, shuffle=True, random_state=5 + r).split(_X) for r in range(2)]
    _same("kfold", {"folds": 3}, Rows(n=_N, classes=classes), loops)


def test_a_hold_out_of_classes_is_a_stratified_shuffle_split():
    loops = [
        StratifiedShuffleSplit(n_splits=1, test_size=0.3, random_state=5 + r).split(_X, _Y)
        for r in range(2)
    ]
    _same("holdout", {"test_share": 0.3}, Rows(n=_N, classes=_Y), loops)


def test_a_hold_out_of_numbers_is_a_shuffle_split():
    loops = [ShuffleSplit(n_splits=1, test_size=0.3, random_state=5).split(_X)]
    _same("holdout", {"test_share": 0.3}, Rows(n=_N), loops)


def test_group_folds_of_classes_are_stratified_group_k_fold():
    loops = [
        StratifiedGroupKFold(n_splits=4, shuffle=True, random_state=5 + r).split(_X, _Y, _GROUPS)
        for r in range(2)
    ]
    _same("group", {"folds": 4}, Rows(n=_N, classes=_Y, groups=_GROUPS), loops)


def test_group_folds_of_numbers_are_group_k_fold():
    loops = [
        GroupKFold(n_splits=4, shuffle=True, random_state=5 + r).split(_X, groups=_GROUPS)
        for r in range(2)
    ]
    _same("group", {"folds": 4}, Rows(n=_N, groups=_GROUPS), loops)


@pytest.mark.parametrize("gap", [0, 4])
def test_time_folds_of_distinct_times_are_time_series_split_of_the_ordered_rows(gap):
    times = _RNG.permutation(_N).astype("datetime64[D]")
    order = np.argsort(times)
    plain = TimeSeriesSplit(n_splits=4, gap=gap).split(_X[order])
    loops = [[(order[train], order[test]) for train, test in plain]]
    _same("time", {"folds": 4, "gap": gap}, Rows(n=_N, times=times), loops)
