"""Where metrics are not defined, and what they are at the edges."""

import numpy as np
import pytest
from sklearn.metrics import f1_score, matthews_corrcoef, precision_score, roc_auc_score

from lab.base import Task
from lab.metrics import Answers, score_all, score_resamples


def _decisions(truth, scores) -> Answers:
    truth, scores = np.asarray(truth), np.asarray(scores, dtype=float)
    return Answers(truth=truth, predicted=scores.argmax(axis=1), scores=scores)


def test_ranking_metrics_are_not_defined_when_the_truth_has_one_class():
    scores = score_all(_decisions([0, 0, 0], [[1, -1], [-1, 1], [2, -2]]), Task.BINARY)
    assert scores["roc_auc"] is None
    assert scores["average_precision"] is None


def test_average_precision_is_one_when_every_row_is_positive():
    scores = score_all(_decisions([1, 1], [[1, -1], [-1, 1]]), Task.BINARY)
    assert scores["average_precision"] == 1.0


def test_ranking_metrics_are_not_defined_when_a_class_is_missing_from_the_truth():
    answers = _decisions([0, 1, 1], np.eye(3)[[0, 1, 0]])
    scores = score_all(answers, Task.MULTICLASS)
    assert scores["roc_auc"] is None
    assert scores["average_precision"] is None


def test_decision_values_have_ranking_metrics_but_no_log_loss():
    decision = np.array([-2.0, 0.5, 1.5, -0.1, 0.3])
    truth = np.array([0, 1, 1, 0, 0])
    scores = score_all(_decisions(truth, np.column_stack([-decision, decision])), Task.BINARY)
    assert scores["roc_auc"] == roc_auc_score(truth, decision)
    assert scores["log_loss"] is None
    assert scores["brier"] is None


def test_roc_auc_of_several_classes_is_defined_for_decision_values():
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 3, 90)
    decisions = rng.normal(size=(90, 3)) + 2 * np.eye(3)[truth]
    by_class = [roc_auc_score(truth == code, decisions[:, code]) for code in range(3)]
    scores = score_all(_decisions(truth, decisions), Task.MULTICLASS)
    assert scores["roc_auc"] == pytest.approx(np.mean(by_class), abs=1e-12)


def test_infinite_decision_values_are_ranked_without_a_warning():
    decisions = np.array([[0.0, -np.inf], [1.0, -np.inf], [-1.0, 1.0], [-2.0, 2.0]])
    assert score_all(_decisions([0, 0, 1, 1], decisions), Task.BINARY)["roc_auc"] == 1.0


def test_a_model_without_scores_has_only_the_metrics_of_labels():
    answers = Answers(truth=np.array([0, 1, 1]), predicted=np.array([0, 1, 0]))
    scores = score_all(answers, Task.BINARY)
    assert scores["roc_auc"] is None
    assert scores["f1"] == f1_score([0, 1, 1], [0, 1, 0])


def test_precision_without_an_alarm_is_zero():
    answers = Answers(truth=np.array([0, 1]), predicted=np.array([0, 0]))
    assert score_all(answers, Task.BINARY)["precision"] == 0.0


def test_macro_averages_leave_out_classes_that_occur_nowhere():
    truth, predicted = np.array([0, 1, 1, 3]), np.array([0, 1, 3, 3])
    scores = np.eye(4)[predicted]
    answers = Answers(truth=truth, predicted=predicted, scores=scores, are_probabilities=True)
    expected = precision_score(truth, predicted, average="macro", zero_division=0)
    assert score_all(answers, Task.MULTICLASS)["precision"] == pytest.approx(expected, abs=1e-12)


def test_matthews_correlation_of_a_constant_model_is_zero_as_in_scikit_learn():
    truth, predicted = np.array([0, 1, 0]), np.array([1, 1, 1])
    value = score_all(Answers(truth=truth, predicted=predicted), Task.BINARY)["matthews_corrcoef"]
    assert value == matthews_corrcoef(truth, predicted) == 0.0


def test_a_certain_and_wrong_probability_costs_a_finite_log_loss():
    answers = Answers(
        truth=np.array([1]),
        predicted=np.array([0]),
        scores=np.array([[1.0, 0.0]]),
        are_probabilities=True,
    )
    assert score_all(answers, Task.BINARY)["log_loss"] == pytest.approx(36.04365338911715)


def test_mape_is_not_defined_when_a_true_value_is_zero():
    answers = Answers(truth=np.array([0.0, 2.0]), predicted=np.array([1.0, 2.0]))
    scores = score_all(answers, Task.REGRESSION)
    assert scores["mape"] is None
    assert scores["mae"] == 0.5


def test_r2_of_one_row_is_not_defined():
    answers = Answers(truth=np.array([1.0]), predicted=np.array([1.0]))
    assert score_all(answers, Task.REGRESSION)["r2"] is None


@pytest.mark.parametrize(("predicted", "expected"), [(3.0, 1.0), (4.0, 0.0)])
def test_r2_of_a_constant_truth_is_one_when_met_and_zero_when_not(predicted, expected):
    answers = Answers(truth=np.full(5, 3.0), predicted=np.full(5, predicted))
    assert score_all(answers, Task.REGRESSION)["r2"] == expected


def test_r2_of_a_constant_truth_is_zero_even_where_its_mean_is_rounded():
    answers = Answers(truth=np.full(7, 0.1), predicted=np.full(7, 0.2))
    assert score_all(answers, Task.REGRESSION)["r2"] == 0.0


def test_resamples_of_what_is_not_defined_are_not_a_number():
    answers = _decisions([0, 1, 0], [[1, -1], [-1, 1], [2, -2]])
    values = score_resamples(answers, Task.BINARY, ["log_loss"], counts=np.ones((4, 3)))
    np.testing.assert_array_equal(values["log_loss"], np.full(4, np.nan))


def test_an_error_too_large_for_a_float_is_not_defined():
    answers = Answers(truth=np.array([1e200, 1.0]), predicted=np.array([-1e200, 1.0]))
    assert score_all(answers, Task.REGRESSION)["rmse"] is None


def test_r2_is_not_defined_where_squares_are_too_large_for_a_number():
    truth = np.array([1e300, -1e300, 2e300])
    for predicted in (truth, np.zeros(3)):
        answers = Answers(truth=truth, predicted=predicted)
        assert score_all(answers, Task.REGRESSION)["r2"] is None
