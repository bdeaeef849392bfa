"""Categories for models that take them: the codes, their places, and what may not follow."""

import numpy as np
import pandas as pd
import pytest
from sklearn.preprocessing import OrdinalEncoder

from lab.base import Task
from lab.recipes import check_recipe, make_preparation, problems_by_step
from lab.recipes.estimators.category_codes import CategoryCodes

NAN = float("nan")


def streets(n_levels, n=2_000):
    """Return a column of many levels, the later the rarer, with gaps."""
    rng = np.random.default_rng(2)
    places = np.concatenate([np.arange(n_levels), rng.integers(0, n_levels, n) // 2])
    column = pd.Series([f"no {place:03}" for place in places], dtype=object)
    column[::13] = NAN
    return pd.DataFrame({"street": column})


def test_codes_are_scikit_learns_with_missing_and_unseen_levels_missing(example):
    frame = example.X[["town", "job"]]
    strange = pd.DataFrame({"town": ["nowhere", "town b", None], "job": [NAN, "nurse", "judge"]})
    plain = OrdinalEncoder(
        handle_unknown="use_encoded_value", unknown_value=NAN, encoded_missing_value=NAN
    ).fit(frame)
    ours = CategoryCodes().fit(frame)
    assert ours.notes_ == ()
    np.testing.assert_array_equal(ours.transform(frame), plain.transform(frame))
    made = ours.transform(strange)
    np.testing.assert_array_equal(made, [[NAN, NAN], [1, 1], [NAN, NAN]])


@pytest.mark.parametrize("n_levels", [254, 255, 256, 400])
def test_of_more_than_255_levels_the_rarest_share_the_last_code(n_levels):
    frame = streets(n_levels)
    ours = CategoryCodes().fit(frame)
    codes = pd.Series(ours.transform(frame)[:, 0])
    counts = frame["street"].value_counts().sort_index()
    assert codes.nunique() == min(len(counts), 255)
    assert codes.max() == codes.nunique() - 1
    ranked = counts.sort_values(ascending=False, kind="stable").index
    kept = ranked if len(ranked) <= 255 else ranked[:254]
    of_level = codes.groupby(frame["street"]).agg(["min", "max"])
    assert (of_level["min"] == of_level["max"]).all()
    assert list(of_level.loc[sorted(kept), "min"]) == list(range(len(kept)))
    assert (of_level.loc[ranked.difference(kept), "min"] == 254).all()
    together = len(ranked) - len(kept)
    told = f"native_category: the {together} rarest levels of column 'street' share one code"
    assert ours.notes_ == ((told,) if together else ())
    assert np.isnan(ours.transform(pd.DataFrame({"street": ["no such"]}))).all()


def test_none_is_missing_and_a_column_without_a_value_stays_so():
    frame = pd.DataFrame({"a": ["x", None, "y"], "b": [None] * 3}, dtype=object)
    made = CategoryCodes().fit(frame).transform(frame)
    np.testing.assert_array_equal(made, [[0, NAN], [NAN, NAN], [1, NAN]])


def test_a_lower_number_of_levels_groups_more():
    frame = pd.DataFrame({"a": ["x", "x", "y", "y", "z", "w"]})
    made = CategoryCodes(most_levels=3).fit_transform(frame)
    assert list(made[:, 0]) == [0, 0, 1, 1, 2, 2]


def test_the_model_is_told_the_places_of_categories_and_of_nothing_else(example, recipe, step):
    own = recipe(
        step("median_imputer", "number", add_indicator=True),
        step("date_parts"),
        step("one_hot", "job"),
        step("native_category", "town"),
        step("tfidf"),
    )
    preparation = make_preparation(own, example.schema, task=Task.BINARY, seed=0)
    assert preparation.categories == ()
    prepared = preparation.fit(example.X, example.y)
    names = preparation.feature_names
    assert [names[place] for place in preparation.categories] == ["town"]
    whole = prepared.X if isinstance(prepared.X, np.ndarray) else prepared.X.toarray()
    column = whole[:, preparation.categories[0]]
    np.testing.assert_array_equal(column, CategoryCodes().fit_transform(example.X[["town"]])[:, 0])


def test_categories_are_told_behind_a_step_that_makes_rows_of_levels(example, recipe, step):
    data = example.only("age", "smoker", "town", "job")
    own = recipe(
        step("median_imputer"),
        step("most_frequent_imputer", "category", "boolean"),
        step("smote_nc"),
        step("native_category"),
    )
    preparation = make_preparation(own, data.schema, task=Task.BINARY, seed=0)
    prepared = preparation.fit(data.X, data.y)
    assert len(prepared.y) > len(data.y)
    names = {preparation.feature_names[place] for place in preparation.categories}
    assert names == {"town", "job"}
    codes = prepared.X[:, list(preparation.categories)]
    assert np.array_equal(codes, np.round(codes))


def test_another_recipe_tells_no_categories(example, recipe, step):
    own = recipe(step("ordinal", missing="keep"))
    preparation = make_preparation(own, example.only("town").schema, task=Task.BINARY, seed=0)
    preparation.fit(example.X, example.y)
    assert preparation.categories == ()


def test_a_model_that_takes_no_categories_is_one_problem_at_the_step(example, recipe, step):
    data = example.only("age", "town", "job")
    own = recipe(step("median_imputer"), step("native_category"))
    message = (
        "native_category needs a model that takes categories, such as lightgbm; "
        "for other models take one_hot or ordinal"
    )
    (problem,) = check_recipe(own, data.schema, task=Task.BINARY)
    assert (problem.field, problem.message) == ("native_category", message)
    assert check_recipe(own, data.schema, task=Task.BINARY, takes_categories=True) == ()
    assert check_recipe(own, example.only("age").schema, task=Task.BINARY) == ()
    found = problems_by_step(own, data.schema, task=Task.BINARY)
    assert (found.of_steps, found.of_whole) == (((), (problem,)), ())


@pytest.mark.parametrize("key", ["pca", "tree_selection", "smote", "edited_neighbours"])
def test_steps_that_would_count_with_the_codes_are_refused(example, recipe, step, key):
    data = example.only("age", "town").change(age=1.5)
    own = recipe(step("native_category"), step(key))
    messages = [
        problem.message
        for problem in check_recipe(own, data.schema, task=Task.BINARY, takes_categories=True)
    ]
    told = "would take the codes of 'town' for numbers; take one_hot or ordinal for them, or"
    assert messages == [f"{key} {told} another step"]


def test_steps_on_columns_must_come_before_the_codes(example, recipe, step):
    data = example.only("town")
    late = recipe(step("native_category"), step("standard_scaler", "town"))
    found = check_recipe(late, data.schema, task=Task.BINARY, takes_categories=True)
    assert any("holds codes of a category when it reaches" in one.message for one in found)


def test_repeated_rows_and_steps_on_numbers_alone_go_together_with_codes(example, recipe, step):
    data = example.only("age", "income", "town")
    data = data.change(age=data.X["age"].fillna(40), income=data.X["income"].fillna(9))
    own = recipe(step("pca", "age", "income"), step("native_category"), step("random_over"))
    assert check_recipe(own, data.schema, task=Task.BINARY, takes_categories=True) == ()
    preparation = make_preparation(own, data.schema, task=Task.BINARY, seed=0)
    preparation.fit(data.X, data.y)
    places = preparation.categories
    assert [preparation.feature_names[place] for place in places] == ["town"]
