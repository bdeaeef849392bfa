"""SHAP values of prepared columns for models whose structure gives them at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from lab.base import Task
from lab.explain.fitted_fold import FittedFold, Floats
from lab.models import predict_outputs

BACKGROUND_ROWS = 5_000
"""Training rows over which linear models take the mean."""
TREE_SECONDS = 20.0
SECONDS_A_LEAF_LEVEL = 2.5e-8
"""TreeExplainer's seconds a row for each leaf and each level of its tree, as measured."""
CHUNK_ROWS = 50
MOST_ROWS = 1_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Explainer:
    """A way to explain the outputs of a fitted model.

    Parameters
    ----------
    explain : callable (ndarray (n, n_features)) -> ndarray (n, n_features or n_columns, outputs)
        The contributions of each prepared column, or of each raw column when `is_raw`.
    base : ndarray of float64, shape (outputs,)
        What they start from.
    scale : str
        What they add up to.
    name : str
        How they are computed, for people.
    most_rows : int
        Rows that it explains in acceptable time.
    is_raw : bool, default False
        Whether contributions are of raw columns already.
    """

    explain: Callable[[Floats], Floats]
    base: Floats
    scale: str
    name: str
    most_rows: int
    is_raw: bool = False


def output_classes(fold: FittedFold) -> tuple[int, ...]:
    """Return the class code that each output pushes towards; (-1,) for regression."""
    if not fold.dataset.roles.task.is_classification:
        return (-1,)
    classes = tuple(int(code) for code in fold.fitted.model.classes_)
    return classes[-1:] if len(classes) == 2 else classes


def nothing(fold: FittedFold) -> Explainer:
    """Return the explainer of a model that ignores every column."""
    task, n_classes = fold.dataset.roles.task, len(fold.dataset.labels)
    row = fold.prepared(fold.split.test[:1])
    predicted, scores, _ = predict_outputs(fold.fitted.model, row, task=task, n_classes=n_classes)
    base = predicted if scores is None else scores[0, list(output_classes(fold))]
    return Explainer(
        explain=lambda X: np.zeros((*X.shape, len(base))),
        base=np.asarray(base, dtype=np.float64),
        scale="target" if scores is None else "probability",
        name="without looking, as it ignores every column",
        most_rows=MOST_ROWS,
    )


def linear(fold: FittedFold) -> Explainer:
    """Return weight times distance from the mean training row, exact for a weighted sum."""
    regressor, scale, shift = _without_target_scale(fold.fitted.model)
    weights = scale * np.atleast_2d(regressor.coef_)
    rows = fold.sample(fold.split.train, BACKGROUND_ROWS)
    mean = fold.prepared_dense(rows).mean(axis=0)
    base = weights @ mean + scale * np.ravel(regressor.intercept_) + shift
    return Explainer(
        explain=lambda X: (X - mean)[:, :, None] * weights.T[None],
        base=np.broadcast_to(base, len(weights)),
        scale=_scale(fold, "log-odds" if hasattr(regressor, "predict_proba") else "decision value"),
        name="exactly, from the model's weights",
        most_rows=MOST_ROWS,
    )


def trees(fold: FittedFold) -> Explainer:
    """Return tree SHAP (Lundberg et al. 2020): the boosters' own, shap's for scikit-learn's."""
    model = fold.fitted.model
    if hasattr(model, "get_booster"):
        return _boosted(fold, lambda X: _xgboost_contributions(model, X))
    if hasattr(model, "booster_"):
        return _boosted(fold, lambda X: _lightgbm_contributions(model, X))
    return _grown(fold)


def tree_rows(model: Any) -> int:
    """Return how many rows tree SHAP explains in acceptable time: few for a forest of full depth.

    Boosted trees are shallow; those of a forest have a leaf for nearly every training row.
    """
    if not hasattr(model, "tree_") and not hasattr(model, "estimators_"):
        return MOST_ROWS
    grown = [tree.tree_ for tree in getattr(model, "estimators_", [model])]
    work = sum(tree.n_leaves * max(tree.max_depth, 1) for tree in grown)
    return min(MOST_ROWS, int(TREE_SECONDS / (work * SECONDS_A_LEAF_LEVEL)))


def divides_levels(model: Any) -> bool:
    """Return whether a fitted model is scikit-learn's boosting with columns of categories."""
    return getattr(model, "is_categorical_", None) is not None


def by_raw_column(explainer: Explainer, X: Floats, owners: Any, n_columns: int) -> Floats:
    """Return SHAP values of raw columns, shape (n, n_columns, outputs): sums over their parts."""
    if explainer.is_raw:
        return explainer.explain(X)
    sums = np.zeros((X.shape[1], n_columns))
    sums[np.arange(X.shape[1]), owners] = 1.0
    parts = [
        np.einsum("nfk,fc->nck", explainer.explain(X[start : start + CHUNK_ROWS]), sums)
        for start in range(0, len(X), CHUNK_ROWS)
    ]
    return np.concatenate(parts)


def _grown(fold: FittedFold) -> Explainer:
    from shap import TreeExplainer

    model = fold.fitted.model
    averages = hasattr(model, "tree_") or hasattr(model, "estimators_")
    explainer = TreeExplainer(model)
    base = np.atleast_1d(np.asarray(explainer.expected_value, dtype=np.float64))
    first = 1 if len(base) == 2 else 0

    def explain(X: Floats) -> Floats:
        values = np.asarray(explainer.shap_values(X, check_additivity=False), dtype=np.float64)
        return values[:, :, None] if values.ndim == 2 else values[:, :, first:]

    return Explainer(
        explain=explain,
        base=base[first:],
        scale=_scale(fold, "probability" if averages else "log-odds"),
        name="exactly, from the model's trees",
        most_rows=tree_rows(model),
    )


def _without_target_scale(model: Any) -> tuple[Any, float, float]:
    """Return a linear model with the scale and mean that its target was divided by and freed of."""
    if not hasattr(model, "regressor_"):
        return model, 1.0, 0.0
    return model.regressor_, float(model.transformer_.scale_[0]), float(model.transformer_.mean_[0])


def _scale(fold: FittedFold, for_classes: str) -> str:
    return "target" if fold.dataset.roles.task is Task.REGRESSION else for_classes


def _boosted(fold: FittedFold, contributions: Callable[[Floats], Floats]) -> Explainer:
    """Return an explainer from contributions whose last column is the base."""
    one = fold.prepared_dense(fold.split.test[:1])
    return Explainer(
        explain=lambda X: contributions(X)[:, :-1],
        base=contributions(one)[0, -1],
        scale=_scale(fold, "log-odds"),
        name="exactly, from the model's trees",
        most_rows=MOST_ROWS,
    )


def _xgboost_contributions(model: Any, X: Floats) -> Floats:
    from xgboost import DMatrix

    rows = DMatrix(X, missing=np.nan, nthread=1)
    given = np.asarray(model.get_booster().predict(rows, pred_contribs=True), dtype=np.float64)
    return given[:, :, None] if given.ndim == 2 else given.transpose(0, 2, 1)


def _lightgbm_contributions(model: Any, X: Floats) -> Floats:
    given = np.asarray(model.predict(X, pred_contrib=True), dtype=np.float64)
    return given.reshape(len(X), -1, X.shape[1] + 1).transpose(0, 2, 1)
