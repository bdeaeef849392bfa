"""SHAP values: they add up, and equal those of the shap library where it has the method."""

import warnings
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd
import pytest
import shap

from lab.base import Task
from lab.explain import contributions
from lab.explain.contributions import by_raw_column, output_classes
from lab.explain.shap_values import explainer_for, shap_part
from lab.models import models_for, predict_outputs
from lab.recipes import STEPS, Recipe, Step, add_step, preset_recipe

CASES = [(task, entry.key) for task in Task for entry in models_for(task)]


def raw_outputs(fold, X):
    """Return what each output of a model is for prepared rows, on the scale of its values."""
    model, task = fold.fitted.model, fold.dataset.roles.task
    if task is Task.REGRESSION:
        return model.predict(X)[:, None]
    key = fold.candidate.model.key
    if key == "xgboost":
        return np.atleast_2d(model.predict(X, output_margin=True).T).T
    if key == "lightgbm":
        return np.atleast_2d(model.predict(X, raw_score=True).T).T
    if key in {"logistic_regression", "hist_gradient_boosting"}:
        return np.atleast_2d(model.decision_function(X).T).T
    _, scores, _ = predict_outputs(model, X, task=task, n_classes=len(fold.dataset.labels))
    return scores[:, list(output_classes(fold))]


def explained(fold, n_rows=12):
    rows = fold.split.test[:n_rows]
    X = fold.prepared_dense(rows)
    explainer = explainer_for(fold)
    return X, explainer, by_raw_column(explainer, X, fold.owners, len(fold.columns))


@pytest.mark.parametrize(("task", "model"), CASES)
def test_base_and_values_add_up_to_the_output(datasets, fold_of, task, model):
    fold = fold_of(datasets[task], model)
    X, explainer, values = explained(fold)
    outputs = raw_outputs(fold, X)
    assert values.shape == (len(X), len(fold.columns), outputs.shape[1])
    total = explainer.base + values.sum(axis=1)
    tolerance = 1e-5 if model == "xgboost" else 1e-9
    np.testing.assert_allclose(total, outputs, rtol=tolerance, atol=tolerance)


NATIVE = Recipe(title="", steps=(Step(choice=STEPS.choose("native_category")),))
BOOSTERS = ["hist_gradient_boosting", "xgboost", "lightgbm"]


@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize("model", BOOSTERS)
def test_values_of_categories_add_up_and_lie_where_the_categories_are(
    datasets, fold_of, task, model
):
    fold = fold_of(datasets[task], model, recipe=NATIVE)
    assert fold.fitted.preparation.feature_names[-1] == "town"
    assert fold.fitted.preparation.categories == (len(fold.columns) - 1,)
    X, explainer, values = explained(fold)
    is_sampled = model == "hist_gradient_boosting"  # shap reads its trees without the categories
    assert explainer.name.startswith("by " if is_sampled else "exactly")
    outputs = raw_outputs(fold, X)
    if is_sampled and task is not Task.REGRESSION:
        n_classes = len(fold.dataset.labels)
        _, scores, _ = predict_outputs(fold.fitted.model, X, task=task, n_classes=n_classes)
        outputs = scores[:, list(output_classes(fold))]
    total = explainer.base + values.sum(axis=1)
    tolerance = 1e-5 if model == "xgboost" else 1e-9
    np.testing.assert_allclose(total, outputs, rtol=tolerance, atol=tolerance)
    means = dict(zip(fold.columns, np.abs(values).mean(axis=(0, 2)), strict=True))
    assert means["town"] > means["noise"]


@pytest.mark.parametrize("model", ["xgboost", "lightgbm", "random_forest"])
@pytest.mark.parametrize("task", Task)
def test_trees_equal_the_tree_explainer_of_shap(datasets, fold_of, task, model):
    fold = fold_of(datasets[task], model, recipe="linear", n_estimators=10)
    X, _, values = explained(fold)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "LightGBM binary classifier", UserWarning)
        theirs = np.asarray(shap.TreeExplainer(fold.fitted.model).shap_values(X))
    theirs = theirs.reshape(*X.shape, -1)[:, :, -values.shape[2] :]
    summed = np.stack(
        [theirs[:, fold.owners == column].sum(axis=1) for column in range(len(fold.columns))],
        axis=1,
    )
    np.testing.assert_allclose(values, summed, rtol=1e-4, atol=1e-5)


def test_a_linear_model_equals_the_linear_explainer_of_shap(datasets, fold_of):
    fold = fold_of(datasets[Task.BINARY], "logistic_regression")
    X, _, values = explained(fold)
    training = fold.prepared_dense(fold.split.train)
    masker = shap.maskers.Independent(training, max_samples=len(training))
    theirs = shap.LinearExplainer(fold.fitted.model, masker).shap_values(X)
    summed = [theirs[:, fold.owners == column].sum(axis=1) for column in range(len(fold.columns))]
    np.testing.assert_allclose(values[:, :, 0], np.transpose(summed), atol=1e-10)


