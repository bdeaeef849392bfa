"""Models whose answers are no predictions: each a failure that says why, and no file."""

import numpy as np
import pytest

from lab.base import Task
from lab.benchmark.calls import CellOrder, DataPlace, PrepareOrder, fit_cell, result_from_bytes
from lab.benchmark.prepared import PreparedRows, PreparedSplit, write_prepared
from lab.data import Roles
from lab.experiments import Candidate, CellState
from lab.models import MODELS
from lab.recipes import preset_recipe
from lab.validation import SPLITTERS, ValidationPlan

N_ROWS = 6
GOOD = np.full((N_ROWS, 2), 0.5)


class Classifier:
    """Answers what it was told to, whatever it is asked."""

    classes_ = np.array([0, 1])

    def __init__(self, answers):
        self.answers = answers

    def fit(self, X, y):
        return self

    def predict_proba(self, X):
        return self.answers


class Regressor(Classifier):
    def predict(self, X):
        return self.answers

    predict_proba = property()


@pytest.fixture
def fit(tmp_path, monkeypatch):
    """Return a function that fits a stand-in for a model; what it left is the second value."""

    def fit_model(model, task):
        monkeypatch.setattr("lab.benchmark.fitting.build_model", lambda *_, **__: model)
        y = np.array([0, 1] * (N_ROWS // 2), dtype=float if task is Task.REGRESSION else int)
        rows = PreparedRows(X=np.zeros((N_ROWS, 1)), y=y, rows=np.arange(N_ROWS))
        write_prepared(tmp_path / "split", PreparedSplit(train=rows, test=rows, gap=rows))
        recipe = preset_recipe("linear")
        preparation = PrepareOrder(
            place=DataPlace(
                table="", splits="", name="", roles=Roles(target="y", task=task), labels=()
            ),
            recipe=recipe,
            plan=ValidationPlan(splitter=SPLITTERS.choose("kfold")),
            split=0,
            share=1.0,
            seed=0,
            folder=str(tmp_path / "split"),
        )
        order = CellOrder(
            preparation=preparation,
            candidate=Candidate(name="a", recipe=recipe, model=MODELS.choose("dummy")),
            task=task,
            n_classes=0 if task is Task.REGRESSION else 2,
            seed=0,
            predictions=str(tmp_path / "predictions.npz"),
        )
        checksum, result = result_from_bytes(fit_cell(order))
        assert (tmp_path / "predictions.npz").exists() == bool(checksum)
        return result

    return fit_model


def changed(place, values):
    answers = GOOD.copy()
    answers[place] = values
    return answers


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (GOOD[1:], "answers of shape (5,) for 6 rows"),
        (np.column_stack([GOOD, np.zeros(N_ROWS)]), "scores of shape (6, 3) for 6 rows and 2"),
        (GOOD[:, :1], "scores of shape (6, 1) for 6 rows and 2 classes"),
        (changed(2, [1.5, -0.5]), "probabilities are negative"),
        (changed(2, [0.6, 0.5]), "do not sum to 1"),
        (changed(2, np.nan), "not finite numbers"),
    ],
)
def test_class_probabilities_that_cannot_be_are_a_failure_of_their_own_kind(fit, answers, reason):
    result = fit(Classifier(answers), Task.BINARY)
    assert result.state is CellState.FAILED
    assert result.failure.kind == "bad_predictions"
    assert reason in result.failure.message


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (np.zeros((N_ROWS, 1)), "answers of shape (6, 1) for 6 rows"),
        (np.array([0, 1, np.inf, 3, 4, 5]), "not finite numbers"),
    ],
)
def test_numbers_that_cannot_be_are_a_failure_of_their_own_kind(fit, answers, reason):
    result = fit(Regressor(answers), Task.REGRESSION)
    assert result.failure.kind == "bad_predictions"
    assert reason in result.failure.message


def test_proper_answers_are_kept_and_scored(fit):
    assert fit(Classifier(GOOD), Task.BINARY).test_scores["log_loss"] == pytest.approx(np.log(2))
    assert fit(Regressor(np.zeros(N_ROWS)), Task.REGRESSION).test_scores["mae"] == 0.5
