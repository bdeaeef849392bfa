"""Metrics of scores and probabilities by class."""

import numpy as np

from lab.base import CLASSIFICATION, Task
from lab.metrics.entry import Answers, MetricEntry


def _roc_auc(answers: Answers, _task: Task) -> float:
    """Area under the ROC curve; for several classes the mean of one class against the rest.

    NaN when a class does not occur in the truth, as scikit-learn's ``roc_auc_score`` with
    ``labels`` has it: a mean over other classes would not be comparable between folds.
    """
    return float(np.mean([ranking.area for ranking in answers.rankings]))


def _average_precision(answers: Answers, _task: Task) -> float:
    """Average precision; for several classes the mean of one class against the rest.

    NaN when a class does not occur in the truth (scikit-learn warns and says 0 for two classes,
    and raises for more): a 0 would count against every model alike.
    """
    return float(np.mean([ranking.average_precision for ranking in answers.rankings]))


def _log_loss(answers: Answers, _task: Task) -> float:
    assert answers.scores is not None
    margin = np.finfo(np.float64).eps
    given = answers.scores[np.arange(len(answers.truth)), answers.truth]
    return float(np.average(-np.log(np.clip(given, margin, 1 - margin)), weights=answers.weight))


def _brier(answers: Answers, _task: Task) -> float:
    """Mean squared distance to the truth; for two classes that of the positive one alone."""
    assert answers.scores is not None
    if answers.n_classes == 2:
        distance = (answers.scores[:, 1] - answers.truth) ** 2
    else:
        given = answers.scores[np.arange(len(answers.truth)), answers.truth]
        squares = np.einsum("ij,ij->i", answers.scores, answers.scores)
        distance = squares - given**2 + (1 - given) ** 2
    return float(np.average(distance, weights=answers.weight))


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
