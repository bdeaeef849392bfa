"""Resampling suits the rows at hand, tells what it changed, and never touches rows to predict."""

import numpy as np
import pytest

from lab.base import LabError, Task
from lab.recipes import make_preparation


@pytest.fixture
def numbers(example):
    return example.only("age", "income").change(age=np.arange(240.0), income=np.arange(240.0) % 7)


def prepare(recipe, data, task=Task.BINARY):
    return make_preparation(recipe, data.schema, task=task, seed=0)


def classes(*counts):
    return np.repeat(np.arange(len(counts)), counts)


def test_classes_become_equally_frequent(numbers, recipe, step):
    for key in ("smote", "random_over", "random_under"):
        prepared = prepare(recipe(step(key)), numbers).fit(numbers.X, classes(180, 60))
        counts = np.bincount(prepared.y)
        assert counts[0] == counts[1] == (60 if key == "random_under" else 180)


def test_classes_grow_only_to_the_share_asked_for(numbers, recipe, step):
    for key in ("smote", "random_over"):
        own = recipe(step(key, ratio=0.5))
        prepared = prepare(own, numbers, Task.MULTICLASS).fit(numbers.X, classes(120, 90, 30))
        assert list(np.bincount(prepared.y)) == [120, 90, 60]


def test_classes_shrink_only_to_the_share_asked_for(numbers, recipe, step):
    own = recipe(step("random_under", ratio=0.5))
    prepared = prepare(own, numbers, Task.MULTICLASS).fit(numbers.X, classes(150, 50, 40))
    assert list(np.bincount(prepared.y)) == [80, 50, 40]


def test_balanced_classes_stay_as_they_are(numbers, recipe, step):
    for key in ("smote", "random_over", "random_under"):
        for ratio in (0.5, 1.0):
            prepared = prepare(recipe(step(key, ratio=ratio)), numbers).fit(
                numbers.X, classes(120, 120)
            )
            assert prepared.X.shape == (240, 2)


def test_a_small_class_lowers_the_neighbours_and_it_is_told(numbers, recipe, step):
    preparation = prepare(recipe(step("smote")), numbers)
    prepared = preparation.fit(numbers.X, classes(237, 3))
    assert list(np.bincount(prepared.y)) == [237, 237]
    assert preparation.notes == (
        "SMOTE used 2 instead of 5 neighbours: the smallest class has 3 training rows",
    )
    preparation.fit(numbers.X, classes(200, 40))
    assert preparation.notes == ()
    assert preparation.steps[-1][1].k_neighbors == 5


def test_a_class_of_one_row_is_refused(numbers, recipe, step):
    with pytest.raises(LabError, match="at least 2 training rows of each class"):
        prepare(recipe(step("smote")), numbers).fit(numbers.X, classes(239, 1))


def test_a_single_class_is_refused(numbers, recipe, step):
    for key in ("smote", "random_over", "random_under"):
        with pytest.raises(LabError, match="only one class"):
            prepare(recipe(step(key)), numbers).fit(numbers.X, classes(240))


def test_made_rows_lie_between_rows_of_their_class(numbers, recipe, step):
    prepared = prepare(recipe(step("smote")), numbers).fit(numbers.X, classes(200, 40))
    made = prepared.X[240:]
    assert (prepared.y[240:] == 1).all()
    assert made[:, 0].min() >= 200
    assert made[:, 0].max() <= 239


def test_made_rows_with_categories_take_levels_that_exist(example, recipe, step):
    data = example.only("age", "town", "smoker").change(town=example.X["town"].fillna("none"))
    own = recipe(
        step("mean_imputer"), step("most_frequent_imputer"), step("smote_nc"),
        step("one_hot", min_frequency=None),
    )  # fmt: skip
    preparation = prepare(own, data)
    X = preparation.fit(data.X, classes(200, 40)).X
    dense = X if isinstance(X, np.ndarray) else X.toarray()
    by_origin = np.array(preparation.origins)
    assert (dense[:, by_origin == "town"].sum(axis=1) == 1).all()
    assert set(np.unique(dense[:, by_origin == "smoker"])) == {0, 1}
    assert len(dense) == 400


