"""Steps made to suit the rows at hand: what they ask for too much of is lowered, and told."""

import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import LabError
from lab.recipes.median_fill import learn_medians
from lab.recipes.one_hot import learn_one_hot


def suit(name: str, estimator: Any, X: Any, y: npt.NDArray[Any]) -> tuple[str, ...]:
    """Lower what a step asks for to what the training rows allow, and return what was lowered.

    Parameters
    ----------
    name : str
        The step's name in the pipeline.
    estimator : transformer
        Not fitted; changed here. Of a ColumnTransformer only the estimators of joint steps.
    X : DataFrame, ndarray or CSR matrix
        Training rows as they reach the step.
    y : ndarray
        Their targets.
    """
    if hasattr(estimator, "transformers"):
        return _suit_joint(estimator, X, y)
    adjust = _ADJUSTED.get(type(estimator).__name__)
    if adjust is None or 0 in X.shape:
        return ()
    return tuple(f"{name} {note}" for note in adjust(estimator, X, y))


def learn(estimator: Any, X: Any, y: npt.NDArray[Any]) -> Any:
    """Return training rows as a step makes them, having learnt from them.

    Parameters
    ----------
    estimator : transformer
        Fitted here.
    X, y
        Training rows.

    Raises
    ------
    LabError
        When the step keeps no column.
    """
    with _threads(estimator):
        try:
            return learn_columns(estimator, X, y)
        except ValueError as error:
            if not str(error).startswith("No feature in X meets"):
                raise
    raise LabError(
        "no column is left for the model: none varies enough in the training rows",
        hint="Lower the threshold, or leave the step out.",
    )


def learn_columns(estimator: Any, X: Any, y: npt.NDArray[Any]) -> Any:
    """Return training rows as a step on columns makes them, having learnt from them.

    Takes and does what `learn` does, with as many threads as there are.
    """
    with warnings.catch_warnings():
        for text in _EXPECTED:
            warnings.filterwarnings("ignore", text)
        return _fitted(estimator, X, y)


def _fitted(estimator: Any, X: Any, y: npt.NDArray[Any]) -> Any:
    """Return what ``fit_transform`` does; some steps learn the same in a quicker way."""
    steps = [step for _, step in getattr(estimator, "steps", [("", estimator)])]
    if not any(type(step).__name__ in _QUICKLY for step in steps):
        return estimator.fit_transform(X, y)
    for step in steps:
        learn_quickly = _QUICKLY.get(type(step).__name__)
        if learn_quickly is None:
            X = step.fit_transform(X, y)
        else:
            learn_quickly(step, X)
            X = step.transform(X)
    return X


_QUICKLY: dict[str, Callable[[Any, Any], None]] = {
    "OneHotEncoder": learn_one_hot,
    "SimpleImputer": learn_medians,
}


def _threads(estimator: Any) -> AbstractContextManager[Any]:
    """Return a context with one thread for all but stages of columns, which use no more.

    Some sums depend on which thread is faster, and threads of small fits wait for each other.
    """
    names = getattr(estimator, "verbose_feature_names_out", None)
    if hasattr(estimator, "transformers") and not callable(names):
        return nullcontext()
    from threadpoolctl import threadpool_limits

    context: AbstractContextManager[Any] = threadpool_limits(1)
    return context


_EXPECTED = (
    r"\[IterativeImputer\] Early stopping criterion not reached",
    "No features were selected",
    "The least populated class in y has only",
    "FastICA did not converge",
    "Variables are collinear",
    "y_pred contains classes not in y_true",
    ".*failed to converge",
    "The max_iter was reached which means the coef_ did not converge",
    "Objective did not converge",
    "Found `n_features_to_select",
    "Found min_features_to_select",
)
"""Warnings about what the settings' help texts tell, or what is told as an error."""


def _suit_joint(stage: Any, X: Any, y: npt.NDArray[Any]) -> tuple[str, ...]:
    notes: list[str] = []
    for name, estimator, columns in stage.transformers:
        if type(estimator).__name__ in _ADJUSTED:
            chosen = columns(X) if callable(columns) else columns
            notes.extend(suit(name, estimator, X[chosen], y))
    return tuple(notes)


def _shape(X: Any) -> tuple[int, int]:
    return int(X.shape[0]), int(X.shape[1])


def _lower(estimator: Any, setting: str, most: int, reason: str) -> list[str]:
    wanted = getattr(estimator, setting)
    if not isinstance(wanted, int) or wanted <= most:
        return []
    estimator.set_params(**{setting: most})
    return [f"used {setting} = {most} instead of {wanted}: {reason}"]


def _by_rows_and_columns(estimator: Any, X: Any, y: npt.NDArray[Any]) -> list[str]:  # noqa: ARG001
    rows, columns = _shape(X)
    reason = f"there are {rows:,} training rows of {columns:,} columns"
    return _lower(estimator, "n_components", min(rows, columns), reason)


def _by_columns(setting: str) -> "_Adjust":
    def adjust(estimator: Any, X: Any, y: npt.NDArray[Any]) -> list[str]:  # noqa: ARG001
        columns = _shape(X)[1]
        return _lower(estimator, setting, columns, f"there are {columns:,} columns")

    return adjust


