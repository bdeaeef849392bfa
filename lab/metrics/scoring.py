"""Metrics by task, and all of them from one set of answers."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from lab.base import Task
from lab.metrics.catalogue import METRICS
from lab.metrics.entry import Answers, MetricEntry
from lab.metrics.ranking import Floats

# The first ranks. ROC AUC for two classes: it needs no threshold. Balanced accuracy for more: every
# model has it, whatever classes a fold misses. R² for numbers: it has no unit.
_DEFAULTS = {
    Task.BINARY: ("roc_auc", "average_precision", "balanced_accuracy", "f1", "log_loss"),
    Task.MULTICLASS: ("balanced_accuracy", "accuracy", "f1", "roc_auc", "log_loss"),
    Task.REGRESSION: ("r2", "rmse", "mae", "median_ae"),
}


def metrics_for(task: Task) -> tuple[MetricEntry, ...]:
    """Return the metrics that judge this task, in the catalogue's order."""
    return tuple(entry for entry in METRICS if task in entry.tasks)


def default_metrics(task: Task) -> tuple[str, ...]:
    """Return the keys of the metrics that are shown when none was chosen, the primary one first."""
    return _DEFAULTS[task]


def score_all(
    answers: Answers, task: Task, keys: Iterable[str] | None = None
) -> dict[str, float | None]:
    """Return the value of each metric by key; None where it is not defined.

    A metric is not defined when it does not judge the task, when the model does not give what it
    needs (log loss of decision values), or when the rows do not allow it (ROC AUC when a class is
    missing, MAPE when a true value is 0, everything without rows). Everywhere else the value is
    that of scikit-learn's function, with zero_division=0, code 1 as the positive class, and macro
    or one-vs-rest macro averages for several classes.

    Parameters
    ----------
    answers : Answers
        Truth, predictions and scores.
    task : Task
        The kind of question.
    keys : iterable of str, optional
        Keys of `METRICS`; all metrics of the task when not given.
    """
    chosen = metrics_for(task) if keys is None else [METRICS[key] for key in keys]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return {entry.key: _value(entry, answers, task) for entry in chosen}


def score_resamples(
    answers: Answers, task: Task, keys: Iterable[str], *, counts: Floats
) -> dict[str, Floats]:
    """Return the values of each metric on resamples of the rows; NaN where not defined.

    Parameters
    ----------
    answers : Answers
        Truth, predictions, scores and, where there are any, row weights of shape (n,).
    task : Task
        The kind of question.
    keys : iterable of str
        Keys of `METRICS`.
    counts : ndarray of float64, shape (draws, n)
        How often each row stands in each resample.
    """
    weights = counts if answers.weight is None else counts * answers.weight
    resampled = replace(answers, weight=weights)
    nowhere = np.full(len(counts), np.nan)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return {
            key: METRICS[key].score(resampled, task)
            if _is_defined(METRICS[key], answers, task)
            else nowhere
            for key in keys
        }


def _value(entry: MetricEntry, answers: Answers, task: Task) -> float | None:
    if not _is_defined(entry, answers, task):
        return None
    value = float(entry.score(answers, task))
    return value if np.isfinite(value) else None


def _is_defined(entry: MetricEntry, answers: Answers, task: Task) -> bool:
    if task not in entry.tasks or len(answers.truth) == 0:
        return False
    if answers.weight is not None and not np.any(answers.weight > 0):
        return False
    if entry.needs == "predicted":
        return True
    has_scores = answers.scores is not None
    return has_scores and (entry.needs == "scores" or answers.are_probabilities)
