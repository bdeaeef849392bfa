"""A column of time, and a table that changes along it, against scipy."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency, false_discovery_control, ks_2samp

from lab.base import ActionKind, Severity, Task
from lab.data import Roles, check_data, load_sample
from lab.data.check_case import Case
from lab.data.time_checks import shifts_along


@pytest.fixture
def daily(frame):
    days = pd.date_range("2021-01-01", periods=len(frame), freq="D").strftime("%Y-%m-%d")
    return frame.assign(day=days)


def changing(daily):
    """Return the table with a number and a category that differ in its later half."""
    late = np.arange(len(daily)) >= 200
    rng = np.random.default_rng(0)
    shop = np.where(rng.random(400) < np.where(late, 0.8, 0.3), "web", "street")
    return daily.assign(price=rng.normal(size=400) + late, shop=shop)


def test_a_date_proposes_folds_in_its_order(find, daily):
    found = find(daily)
    assert set(found) == {"D018"}
    assert [(one.kind, one.columns) for one in found["D018"].actions] == [
        (ActionKind.TIME, ("day",))
    ]


def test_a_counter_that_is_called_a_time_proposes_them_too(find, frame):
    assert find(frame.assign(week=np.arange(400) // 10))["D018"].columns == ("week",)
    shuffled = np.random.default_rng(0).permutation(400) // 10
    assert "D018" not in find(frame.assign(week=shuffled))
    assert "D018" not in find(frame.assign(score=np.arange(400) // 10))


def test_a_day_of_birth_is_no_time_to_split_by(find, daily):
    assert "D018" not in find(daily.rename(columns={"day": "birth_date"}))


def test_a_time_that_is_chosen_is_not_proposed(read, daily):
    table = read(changing(daily).to_csv(index=False))
    roles = Roles(target="y", task=Task.BINARY, time="day")
    found = {one.code: one for one in check_data(table, roles=roles)}
    assert "D018" not in found
    assert "as chosen" in found["D021"].detail
    assert found["D021"].severity is Severity.INFO
    assert not found["D021"].actions


def test_what_changes_along_time_is_told(find, daily):
    found = find(changing(daily))["D021"]
    assert set(found.columns) == {"shop", "price"}
    assert found.action.kind is ActionKind.TIME
    assert "The target" not in found.detail


def test_a_target_that_changes_is_told(find, daily):
    daily["y"] = np.where(np.arange(400) % 5 < np.where(np.arange(400) < 200, 1, 3), "yes", "no")
    assert "The target itself is among them" in find(daily)["D021"].detail


def test_a_steady_table_does_not_change(find, daily):
    assert "D021" not in find(daily)


def test_columns_that_go_along_with_time_change_unless_they_are_one(find, daily):
    follows = np.arange(400) * 2 + np.random.default_rng(0).integers(0, 9, 400)
    assert "D021" not in find(daily.assign(year_of_count=follows))
    assert find(daily.assign(meter=follows))["D021"].columns == ("meter",)


def test_sizes_and_probabilities_are_those_of_scipy(read, daily):
    frame = changing(daily)
    frame.loc[::7, "price"] = np.nan
    frame.loc[::9, "shop"] = None
    table = read(frame.to_csv(index=False))
    found = {one.column: one for one in
             shifts_along(Case(table=table, target="y", task=Task.BINARY), "day")}  # fmt: skip
    late = np.arange(400) >= 200
    wanted = {}
    for name in ("real", "whole", "price"):
        early, later = frame.loc[~late, name].dropna(), frame.loc[late, name].dropna()
        test = ks_2samp(early, later, method="asymp")
        wanted[name] = (test.statistic, test.pvalue)
    for name in ("colour", "shop", "y"):
        counts = pd.crosstab(late, frame[name].fillna("(missing)"))
        test = chi2_contingency(counts, correction=False)
        wanted[name] = (np.sqrt(test.statistic / 400), test.pvalue)
    assert set(found) == set(wanted)
    adjusted = false_discovery_control([p for _, p in wanted.values()])
    for (name, (size, p_value)), after in zip(wanted.items(), adjusted, strict=True):
        assert found[name].size == pytest.approx(size), name
        assert found[name].p_value == pytest.approx(p_value), name
        assert found[name].adjusted == pytest.approx(after), name


def test_false_alarms_are_rarer_than_the_level(read):
    """Forty columns that never change in each of 25 tables: at 1% hardly a table is accused."""
    accused = 0
    for seed in range(25):
        rng = np.random.default_rng(seed)
        frame = pd.DataFrame(rng.normal(size=(120, 40)).round(3)).add_prefix("c")
        days = pd.date_range("2021-01-01", periods=120).strftime("%Y-%m-%d")
        table = read(frame.assign(day=days).to_csv(index=False))
        accused += any(one.is_shift for one in shifts_along(Case(table=table), "day"))
    assert accused <= 2


def test_a_series_that_grew_is_found_to_change():
    roles = Roles(target="ridership", task=Task.REGRESSION)
    found = {one.code: one for one in check_data(load_sample("chicago_ridership"), roles=roles)}
    assert "ridership" in found["D021"].columns
    assert found["D018"].columns == ("date",)
