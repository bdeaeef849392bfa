"""Permutation importance of raw columns (Breiman 2001), on held-out rows of several folds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lab.base import LabError
from lab.explain.by_row_number import unmixed
from lab.explain.explanation import ColumnImportance
from lab.explain.fitted_fold import FittedFold, Floats, Ints
from lab.explain.prediction_cost import prediction_seconds
from lab.metrics import METRICS, Answers, score_all
from lab.models import predict_outputs
from lab.validation import Positions

MOST_ROWS = 2_000
FEWEST_ROWS = 200
REPEATS = 5
FOLD_SECONDS = 12.0


@dataclass(frozen=True, kw_only=True)
class FoldLosses:
    """What shuffling each column cost in one fold.

    Parameters
    ----------
    metric : str
        Key of the metric.
    columns : tuple of str
        The raw columns.
    losses : tuple of tuples of float, shape (n_columns, n_repeats)
        How much worse the metric was, for every shuffle of every raw column.
    n_rows : int
        Test rows that were judged.
    test_ratio : float
        Test rows of the split for one training row.
    """

    metric: str
    columns: tuple[str, ...]
    losses: tuple[tuple[float, ...], ...]
    n_rows: int
    test_ratio: float


def fold_losses(
    fold: FittedFold, metrics: Sequence[str], *, n_repeats: int = REPEATS, most_rows: int = 0
) -> FoldLosses:
    """Return what shuffling each raw column costs on a fold's test rows.

    Where every prepared column is made of one raw column row by row, shuffling a raw column is
    the same as shuffling the prepared columns that it became; rows are prepared only once. Where
    columns are mixed, the shuffled raw rows are prepared anew.

    The shuffles are those of `sklearn.inspection.permutation_importance` with the same seed.

    Parameters
    ----------
    fold : FittedFold
        A fitted candidate and its split.
    metrics : sequence of str
        Keys of `METRICS`; the first that is defined here is taken.
    n_repeats : int, default 5
        Shuffles of each column.
    most_rows : int, default 0
        Test rows to draw at most; 0 for as many as are quick enough, at most 2,000.
    """
    fold = unmixed(fold)
    rows = fold.sample(fold.split.test, most_rows or _affordable_rows(fold, n_repeats))
    X = fold.prepared(rows)
    metric, whole = _first_defined(fold, X, rows, metrics)
    orders = _orders(len(rows), n_repeats, fold.seed)
    sign = 1.0 if METRICS[metric].greater_is_better else -1.0
    losses = []
    for column in range(len(fold.columns)):
        features = fold.features_of(column)
        scores = [
            whole if len(features) == 0 else _score(fold, _moved(X, features, order), rows, metric)
            for order in orders
        ]
        losses.append(tuple(sign * (whole - score) for score in scores))
    return FoldLosses(
        metric=metric,
        columns=fold.columns,
        losses=tuple(losses),
        n_rows=len(rows),
        test_ratio=len(fold.split.test) / len(fold.split.train),
    )


def combine_folds(folds: Sequence[FoldLosses]) -> tuple[ColumnImportance, ...]:
    """Return the mean loss of each column over folds with an interval, the largest first.

    The interval is a 95 % t interval of the folds' means whose variance allows for folds sharing
    training rows (Nadeau and Bengio 2003); with a single fold, of its shuffles.
    """
    shares = [
        _importance(column, [np.array(fold.losses[place]) for fold in folds], folds[0].test_ratio)
        for place, column in enumerate(folds[0].columns)
    ]
    return tuple(sorted(shares, key=lambda share: -share.mean))


def _importance(column: str, losses: list[Floats], test_ratio: float) -> ColumnImportance:
    from scipy.stats import t

    alone = len(losses) == 1
    values = losses[0] if alone else np.array([part.mean() for part in losses])
    mean, n = float(values.mean()), len(values)
    factor = 1 / n if alone else 1 / n + test_ratio
    spread = float(np.sqrt(factor * values.var(ddof=1))) if n > 1 else 0.0
    half = float(t.ppf(0.975, n - 1)) * spread if n > 1 else 0.0
    return ColumnImportance(column=column, mean=mean, low=mean - half, high=mean + half)


def _affordable_rows(fold: FittedFold, n_repeats: int) -> int:
    shuffles = n_repeats * max(1, len(fold.columns))
    rows = FOLD_SECONDS / (prediction_seconds(fold.fitted.model) * shuffles)
    return int(np.clip(rows, FEWEST_ROWS, MOST_ROWS))


def _orders(n_rows: int, n_repeats: int, seed: int) -> list[Ints]:
    """Return the orders of rows that scikit-learn uses: each shuffle goes on from the last."""
    first = np.random.RandomState(seed).randint(np.iinfo(np.int32).max + 1)
    random = np.random.RandomState(first)
    shuffling, order = np.arange(n_rows), np.arange(n_rows)
    orders = []
    for _ in range(n_repeats):
        random.shuffle(shuffling)
        order = order[shuffling]
        orders.append(order)
    return orders


def _moved(X: Any, features: Ints, order: Ints) -> Any:
    """Return the prepared rows with some columns taken from other rows."""
    if isinstance(X, np.ndarray):
        moved = X.copy()
        moved[:, features] = X[np.ix_(order, features)]
        return moved
    from scipy import sparse

    others = np.setdiff1d(np.arange(X.shape[1]), features)
    columns = X.tocsc()
    joined = sparse.hstack([columns[:, others], columns[:, features][order]], format="csc")
    return joined[:, np.argsort(np.concatenate([others, features]))].tocsr()


def _first_defined(
    fold: FittedFold, X: Any, rows: Positions, metrics: Sequence[str]
) -> tuple[str, float]:
    task = fold.dataset.roles.task
    for metric, value in score_all(_answers(fold, X, rows), task, metrics).items():
        if value is not None:
            return metric, value
    raise LabError("no metric is defined for its predictions on these rows")


def _score(fold: FittedFold, X: Any, rows: Positions, metric: str) -> float:
    value = score_all(_answers(fold, X, rows), fold.dataset.roles.task, [metric])[metric]
    return float("nan") if value is None else value


def _answers(fold: FittedFold, X: Any, rows: Positions) -> Answers:
    dataset = fold.dataset
    predicted, scores, are_probabilities = predict_outputs(
        fold.fitted.model, X, task=dataset.roles.task, n_classes=len(dataset.labels)
    )
    return Answers(
        truth=dataset.y[rows],
        predicted=predicted,
        scores=scores,
        are_probabilities=are_probabilities,
        weight=None if dataset.weights is None else dataset.weights[rows],
    )
