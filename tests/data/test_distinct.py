"""Distinct values counted: the same number as pandas', whichever way is taken."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lab.data.distinct import count_distinct

GENERATOR = np.random.default_rng(0)
N = 100_000
DAYS = GENERATOR.integers(0, 20_000, N).astype("datetime64[D]").astype("datetime64[us]")
SECONDS = GENERATOR.integers(-(10**7), 10**7, N).astype("datetime64[s]").astype("datetime64[us]")
TENTHS = np.round(GENERATOR.normal(size=N), 1)
COLUMNS = {
    "few whole numbers": GENERATOR.integers(-5, 5, N),
    "more whole numbers than bytes are marked": GENERATOR.integers(0, 20_000_000, N),
    "neighbours among more than bytes": np.append(np.repeat(np.arange(N), 2), 20_000_000),
    "whole numbers far apart": GENERATOR.integers(-(10**18), 10**18, N),
    "the largest whole numbers": np.array([-(2**63), 2**63 - 1, 0, 0]),
    "four decimals": np.round(GENERATOR.normal(size=N) * 1_000, 4),
    "a late number with more decimals": np.append(TENTHS, 0.123456789),
    "any numbers": GENERATOR.normal(size=N),
    "days": DAYS,
    "seconds": SECONDS,
    "a late time between two seconds": np.append(SECONDS, np.datetime64("2020-01-01T00:00:00.5")),
    "a late time between two days": np.append(DAYS, np.datetime64("2020-01-01T12:00:00")),
    "missing times": np.append(SECONDS, np.datetime64("NaT")),
    "missing numbers": np.append(TENTHS, [np.nan, np.nan]),
    "nothing but missing": np.array([np.nan, np.nan]),
    "nothing": np.zeros(0),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_as_many_are_counted_as_pandas_counts(name):
    values = COLUMNS[name]
    assert count_distinct(values) == (pd.Series(values).nunique(), bool(pd.isna(values).any()))


@given(arrays(np.float64, st.integers(0, 300), elements=st.floats(-1e7, 1e7, width=64).map(
    lambda value: round(value, 2)
)))  # fmt: skip
def test_numbers_with_two_decimals_are_counted_exactly(values):
    assert count_distinct(values)[0] == len(set(values.tolist()))


@given(arrays(np.int64, st.integers(1, 300), elements=st.integers(-(2**40), 2**40)))
def test_times_are_counted_exactly(microseconds):
    times = microseconds.view("datetime64[us]")
    assert count_distinct(times)[0] == len(set(microseconds.tolist()))
