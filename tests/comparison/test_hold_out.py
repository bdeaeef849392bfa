"""A single split: intervals from resampled test rows, against formulas for large samples."""

import numpy as np
import pytest
from scipy import stats

from lab.base import LabError, Task
from lab.comparison import difference_matrix, make_leaderboard
from lab.experiments import CellRecord, CellState, FoldResult, Outputs, make_cells
from lab.metrics import Answers, score_all
from lab.validation import fold_keys


@pytest.fixture
def judge(make_experiment, make_plan):
    """Return a function that makes experiment, records and the answers by cell of a hold-out."""

    def make(outputs: dict[str, Outputs], task: Task, metric: str):
        made = make_experiment(
            list(outputs), task=task, metrics=(metric,), validation=make_plan("holdout")
        )
        answers = list(outputs.values())
        records = [
            CellRecord(
                cell=cell,
                state=CellState.DONE,
                result=FoldResult(
                    state=CellState.DONE, test_scores=_scores(answers[cell.candidate], task)
                ),
            )
            for cell in make_cells(made, fold_keys(made.plan))
        ]
        return made, records, lambda cell: answers[cell.candidate]

    return make


def _scores(outputs: Outputs, task: Task) -> dict[str, float | None]:
    return score_all(
        Answers(
            truth=outputs.truth,
            predicted=outputs.predicted,
            scores=outputs.scores,
            are_probabilities=outputs.are_probabilities,
            weight=outputs.weight,
        ),
        task,
    )


def _classes(n: int, quality: float, *, share: float = 0.3, seed: int = 0) -> Outputs:
    rng = np.random.default_rng(42)
    truth = (np.arange(n) < share * n).astype(np.int64)
    value = quality * truth + rng.normal(size=n) + np.random.default_rng(seed).normal(size=n) / 2
    chance = 1 / (1 + np.exp(-(value - quality / 2)))
    return Outputs(
        rows=np.arange(n),
        truth=truth,
        predicted=(chance > 0.5).astype(np.int64),
        scores=np.column_stack([1 - chance, chance]),
        are_probabilities=True,
    )


def _numbers(n: int, noise: float, *, seed: int = 0) -> Outputs:
    truth = np.random.default_rng(42).normal(size=n)
    errors = np.random.default_rng(seed).normal(0, noise, n)
    return Outputs(rows=np.arange(n), truth=truth, predicted=truth + errors)


def _error_of_the_area(outputs: Outputs) -> float:
    """Standard error of the area under the ROC curve (DeLong et al., 1988)."""
    score, positive = outputs.scores[:, 1], outputs.truth == 1
    wins = (score[positive][:, None] > score[~positive][None, :]).astype(float)
    of_positives, of_negatives = wins.mean(axis=1), wins.mean(axis=0)
    parts = [np.var(part, ddof=1) / len(part) for part in (of_positives, of_negatives)]
    return float(np.sqrt(sum(parts)))


@pytest.mark.parametrize("n", [2000, 9000], ids=["all rows", "a sample of the rows"])
def test_the_interval_of_roc_auc_is_as_wide_as_delongs(judge, n):
    outputs = _classes(n, 1.2)
    made, records, answers = judge({"One": outputs}, Task.BINARY, "roc_auc")
    row = make_leaderboard(made, records, outputs=answers).frame.iloc[0]
    expected = 2 * 1.96 * _error_of_the_area(outputs)
    assert row["roc_auc_high"] - row["roc_auc_low"] == pytest.approx(expected, rel=0.12)
    assert row["roc_auc_low"] < row["roc_auc"] < row["roc_auc_high"]


@pytest.mark.parametrize("n", [1000, 20_000], ids=["all rows", "a sample of the rows"])
def test_the_interval_of_a_mean_error_is_as_wide_as_its_standard_error_says(judge, n):
    outputs = _numbers(n, 1.0)
    made, records, answers = judge({"One": outputs}, Task.REGRESSION, "mae")
    row = make_leaderboard(made, records, outputs=answers).frame.iloc[0]
    errors = np.abs(outputs.truth - outputs.predicted)
    expected = 2 * 1.96 * stats.sem(errors)
    assert row["mae_high"] - row["mae_low"] == pytest.approx(expected, rel=0.12)


def test_differences_are_paired_by_row(judge):
    one, two = _numbers(2000, 1.0), _numbers(2000, 1.05, seed=1)
    made, records, answers = judge({"One": one, "Two": two}, Task.REGRESSION, "mae")
    row = make_leaderboard(made, records, outputs=answers).frame.iloc[1]
    gaps = np.abs(two.truth - two.predicted) - np.abs(one.truth - one.predicted)
    expected = stats.ttest_1samp(gaps, 0.0)
    assert row["difference"] == pytest.approx(gaps.mean())
    width = row["difference_high"] - row["difference_low"]
    assert width == pytest.approx(2 * 1.96 * stats.sem(gaps), rel=0.12)
    assert stats.norm.isf(row["p_value"] / 2) == pytest.approx(abs(expected.statistic), rel=0.12)


