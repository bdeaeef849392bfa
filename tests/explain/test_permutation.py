"""Permutation importance, held against scikit-learn's on the whole pipeline."""

import numpy as np
import pytest
from scipy.stats import t
from sklearn.inspection import permutation_importance

from lab.base import Task
from lab.explain.permutation import FoldLosses, combine_folds, fold_losses
from lab.recipes import STEPS, Recipe, Step, as_pipeline

NATIVE = Recipe(title="", steps=(Step(choice=STEPS.choose("native_category")),))
CASES = [
    (Task.BINARY, "logistic_regression", "linear", "roc_auc"),
    (Task.BINARY, "random_forest", "trees", "average_precision"),
    (Task.BINARY, "lightgbm", "minimal", "roc_auc"),
    (Task.BINARY, "mlp", "linear", "log_loss"),
    (Task.MULTICLASS, "linear_svm", "linear", "balanced_accuracy"),
    (Task.MULTICLASS, "knn", "linear", "accuracy"),
    (Task.REGRESSION, "ridge", "minimal", "r2"),
    (Task.REGRESSION, "hist_gradient_boosting", "trees", "rmse"),
    (Task.BINARY, "hist_gradient_boosting", NATIVE, "roc_auc"),
    (Task.MULTICLASS, "xgboost", NATIVE, "accuracy"),
    (Task.REGRESSION, "lightgbm", NATIVE, "r2"),
]
SCORERS = {"log_loss": "neg_log_loss", "rmse": "neg_root_mean_squared_error"}


@pytest.mark.parametrize(("task", "model", "recipe", "metric"), CASES)
def test_losses_equal_scikit_learns_on_the_raw_columns(
    datasets, fold_of, task, model, recipe, metric
):
    dataset = datasets[task]
    fold = fold_of(dataset, model, recipe=recipe)
    rows = fold.split.test
    found = fold_losses(fold, [metric], n_repeats=4)
    pipeline = as_pipeline(fold.fitted.preparation, fold.fitted.model)
    truth = dataset.y[rows]
    plain = permutation_importance(
        pipeline,
        dataset.X.iloc[rows].reset_index(drop=True),
        truth,
        scoring=SCORERS.get(metric, metric),
        n_repeats=4,
        random_state=fold.seed,
    )
    assert found.columns == tuple(dataset.X.columns)
    np.testing.assert_allclose(np.array(found.losses), plain.importances, atol=1e-10)


def test_row_weights_count_as_in_scikit_learn(datasets, fold_of):
    dataset = datasets["weighted"]
    fold = fold_of(dataset, "logistic_regression")
    rows = fold.split.test
    found = fold_losses(fold, ["roc_auc"], n_repeats=2)
    plain = permutation_importance(
        as_pipeline(fold.fitted.preparation, fold.fitted.model),
        dataset.X.iloc[rows].reset_index(drop=True),
        dataset.y[rows],
        scoring="roc_auc",
        n_repeats=2,
        random_state=fold.seed,
        sample_weight=dataset.weights[rows],
    )
    np.testing.assert_allclose(np.array(found.losses), plain.importances, atol=1e-10)


@pytest.mark.parametrize("task", Task)
def test_the_baseline_rests_on_no_column(datasets, fold_of, task):
    losses = fold_losses(fold_of(datasets[task], "dummy"), ["accuracy", "r2"]).losses
    assert set(np.ravel(losses)) == {0.0}


def test_a_sample_of_test_rows_is_drawn_by_the_folds_seed(datasets, fold_of):
    fold = fold_of(datasets[Task.BINARY], "decision_tree")
    first, again = (fold_losses(fold, ["accuracy"], most_rows=30) for _ in range(2))
    assert first == again
    assert first.n_rows == 30


def test_the_next_metric_stands_in_for_one_that_is_not_defined(datasets, fold_of):
    fold = fold_of(datasets[Task.BINARY], "linear_svm")
    assert fold_losses(fold, ["log_loss", "brier", "roc_auc"]).metric == "roc_auc"


def fold(*losses, test_ratio=0.5):
    return FoldLosses(
        metric="r2", columns=("a", "b"), losses=losses, n_rows=10, test_ratio=test_ratio
    )


def test_the_interval_over_folds_is_nadeau_and_bengios():
    folds = [fold((0.1, 0.2), (1.0, 1.2)), fold((0.3, 0.5), (1.4, 1.0)), fold((0.2, 0.2), (0.8, 1))]
    (first, second) = combine_folds(folds)
    means = np.array([0.15, 0.4, 0.2])
    half = t.ppf(0.975, 2) * np.sqrt((1 / 3 + 0.5) * means.var(ddof=1))
    assert (first.column, second.column) == ("b", "a")
    assert (second.mean, second.low, second.high) == pytest.approx(
        (means.mean(), means.mean() - half, means.mean() + half)
    )


def test_the_interval_of_a_single_fold_is_that_of_its_shuffles():
    (importance, _) = combine_folds([fold((0.1, 0.2, 0.6), (0.0, 0.0, 0.0))])
    low, high = t.interval(0.95, 2, loc=0.3, scale=np.std([0.1, 0.2, 0.6], ddof=1) / 3**0.5)
    assert (importance.low, importance.high) == pytest.approx((low, high))
