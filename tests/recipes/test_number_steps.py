"""Shapes of numbers are those of scikit-learn, learnt from training rows, finite everywhere."""

import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.preprocessing import (
    KBinsDiscretizer,
    MaxAbsScaler,
    PowerTransformer,
    QuantileTransformer,
    SplineTransformer,
)

from lab.base import Column, ColumnKind, LabError, Schema, Selection, Task
from lab.recipes import (
    STEPS,
    Recipe,
    RowsChangedWarning,
    Step,
    add_step,
    make_preparation,
    rows_changed,
)
from lab.recipes.estimators.number_pieces import Bins, Splines
from lab.recipes.estimators.number_shapes import LogShape, PowerShape, TailClipper

RNG = np.random.default_rng(0)
SKEWED = RNG.lognormal(1, 0.8, (300, 2))
NEW = RNG.lognormal(1, 1.5, (50, 2))


def prepared(recipe, data):
    preparation = make_preparation(recipe, data.schema, task=Task.BINARY, seed=3)
    return preparation, preparation.fit(data.X, data.y).X


@pytest.mark.parametrize(
    ("key", "settings", "plain"),
    [
        ("max_abs_scaler", {}, MaxAbsScaler()),
        ("power_transform", {}, PowerTransformer()),
        ("power_transform", {"standardise": False}, PowerTransformer(standardize=False)),
        (
            "quantile_transform",
            {"n_quantiles": 50},
            QuantileTransformer(n_quantiles=50, output_distribution="normal", random_state=3),
        ),
        (
            "binning",
            {"strategy": "uniform"},
            KBinsDiscretizer(5, encode="ordinal", strategy="uniform"),
        ),
        (
            "binning",
            {"strategy": "kmeans", "one_hot": True},
            KBinsDiscretizer(5, encode="onehot-dense", strategy="kmeans", subsample=None),
        ),
        (
            "splines",
            {},
            SplineTransformer(5, knots="quantile", extrapolation="constant"),
        ),
    ],
)
def test_a_step_gives_what_scikit_learn_gives(example, recipe, step, key, settings, plain):
    data = example.only("age", "income")
    preparation, X = prepared(recipe(step("median_imputer"), step(key, **settings)), data)
    filled = data.X.fillna(data.X.median()).to_numpy()
    found = X if isinstance(X, np.ndarray) else X.toarray()
    np.testing.assert_allclose(found, plain.fit_transform(filled), rtol=0, atol=1e-12)
    new = pd.DataFrame(filled[:20] * 1.7 - 9, columns=data.X.columns)
    after = preparation.transform(new)
    after = after if isinstance(after, np.ndarray) else after.toarray()
    np.testing.assert_allclose(after, plain.transform(new.to_numpy()), rtol=0, atol=1e-12)


def test_quantile_bins_hold_equally_many_rows_and_keep_gaps():
    values = np.append(np.arange(100.0), np.nan)[:, None]
    made = Bins(n_bins=4).fit_transform(values)
    assert list(np.bincount(made[:100, 0].astype(int))) == [25, 25, 25, 25]
    assert np.isnan(made[100, 0])
    columns = Bins(n_bins=4, one_hot=True).fit_transform(values)
    assert list(columns.sum(axis=1)) == [1] * 100 + [0]


def test_few_values_make_few_bins():
    made = Bins(n_bins=10, strategy="kmeans").fit(np.array([[0.0], [1.0], [1.0], [np.nan]]))
    assert list(made.transform(np.array([[-5.0], [0.4], [0.6], [9.0]])).ravel()) == [0, 0, 1, 1]


def test_spline_columns_sum_to_one_where_there_is_a_value():
    made = Splines(n_knots=4).fit(SKEWED).transform(np.vstack([NEW, [np.nan, 1.0]]))
    halves = made.reshape(51, 2, -1).sum(axis=2)
    np.testing.assert_allclose(halves[:50], 1)
    np.testing.assert_allclose(halves[50], [0, 1])


def test_the_signed_logarithm_turns_back_to_the_number():
    values = np.array([[-1e9], [-0.5], [0.0], [0.5], [1e9], [np.nan]])
    made = LogShape().fit_transform(values)
    np.testing.assert_allclose(np.sign(made) * np.expm1(np.abs(made)), values)
    np.testing.assert_array_equal(LogShape(signed=False).fit_transform(SKEWED), np.log1p(SKEWED))


def test_without_the_sign_a_training_value_below_minus_one_is_refused_by_name(
    example, recipe, step
):
    data = example.only("age").change(age=np.arange(240.0) - 1)
    own = recipe(step("log1p", signed=False))
    with pytest.raises(LabError, match="above -1, column 'age' has -1 in the training rows"):
        prepared(own, data)


