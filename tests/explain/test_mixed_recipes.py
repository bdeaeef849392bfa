"""Recipes that mix columns are explained by raw columns, held against scikit-learn's whole."""

import numpy as np
import pytest
from sklearn.inspection import permutation_importance

from lab.base import ColumnKind, Task
from lab.explain.by_row_number import MixedFold, unmixed
from lab.explain.contributions import by_raw_column
from lab.explain.permutation import fold_losses
from lab.explain.shap_values import explainer_for, shap_part
from lab.recipes import STEPS, Family, add_step, as_pipeline, preset_recipe, replace_family

CASES = [
    (Task.BINARY, "logistic_regression", "roc_auc", "pca"),
    (Task.BINARY, "random_forest", "roc_auc", "knn_imputer"),
    (Task.REGRESSION, "ridge", "r2", "polynomial"),
]


def mixing(key):
    """Return a ready recipe with a step that looks across columns."""
    if STEPS[key].family is Family.MISSING:
        kinds = (ColumnKind.NUMBER,)
        return replace_family(preset_recipe("linear"), Family.MISSING, STEPS.choose(key), kinds)
    return add_step(preset_recipe("linear"), STEPS.choose(key))


@pytest.mark.parametrize(("task", "model", "metric", "key"), CASES)
def test_losses_equal_scikit_learns_on_the_raw_columns(datasets, fold_of, task, model, metric, key):
    dataset = datasets[task]
    fold = fold_of(dataset, model, recipe=mixing(key))
    assert any(len(names) > 1 for names in fold.fitted.preparation.sources)
    rows = fold.split.test
    found = fold_losses(fold, [metric], n_repeats=2)
    plain = permutation_importance(
        as_pipeline(fold.fitted.preparation, fold.fitted.model),
        dataset.X.iloc[rows].reset_index(drop=True),
        dataset.y[rows],
        scoring=metric,
        n_repeats=2,
        random_state=fold.seed,
    )
    np.testing.assert_allclose(np.array(found.losses), plain.importances, atol=1e-10)
    assert np.abs(found.losses).max() > 0.01


@pytest.mark.parametrize(("task", "model", "metric", "key"), CASES)
def test_values_of_raw_columns_add_up_to_the_output(datasets, fold_of, task, model, metric, key):
    fold = unmixed(fold_of(datasets[task], model, recipe=mixing(key)))
    assert isinstance(fold, MixedFold)
    rows = fold.split.test[:5]
    X = fold.prepared_dense(rows)
    explainer = explainer_for(fold)
    values = by_raw_column(explainer, X, fold.owners, len(fold.columns))
    pipeline = as_pipeline(fold.fitted.preparation, fold.fitted.model._fold.fitted.model)
    raw = datasets[task].X.iloc[rows]
    expected = (
        pipeline.predict(raw) if task is Task.REGRESSION else pipeline.predict_proba(raw)[:, 1]
    )
    np.testing.assert_allclose(
        explainer.base[0] + values.sum(axis=1)[:, 0], expected, rtol=1e-9, atol=1e-9
    )


def test_a_whole_part_can_be_made(datasets, fold_of):
    part = shap_part(fold_of(datasets[Task.BINARY], "logistic_regression", recipe=mixing("lda")))
    assert set(part.summaries[0].columns[:2]) == {"age", "town"}


def test_recipes_that_only_choose_columns_are_explained_as_ever(datasets, fold_of):
    fold = fold_of(
        datasets[Task.BINARY], "logistic_regression", recipe=mixing("univariate_selection")
    )
    assert unmixed(fold) is fold
    assert explainer_for(fold).name == "exactly, from the model's weights"
