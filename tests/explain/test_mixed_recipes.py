"""Recipes that mix columns are explained by raw columns, held against scikit-learn's whole."""

import numpy as np
import pandas as pd
import pytest
from sklearn.inspection import permutation_importance

from lab.base import ColumnKind, Task
from lab.data import Roles, make_dataset, read_table
from lab.explain.by_row_number import MixedFold, unmixed
from lab.explain.contributions import by_raw_column
from lab.explain.permutation import fold_losses
from lab.explain.shap_values import explainer_for, shap_part
from lab.recipes import (
    STEPS,
    Family,
    Recipe,
    Step,
    add_step,
    as_pipeline,
    preset_recipe,
    replace_family,
    rows_changed,
)

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


@pytest.fixture(scope="module")
def in_order(tmp_path_factory):
    """Return rows with gaps, a time that is a feature, and groups; the target follows both."""
    rng = np.random.default_rng(3)
    day, shop = np.arange(240), rng.choice(["a", "b"], 240)
    price = np.where(shop == "a", 10.0, 30.0) + np.round(day / 20)
    frame = pd.DataFrame({
        "price": np.where(rng.random(240) < 0.4, np.nan, price + rng.normal(0, 0.5, 240)),
        "day": rng.permutation(day), "shop": shop, "sold": price + rng.normal(0, 0.3, 240),
    })  # fmt: skip
    path = tmp_path_factory.mktemp("order") / "table.csv"
    frame.to_csv(path, index=False)
    roles = Roles(target="sold", task=Task.REGRESSION, time="day", group="shop")
    return make_dataset(read_table(path), roles)


def test_time_and_group_are_explained_where_a_recipe_goes_by_them(in_order, fold_of):
    own = Recipe(title="", steps=(Step(choice=STEPS.choose("forward_fill")),))
    fold = fold_of(in_order, "ridge", recipe=own)
    assert fold.columns == ("price", "day", "shop")
    rows = fold.split.test
    found = fold_losses(fold, ["r2"], n_repeats=2)
    raw = in_order.raw(fold.columns).iloc[rows].reset_index(drop=True)
    pipeline = as_pipeline(fold.fitted.preparation, fold.fitted.model)
    with rows_changed():
        plain = permutation_importance(
            pipeline, raw, in_order.y[rows], scoring="r2", n_repeats=2, random_state=fold.seed
        )
    np.testing.assert_allclose(np.array(found.losses), plain.importances, atol=1e-10)
    assert np.abs(found.losses[2]).min() > 0  # another shop's price is carried
    part = shap_part(fold)
    assert set(part.summaries[0].columns) == {"price", "day", "shop"}


def test_a_whole_part_can_be_made(datasets, fold_of):
    part = shap_part(fold_of(datasets[Task.BINARY], "logistic_regression", recipe=mixing("lda")))
    assert set(part.summaries[0].columns[:2]) == {"age", "town"}


def test_recipes_that_only_choose_columns_are_explained_as_ever(datasets, fold_of):
    fold = fold_of(
        datasets[Task.BINARY], "logistic_regression", recipe=mixing("univariate_selection")
    )
    assert unmixed(fold) is fold
    assert explainer_for(fold).name == "exactly, from the model's weights"
