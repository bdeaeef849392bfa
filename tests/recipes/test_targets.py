"""Steps on the target: learned from training targets, turned back in predictions."""

import pickle

import numpy as np
import pytest
from sklearn.compose import TransformedTargetRegressor
from sklearn.linear_model import Ridge
from sklearn.preprocessing import PowerTransformer, QuantileTransformer, StandardScaler

from lab.base import LabError, Task
from lab.recipes import STEPS, check_recipe, on_own_target, without_target_steps

RNG = np.random.default_rng(4)
X = RNG.normal(size=(300, 3))
Y = np.exp(X @ [0.6, -0.3, 0.1] + RNG.normal(0, 0.2, 300)) * 100
BY_HAND = {
    "log_target": {"func": np.log1p, "inverse_func": np.expm1},
    "yeo_johnson_target": {"transformer": PowerTransformer()},
    "quantile_target": {
        "transformer": QuantileTransformer(n_quantiles=200, output_distribution="normal")
    },
    "standard_target": {"transformer": StandardScaler()},
}


def fitted(own, *, n_rows=200):
    model = on_own_target(own, Ridge(), seed=3, n_rows=n_rows)
    return model.fit(X[:n_rows], Y[:n_rows])


@pytest.mark.parametrize("key", BY_HAND)
def test_predictions_equal_scikit_learns_written_by_hand(recipe, step, key):
    plain = TransformedTargetRegressor(Ridge(), check_inverse=False, **BY_HAND[key])
    expected = plain.fit(X[:200], Y[:200]).predict(X[200:])
    found = fitted(recipe(step(key))).predict(X[200:])
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9)
    assert abs(np.median(found / Y[200:]) - 1) < 0.2


@pytest.mark.parametrize("key", BY_HAND)
def test_targets_of_other_rows_change_nothing(recipe, step, key):
    first, second = fitted(recipe(step(key))), fitted(recipe(step(key)))
    poisoned = Y.copy()
    poisoned[200:] = 1e12
    again = on_own_target(recipe(step(key)), Ridge(), seed=3, n_rows=200)
    again.fit(X[:200], poisoned[:200])
    np.testing.assert_array_equal(first.predict(X[200:]), again.predict(X[200:]))
    np.testing.assert_array_equal(first.predict(X[200:]), second.predict(X[200:]))


def test_a_model_with_a_step_on_its_target_survives_pickle(recipe, step):
    model = fitted(recipe(step("log_target")))
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(model.predict(X), again.predict(X))


def test_no_more_quantiles_are_remembered_than_there_are_rows(recipe, step):
    model = fitted(recipe(step("quantile_target")), n_rows=40)  # a warning is an error
    assert model.transformer_.n_quantiles_ == 40
    assert model.predict(X * 100).max() <= Y[:40].max()


def test_without_such_a_step_the_model_stays_itself(recipe, step):
    model = Ridge()
    assert on_own_target(recipe(step("mean_imputer")), model, seed=0, n_rows=9) is model


def test_a_logarithm_of_minus_one_is_refused_in_plain_words(recipe, step):
    model = on_own_target(recipe(step("log_target")), Ridge(), seed=0, n_rows=3)
    with pytest.raises(LabError, match="the smallest is -2") as refused:
        model.fit(X[:3], np.array([1.0, -2.0, 5.0]))
    assert "yeo_johnson_target" in refused.value.hint


def test_it_is_told_before_anything_is_fitted(example, recipe, step):
    data = example.only("age").change(age=1.5)
    own = recipe(step("log_target"))
    y = np.array([4.0, -1.0, 9.0])
    found = check_recipe(own, data.schema, task=Task.REGRESSION, y=y)
    assert [problem.field for problem in found] == ["log_target"]
    assert "the smallest is -1. Take yeo_johnson_target" in found[0].message
    assert not check_recipe(own, data.schema, task=Task.REGRESSION, y=y + 0.5)
    assert not check_recipe(own, data.schema, task=Task.REGRESSION)


def test_two_steps_on_the_target_are_a_problem(example, recipe, step):
    data = example.only("age").change(age=1.5)
    own = recipe(step("log_target"), step("standard_target"))
    (problem,) = check_recipe(own, data.schema, task=Task.REGRESSION)
    assert (
        problem.message == "standard_target and log_target both act on the target; keep one of them"
    )


def test_classes_have_no_scale(example, recipe, step):
    data = example.only("age").change(age=1.5)
    (problem,) = check_recipe(recipe(step("log_target")), data.schema, task=Task.BINARY)
    assert "transforms a number to predict" in problem.message


def test_recipes_that_differ_in_the_target_only_share_a_preparation(recipe, step):
    plain = recipe(step("mean_imputer"), step("standard_scaler"))
    logged = recipe(step("mean_imputer"), step("log_target"), step("standard_scaler"))
    assert without_target_steps(logged).id == plain.id != logged.id


def test_every_step_on_the_target_is_tried_here():
    assert set(BY_HAND) == {entry.key for entry in STEPS if entry.acts == "target"}
