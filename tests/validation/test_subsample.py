"""A share of the rows to learn from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.base import LabError
from lab.validation import SPLITTERS, Rows, ValidationPlan, subsample

PLAN = ValidationPlan(splitter=SPLITTERS.choose("kfold"))
TIMED = ValidationPlan(splitter=SPLITTERS.choose("time"))
TRAIN = np.arange(100, 400)


def classes(*shares: float) -> np.ndarray:
    return np.random.default_rng(0).choice(len(shares), 400, p=shares)


@given(st.integers(0, 2**31 - 2), st.floats(0.05, 0.95), st.floats(0.05, 0.95), st.booleans())
def test_a_smaller_share_lies_within_a_larger_one(seed, one, other, has_groups):
    groups = np.arange(400) % 37 if has_groups else None
    rows = Rows(n=400, classes=classes(0.7, 0.3), groups=groups)
    small, large = (
        subsample(TRAIN, rows, share, plan=PLAN, seed=seed) for share in sorted((one, other))
    )
    assert np.isin(small, large).all()
    assert np.isin(large, TRAIN).all()
    assert (np.diff(small) > 0).all()


@given(st.integers(0, 2**31 - 2), st.floats(0.05, 0.99))
def test_a_share_has_its_number_of_rows_and_its_classes_in_proportion(seed, share):
    rows = Rows(n=400, classes=classes(0.6, 0.3, 0.1))
    chosen = subsample(TRAIN, rows, share, plan=PLAN, seed=seed)
    assert len(chosen) == round(share * 300)
    whole, part = (np.bincount(rows.classes[found]) for found in (TRAIN, chosen))
    assert np.abs(part - share * whole).max() <= 2


def test_the_whole_share_is_the_training_part_itself():
    assert subsample(TRAIN, Rows(n=400), 1.0, plan=PLAN, seed=0) is TRAIN


def test_another_seed_draws_other_rows():
    rows = Rows(n=400)
    one, other = (subsample(TRAIN, rows, 0.2, plan=PLAN, seed=seed) for seed in (0, 1))
    assert set(one) != set(other)


def test_groups_stay_whole():
    groups = np.arange(400) // 9
    chosen = subsample(TRAIN, Rows(n=400, groups=groups), 0.3, plan=PLAN, seed=4)
    for group in np.unique(groups[chosen]):
        assert np.isin(np.intersect1d(np.flatnonzero(groups == group), TRAIN), chosen).all()
    assert 90 <= len(chosen) < 100


def test_time_ordered_splits_keep_the_latest_rows():
    times = np.random.default_rng(0).permutation(400).astype(float)
    chosen = subsample(TRAIN, Rows(n=400, times=times), 0.25, plan=TIMED, seed=0)
    assert len(chosen) == 75
    assert times[chosen].min() > times[np.setdiff1d(TRAIN, chosen)].max()


def test_the_time_column_does_not_matter_to_splits_that_ignore_it():
    times = np.arange(400.0)
    with_times, without = (
        subsample(TRAIN, Rows(n=400, times=given), 0.25, plan=PLAN, seed=0)
        for given in (times, None)
    )
    np.testing.assert_array_equal(with_times, without)


def test_every_class_has_its_first_row_early():
    rare = np.zeros(400, dtype=np.int64)
    rare[150] = 1
    chosen = subsample(TRAIN, Rows(n=400, classes=rare), 0.05, plan=PLAN, seed=0)
    assert 150 in chosen


def test_a_lost_class_is_told_by_name():
    many = np.arange(400) % 100
    rows = Rows(n=400, classes=many, labels=tuple(f"class {code}" for code in range(100)))
    with pytest.raises(LabError, match="10 % of the training rows are 30, and none of them is of"):
        subsample(TRAIN, rows, 0.1, plan=PLAN, seed=0)


def test_a_single_row_is_too_few():
    with pytest.raises(LabError, match="too few"):
        subsample(TRAIN, Rows(n=400), 0.001, plan=PLAN, seed=0)
