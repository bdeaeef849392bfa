"""A table over time against pandas' resampling."""

import numpy as np
import pandas as pd
import pytest

from lab.base import LabError, from_json, to_json
from lab.data import TimeSeries, TimeStep, load_sample, over_time
from lab.data.over_time import find_step


@pytest.fixture(scope="module")
def ridership():
    return load_sample("chicago_ridership")


def test_months_of_days_are_pandas_monthly_means(ridership):
    found = over_time(ridership, "date", column="ridership")
    plain = ridership.frame.set_index("date")["ridership"].resample("MS").agg(["size", "mean"])
    plain = plain[plain["size"] > 0]
    assert found.step is TimeStep.MONTH
    assert [pd.Timestamp(start) for start in found.starts] == plain.index.tolist()
    assert list(found.counts) == plain["size"].tolist()
    assert found.means == pytest.approx(plain["mean"].tolist())


@pytest.mark.parametrize(
    ("every", "many", "step"),
    [("min", 90, "minute"), ("h", 150, "hour"), ("D", 100, "day"), ("D", 900, "week"),
     ("D", 3_000, "month"), ("MS", 400, "quarter"), ("YS", 60, "year"), ("10YS", 20, "decade"),
     ("MS", 40, "month"), ("QS", 100, "quarter"), ("W", 20, "week")],
)  # fmt: skip
def test_the_step_suits_span_and_spacing(every, many, step):
    stamps = pd.date_range("1995-01-01", periods=many, freq=every).to_numpy("datetime64[us]")
    assert find_step(stamps).value == step


def test_many_moments_at_random_are_not_more_than_200_steps():
    seconds = np.random.default_rng(0).integers(0, 3 * 365 * 86_400, 50_000)
    stamps = (1_500_000_000 + seconds).astype("datetime64[s]").astype("datetime64[us]")
    assert find_step(stamps) is TimeStep.WEEK


def test_weeks_begin_on_monday(read):
    days = pd.date_range("2020-01-01", periods=700, freq="D")
    found = over_time(read("day,b\n" + "".join(f"{day.date()},1\n" for day in days)), "day")
    assert found.step is TimeStep.WEEK
    plain = pd.Series(1, index=days).resample("W-MON", label="left", closed="left").size()
    assert [pd.Timestamp(start) for start in found.starts] == plain.index.tolist()
    assert list(found.counts) == plain.tolist()


def test_the_share_of_a_class_is_counted_among_rows_that_have_one(read):
    days = pd.date_range("2020-01-01", periods=50, freq="D").repeat(4)
    marks = np.tile(["yes", "no", "no", ""], 50)
    table = read("day,mark\n" + "".join(
        f"{day.date()},{mark}\n" for day, mark in zip(days, marks, strict=True)
    ))  # fmt: skip
    found = over_time(table, "day", column="mark", label="yes")
    assert found.step is TimeStep.DAY
    assert found.means == pytest.approx([1 / 3] * 50)
    assert set(found.counts) == {4}


def test_rows_without_a_date_are_counted_apart(read):
    rows = "".join(f"{'' if n % 5 == 0 else f'2020-01-{n % 28 + 1:02d}'},{n}\n" for n in range(100))
    found = over_time(read("day,b\n" + rows), "day", column="b")
    assert found.undated == 20
    assert sum(found.counts) == 80


def test_without_a_column_rows_are_only_counted(ridership):
    assert over_time(ridership, "date").means == ()


@pytest.mark.parametrize(
    ("date", "column", "message"),
    [("ridership", "", "holds no dates"), ("date", "date", "holds no numbers"),
     ("date", "nothing", "there is no column")],
)  # fmt: skip
def test_what_cannot_be_run_over_time_is_told(ridership, date, column, message):
    with pytest.raises(LabError, match=message):
        over_time(ridership, date, column=column)


def test_a_series_is_json_and_back(ridership):
    found = over_time(ridership, "date", column="ridership")
    assert from_json(TimeSeries, to_json(found)) == found
