"""Metrics of predicted classes. For two classes those of code 1; for more the macro average."""

import numpy as np

from lab.base import CLASSIFICATION, Task
from lab.metrics.entry import Answers, MetricEntry
from lab.metrics.ranking import Floats


def _accuracy(answers: Answers, _task: Task) -> Floats:
    return answers.mean(answers.truth == answers.predicted)


def _balanced_accuracy(answers: Answers, _task: Task) -> Floats:
    """Mean recall over the classes that occur in the truth."""
    sizes = answers.confusion.sum(axis=-1)
    found = sizes > 0
    recall = np.divide(answers.hits, sizes, out=np.zeros_like(sizes), where=found)
    value: Floats = recall.sum(axis=-1) / found.sum(axis=-1)
    return value


def _precision(answers: Answers, task: Task) -> Floats:
    return _average(answers.hits, answers.confusion.sum(axis=-2), answers, task)


def _recall(answers: Answers, task: Task) -> Floats:
    return _average(answers.hits, answers.confusion.sum(axis=-1), answers, task)


def _f1(answers: Answers, task: Task) -> Floats:
    sums = answers.confusion.sum(axis=-2) + answers.confusion.sum(axis=-1)
    return _average(2 * answers.hits, sums, answers, task)


def _average(part: Floats, whole: Floats, answers: Answers, task: Task) -> Floats:
    """Return the positive class's share, or the mean over the classes that occur; x / 0 is 0."""
    shares = np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)
    if task is Task.BINARY:
        return np.asarray(shares[..., 1])
    return np.asarray(shares[..., answers.present].mean(axis=-1))


def _matthews(answers: Answers, _task: Task) -> Floats:
    """Correlation of truth and prediction (Gorodkin, 2004); 0 when either is constant."""
    truth, predicted = answers.confusion.sum(axis=-1), answers.confusion.sum(axis=-2)
    total = truth.sum(axis=-1)
    covariance = answers.hits.sum(axis=-1) * total - (truth * predicted).sum(axis=-1)
    spread = (total**2 - (predicted**2).sum(axis=-1)) * (total**2 - (truth**2).sum(axis=-1))
    root = np.sqrt(np.maximum(spread, 0.0))
    return np.asarray(np.divide(covariance, root, out=np.zeros_like(root), where=root > 0))


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
