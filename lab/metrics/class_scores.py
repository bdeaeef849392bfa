"""Metrics of scores and probabilities by class."""

import numpy as np

from lab.base import CLASSIFICATION, Task
from lab.metrics.entry import Answers, MetricEntry
from lab.metrics.ranking import Floats


def _roc_auc(answers: Answers, _task: Task) -> Floats:
    """Area under the ROC curve; for several classes the mean of one class against the rest.

    NaN when a class does not occur in the truth, as scikit-learn's ``roc_auc_score`` with
    ``labels`` has it: a mean over other classes would not be comparable between folds.
    """
    return np.asarray(np.mean([ranking.area for ranking in answers.rankings], axis=0))


def _average_precision(answers: Answers, _task: Task) -> Floats:
    """Average precision; for several classes the mean of one class against the rest.

    NaN when a class does not occur in the truth (scikit-learn warns and says 0 for two classes,
    and raises for more): a 0 would count against every model alike.
    """
    parts = [ranking.average_precision for ranking in answers.rankings]
    return np.asarray(np.mean(parts, axis=0))


def _log_loss(answers: Answers, _task: Task) -> Floats:
    margin = np.finfo(np.float64).eps
    return answers.mean(-np.log(np.clip(_given_to_truth(answers), margin, 1 - margin)))


def _brier(answers: Answers, _task: Task) -> Floats:
    """Mean squared distance to the truth; for two classes that of the positive one alone."""
    given = _given_to_truth(answers)
    if answers.n_classes == 2:
        return answers.mean((1 - given) ** 2)
    assert answers.scores is not None
    others = np.sum(answers.scores**2, axis=1) - given**2
    return answers.mean(others + (1 - given) ** 2)


def _given_to_truth(answers: Answers) -> Floats:
    assert answers.scores is not None
    given: Floats = answers.scores[np.arange(len(answers.truth)), answers.truth]
    return given


ROC_AUC = MetricEntry(
    key="roc_auc",
    title="ROC AUC",
    summary="Chance that a positive row scores above a negative one; 0.5 is guessing, 1 perfect. "
    "Looks rosy when positives are rare. One-vs-rest macro average for several classes.",
    tasks=CLASSIFICATION,
    needs="scores",
    greater_is_better=True,
    score=_roc_auc,
    best=1.0,
    lowest=0.0,
    highest=1.0,
)
AVERAGE_PRECISION = MetricEntry(
    key="average_precision",
    title="Average precision",
    summary="Area under the precision-recall curve, 0 to 1; guessing gives the positive share. "
    "For rare positives. One-vs-rest macro average for several classes.",
    tasks=CLASSIFICATION,
    needs="scores",
    greater_is_better=True,
    score=_average_precision,
    best=1.0,
    lowest=0.0,
    highest=1.0,
)
LOG_LOSS = MetricEntry(
    key="log_loss",
    title="Log loss",
    summary="Mean surprise at the truth, 0 is best, no upper bound. Punishes being sure and "
    "wrong. Only for models that give probabilities.",
    tasks=CLASSIFICATION,
    needs="probabilities",
    greater_is_better=False,
    score=_log_loss,
    best=0.0,
    lowest=0.0,
    highest=float("inf"),
)
BRIER = MetricEntry(
    key="brier",
    title="Brier score",
    summary="Mean squared error of the probabilities, 0 is best; 0 to 1 for two classes, 0 to 2 "
    "for more. Only for models that give probabilities.",
    tasks=CLASSIFICATION,
    needs="probabilities",
    greater_is_better=False,
    score=_brier,
    best=0.0,
    lowest=0.0,
    highest=2.0,
)
