"""What every line of the catalogue of metrics promises."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from sklearn import metrics as reference

from lab.base import LabError, Task
from lab.metrics import (
    METRICS,
    Answers,
    default_metrics,
    metrics_for,
    score_all,
    score_resamples,
)

_N = 400


def _answers(task: Task, *, weighted: bool, seed: int = 0) -> Answers:
    rng = np.random.default_rng(seed)
    weight = rng.choice([0.0, 0.5, 1.0, 3.0], _N) if weighted else None
    if task is Task.REGRESSION:
        truth = rng.normal(5, 2, _N)
        return Answers(truth=truth, predicted=truth + rng.normal(0, 1, _N), weight=weight)
    n_classes = 2 if task is Task.BINARY else 4
    truth = rng.choice(n_classes, _N, p=[0.7, 0.3] if n_classes == 2 else [0.4, 0.3, 0.2, 0.1])
    scores = rng.dirichlet(np.ones(n_classes), _N)
    scores[np.arange(_N), truth] += 0.3
    scores = np.round(scores / scores.sum(axis=1, keepdims=True), 2)
    scores[:, -1] = 1 - scores[:, :-1].sum(axis=1)
    scores = np.clip(scores, 0, 1)
    return Answers(
        truth=truth,
        predicted=scores.argmax(axis=1),
        scores=scores,
        are_probabilities=True,
        weight=weight,
    )


def _by_scikit_learn(key: str, answers: Answers, task: Task) -> float:
    """Return the metric as one writes it down with scikit-learn."""
    truth, predicted, scores = answers.truth, answers.predicted, answers.scores
    weight = {"sample_weight": answers.weight}
    average = {"average": "binary" if task is Task.BINARY else "macro", "zero_division": 0}
    positive = None if scores is None else scores[:, 1] if task is Task.BINARY else scores
    labels = None if scores is None else range(scores.shape[1])
    functions = {
        "accuracy": lambda: reference.accuracy_score(truth, predicted, **weight),
        "balanced_accuracy": lambda: reference.balanced_accuracy_score(truth, predicted, **weight),
        "precision": lambda: reference.precision_score(truth, predicted, **average, **weight),
        "recall": lambda: reference.recall_score(truth, predicted, **average, **weight),
        "f1": lambda: reference.f1_score(truth, predicted, **average, **weight),
        "roc_auc": lambda: reference.roc_auc_score(truth, positive, multi_class="ovr", **weight),
        "average_precision": lambda: reference.average_precision_score(truth, positive, **weight),
        "log_loss": lambda: reference.log_loss(
            truth, y_proba=np.clip(scores, 0, 1), labels=labels, **weight
        ),
        "brier": lambda: reference.brier_score_loss(
            truth, y_proba=positive, labels=None if task is Task.BINARY else labels, **weight
        ),
        "matthews_corrcoef": lambda: reference.matthews_corrcoef(truth, predicted, **weight),
        "r2": lambda: reference.r2_score(truth, predicted, **weight),
        "rmse": lambda: reference.root_mean_squared_error(truth, predicted, **weight),
        "mae": lambda: reference.mean_absolute_error(truth, predicted, **weight),
        "median_ae": lambda: reference.median_absolute_error(truth, predicted, **weight),
        "mape": lambda: reference.mean_absolute_percentage_error(truth, predicted, **weight),
    }
    return functions[key]()


_CASES = [(entry.key, task) for entry in METRICS for task in sorted(entry.tasks)]


@pytest.mark.parametrize("weighted", [False, True], ids=["plain", "weighted"])
@pytest.mark.parametrize(("key", "task"), _CASES)
def test_a_metric_equals_scikit_learns(key, task, weighted):
    for seed in range(3):
        answers = _answers(task, weighted=weighted, seed=seed)
        expected = _by_scikit_learn(key, answers, task)
        assert score_all(answers, task, [key])[key] == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("key", "task"), _CASES)
def test_a_perfect_model_gets_the_best_value(key, task):
    answers = _answers(task, weighted=False)
    scores = None if answers.scores is None else np.eye(answers.scores.shape[1])[answers.truth]
    perfect = Answers(
        truth=answers.truth, predicted=answers.truth, scores=scores, are_probabilities=True
    )
    assert score_all(perfect, task, [key])[key] == pytest.approx(METRICS[key].best, abs=1e-12)


@pytest.mark.parametrize(("key", "task"), _CASES)
def test_a_value_lies_in_the_range_and_worse_answers_lie_on_the_worse_side(key, task):
    entry = METRICS[key]
    good = _answers(task, weighted=False)
    order = np.random.default_rng(1).permutation(_N)
    shuffled = Answers(
        truth=good.truth,
        predicted=good.predicted[order],
        scores=None if good.scores is None else good.scores[order],
        are_probabilities=True,
    )
    better, worse = (score_all(answers, task, [key])[key] for answers in (good, shuffled))
    assert entry.lowest <= worse <= entry.highest
    assert (better > worse) == entry.greater_is_better


@pytest.mark.parametrize(("key", "task"), _CASES)
def test_a_weight_of_two_counts_like_the_row_twice(key, task):
    answers = _answers(task, weighted=False)
    times = np.random.default_rng(2).integers(1, 4, _N)
    again = np.repeat(np.arange(_N), times)
    weighted = Answers(
        truth=answers.truth,
        predicted=answers.predicted,
        scores=answers.scores,
        are_probabilities=True,
        weight=times.astype(float),
    )
    repeated = Answers(
        truth=answers.truth[again],
        predicted=answers.predicted[again],
        scores=None if answers.scores is None else answers.scores[again],
        are_probabilities=True,
    )
    first, second = (score_all(given, task, [key])[key] for given in (weighted, repeated))
    assert first == pytest.approx(second, rel=1e-12)


@pytest.mark.parametrize(("key", "task"), _CASES)
def test_many_resamples_at_once_give_what_one_by_one_gives(key, task):
    answers = _answers(task, weighted=True)
    counts = np.random.default_rng(4).multinomial(_N, np.full(_N, 1 / _N), size=5).astype(float)
    together = score_resamples(answers, task, [key], counts=counts)[key]
    for draw, count in enumerate(counts):
        alone = replace(answers, weight=answers.weight * count)
        assert together[draw] == pytest.approx(score_all(alone, task, [key])[key], rel=1e-12)


@pytest.mark.parametrize("entry", METRICS, ids=lambda entry: entry.key)
def test_a_metric_says_what_it_is(entry):
    assert entry.title
    assert entry.summary.endswith(".")
    assert entry.lowest <= entry.best <= entry.highest
    assert entry.best == (entry.highest if entry.greater_is_better else entry.lowest)


@pytest.mark.parametrize("task", Task)
def test_every_metric_of_the_task_is_scored_when_none_is_named(task):
    scores = score_all(_answers(task, weighted=False), task)
    assert tuple(scores) == tuple(entry.key for entry in metrics_for(task))
    assert all(value is not None for value in scores.values())


@pytest.mark.parametrize("task", Task)
def test_the_metrics_that_are_shown_when_none_was_chosen_judge_the_task(task):
    assert default_metrics(task)
    assert all(task in METRICS[key].tasks for key in default_metrics(task))


@pytest.mark.parametrize("task", Task)
def test_without_rows_nothing_is_defined(task):
    empty = Answers(
        truth=np.array([], dtype=np.int64),
        predicted=np.array([], dtype=np.int64),
        scores=None if task is Task.REGRESSION else np.empty((0, 3)),
    )
    assert set(score_all(empty, task).values()) == {None}


@pytest.mark.parametrize("task", Task)
def test_weights_that_are_all_zero_leave_nothing_defined(task):
    answers = _answers(task, weighted=False)
    weightless = Answers(
        truth=answers.truth,
        predicted=answers.predicted,
        scores=answers.scores,
        are_probabilities=True,
        weight=np.zeros(_N),
    )
    assert set(score_all(weightless, task).values()) == {None}


def test_an_unknown_metric_is_refused_with_the_nearest_name():
    answers = _answers(Task.BINARY, weighted=False)
    with pytest.raises(LabError, match="Did you mean 'roc_auc'"):
        score_all(answers, Task.BINARY, ["roc_auk"])


def test_a_metric_of_another_task_is_not_defined():
    answers = _answers(Task.BINARY, weighted=False)
    assert score_all(answers, Task.BINARY, ["rmse"]) == {"rmse": None}


def test_nothing_warns_even_where_nothing_is_defined():
    answers = Answers(
        truth=np.zeros(4, dtype=np.int64),
        predicted=np.zeros(4, dtype=np.int64),
        scores=np.tile([1.0, 0.0], (4, 1)),
        are_probabilities=True,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scores = score_all(answers, Task.BINARY)
    assert scores["roc_auc"] is None
    assert scores["precision"] == 0.0
