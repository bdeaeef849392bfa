"""Charts of columns."""

import numpy as np
import pandas as pd
import pytest

from lab.charts import CHARTS, Theme

distribution = CHARTS["distribution"].frame


def test_a_histogram_counts_every_number_once() -> None:
    values = pd.Series(np.random.default_rng(0).normal(size=500), name="x")
    values.iloc[::50] = np.nan
    frame = distribution(values)
    assert frame["count"].sum() == 490
    assert frame["share"].sum() == pytest.approx(1.0)
    assert frame["start"].iloc[0] == values.min()
    assert frame["end"].iloc[-1] == values.max()


def test_a_histogram_by_class_has_shares_of_each_class_on_the_same_ranges() -> None:
    values = pd.Series(np.arange(300.0), name="x")
    classes = pd.Series(np.where(np.arange(300) < 100, "rare", "frequent"))
    frame = distribution(values, by=classes)
    shares = frame.groupby("group")["share"].sum()
    assert shares.to_dict() == pytest.approx({"rare": 1.0, "frequent": 1.0})
    edges = frame.groupby("group")["start"].agg(list)
    assert edges["rare"] == edges["frequent"]


def test_levels_beyond_fifteen_are_put_together() -> None:
    values = pd.Series([f"level {n % 40}" for n in range(800)], name="town")
    frame = distribution(values)
    assert len(frame) == 15
    assert frame["label"].iloc[-1] == "other levels"
    assert frame["count"].sum() == 800


def test_dates_are_drawn_on_a_date_axis() -> None:
    values = pd.Series(pd.date_range("2020-01-01", periods=400, freq="D"), name="day")
    frame = distribution(values)
    assert frame["label"].iloc[0].startswith("2020-01-01 to 2020-")
    figure = CHARTS["distribution"].draw(frame, theme=Theme())
    assert figure.layout.xaxis.type == "date"


@pytest.mark.parametrize(
    "values",
    [
        pd.Series([np.nan, np.nan], name="empty"),
        pd.Series([np.inf, -np.inf, np.nan], name="infinite"),
        pd.Series([3.0, 3.0, 3.0], name="constant"),
        pd.Series([True, False, None], name="flag", dtype=object),
        pd.Series([1e300, -1e300, 0.0], name="huge"),
        pd.Series([pd.Timestamp("2020-01-01")], name="day"),
    ],
    ids=lambda values: str(values.name),
)
def test_odd_columns_are_drawn(values: "pd.Series[object]") -> None:
    frame = distribution(values)
    assert CHARTS["distribution"].draw(frame, theme=Theme()).to_json()


def test_shap_levels_are_ranks_of_numbers_and_nothing_for_categories() -> None:
    frame = CHARTS["shap_summary"].frame(
        ["age", "town"],
        [[0.1, 0.3], [0.2, -0.3], [-0.1, 0.4]],
        [[20, "x"], [60, "y"], [40, "x"]],
    )
    assert frame["column"].unique().tolist() == ["town", "age"]
    assert frame.loc[frame["column"] == "age", "level"].tolist() == [0.0, 1.0, 0.5]
    assert frame.loc[frame["column"] == "town", "level"].isna().all()


def test_missing_shares_leave_out_full_columns() -> None:
    frame = CHARTS["missingness"].frame({"a": 0.0, "b": 0.2, "c": 0.5})
    assert frame["label"].tolist() == ["c", "b"]


def test_what_is_told_on_hovering_agrees_with_the_number_of_rows() -> None:
    town, colour = pd.Series(["Ulm", "Bonn", "Ulm"]), pd.Series(["red", "red", "blue"])
    frames = {
        "class_balance": CHARTS["class_balance"].frame({"yes": 1, "no": 2}),
        "cross_table": CHARTS["cross_table"].frame(town.rename("town"), colour.rename("colour")),
        "distribution": distribution(town.rename("town")),
        "confusion": pd.DataFrame({
            "candidate": "Tree", "truth": ["a", "a"], "predicted": ["a", "b"], "count": [1, 2],
            "share": [0.3, 0.7],
        }).iloc[[0]],
    }  # fmt: skip
    for key, frame in frames.items():
        drawn = CHARTS[key].draw(frame, theme=Theme()).to_json()
        assert "1 row" in drawn, key
        assert "1 rows" not in drawn, key
        assert "} rows" not in drawn, key
