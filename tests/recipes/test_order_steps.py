"""Recipes that go by the time and the group of the rows."""

import json
import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

from lab.base import Column, ColumnKind, LabError, Schema, Task
from lab.recipes import (
    STEPS,
    as_pipeline,
    check_recipe,
    make_preparation,
    preset_recipe,
    preview,
    problems_by_step,
    raw_columns,
    recipe_from_json,
    recipe_to_json,
    rows_changed,
    step_effects,
)

KEYS = ["forward_fill", "backward_fill"]
NUMBERS = ("age", "income")


@pytest.fixture
def ordered(example):
    """Return numbers with gaps, and the time and group of each row."""
    return example.only(*NUMBERS).in_order()


def fit(data, recipe, *, rows=slice(None), task=Task.BINARY):
    preparation = make_preparation(recipe, data.schema, task=task, seed=0)
    return preparation, preparation.fit(data.X.iloc[rows], data.y[rows])


def filled_by_pandas(X, columns, key):
    """Return training rows filled in time order within groups, the rest by the median."""
    placed = X[X["when"].notna() & X["shop"].notna()].sort_values("when", kind="stable")
    groups = placed.groupby("shop")[list(columns)]
    carried = groups.ffill() if key == "forward_fill" else groups.bfill()
    return X[list(columns)].fillna(carried).fillna(X[list(columns)].median())


@pytest.mark.parametrize("key", KEYS)
def test_training_rows_equal_those_that_pandas_fills(ordered, recipe, step, key):
    preparation, prepared = fit(ordered, recipe(step(key)))
    expected = filled_by_pandas(ordered.X, NUMBERS, key)
    np.testing.assert_array_equal(prepared.X, expected.to_numpy())
    assert preparation.feature_names == preparation.origins == NUMBERS
    assert preparation.sources == (("age", "when", "shop"), ("income", "when", "shop"))


@pytest.mark.parametrize("key", KEYS)
def test_without_the_role_time_it_is_refused_at_its_card(example, recipe, step, key):
    data, steps = example.only(*NUMBERS), recipe(step("median_imputer", "age"), step(key))
    problems = check_recipe(steps, data.schema, task=Task.BINARY)
    message = f"{key} goes by the time of the rows; give a column the role time"
    assert [(problem.field, problem.message) for problem in problems] == [(key, message)]
    told = problems_by_step(steps, data.schema, task=Task.BINARY)
    assert told.of_steps == ((), problems)
    with pytest.raises(LabError, match="give a column the role time"):
        make_preparation(steps, data.schema, task=Task.BINARY, seed=0)


def test_without_the_role_group_all_rows_are_one_series(ordered, recipe, step):
    columns = ordered.schema.columns
    schema = Schema(columns=columns, time="when")
    preparation = make_preparation(recipe(step("forward_fill")), schema, task=Task.BINARY, seed=0)
    assert preparation.columns == (*NUMBERS, "when")
    prepared = preparation.fit(ordered.X[["when", *NUMBERS]], ordered.y)
    expected = filled_by_pandas(ordered.X.assign(shop="all"), NUMBERS, "forward_fill")
    np.testing.assert_array_equal(prepared.X, expected.to_numpy())
    assert preparation.sources[0] == ("age", "when")


def test_only_recipes_that_go_by_time_ask_for_more_than_features(ordered, recipe, step):
    assert raw_columns(preset_recipe("linear"), ordered.schema) == NUMBERS
    assert raw_columns(recipe(step("forward_fill")), ordered.schema) == (*NUMBERS, "when", "shop")
    on_nothing = recipe(step("forward_fill", "category"))
    assert raw_columns(on_nothing, ordered.schema) == NUMBERS
    assert fit(ordered, on_nothing)[0].columns == NUMBERS
    plain = make_preparation(preset_recipe("linear"), ordered.schema, task=Task.BINARY, seed=0)
    assert [name for name, _ in plain.steps] == ["columns"]


def test_a_time_that_is_a_feature_is_both(ordered, recipe, step):
    schema = Schema(
        columns=(*ordered.schema.columns, Column(name="when", kind=ColumnKind.NUMBER)),
        time="when",
        group="shop",
    )
    data = ordered.change(when=ordered.X["when"].fillna(7.0))
    steps = recipe(step("standard_scaler", "when"), step("forward_fill", *NUMBERS))
    preparation = make_preparation(steps, schema, task=Task.BINARY, seed=0)
    assert preparation.columns == (*NUMBERS, "when", "shop")
    prepared = preparation.fit(data.X, data.y)
    assert set(preparation.feature_names) == {*NUMBERS, "when"}
    made = pd.DataFrame(prepared.X, columns=list(preparation.feature_names))
    expected = filled_by_pandas(data.X, NUMBERS, "forward_fill")
    np.testing.assert_array_equal(made[list(NUMBERS)], expected)
    when = data.X["when"]
    np.testing.assert_allclose(made["when"], (when - when.mean()) / when.std(ddof=0), atol=1e-12)


