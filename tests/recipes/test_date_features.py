"""Features of dates are those of the calendar, on a circle where they go round."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from lab.base import Task
from lab.recipes import make_preparation
from lab.recipes.estimators.date_parts import DATE_PARTS, DateParts

DAYS = [dt.datetime(2023, 1, 1) + dt.timedelta(hours=37 * i) for i in range(600)]
FRAME = pd.DataFrame({"day": pd.to_datetime(DAYS)})


def column(part):
    dates = DateParts(parts=(part,), elapsed=False).fit(FRAME)
    assert list(dates.get_feature_names_out()) == [f"day_{part}"]
    return dates.transform(FRAME)[:, 0]


@pytest.mark.parametrize(
    ("part", "of"),
    [
        ("quarter", lambda day: (day.month + 2) // 3),
        ("week", lambda day: day.isocalendar().week),
        ("day_of_year", lambda day: day.timetuple().tm_yday),
        ("is_weekend", lambda day: day.weekday() in (5, 6)),
        ("time_of_day", lambda day: day.hour + day.minute / 60),
        ("weekday", lambda day: day.weekday()),
    ],
)
def test_parts_are_those_of_the_standard_library(part, of):
    np.testing.assert_allclose(column(part), [of(day) for day in DAYS])


@pytest.mark.parametrize(
    ("part", "length", "first"), [("month", 12, 1), ("weekday", 7, 0), ("hour", 24, 0)]
)
def test_steps_along_a_circle_are_equally_long_also_from_its_end_to_its_start(part, length, first):
    place = column(part)
    points = np.column_stack([column(f"{part}_sin"), column(f"{part}_cos")])
    corners = [points[place == number][0] for number in range(first, length + first)]
    steps = [
        np.linalg.norm(a - b) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)
    ]
    np.testing.assert_allclose(steps, 2 * np.sin(np.pi / length))


def test_every_part_can_be_missing_or_filled():
    holed = pd.concat([FRAME, pd.DataFrame({"day": [pd.NaT]})], ignore_index=True)
    kept = DateParts(parts=DATE_PARTS, missing="keep").fit(holed).transform(holed)
    assert kept.shape[1] == len(DATE_PARTS) + 1
    assert np.isnan(kept[-1]).all()
    assert not np.isnan(kept[:-1]).any()
    assert not np.isnan(DateParts(parts=DATE_PARTS).fit(holed).transform(holed)).any()


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({}, ("year", "is_weekend", "month_sin", "month_cos", "weekday_sin", "weekday_cos",
              "hour_sin", "hour_cos", "elapsed_days")),
        ({"cycles": "numbers", "elapsed": False}, ("year", "month", "weekday", "hour",
                                                   "is_weekend")),
        ({"cycles": "both", "year": False, "weekday": False, "hour": False, "quarter": True,
          "is_weekend": False, "elapsed": False}, ("month", "quarter", "month_sin", "month_cos")),
    ],
)  # fmt: skip
def test_what_is_ticked_is_made(example, recipe, step, settings, names):
    data = example.only("joined")
    own = recipe(step("date_features", **settings))
    preparation = make_preparation(own, data.schema, task=Task.BINARY, seed=0)
    preparation.fit(data.X, data.y)
    assert preparation.feature_names == tuple(f"joined_{name}" for name in names)


def test_the_days_elapsed_count_from_the_first_training_date(example, recipe, step):
    data = example.only("joined")
    ticks = dict.fromkeys(("year", "month", "weekday", "hour", "is_weekend"), False)
    own = recipe(step("date_features", **ticks))
    preparation = make_preparation(own, data.schema, task=Task.BINARY, seed=0)
    X = preparation.fit(data.X.iloc[:100], data.y[:100]).X
    first = data.X["joined"].iloc[:100].min()
    later = pd.DataFrame({"joined": [first + pd.Timedelta(days=2, hours=6)]})
    assert X.min() == 0
    assert preparation.transform(later)[0, 0] == pytest.approx(2.25)
