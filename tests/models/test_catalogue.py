"""Choosing and building models."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from lab.base import Choice, LabError, Task
from lab.models import MODELS, build_model, default_models, models_for, tell_categories

KEYS = (
    "dummy logistic_regression ridge knn gaussian_nb decision_tree random_forest extra_trees "
    "hist_gradient_boosting xgboost lightgbm linear_svm rbf_svm mlp"
)


def test_keys_stand_in_the_order_of_the_documentation():
    assert " ".join(MODELS.keys) == KEYS


def test_each_task_has_its_linear_model():
    assert [entry.key for entry in models_for(Task.BINARY)][:2] == ["dummy", "logistic_regression"]
    assert [entry.key for entry in models_for(Task.REGRESSION)][:2] == ["dummy", "ridge"]


@pytest.mark.parametrize("task", Task)
def test_the_default_set_holds_a_baseline_a_linear_model_and_boosted_trees(task):
    keys = default_models(task, 5_000, 20)
    assert keys[0] == "dummy"
    assert {"ridge", "logistic_regression"} & set(keys)
    assert {"hist_gradient_boosting", "xgboost", "lightgbm"} <= set(keys)


@pytest.mark.parametrize("task", Task)
def test_models_whose_time_explodes_leave_the_default_set_of_long_tables(task):
    assert "rbf_svm" in default_models(task, 10_000, 20)
    assert "rbf_svm" not in default_models(task, 10_001, 20)
    assert not {"knn", "rbf_svm"} & set(default_models(task, 1_000_000, 20))


def test_a_model_is_refused_for_a_task_that_it_cannot_do():
    with pytest.raises(LabError, match="Ridge regression cannot do binary") as caught:
        build_model(MODELS.choose("ridge"), Task.BINARY, seed=0)
    assert "logistic_regression" in caught.value.hint


def test_an_unknown_model_is_told_with_its_neighbour():
    with pytest.raises(LabError, match="Did you mean 'xgboost'"):
        build_model(Choice(key="xgbost"), Task.BINARY, seed=0)


def test_settings_reach_the_estimator():
    choice = MODELS.choose("random_forest", {"n_estimators": "7", "max_features": "usual"})
    assert build_model(choice, Task.BINARY, seed=0).get_params()["max_features"] == "sqrt"
    forest = build_model(choice, Task.REGRESSION, seed=5)
    assert (forest.n_estimators, forest.max_features, forest.random_state) == (7, 1 / 3, 5)


def test_models_that_take_categories_take_missing_values_too():
    """Levels not seen in training reach them as missing values."""
    takers = [entry for entry in MODELS if entry.takes_categories]
    assert {"hist_gradient_boosting", "xgboost", "lightgbm"} < {entry.key for entry in takers}
    assert all(entry.takes_missing for entry in takers)


def test_a_model_that_takes_codes_for_numbers_is_not_told_of_categories():
    choice = MODELS.choose("random_forest")
    forest = build_model(choice, Task.BINARY, seed=0)
    assert tell_categories(choice, forest, (), n_columns=3) == {}
    with pytest.raises(LabError, match="Random forest takes no categories") as caught:
        tell_categories(choice, forest, (1,), n_columns=3)
    assert "lightgbm" in caught.value.hint


def test_nothing_is_set_on_a_model_without_categories():
    for key in ("hist_gradient_boosting", "xgboost", "lightgbm"):
        choice = MODELS.choose(key)
        told, plain = (build_model(choice, Task.BINARY, seed=0) for _ in range(2))
        assert tell_categories(choice, told, (), n_columns=3) == {}
        assert repr(told.get_params()) == repr(plain.get_params())


def test_categories_in_a_sparse_matrix_are_those_of_the_same_array():
    rng = np.random.default_rng(0)
    X = np.column_stack([rng.integers(0, 9, 300), rng.random((300, 4)) > 0.8]).astype(np.float64)
    X[::20, 0] = np.nan
    y = (X[:, 0] % 3 == 1).astype(int)
    choice = MODELS.choose("lightgbm", {"n_estimators": 5})
    answers = []
    for matrix in (X, csr_matrix(X)):
        model = build_model(choice, Task.BINARY, seed=0)
        told = tell_categories(choice, model, (0,), n_columns=5)
        answers.append(model.fit(matrix, y, **told).predict_proba(matrix))
    np.testing.assert_array_equal(*answers)
    assert ((answers[0][:, 1] > answers[0][:, 1].mean()) == y).all()
