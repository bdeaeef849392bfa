"""The target as a few groups of rows, and its shape."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lab.base import LabError, Task
from lab.data import (
    Roles,
    draw_rows,
    load_sample,
    make_dataset,
    read_table,
    target_groups,
    target_shape,
    value_texts,
)


def test_a_number_is_cut_into_quarters_in_order():
    values = pd.Series(np.random.default_rng(0).gamma(2, 50, 1_000), name="price")
    values.iloc[::100] = np.nan
    groups = target_groups(values, of_classes=False)
    plain = pd.qcut(values, 4, labels=False)
    assert groups.cat.ordered
    assert groups.cat.codes.tolist() == plain.fillna(-1).astype(int).tolist()
    assert groups.cat.categories[0].startswith("lowest quarter (up to ")
    assert groups.cat.categories[-1].startswith("highest quarter (above ")


def test_many_equal_values_make_fewer_groups():
    values = pd.Series([0.0] * 70 + list(range(1, 31)))
    groups = target_groups(values, of_classes=False)
    assert groups.value_counts(sort=False).tolist() == [70, 5, 25]
    assert [name[:6] for name in groups.cat.categories] == ["part 1", "part 2", "part 3"]


@pytest.mark.parametrize("values", [[5.0, 5.0, 5.0], [np.nan, np.nan]])
def test_a_constant_is_one_group(values):
    groups = target_groups(pd.Series(values), of_classes=False)
    assert groups.cat.categories.tolist() == ["all values"]
    assert groups.isna().tolist() == np.isnan(values).tolist()


def test_classes_keep_the_frequent_and_join_the_rest():
    names = np.repeat([f"class {n}" for n in range(10)], np.arange(10, 0, -1))
    groups = target_groups(pd.Series(names), of_classes=True)
    assert groups.cat.categories.tolist() == [*(f"class {n}" for n in range(6)), "other classes"]
    assert (groups == "other classes").sum() == 4 + 3 + 2 + 1
    assert not groups.cat.ordered


def test_up_to_seven_classes_stay_and_missing_stays_missing():
    values = pd.Series(["a", None, "b", "b"], dtype="str")
    groups = target_groups(values, of_classes=True)
    assert groups.cat.categories.tolist() == ["b", "a"]
    assert groups.isna().tolist() == [False, True, False, False]


def test_classes_are_called_as_the_labels_of_a_data_set(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("x,day,y\n1,2020-01-02,0\n2,2020-01-02,1\n3,,\n4,2020-03-04,1\n5,,2.5\n")
    table = read_table(path)
    assert table.frame["y"].dtype == np.float64
    data = make_dataset(table, Roles(target="y", task=Task.MULTICLASS))
    groups = target_groups(table.frame["y"], of_classes=True)
    assert sorted(groups.cat.categories) == list(data.labels) == ["0", "1", "2.5"]
    assert groups.isna().tolist() == [False, False, True, False, False]
    days = value_texts(table.frame["day"])
    assert days.dropna().tolist() == ["2020-01-02", "2020-01-02", "2020-03-04"]
    assert value_texts(pd.Series([True, False])).tolist() == ["True", "False"]


def test_a_logarithm_is_suggested_for_skewed_targets_only():
    prices = load_sample("ames_housing").frame["Sale_Price"].to_numpy(float)
    found = target_shape(prices)
    assert found.skewness == pytest.approx(stats.skew(prices, bias=False))
    assert found.log_skewness == pytest.approx(stats.skew(np.log1p(prices), bias=False))
    assert found.suggests_log
    assert not target_shape(np.random.default_rng(0).normal(100, 5, 500)).suggests_log
    assert not target_shape(-prices).suggests_log


def test_negative_values_have_no_logarithm():
    values = np.r_[np.random.default_rng(0).gamma(1, 50, 500), -1.0]
    assert target_shape(values).log_skewness is None


@pytest.mark.parametrize("values", [np.ones(20), np.array([1.0, 2.0]), np.full(9, np.nan)])
def test_the_shape_of_too_little_is_none(values):
    assert target_shape(values) is None


def test_drawn_rows_are_a_sample_in_the_tables_order():
    table = load_sample("diamonds")
    rows = draw_rows(table, ["price", "cut", "price"], max_rows=300)
    assert rows.shape == (300, 2)
    assert rows.index.is_monotonic_increasing
    pd.testing.assert_frame_equal(rows, table.frame.loc[rows.index, ["price", "cut"]])
    with pytest.raises(LabError, match="no column 'nothing'"):
        draw_rows(table, ["nothing"])