def test_sampled_values_come_near_the_exact_explainer_of_shap(datasets, fold_of):
    dataset = datasets[Task.REGRESSION]
    fold = fold_of(dataset, "mlp", recipe="trees")
    assert len(fold.owners) == len(fold.columns) + 1, "age became two columns"
    X, explainer, values = explained(fold, 20)
    usual = fold.prepared_dense(fold.sample(fold.split.train, 128))

    def by_choice(choices):
        """Return the mean output when the chosen raw columns are the row's, the others usual."""
        answers = []
        for choice in choices:
            place, kept = int(choice[-1]), choice[:-1].astype(bool)
            hybrid = np.where(kept[fold.owners], X[place], usual)
            answers.append(fold.fitted.model.predict(hybrid).mean())
        return np.array(answers)

    exact = np.array([shapley(by_choice, place, len(fold.columns)) for place in range(len(X))])
    error = np.abs(values[:, :, 0] - exact).mean() / np.abs(exact).mean()
    assert error < 0.08
    np.testing.assert_allclose(explainer.base[0] + exact.sum(axis=1), raw_outputs(fold, X)[:, 0])


def shapley(value, place, n):
    """Return Shapley values by their definition, over all subsets of the other columns."""

    def worth(subset):
        choice = np.zeros(n + 1)
        choice[list(subset)] = 1
        choice[-1] = place
        return value([choice])[0]

    found = np.zeros(n)
    for column in range(n):
        others = [other for other in range(n) if other != column]
        for size in range(n):
            weight = factorial(size) * factorial(n - size - 1) / factorial(n)
            for subset in combinations(others, size):
                found[column] += weight * (worth((*subset, column)) - worth(subset))
    return found


@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize("answer", ["usual", "drawn"])
def test_the_baseline_is_pushed_by_nothing(datasets, fold_of, task, answer):
    summaries = shap_part(fold_of(datasets[task], "dummy", answer=answer)).summaries
    assert {value for summary in summaries for row in summary.values for value in row} == {0.0}


def test_a_summary_shows_the_rows_as_they_stand_in_the_table(datasets, fold_of):
    fold = fold_of(datasets[Task.BINARY], "lightgbm")
    (summary,) = shap_part(fold).summaries
    frame = fold.dataset.X.iloc[fold.split.test]
    town = summary.columns.index("town")
    age = summary.columns.index("age")
    shown_towns = [row[town] for row in summary.feature_values]
    assert shown_towns == [None if pd.isna(value) else value for value in frame["town"]]
    shown_ages = [np.nan if row[age] is None else row[age] for row in summary.feature_values]
    np.testing.assert_array_equal(shown_ages, frame["age"])
    assert summary.n_rows == len(summary.values) == len(fold.split.test)


def test_the_class_that_is_pushed_towards_is_the_positive_one(datasets, fold_of):
    fold = fold_of(datasets[Task.BINARY], "logistic_regression")
    (summary,) = shap_part(fold).summaries
    assert summary.class_label == "yes"
    assert summary.scale == "log-odds"
    age = summary.columns.index("age")
    ages = [row[age] for row in summary.feature_values]
    pushes = [row[age] for row in summary.values]
    known = [place for place, value in enumerate(ages) if value is not None]
    assert np.corrcoef([ages[i] for i in known], [pushes[i] for i in known])[0, 1] > 0.9


def test_several_classes_have_a_summary_each_the_most_frequent_first(datasets, fold_of):
    dataset = datasets[Task.MULTICLASS]
    summaries = shap_part(fold_of(dataset, "extra_trees", n_estimators=5)).summaries
    counts = {label: int((dataset.y == code).sum()) for code, label in enumerate(dataset.labels)}
    labels = [summary.class_label for summary in summaries]
    assert sorted(labels) == sorted(counts)
    assert [counts[label] for label in labels] == sorted(counts.values(), reverse=True)


def test_the_mean_absolute_value_carries_the_samples_error(datasets, fold_of):
    fold = fold_of(datasets[Task.REGRESSION], "lightgbm")
    (summary,) = shap_part(fold).summaries
    sizes = np.abs([row[0] for row in summary.values])
    top = summary.importances[0]
    assert top.column == summary.columns[0]
    assert top.mean == pytest.approx(sizes.mean(), rel=1e-4)
    assert top.high - top.mean == pytest.approx(1.96 * sizes.std() / len(sizes) ** 0.5, rel=1e-3)


def test_a_forest_too_deep_for_tree_shap_is_explained_by_sampling(datasets, fold_of, monkeypatch):
    fold = fold_of(datasets[Task.REGRESSION], "random_forest", n_estimators=50)
    grown = [tree.tree_ for tree in fold.fitted.model.estimators_]
    seconds = 2.5e-8 * sum(tree.n_leaves * tree.max_depth for tree in grown)
    X, exact, values = explained(fold)
    assert not exact.is_raw
    monkeypatch.setattr(contributions, "TREE_SECONDS", 149.5 * seconds)
    X, near, sampled_values = explained(fold)
    assert near.is_raw
    np.testing.assert_allclose(near.base + sampled_values.sum(axis=1), raw_outputs(fold, X))
    assert np.corrcoef(values.ravel(), sampled_values.ravel())[0, 1] > 0.95


@pytest.mark.parametrize("model", ["ridge", "lightgbm", "mlp"])
def test_a_model_with_a_step_on_its_target_is_explained_on_the_targets_own_scale(
    datasets, fold_of, model
):
    recipe = add_step(preset_recipe("linear"), STEPS.choose("log_target"))
    fold = fold_of(datasets[Task.REGRESSION], model, recipe=recipe)
    X, explainer, values = explained(fold)
    outputs = fold.fitted.model.predict(X)[:, None]
    assert explainer.scale == "target"
    assert outputs.min() > 5_000  # and no logarithm
    np.testing.assert_allclose(explainer.base + values.sum(axis=1), outputs, rtol=1e-9)
    assert shap_part(fold, most_rows=20).summaries[0].columns[0] in {"age", "town", "income"}