def test_without_the_sign_a_row_to_predict_below_minus_one_is_told():
    shape = LogShape(signed=False).fit(np.array([[0.5], [3.0]]))
    with pytest.warns(RowsChangedWarning, match="took 1 values of -1 or below"):
        made = shape.transform(np.array([[-7.0], [3.0]]))
    np.testing.assert_allclose(made.ravel(), np.log1p([0.5, 3.0]))


def test_box_cox_is_that_of_scikit_learn_and_refuses_what_is_not_positive():
    ours, theirs = PowerShape(method="box-cox"), PowerTransformer(method="box-cox")
    np.testing.assert_allclose(ours.fit_transform(SKEWED), theirs.fit_transform(SKEWED))
    np.testing.assert_allclose(ours.transform(NEW), theirs.transform(NEW))
    frame = pd.DataFrame({"a": [1.0, 2.0], "debt": [0.0, 1.0]})
    with pytest.raises(LabError, match="positive numbers only, column 'debt' has 0") as caught:
        ours.fit(frame)
    assert "Yeo-Johnson" in caught.value.hint


def test_rows_to_predict_that_box_cox_cannot_take_count_as_the_smallest_and_are_told():
    frame = pd.DataFrame(SKEWED, columns=["a", "b"])
    shape = PowerShape(method="box-cox").fit(frame)
    new = pd.DataFrame({"a": [-3.0, 2.0], "b": [0.0, np.nan]})
    with rows_changed() as told:
        made = shape.transform(new)
    assert told == ["Box-Cox took 2 values that are not positive as the smallest training value"]
    smallest = shape.transform(frame.min().to_frame().T)
    np.testing.assert_array_equal(made[0], smallest[0])
    assert np.isnan(made[1, 1])


def test_other_warnings_are_not_swallowed_with_what_is_told():
    with pytest.warns(UserWarning, match="something else"), rows_changed() as told:
        warnings.warn("something else", stacklevel=1)
    assert told == []


def test_powers_too_large_to_write_become_that_of_the_nearest_training_value():
    left_skewed = np.append(5 - RNG.exponential(0.1, 200), 5.0)[:, None]
    shape = PowerShape(standardize=False).fit(left_skewed)
    assert shape.lambdas_[0] > 5
    made = shape.transform(np.array([[1e300], [np.nan], [5.0]]))
    assert made[0, 0] == made[2, 0]
    assert np.isnan(made[1, 0])


def test_tails_are_cut_where_numpy_puts_the_quantiles():
    clipper = TailClipper(tail=0.1).fit(SKEWED)
    low, high = np.quantile(SKEWED, [0.1, 0.9], axis=0)
    np.testing.assert_allclose(clipper.transform(NEW), np.clip(NEW, low, high))
    first, third = np.quantile(SKEWED, [0.25, 0.75], axis=0)
    tukey = TailClipper(method="iqr", reach=3).fit(SKEWED)
    np.testing.assert_allclose(tukey.high_, third + 3 * (third - first))


def test_a_column_of_mostly_one_value_has_no_limits_by_its_quartiles():
    values = np.array([[0.0]] * 90 + [[1.0]] * 10)
    np.testing.assert_array_equal(TailClipper(method="iqr").fit_transform(values), values)


def test_gaps_pass_through_every_shape(example, recipe, step):
    data = example.only("age", "income")
    for key in ("clip_outliers", "log1p", "power_transform", "quantile_transform", "binning"):
        _, X = prepared(recipe(step("keep_missing"), step(key)), data)
        np.testing.assert_array_equal(np.isnan(X), data.X.isna())


def test_a_thousand_columns_are_no_error():
    wide = pd.DataFrame(RNG.lognormal(0, 1, (50, 1000))).rename(columns=lambda number: f"c{number}")
    columns = tuple(Column(name=name, kind=ColumnKind.NUMBER, n_levels=50) for name in wide)
    keys = ("clip_outliers", "log1p", "quantile_transform", "binning", "max_abs_scaler")
    steps = tuple(Step(choice=STEPS.choose(key)) for key in keys)
    preparation = make_preparation(
        Recipe(title="", steps=steps), Schema(columns=columns), task=Task.BINARY, seed=0
    )
    prepared = preparation.fit(wide, np.arange(50) % 2)
    assert preparation.origins == tuple(wide)
    assert preparation.transform(wide).shape == prepared.X.shape == (50, 1000)


def test_columns_of_bins_can_be_scaled(example, recipe, step):
    own = recipe(step("median_imputer"), step("binning", one_hot=True), step("standard_scaler"))
    _, X = prepared(own, example.only("age"))
    assert X.shape == (240, 5)
    np.testing.assert_allclose(X.std(axis=0), 1)


def test_shapes_of_codes_stand_behind_the_encoding():
    both = add_step(
        Recipe(title="", steps=()), STEPS.choose("log1p"), Selection(kinds=(ColumnKind.CATEGORY,))
    )
    both = add_step(both, STEPS.choose("frequency"))
    assert [step.choice.key for step in both.steps] == ["frequency", "log1p"]
