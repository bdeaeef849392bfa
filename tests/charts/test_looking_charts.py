"""Charts of a table that is looked at, against numpy and pandas."""

import numpy as np
import pandas as pd
import pytest

from lab.charts import CHARTS, Mode, Theme
from lab.data import (
    AssociationMethod,
    association_matrix,
    load_sample,
    missing_patterns,
    over_time,
    principal_map,
    target_groups,
)


@pytest.fixture
def generator():
    return np.random.default_rng(0)


def test_boxes_hold_quartiles_and_whiskers_as_tukey_draws_them(generator):
    values = pd.Series(np.r_[generator.normal(size=500), 9.0, -9.0], name="x")
    by = pd.Series(np.where(np.arange(502) % 3, "a", "b"))
    frame = CHARTS["boxes"].frame(values, by=by)
    for group in "ab":
        own = values[by == group]
        box = frame[(frame["kind"] == "box") & (frame["group"] == group)].iloc[0]
        assert box[["q25", "median", "q75"]].tolist() == pytest.approx(
            own.quantile([0.25, 0.5, 0.75]).tolist()
        )
        reach = 1.5 * (box["q75"] - box["q25"])
        inside = own[(own >= box["q25"] - reach) & (own <= box["q75"] + reach)]
        assert (box["low"], box["high"]) == (inside.min(), inside.max())
        assert box["outliers"] == len(own) - len(inside) > 0


def test_of_many_outliers_a_few_are_drawn_and_the_outermost_among_them(generator):
    values = pd.Series(np.r_[np.zeros(900), np.arange(1.0, 101.0)], name="x")
    frame = CHARTS["boxes"].frame(values)
    drawn = frame.loc[frame["kind"] == "outlier", "value"]
    assert len(drawn) == 20
    assert (drawn.min(), drawn.max()) == (1, 100)
    assert frame["outliers"].max() == 100


def test_the_boxes_of_quarters_keep_their_order_and_colours_run_from_blue_to_orange(generator):
    goal = pd.Series(generator.gamma(2, 10, 400), name="y")
    frame = CHARTS["boxes"].frame(goal * 2, by=target_groups(goal, of_classes=False))
    groups = frame["group"].unique()
    assert [name.split(" ")[0] for name in groups] == ["lowest", "second", "third", "highest"]
    theme = Theme()
    drawn = CHARTS["boxes"].draw(frame, theme=theme).data
    colours = [trace.line.color for trace in drawn if trace.type == "box"]
    assert (colours[0], colours[-1]) == theme.inks.hues[:2]
    assert len(set(colours)) == 4


def test_a_scatter_draws_at_most_a_thousand_rows_and_its_line_is_of_all(generator):
    x = pd.Series(generator.uniform(0, 10, 8_000), name="x")
    y = (x * 3 + generator.normal(size=8_000)).rename("y")
    frame = CHARTS["scatter"].frame(x, y)
    assert (frame["kind"] == "point").sum() == 1_000
    bins = frame[frame["kind"] == "bin"]
    assert len(bins) == 20
    assert bins["count"].sum() == 8_000
    np.testing.assert_allclose(bins["y"], 3 * bins["x"], atol=0.4)
    assert ((bins["low"] < bins["y"]) & (bins["y"] < bins["high"])).all()


def test_a_scatter_over_dates_has_a_date_axis_and_exact_dates():
    days = pd.Series(pd.date_range("2020-01-01", periods=300, freq="D"), name="day")
    frame = CHARTS["scatter"].frame(days, pd.Series(np.arange(300.0), name="y"))
    figure = CHARTS["scatter"].draw(frame, theme=Theme())
    assert figure.layout.xaxis.type == "date"
    assert figure.data[0].x[0] == pd.Timestamp("2020-01-01").timestamp() * 1_000


def test_a_scatter_leaves_out_rows_with_a_gap():
    x = pd.Series([1.0, np.nan, 3.0, 4.0], name="x")
    y = pd.Series([1.0, 2.0, np.nan, 4.0], name="y")
    frame = CHARTS["scatter"].frame(x, y)
    assert frame.loc[frame["kind"] == "point", "x"].tolist() == [1.0, 4.0]


def test_the_scatter_matrix_shows_the_same_rows_in_every_panel(generator):
    rows = pd.DataFrame(generator.normal(size=(500, 7)), columns=list("abcdefg"))
    frame = CHARTS["pairs"].frame(rows)
    points = frame[frame["kind"] == "point"]
    assert sorted(points["column"].unique()) == list("abcde")
    wide = points.pivot_table(index="row", columns="column", values="value")
    assert wide.shape == (160, 5)
    np.testing.assert_array_equal(wide["c"], rows["c"].iloc[wide.index])
    shares = frame[frame["kind"] == "bin"].groupby("column")["share"].sum()
    assert shares.tolist() == pytest.approx([1.0] * 5)


def test_the_scatter_matrix_has_a_panel_for_every_pair_and_small_size(generator):
    rows = pd.DataFrame(generator.normal(size=(2_000, 5)), columns=list("abcde"))
    by = pd.Series(np.array(list("uvwxyz"))[generator.integers(0, 6, 2_000)])
    figure = CHARTS["pairs"].draw(CHARTS["pairs"].frame(rows, by=by), theme=Theme())
    panels = {(trace.xaxis, trace.yaxis) for trace in figure.data}
    assert len(panels) == 15
    assert len(figure.to_json()) < 60_000


