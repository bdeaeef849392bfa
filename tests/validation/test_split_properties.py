"""What always holds, for any rows that can be divided."""

import numpy as np
import pandas as pd
from hypothesis import given, reject
from hypothesis import strategies as st

from lab.base import LabError
from lab.validation import SPLITTERS, Rows, Split, ValidationPlan, make_splits

_CLASSES = st.lists(st.integers(0, 2), min_size=4, max_size=60)
_LABELS = st.lists(st.integers(0, 12), min_size=4, max_size=60)


def _splits(key: str, rows: Rows, folds: int, **settings: object) -> tuple[Split, ...]:
    plan = ValidationPlan(splitter=SPLITTERS.choose(key, {"folds": folds, **settings}), seed=1)
    try:
        return make_splits(plan, rows)
    except LabError:
        reject()


@given(_CLASSES, st.integers(2, 6))
def test_stratified_folds_cover_every_row_once_with_equal_class_shares(classes, folds):
    codes = np.array(classes)
    splits = _splits("stratified", Rows(n=len(codes), classes=codes), folds)
    tested = np.sort(np.concatenate([split.test for split in splits]))
    np.testing.assert_array_equal(tested, np.arange(len(codes)))
    for code in np.unique(codes):
        counts = [np.count_nonzero(codes[split.test] == code) for split in splits]
        assert max(counts) - min(counts) <= 1


@given(_LABELS, st.integers(2, 5), st.booleans())
def test_groups_never_stand_on_both_sides(labels, folds, with_classes):
    groups = np.array([f"g{label}" for label in labels])
    classes = np.arange(len(groups)) % 2 if with_classes else None
    splits = _splits("group", Rows(n=len(groups), classes=classes, groups=groups), folds)
    for split in splits:
        assert not set(groups[split.train]) & set(groups[split.test])
    tested = np.sort(np.concatenate([split.test for split in splits]))
    np.testing.assert_array_equal(tested, np.arange(len(groups)))


@given(_LABELS, st.integers(2, 5), st.integers(0, 3))
def test_time_folds_learn_strictly_before_they_test_and_leave_the_gap(labels, folds, gap):
    times = np.array(labels)
    distinct = np.unique(times)
    previous = 0
    for split in _splits("time", Rows(n=len(times), times=times), folds, gap=gap):
        last, first = times[split.train].max(), times[split.test].min()
        assert last < first
        assert np.count_nonzero((distinct > last) & (distinct < first)) == gap
        assert split.train.size > previous
        previous = split.train.size


@given(_LABELS, st.integers(2, 5))
def test_equal_times_are_tested_together_and_once(labels, folds):
    times = np.array(labels)
    splits = _splits("time", Rows(n=len(times), times=times), folds)
    seen = [set(times[split.test]) for split in splits]
    assert sum(len(values) for values in seen) == len(set.union(*seen))
    for split in splits:
        np.testing.assert_array_equal(split.test, np.flatnonzero(np.isin(times, times[split.test])))


@given(_LABELS, st.integers(2, 5))
def test_the_last_time_is_always_tested(labels, folds):
    times = pd.to_datetime(pd.Series(labels), unit="D")
    splits = _splits("time", Rows(n=len(times), times=times), folds)
    assert times.iloc[splits[-1].test].max() == times.max()
