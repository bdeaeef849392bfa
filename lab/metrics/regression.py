"""Metrics of predicted numbers."""

import numpy as np

from lab.base import Task
from lab.metrics.entry import Answers, MetricEntry
from lab.metrics.ranking import Floats

_NUMBERS = frozenset({Task.REGRESSION})
_EPSILON = float(np.finfo(np.float64).eps)


def _errors(answers: Answers) -> Floats:
    difference: Floats = np.abs(answers.truth - answers.predicted)
    return difference


def _r2(answers: Answers, _task: Task) -> Floats:
    """Share of variance explained.

    NaN for fewer than two rows and where squares are too large for a number; for a constant truth
    1 when it is met and 0 when not, as scikit-learn has it.
    """
    if len(answers.truth) < 2:
        return np.full(answers.weights.shape[:-1], np.nan)
    is_constant = np.ptp(answers.truth) == 0
    centred = answers.truth - (answers.truth[0] if is_constant else answers.truth.mean())
    missed = answers.mean((answers.truth - answers.predicted) ** 2)
    spread = answers.mean(centred**2) - answers.mean(centred) ** 2
    share = np.where(spread > 0, 1 - missed / spread, np.where(missed == 0, 1.0, 0.0))
    return np.where(np.isfinite(missed) & np.isfinite(spread), share, np.nan)


def _rmse(answers: Answers, _task: Task) -> Floats:
    return np.asarray(np.sqrt(answers.mean(_errors(answers) ** 2)))


def _mae(answers: Answers, _task: Task) -> Floats:
    return answers.mean(_errors(answers))


def _median_ae(answers: Answers, _task: Task) -> Floats:
    """Median of the errors; with weights the averaged inverse of their distribution.

    (Hyndman & Fan, 1996, definition 2, as in scikit-learn.)
    """
    errors = _errors(answers)
    order = np.argsort(errors)
    errors = errors[order]
    sums = np.cumsum(np.take(answers.weights, order, axis=-1), axis=-1)
    half = sums[..., -1:] / 2
    last = len(errors) - 1
    place = np.minimum((sums < half).sum(axis=-1), last)
    reached = np.take_along_axis(sums, place[..., None], axis=-1)
    above = (sums <= reached).sum(axis=-1)
    exact = (reached - half)[..., 0] <= _EPSILON
    after = np.where(exact & (above <= last), np.minimum(above, last), place)
    return np.asarray((errors[place] + errors[after]) / 2)


def _mape(answers: Answers, _task: Task) -> Floats:
    """Mean of error over truth; NaN when a truth is 0 (scikit-learn divides by 2e-16 there)."""
    if np.any(answers.truth == 0):
        return np.full(answers.weights.shape[:-1], np.nan)
    return answers.mean(_errors(answers) / np.abs(answers.truth))


R2 = MetricEntry(
    key="r2",
    title="R²",
    summary="Share of the target's variance that is explained; 1 is perfect, 0 is the mean, "
    "negative is worse than the mean. A few far-off rows can decide it.",
    tasks=_NUMBERS,
    needs="predicted",
    greater_is_better=True,
    score=_r2,
    best=1.0,
    lowest=float("-inf"),
    highest=1.0,
)
RMSE = MetricEntry(
    key="rmse",
    title="RMSE",
    summary="Root of the mean squared error, in the target's unit; 0 is best. Big errors count "
    "most.",
    tasks=_NUMBERS,
    needs="predicted",
    greater_is_better=False,
    score=_rmse,
    best=0.0,
    lowest=0.0,
    highest=float("inf"),
)
MAE = MetricEntry(
    key="mae",
    title="MAE",
    summary="Mean absolute error, in the target's unit; 0 is best. All errors count by their size.",
    tasks=_NUMBERS,
    needs="predicted",
    greater_is_better=False,
    score=_mae,
    best=0.0,
    lowest=0.0,
    highest=float("inf"),
)
MEDIAN_AE = MetricEntry(
    key="median_ae",
    title="Median absolute error",
    summary="Half of the errors are smaller, in the target's unit; 0 is best. Blind to rare big "
    "errors.",
    tasks=_NUMBERS,
    needs="predicted",
    greater_is_better=False,
    score=_median_ae,
    best=0.0,
    lowest=0.0,
    highest=float("inf"),
)
MAPE = MetricEntry(
    key="mape",
    title="MAPE",
    summary="Mean absolute error as a share of the true value; 0 is best, 0.1 is ten percent. "
    "Not defined when a true value is 0, and ruled by values near 0.",
    tasks=_NUMBERS,
    needs="predicted",
    greater_is_better=False,
    score=_mape,
    best=0.0,
    lowest=0.0,
    highest=float("inf"),
)