def _by_rows(setting: str) -> "_Adjust":
    def adjust(estimator: Any, X: Any, y: npt.NDArray[Any]) -> list[str]:
        rows = _shape(X)[0]
        notes = _lower(estimator, setting, rows, f"there are {rows:,} training rows")
        return notes + _sampled(estimator, X, y)

    return adjust


def _sampled(estimator: Any, X: Any, y: npt.NDArray[Any]) -> list[str]:  # noqa: ARG001
    rows, most = _shape(X)[0], getattr(estimator, "max_rows", None)
    if most is None or rows <= most:
        return []
    return [f"looked at {most:,} of {rows:,} training rows"]


def _by_rank(estimator: Any, X: Any, y: npt.NDArray[Any]) -> list[str]:  # noqa: ARG001
    values = np.asarray(X, dtype=np.float64)
    rank = max(1, int(np.linalg.matrix_rank(values - values.mean(axis=0))))
    return _lower(estimator, "n_components", rank, f"the columns vary in {rank:,} directions")


def _by_classes(estimator: Any, X: Any, y: npt.NDArray[Any]) -> list[str]:
    classes, columns = len(np.unique(y)), _shape(X)[1]
    if len(y) <= classes:
        raise LabError(
            f"lda needs more training rows than classes, there are {len(y)} and {classes}",
            hint="Take larger folds, or another reduction.",
        )
    reason = f"there are {classes} classes and {columns:,} columns"
    return _lower(estimator, "n_components", min(classes - 1, columns), reason)


def _by_distinct_rows(estimator: Any, X: Any, y: npt.NDArray[Any]) -> list[str]:  # noqa: ARG001
    distinct = len(np.unique(np.asarray(X, dtype=np.float64), axis=0))
    reason = f"there are {distinct:,} different training rows"
    return _lower(estimator, "n_clusters", distinct, reason)


def _two_columns(key: str, adjust: "_Adjust") -> "_Adjust":
    """Return what refuses a single column for a step, and else does as another."""

    def adjust_several(estimator: Any, X: Any, y: npt.NDArray[Any]) -> list[str]:
        if _shape(X)[1] < 2:
            raise LabError(
                f"{key} needs at least 2 columns, there is 1",
                hint="Leave it out, or put it on more columns.",
            )
        return adjust(estimator, X, y)

    return adjust_several


def _k_best(estimator: Any, X: Any, y: npt.NDArray[Any]) -> list[str]:  # noqa: ARG001
    columns, wanted = _shape(X)[1], estimator.param
    if estimator.mode != "k_best" or wanted <= columns:
        return []
    estimator.set_params(param=columns)
    return [_all_kept(columns, wanted)]


def _all_kept(columns: int, wanted: int) -> str:
    return f"kept all {columns:,} columns: {wanted:,} were asked for"


def _in_folds(estimator: Any, X: Any, y: npt.NDArray[Any]) -> list[str]:
    """Lower the folds of a selector to the rows of the largest class."""
    columns, notes = _shape(X)[1], []
    wanted = getattr(estimator, "n_features_to_select", 0)
    if isinstance(wanted, int) and wanted >= columns:
        notes.append(_all_kept(columns, wanted))
    if not hasattr(estimator.cv, "split") or not type(estimator.cv).__name__.startswith("Strat"):
        return notes
    counts = np.unique(y, return_counts=True)[1]
    if len(counts) == 2 and counts.min() < 2:
        raise LabError(
            "a class has a single training row, so columns cannot be judged in folds",
            hint="Take larger folds, or a selection without cross-validation.",
        )
    most = int(counts.max())
    if estimator.cv.n_splits > most:
        notes.append(f"judged in {most} folds instead of {estimator.cv.n_splits}")
        estimator.cv.n_splits = most
    return notes


def _fewer_pairs(estimator: Any, X: Any, y: npt.NDArray[Any]) -> list[str]:  # noqa: ARG001
    columns = _shape(X)[1]
    if columns > MOST_PAIRED:
        raise LabError(
            f"correlation_filter compares all pairs of columns; {columns:,} columns are too many",
            hint=f"Choose at most {MOST_PAIRED:,} columns for it, or take l1_selection.",
        )
    return []


MOST_PAIRED = 5_000

_Adjust = Callable[[Any, Any, npt.NDArray[Any]], list[str]]
_ADJUSTED: dict[str, _Adjust] = {
    "NearestRowsImputer": _sampled,
    "GenericUnivariateSelect": _k_best,
    "RFECV": _two_columns("recursive_elimination", _in_folds),
    "SequentialSelector": _in_folds,
    "CorrelationFilter": _fewer_pairs,
    "ShadowSelector": _sampled,
    "PermutationSelector": _sampled,
    "PCA": _by_rows_and_columns,
    "TruncatedSVD": _two_columns("truncated_svd", _by_rows_and_columns),
    "SampledKernelPCA": _by_rows("n_components"),
    "FastICA": _by_rank,
    "LinearDiscriminantAnalysis": _by_classes,
    "GaussianRandomProjection": _by_columns("n_components"),
    "KMeans": _by_distinct_rows,
    "FeatureAgglomeration": _two_columns("feature_agglomeration", _by_columns("n_clusters")),
    "Nystroem": _by_rows("n_components"),
}