BEFORE = [
    "drop_missing_rows",
    "drop_columns",
    "missing_indicator",
    "random_sample_imputer",
    "clip_outliers",
    "power_transform",
    "standard_scaler",
    "backward_fill",
]


@pytest.mark.parametrize("key", BEFORE)
def test_time_and_group_pass_by_all_that_may_stand_before_it(ordered, recipe, step, key):
    """Times stay times after steps that make new frames: another order fills otherwise."""
    steps = recipe(step(key, "age"), step("forward_fill", *NUMBERS))
    _, prepared = fit(ordered, steps)
    names = list(fit(ordered, steps)[0].feature_names)
    income = prepared.X[:, names.index("income")]
    kept = ordered.X["age"].notna() if key == "drop_missing_rows" else np.full(240, fill_value=True)
    rows = ordered.X[kept]
    expected = filled_by_pandas(rows, ("income",), "forward_fill")["income"]
    np.testing.assert_allclose(income, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("sampler", ["smote", "smote_nc", "random_under"])
def test_it_stands_before_samplers(example, recipe, step, sampler):
    data = example.only("age", "income", "town").in_order()
    steps = [step("forward_fill"), step("one_hot")]
    place = 1 if sampler == "smote_nc" else 2
    steps.insert(place, step(sampler))
    _, prepared = fit(data, recipe(*steps))
    assert np.bincount(prepared.y).tolist()[0] == np.bincount(prepared.y).tolist()[1]


def test_a_whole_pipeline_takes_raw_rows_with_their_time_and_group(ordered, recipe, step):
    steps = recipe(step("forward_fill"), step("standard_scaler"))
    preparation, prepared = fit(ordered, steps, rows=slice(160))
    model = LogisticRegression().fit(prepared.X, prepared.y)
    unfitted = make_preparation(steps, ordered.schema, task=Task.BINARY, seed=0)
    columns = list(preparation.columns)
    whole = as_pipeline(unfitted, LogisticRegression())
    whole.fit(ordered.X[columns].iloc[:160], ordered.y[:160])
    with rows_changed():
        expected = model.predict_proba(preparation.transform(ordered.X.iloc[160:]))
        found = whole.predict_proba(ordered.X[columns].iloc[160:])
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


def test_rows_without_a_column_of_their_time_are_refused_in_plain_words(ordered, recipe, step):
    preparation, _ = fit(ordered, recipe(step("forward_fill")))
    with pytest.raises(LabError, match="the rows have no column 'when'"):
        preparation.transform(ordered.X[[*NUMBERS, "shop"]])


@pytest.mark.parametrize("key", KEYS)
def test_poisoned_rows_to_predict_change_nothing_that_was_fitted(ordered, recipe, step, key):
    preparation, _ = fit(ordered, recipe(step(key)), rows=slice(160))
    before = pickle.dumps(preparation)
    poison = ordered.X.iloc[160:].assign(age=1e9, income=-1e9, when=80.0, shop="north")
    with rows_changed():
        honest = preparation.transform(ordered.X.iloc[160:])
        preparation.transform(poison)
        among = preparation.transform(pd.concat([poison, ordered.X.iloc[160:]]))
    assert pickle.dumps(preparation) == before
    np.testing.assert_array_equal(among[80:], honest)


def test_recipes_survive_json_and_other_recipes_keep_their_ids(recipe, step):
    steps = recipe(step("forward_fill", "number"), step("backward_fill", "age"))
    assert recipe_from_json(recipe_to_json(steps)) == steps
    assert "needs_order" not in json.dumps(recipe_to_json(steps))
    # ids as they were before steps could go by time
    assert preset_recipe("linear").id == "96aff761470c3ff7e3a8c6e30c474ce7"
    assert preset_recipe("trees").id == "176a99f1e50975f9ab7f0c8059a228e0"


def test_the_preview_and_the_effects_of_steps_are_in_order(ordered, recipe, step):
    steps = recipe(step("forward_fill"), step("standard_scaler"))
    seen = preview(steps, ordered.X, ordered.y, ordered.schema, task=Task.BINARY)
    assert list(seen.after.columns) == list(NUMBERS)
    effect = step_effects(steps, ordered.X, ordered.y, ordered.schema, task=Task.BINARY)[0]
    expected = filled_by_pandas(ordered.X, NUMBERS, "forward_fill").iloc[:50]
    np.testing.assert_array_equal(effect.after[list(NUMBERS)], expected)
    assert effect.changed == NUMBERS
    np.testing.assert_array_equal(
        effect.marks[list(NUMBERS)], ordered.X[list(NUMBERS)].iloc[:50].isna()
    )


def test_what_the_catalogue_says_of_them():
    for key in KEYS:
        assert "median" in STEPS[key].summary
        assert "most frequent" in STEPS[key].summary
    assert "future" in STEPS["backward_fill"].use_when
