"""Metrics of predicted classes. For two classes those of code 1; for more the macro average."""

import numpy as np

from lab.base import CLASSIFICATION, Task
from lab.metrics.entry import Answers, MetricEntry
from lab.metrics.ranking import Floats


def _accuracy(answers: Answers, _task: Task) -> float:
    return float(np.trace(answers.confusion) / answers.confusion.sum())


def _balanced_accuracy(answers: Answers, _task: Task) -> float:
    """Mean recall over the classes that occur in the truth."""
    sizes = answers.confusion.sum(axis=1)
    found = sizes > 0
    return float(np.mean(np.diag(answers.confusion)[found] / sizes[found]))


def _precision(answers: Answers, task: Task) -> float:
    return _average(np.diag(answers.confusion), answers.confusion.sum(axis=0), answers, task)


def _recall(answers: Answers, task: Task) -> float:
    return _average(np.diag(answers.confusion), answers.confusion.sum(axis=1), answers, task)


def _f1(answers: Answers, task: Task) -> float:
    sums = answers.confusion.sum(axis=0) + answers.confusion.sum(axis=1)
    return _average(2 * np.diag(answers.confusion), sums, answers, task)


def _average(part: Floats, whole: Floats, answers: Answers, task: Task) -> float:
    """Return the positive class's share, or the mean over the classes that occur; x / 0 is 0."""
    shares = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    return float(shares[1] if task is Task.BINARY else np.mean(shares[answers.present]))


def _matthews(answers: Answers, _task: Task) -> float:
    """Correlation of truth and prediction (Gorodkin, 2004); 0 when either is constant."""
    truth, predicted = answers.confusion.sum(axis=1), answers.confusion.sum(axis=0)
    total = float(truth.sum())
    covariance = float(np.trace(answers.confusion)) * total - float(truth @ predicted)
    spread = (total**2 - float(predicted @ predicted)) * (total**2 - float(truth @ truth))
    return covariance / float(np.sqrt(spread)) if spread > 0 else 0.0


ACCURACY = MetricEntry(
    key="accuracy",
    title="Accuracy",
    summary="Share of rows that were predicted right, 0 to 1. Flatters models that always say "
    "the commonest class.",
    tasks=CLASSIFICATION,
    needs="predicted",
    greater_is_better=True,
    score=_accuracy,
    best=1.0,
    lowest=0.0,
    highest=1.0,
)
BALANCED_ACCURACY = MetricEntry(
    key="balanced_accuracy",
    title="Balanced accuracy",
    summary="Mean over the classes of the share found, 0 to 1; 0.5 for two classes is guessing. "
    "Rare classes count as much as common ones.",
    tasks=CLASSIFICATION,
    needs="predicted",
    greater_is_better=True,
    score=_balanced_accuracy,
    best=1.0,
    lowest=0.0,
    highest=1.0,
)
PRECISION = MetricEntry(
    key="precision",
    title="Precision",
    summary="Share of the alarms that are right, 0 to 1; 0 when there is no alarm. Says nothing "
    "about what was missed. Macro average for several classes.",
    tasks=CLASSIFICATION,
    needs="predicted",
    greater_is_better=True,
    score=_precision,
    best=1.0,
    lowest=0.0,
    highest=1.0,
)
RECALL = MetricEntry(
    key="recall",
    title="Recall",
    summary="Share of the positive rows that are found, 0 to 1. Says nothing about false alarms. "
    "Macro average for several classes.",
    tasks=CLASSIFICATION,
    needs="predicted",
    greater_is_better=True,
    score=_recall,
    best=1.0,
    lowest=0.0,
    highest=1.0,
)
F1 = MetricEntry(
    key="f1",
    title="F1",
    summary="Harmonic mean of precision and recall, 0 to 1. Depends on the threshold of 0.5 and "
    "on which class is positive. Macro average for several classes.",
    tasks=CLASSIFICATION,
    needs="predicted",
    greater_is_better=True,
    score=_f1,
    best=1.0,
    lowest=0.0,
    highest=1.0,
)
MATTHEWS_CORRCOEF = MetricEntry(
    key="matthews_corrcoef",
    title="Matthews correlation",
    summary="Correlation of predicted and true classes, -1 to 1; 0 is guessing. Fair under "
    "imbalance, hard to picture.",
    tasks=CLASSIFICATION,
    needs="predicted",
    greater_is_better=True,
    score=_matthews,
    best=1.0,
    lowest=-1.0,
    highest=1.0,
)