def test_months_of_a_series_are_bars_under_a_line():
    found = over_time(load_sample("chicago_ridership"), "date", column="ridership")
    frame = CHARTS["time_plot"].frame(found)
    assert frame["mean"].tolist() == pytest.approx(list(found.means))
    figure = CHARTS["time_plot"].draw(frame, theme=Theme())
    assert [trace.type for trace in figure.data] == ["scatter", "bar"]
    only_rows = CHARTS["time_plot"].frame(over_time(load_sample("chicago_ridership"), "date"))
    figure = CHARTS["time_plot"].draw(only_rows, theme=Theme())
    assert [trace.type for trace in figure.data] == ["bar"]
    assert "Mean" not in CHARTS["time_plot"].alt(only_rows)


def test_a_matrix_of_numbers_by_categories_is_drawn_as_it_is():
    found = association_matrix(load_sample("penguins"), AssociationMethod.CORRELATION_RATIO)
    matrix = pd.DataFrame(found.strengths, index=found.rows, columns=found.columns)
    frame = CHARTS["associations"].frame(matrix)
    figure = CHARTS["associations"].draw(frame, theme=Theme())
    assert figure.data[0].z.shape == matrix.shape
    assert "species" in CHARTS["associations"].alt(frame)


@pytest.mark.parametrize("mode", list(Mode))
def test_correlations_have_a_sign_and_no_diagonal(mode):
    matrix = pd.DataFrame([[1, -0.8], [-0.8, 1]], index=["a", "b"], columns=["a", "b"])
    frame = CHARTS["correlations"].frame(matrix)
    cells = CHARTS["correlations"].draw(frame, theme=Theme(mode=mode)).data[0]
    assert (cells.zmin, cells.zmax) == (-1, 1)
    assert np.isnan(np.diag(cells.z)).all()
    assert CHARTS["correlations"].alt(frame).count("a with b -0.80") == 1


def test_patterns_are_filled_where_columns_are_missing():
    table = load_sample("penguins")
    frame = CHARTS["missing_together"].frame(missing_patterns(table))
    wide = frame.pivot_table(index="pattern", columns="column", values="is_missing", sort=False)
    plain = table.frame[list(wide.columns)].isna().value_counts()
    assert wide.astype(bool).apply(tuple, axis=1).tolist() == list(plain.index)
    assert frame.drop_duplicates("pattern")["count"].tolist() == plain.tolist()


def test_the_map_tells_what_it_explains_and_draws_at_most_a_thousand_rows():
    table = load_sample("diamonds")
    found = principal_map(table, ["carat", "depth", "table", "price", "cut"])
    by = target_groups(table.frame["price"].iloc[list(found.places)], of_classes=False)
    frame = CHARTS["principal_map"].frame(found, by=by.reset_index(drop=True))
    assert len(frame) == 1_000
    figure = CHARTS["principal_map"].draw(frame, theme=Theme())
    assert f"{found.explained[0]:.0%} of the variance" in figure.layout.xaxis.title.text
    assert frame["group"].unique().tolist() == by.cat.categories.tolist()


@pytest.mark.parametrize(
    "values",
    [[np.nan, np.nan], [3.0, 3.0, 3.0], [1e300, -1e300, 0.0, 2.0], [np.inf, 1.0, 2.0], [5.0]],
)
def test_odd_numbers_are_drawn(values):
    column = pd.Series(values, name="odd")
    for key, given in {
        "boxes": (column,),
        "scatter": (column, column.rename("too")),
        "pairs": (pd.DataFrame({"odd": column, "too": column}),),
    }.items():
        frame = CHARTS[key].frame(*given)
        assert CHARTS[key].draw(frame, theme=Theme()).to_json()
        assert "nan" not in CHARTS[key].alt(frame)


def test_a_cross_table_holds_the_counts_and_row_shares_of_pandas():
    frame = load_sample("credit_scoring").frame
    found = CHARTS["cross_table"].frame(frame["Home"], frame["Marital"])
    counts = pd.crosstab(frame["Home"], frame["Marital"])
    shares = pd.crosstab(frame["Home"], frame["Marital"], normalize="index")
    assert len(found) == counts.size
    for row in found.itertuples():
        assert row.count == counts.loc[row.row_level, row.level]
        assert row.share == pytest.approx(shares.loc[row.row_level, row.level])
    usual = frame["Home"][frame["Marital"].notna()].value_counts().index.tolist()
    assert found["row_level"].unique().tolist() == usual
    assert {tuple(found[name].unique()) for name in ("row_column", "column")} == {
        ("Home",), ("Marital",)
    }  # fmt: skip


def test_a_cross_table_joins_rare_levels_and_leaves_out_gaps(generator):
    levels = pd.Series(generator.integers(0, 20, 3_000).astype(float), name="code")
    flags = pd.Series(generator.integers(0, 2, 3_000).astype(float), name="flag")
    flags.iloc[::10] = np.nan
    found = CHARTS["cross_table"].frame(levels, flags)
    assert found["row_level"].nunique() == 15
    assert found["row_level"].iloc[-1] == "other levels"
    assert set(found["level"]) == {"0", "1"}
    assert found["count"].sum() == flags.notna().sum()
    assert found.groupby("row_level")["share"].sum().to_numpy() == pytest.approx(np.ones(15))
    kept = levels[flags.notna()].value_counts().index[:14]
    other = found.loc[found["row_level"] == "other levels", "count"].sum()
    assert other == (~levels[flags.notna()].isin(kept)).sum()
    words = CHARTS["cross_table"].alt(found)
    assert words.startswith("Cross-table of code by flag. ")
    assert words.endswith("; and 10 more levels.")


def test_a_cross_table_of_nothing_says_so():
    empty = pd.Series([None, "a"], dtype="str", name="a")
    found = CHARTS["cross_table"].frame(empty, pd.Series(["b", None], dtype="str", name="b"))
    assert found.empty
    assert "no row" in CHARTS["cross_table"].alt(found)
