"""Answers in one form, held against the libraries' own."""

import numpy as np
import pytest
import xgboost
from sklearn.datasets import load_iris, make_classification, make_regression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.svm import SVC

from lab.base import Task
from lab.models import MODELS, NEVER, build_model, predict_outputs


def test_probabilities_are_the_librarys_bytes():
    X, y = load_iris(return_X_y=True)
    model = build_model(MODELS.choose("logistic_regression"), Task.MULTICLASS, seed=0).fit(X, y)
    plain = LogisticRegression(max_iter=1000).fit(X, y)
    predicted, scores, _ = predict_outputs(model, X, task=Task.MULTICLASS, n_classes=3)
    assert scores.tobytes() == plain.predict_proba(X).tobytes()
    np.testing.assert_array_equal(predicted, plain.predict(X))


def test_several_classes_have_one_against_rest_decision_values():
    X, y = load_iris(return_X_y=True)
    model = build_model(MODELS.choose("rbf_svm"), Task.MULTICLASS, seed=0).fit(X, y)
    _, scores, are_probabilities = predict_outputs(model, X, task=Task.MULTICLASS, n_classes=3)
    assert not are_probabilities
    np.testing.assert_allclose(scores, SVC().fit(X, y).decision_function(X))


def test_two_of_three_classes_stand_at_their_own_codes():
    X, y = load_iris(return_X_y=True)
    rows = y != 1
    model = build_model(MODELS.choose("linear_svm"), Task.MULTICLASS, seed=0)
    model.fit(X[rows], y[rows])
    predicted, scores, _ = predict_outputs(model, X, task=Task.MULTICLASS, n_classes=3)
    np.testing.assert_array_equal(scores[:, 2], model.decision_function(X))
    np.testing.assert_array_equal(scores[:, 0], -model.decision_function(X))
    assert set(scores[:, 1]) == {NEVER}
    assert set(predicted[y == 2]) == {2}


def test_single_precision_probabilities_keep_the_positive_column_and_sum_to_one():
    X, y = make_classification(500, random_state=0, flip_y=0.2)
    model = build_model(MODELS.choose("xgboost"), Task.BINARY, seed=0).fit(X, y)
    _, scores, _ = predict_outputs(model, X, task=Task.BINARY, n_classes=2)
    np.testing.assert_array_equal(scores[:, 1], model.predict_proba(X)[:, 1].astype(float))
    assert log_loss(y, scores) == pytest.approx(log_loss(y, model.predict_proba(X)), abs=1e-6)


@pytest.mark.parametrize("n_classes", [2, 4])
def test_xgboost_without_gaps_is_the_librarys_own(n_classes):
    X, y = make_classification(400, n_informative=5, n_classes=n_classes, random_state=1)
    task = Task.BINARY if n_classes == 2 else Task.MULTICLASS
    ours = build_model(MODELS.choose("xgboost", {"n_estimators": 20}), task, seed=3).fit(X, y)
    plain = xgboost.XGBClassifier(
        n_estimators=20, learning_rate=0.1, max_depth=6, tree_method="hist", n_jobs=1,
        random_state=3, min_child_weight=1, reg_lambda=1, subsample=1, colsample_bytree=1,
    ).fit(X, y)  # fmt: skip
    assert ours.predict_proba(X).tobytes() == plain.predict_proba(X).tobytes()
    np.testing.assert_array_equal(ours.classes_, plain.classes_)


def test_a_network_with_many_rows_is_the_librarys_own_with_early_stopping():
    X, y = make_classification(1_200, random_state=1)
    ours = build_model(MODELS.choose("mlp", {"max_iter": 50}), Task.BINARY, seed=3).fit(X, y)
    plain = MLPClassifier(early_stopping=True, max_iter=50, random_state=3).fit(X, y)
    assert ours.predict_proba(X).tobytes() == plain.predict_proba(X).tobytes()
    assert ours.early_stopping


def test_a_network_with_few_rows_of_a_class_learns_from_all_rows():
    X, y = make_classification(1_200, random_state=1)
    y[y == 1] = 0
    y[:3] = 1
    ours = build_model(MODELS.choose("mlp", {"hidden_units": 5}), Task.BINARY, seed=3).fit(X, y)
    assert ours.validation_scores_ is None


def test_a_network_learns_a_target_in_the_hundred_thousands():
    X, y = make_regression(300, 5, random_state=0)
    y = y * 1_000 + 500_000
    model = build_model(MODELS.choose("mlp"), Task.REGRESSION, seed=0).fit(X, y)
    plain = MLPRegressor(max_iter=20, random_state=0, early_stopping=True).fit(X, y)
    predicted, _, _ = predict_outputs(model, X, task=Task.REGRESSION, n_classes=0)
    assert np.abs(predicted - y).mean() < 0.05 * np.abs(plain.predict(X) - y).mean()
