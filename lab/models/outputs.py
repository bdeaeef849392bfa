"""What a fitted model answers, in one form for all models."""

from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import Task

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NEVER = float(-np.finfo(np.float32).max)
"""Decision value of a class that the model has never seen: below all others, yet finite."""


def predict_outputs(
    model: Any, X: Any, *, task: Task, n_classes: int
) -> tuple[Ints | Floats, Floats | None, bool]:
    """Return predictions, scores by class, and whether the scores are probabilities.

    Parameters
    ----------
    model : estimator
        Fitted on integer class codes, or on numbers.
    X : ndarray or sparse matrix, shape (n, n_features)
        Prepared rows.
    task : Task
        What is predicted.
    n_classes : int
        Number of classes of the data set; the model may have seen fewer.

    Returns
    -------
    predicted : ndarray of int64 or float64, shape (n,)
        Class codes: the most probable class, or the model's own answer when it has decision
        values only. Values for regression.
    scores : ndarray of float64, shape (n, n_classes), or None
        Probabilities, or decision values (a binary value d stands as -d and d, several classes
        are each one against the rest). A class that the model has never seen has probability 0 or
        the value `NEVER`. None for regression.
    are_probabilities : bool
        Whether each row of scores sums to 1.
    """
    if not task.is_classification:
        return np.asarray(model.predict(X), dtype=np.float64), None, False
    classes = np.asarray(model.classes_, dtype=np.int64)
    if hasattr(model, "predict_proba"):
        given = _exact(np.asarray(model.predict_proba(X)))
        predicted = classes[given.argmax(axis=1)]
        return predicted, _spread(given, classes, n_classes, missing=0.0), True
    values = np.asarray(model.decision_function(X), dtype=np.float64)
    if values.ndim == 1:
        predicted, given = classes[(values > 0).astype(int)], np.column_stack([-values, values])
    else:
        predicted, given = np.asarray(model.predict(X), dtype=np.int64), values
    return predicted, _spread(given, classes, n_classes, missing=NEVER), False


def _exact(given: npt.NDArray[Any]) -> Floats:
    """Return probabilities as float64 that sum to 1 as exactly as float64 can."""
    if given.dtype == np.float64:
        return given
    wide = given.astype(np.float64)
    if wide.shape[1] == 2:
        return np.column_stack([1.0 - wide[:, 1], wide[:, 1]])
    total: Floats = wide.sum(axis=1, keepdims=True)
    return wide / total


def _spread(given: Floats, classes: Ints, n_classes: int, *, missing: float) -> Floats:
    """Return a column for every class of the data set."""
    if len(classes) == n_classes:
        return given
    scores = np.full((len(given), n_classes), missing)
    scores[:, classes] = given
    return scores