def test_row_weights_follow_their_rows(numbers, recipe, step):
    weight = np.arange(240.0)
    over = prepare(recipe(step("random_over")), numbers).fit(numbers.X, classes(200, 40), weight)
    np.testing.assert_array_equal(over.weight, over.X[:, 0])
    smote = prepare(recipe(step("smote")), numbers).fit(numbers.X, classes(200, 40), weight)
    np.testing.assert_array_equal(smote.weight[:240], weight)
    assert set(smote.weight[240:]) == {weight[200:].mean()}


def test_row_weights_follow_rows_that_are_complete(example, recipe, step):
    data = example.only("age")
    kept = data.X["age"].notna().to_numpy()
    prepared = prepare(recipe(step("drop_missing_rows")), data).fit(
        data.X, data.y, np.arange(240.0)
    )
    np.testing.assert_array_equal(prepared.weight, np.arange(240.0)[kept])
    np.testing.assert_array_equal(prepared.y, data.y[kept])


def test_class_weights_multiply_row_weights(numbers, recipe, step):
    own = recipe(step("class_weights"))
    alone = prepare(own, numbers).fit(numbers.X, classes(180, 60)).weight
    np.testing.assert_allclose(alone[[0, -1]], [240 / (2 * 180), 240 / (2 * 60)], rtol=1e-15)
    both = prepare(own, numbers).fit(numbers.X, classes(180, 60), np.full(240, 3.0)).weight
    np.testing.assert_array_equal(both, 3 * alone)


def test_without_weights_there_are_none(numbers, recipe, step):
    assert prepare(recipe(), numbers).fit(numbers.X, numbers.y).weight is None


def test_a_table_without_any_value_is_refused(example, recipe, step):
    data = example.only("age").change(age=np.nan)
    with pytest.raises(LabError, match="no column is left for the model"):
        prepare(recipe(step("keep_missing")), data).fit(data.X, data.y)


def test_a_missing_column_is_named(numbers, recipe):
    with pytest.raises(LabError, match="no column 'income'"):
        prepare(recipe(), numbers).fit(numbers.X[["age"]], numbers.y)


def test_too_few_rows_for_cross_fitting_are_refused(example, recipe, step):
    own, data = recipe(step("target_encoding")), example.only("town").rows(range(4))
    with pytest.raises(LabError, match="at least 5 training rows, there are 4"):
        prepare(own, data).fit(data.X, data.y)


def test_a_class_that_a_fold_lacks_is_no_error_in_target_encoding(example, recipe, step):
    data = example.only("town")
    preparation = prepare(recipe(step("target_encoding")), data, Task.MULTICLASS)
    preparation.fit(data.X, np.where(data.y == 1, 2, 0))
    assert preparation.feature_names == ("town",)


def test_smote_with_categories_is_refused_when_training_rows_have_none(example, recipe, step):
    data = example.only("age", "town")
    town = data.X["town"].where(np.arange(240) >= 160)
    data = data.change(town=town)
    own = recipe(
        step("mean_imputer"), step("most_frequent_imputer"), step("smote_nc"), step("one_hot")
    )
    with pytest.raises(LabError, match="needs a category column, and none has a value"):
        prepare(own, data).fit(data.X.iloc[:160], data.y[:160])


def test_numbers_can_be_scaled_with_their_gaps(example, recipe, step):
    data = example.only("age")
    own = recipe(step("keep_missing"), step("standard_scaler"))
    X = prepare(own, data).fit(data.X, data.y).X
    assert np.isnan(X).sum() == data.X["age"].isna().sum()
    assert abs(np.nanmean(X)) < 1e-12
