"""Filling forward and backward in time, held against pandas written down plainly."""

import pickle
import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from lab.recipes import RowsChangedWarning, rows_changed
from lab.recipes.estimators.carried_values import CarriedValueImputer
from lab.recipes.estimators.series_index import SeriesIndex

COLUMNS = ["price", "open", "state"]
DIRECTIONS = ["forward", "backward"]


@parametrize_with_checks(
    [CarriedValueImputer(), CarriedValueImputer(direction="backward"), SeriesIndex()]
)
@pytest.mark.filterwarnings("ignore::lab.recipes.RowsChangedWarning")
def test_it_is_an_ordinary_scikit_learn_estimator(estimator, check):
    check(estimator)


def make_rows(n=400, *, seed=0, shops="abcde", missing_order=True):
    """Return rows in no order, with ties in time, gaps in all columns, and lost times and shops."""
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "price": rng.normal(10, 3, n),
            "open": rng.integers(0, 2, n).astype(float),
            "state": pd.Series(rng.choice(["on", "off", "broken"], n), dtype=object),
            "day": rng.integers(0, n // 3, n).astype(float),
            "shop": pd.Series(rng.choice(list(shops), n), dtype=object),
        }
    )
    for name in COLUMNS:
        rows.loc[rng.random(n) < 0.4, name] = np.nan
    if missing_order:
        rows.loc[rng.random(n) < 0.05, "day"] = np.nan
        rows.loc[rng.random(n) < 0.05, "shop"] = np.nan
    return rows


def indexed(rows):
    return rows.set_index(["day", "shop"])[COLUMNS]


def usual(train):
    """Return what gaps get that find no row, as pandas computes it."""
    return {
        "price": train["price"].median(),
        "open": train["open"].mode()[0],
        "state": train["state"].mode()[0],
    }


def filled_by_pandas(train, direction):
    """Return the training rows filled by groupby and ffill or bfill in time order."""
    placed = train[train["day"].notna() & train["shop"].notna()].sort_values("day", kind="stable")
    groups = placed.groupby("shop")[COLUMNS]
    carried = groups.ffill() if direction == "forward" else groups.bfill()
    return train[COLUMNS].fillna(carried).fillna(usual(train))


def merged_by_pandas(train, test, direction):
    """Return rows to predict filled by an as-of join on the training rows that have a value."""
    merged = test[COLUMNS].copy()
    placed = test[test["day"].notna() & test["shop"].notna()].reset_index().sort_values("day")
    for name in COLUMNS:
        known = train.dropna(subset=[name, "day", "shop"]).sort_values("day", kind="stable")
        found = pd.merge_asof(
            placed[["index", "day", "shop"]],
            known[["day", "shop", name]],
            on="day",
            by="shop",
            direction="backward" if direction == "forward" else "forward",
        ).set_index("index")[name]
        merged[name] = merged[name].fillna(found)
    return merged.fillna(usual(train))


def same(found, expected):
    pd.testing.assert_frame_equal(
        found.reset_index(drop=True), expected.reset_index(drop=True), check_exact=True
    )


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("seed", range(5))
def test_training_rows_are_filled_as_pandas_fills_them(direction, seed):
    train = make_rows(seed=seed)
    found = CarriedValueImputer(direction=direction).fit_transform(indexed(train))
    same(found, filled_by_pandas(train, direction))


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("seed", range(5))
def test_rows_to_predict_are_filled_as_an_as_of_join_fills_them(direction, seed):
    train, test = make_rows(seed=seed), make_rows(seed=seed + 100, shops="abcxyz")
    imputer = CarriedValueImputer(direction=direction).fit(indexed(train))
    with rows_changed():
        found = imputer.transform(indexed(test))
    same(found, merged_by_pandas(train, test, direction))


def test_times_between_before_and_after_those_of_training_find_their_row():
    train = pd.DataFrame({"price": [1.0, np.nan, 3.0, 9.0], "day": [10.0, 20.0, 30.0, 5.0]})
    train = train.assign(shop=["a", "a", "a", "b"]).set_index(["day", "shop"])
    days = [9.0, 10.0, 25.0, 99.0]
    test = pd.DataFrame({"price": np.nan, "day": days, "shop": "a"}).set_index(["day", "shop"])
    expected = {"forward": [3.0, 1.0, 1.0, 3.0], "backward": [1.0, 1.0, 3.0, 3.0]}
    for direction, values in expected.items():
        with rows_changed():
            found = CarriedValueImputer(direction=direction).fit(train).transform(test)
        assert found["price"].tolist() == values  # the median is 3


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_row_is_filled_alike_alone_and_among_others(direction):
    imputer = CarriedValueImputer(direction=direction).fit(indexed(make_rows()))
    test = indexed(make_rows(seed=1))
    with rows_changed():
        together = imputer.transform(test)
        alone = pd.concat([imputer.transform(test.iloc[[at]]) for at in range(60)])
    same(together.iloc[:60], alone)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_filling_rows_changes_nothing_that_was_fitted(direction):
    imputer = CarriedValueImputer(direction=direction).fit(indexed(make_rows()))
    before = pickle.dumps(imputer)
    with rows_changed():
        imputer.transform(indexed(make_rows(seed=1).assign(price=1e9, state="poison")))
        imputer.transform(indexed(make_rows(seed=2, shops="xyz")))
    assert pickle.dumps(imputer) == before


def test_gaps_that_find_no_row_are_told_and_others_are_not():
    train = make_rows(missing_order=False)
    late = pd.DataFrame({"price": np.nan, "open": 1.0, "state": "on", "day": 1e6, "shop": ["a"]})
    backward = CarriedValueImputer(direction="backward").fit(indexed(train))
    with pytest.warns(RowsChangedWarning, match="no later training row .* for 1 of 1 gaps"):
        made = backward.transform(indexed(late))
    assert made["price"].tolist() == [train["price"].median()]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        CarriedValueImputer().fit(indexed(train)).transform(indexed(late))


def test_rows_without_an_index_of_time_and_group_get_what_is_usual():
    train = make_rows()
    imputer = CarriedValueImputer().fit(train[COLUMNS])
    assert imputer.order_ == ()
    same(imputer.fit_transform(train[COLUMNS]), train[COLUMNS].fillna(usual(train)))


def test_one_training_row_and_a_column_without_values():
    row = indexed(make_rows(missing_order=False)).iloc[[0]].assign(price=np.nan, state="on")
    for direction in DIRECTIONS:
        imputer = CarriedValueImputer(direction=direction)
        assert imputer.fit_transform(row)["price"].isna().all()  # the column choice leaves it out
        assert imputer.fit_transform(row)["state"].tolist() == ["on"]


@pytest.mark.parametrize("unit", ["s", "us", "ns"])
def test_dates_become_times_in_the_index_whatever_their_unit(unit):
    days = pd.Series(pd.to_datetime(["2024-01-02 03:04:05.000006", None])).astype(
        f"datetime64[{unit}]"
    )
    rows = pd.DataFrame({"price": [1.0, 2.0], "day": days})
    index = SeriesIndex(columns=["price"], time="day").fit_transform(rows).index
    times = index.get_level_values(0)
    whole = 1_704_164_645_000_000
    assert times[0] == (whole if unit == "s" else whole + 6)
    assert np.isnan(times[1])
    assert index.names == ["day", None]