def test_a_far_better_model_is_not_tied_and_a_twin_is(judge):
    outputs = {"Good": _classes(800, 2.0), "Twin": _classes(800, 2.0), "Bad": _classes(800, 0.2)}
    made, records, answers = judge(outputs, Task.BINARY, "roc_auc")
    frame = make_leaderboard(made, records, outputs=answers).frame.set_index("candidate")
    assert frame["tied"].to_dict() == {"Good": True, "Twin": True, "Bad": False}
    assert frame.loc["Twin", "p_value"] == 1.0


def test_the_same_experiment_gets_the_same_interval(judge):
    made, records, answers = judge({"One": _classes(300, 1.0)}, Task.BINARY, "roc_auc")
    first, second = (make_leaderboard(made, records, outputs=answers).frame for _ in range(2))
    assert first["roc_auc_low"].tolist() == second["roc_auc_low"].tolist()


def test_three_positive_rows_are_in_every_resample(judge):
    outputs = _classes(300, 1.0, share=0.01)
    made, records, answers = judge({"One": outputs}, Task.BINARY, "roc_auc")
    row = make_leaderboard(made, records, outputs=answers).frame.iloc[0]
    assert np.isfinite([row["roc_auc_low"], row["roc_auc_high"]]).all()


def test_several_classes_and_a_rare_one_have_intervals(judge):
    rng = np.random.default_rng(0)
    truth = np.sort(rng.choice(4, 6000, p=[0.5, 0.3, 0.199, 0.001]))
    scores = rng.dirichlet(np.ones(4), 6000) + np.eye(4)[truth]
    scores /= scores.sum(axis=1, keepdims=True)
    outputs = Outputs(
        rows=np.arange(6000),
        truth=truth,
        predicted=scores.argmax(axis=1),
        scores=scores,
        are_probabilities=True,
    )
    made, records, answers = judge({"One": outputs}, Task.MULTICLASS, "roc_auc")
    row = make_leaderboard(made, records, outputs=answers).frame.iloc[0]
    assert row["roc_auc_low"] <= row["roc_auc"] <= row["roc_auc_high"]
    assert row["log_loss_low"] < row["log_loss"] < row["log_loss_high"]


def test_row_weights_count_in_the_interval(judge):
    plain = _numbers(500, 1.0)
    weight = np.where(np.arange(500) < 250, 1.0, 1e-9)
    weighted = Outputs(rows=plain.rows, truth=plain.truth, predicted=plain.predicted, weight=weight)
    widths = []
    for outputs in (plain, weighted):
        made, records, answers = judge({"One": outputs}, Task.REGRESSION, "mae")
        row = make_leaderboard(made, records, outputs=answers).frame.iloc[0]
        widths.append(row["mae_high"] - row["mae_low"])
    assert widths[1] / widths[0] == pytest.approx(np.sqrt(2), rel=0.2)


def test_a_model_without_probabilities_has_no_interval_of_log_loss(judge):
    plain = _classes(200, 1.0)
    decisions = Outputs(
        rows=plain.rows,
        truth=plain.truth,
        predicted=plain.predicted,
        scores=np.log(plain.scores),
    )
    made, records, answers = judge({"One": decisions}, Task.BINARY, "roc_auc")
    row = make_leaderboard(made, records, outputs=answers).frame.iloc[0]
    assert np.isnan(row["log_loss_low"])
    assert np.isfinite(row["roc_auc_low"])


def test_only_finished_cells_are_asked_for_their_answers(judge):
    outputs = {"One": _classes(200, 1.0), "Two": _classes(200, 0.5)}
    made, records, answers = judge(outputs, Task.BINARY, "roc_auc")
    records[1] = CellRecord(cell=records[1].cell, state=CellState.RUNNING)
    asked = []
    board = make_leaderboard(
        made, records, outputs=lambda cell: asked.append(cell.candidate) or answers(cell)
    )
    assert asked == [0]
    assert board.frame["state"].tolist() == ["complete", "waiting"]


def test_candidates_judged_on_other_rows_are_refused(judge):
    one, two = _numbers(100, 1.0), _numbers(100, 2.0)
    moved = Outputs(rows=two.rows + 1, truth=two.truth, predicted=two.predicted)
    made, records, answers = judge({"One": one, "Two": moved}, Task.REGRESSION, "mae")
    with pytest.raises(LabError, match="not judged on the same rows"):
        make_leaderboard(made, records, outputs=answers)


def test_all_pairs_are_compared_by_row_too(judge):
    outputs = {"Good": _classes(800, 2.0), "Bad": _classes(800, 0.2, seed=3)}
    made, records, answers = judge(outputs, Task.BINARY, "roc_auc")
    pairs = difference_matrix(made, records, "roc_auc", outputs=answers)
    assert (pairs["p_value"] < 0.001).all()


def test_the_notes_say_how_a_hold_out_was_judged(judge):
    made, records, answers = judge({"One": _classes(200, 1.0)}, Task.BINARY, "roc_auc")
    (note,) = make_leaderboard(made, records, outputs=answers).notes
    assert "stratified percentile bootstrap" in note
