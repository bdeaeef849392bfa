"""Order, ties, costs and states of the leaderboard."""

import numpy as np
import pandas as pd
import pytest

from lab.base import LabError, Task
from lab.comparison import corrected_interval, corrected_paired_test, holm, make_leaderboard
from lab.experiments import CellRecord, CellState
from lab.metrics import metrics_for

_RNG = np.random.default_rng(5)
_FOLDS = _RNG.normal(0, 0.02, 5)
GOOD = (0.90 + _FOLDS).tolist()
CLOSE = (0.895 + _FOLDS + _RNG.normal(0, 0.02, 5)).tolist()
BAD = (0.60 + _FOLDS + _RNG.normal(0, 0.01, 5)).tolist()


def test_the_best_stands_first(board_of):
    frame = board_of({"Bad": BAD, "Good": GOOD, "Close": CLOSE}).frame
    assert frame["candidate"].tolist() == ["Good", "Close", "Bad"]


def test_for_an_error_the_lowest_stands_first(board_of):
    scores = {"Big": [3.0] * 5, "Small": [1.0] * 5}
    board = board_of(scores, task=Task.REGRESSION, metrics=("rmse",))
    assert board.frame["candidate"].tolist() == ["Small", "Big"]
    assert not board.greater_is_better


def test_mean_spread_and_interval_are_those_of_the_folds(board_of):
    row = board_of({"Good": GOOD, "Bad": BAD}).frame.iloc[0]
    low, high = corrected_interval(GOOD, test_ratio=1 / 4)
    assert row["roc_auc"] == pytest.approx(np.mean(GOOD))
    assert row["roc_auc_sd"] == pytest.approx(np.std(GOOD, ddof=1))
    assert (row["roc_auc_low"], row["roc_auc_high"]) == pytest.approx((low, high))


def test_an_interval_ends_where_the_metric_does(board_of):
    row = board_of({"Sure": [1.0, 0.9, 1.0, 0.9, 1.0]}).frame.iloc[0]
    assert row["roc_auc_high"] == 1.0


def test_differences_to_the_best_are_paired_corrected_and_adjusted(board_of):
    frame = board_of({"Good": GOOD, "Close": CLOSE, "Bad": BAD}).frame.set_index("candidate")
    tests = [
        corrected_paired_test(np.subtract(other, GOOD), test_ratio=1 / 4) for other in (CLOSE, BAD)
    ]
    adjusted = holm([float(test.p_value) for test in tests])
    for name, test, p_value in zip(("Close", "Bad"), tests, adjusted, strict=True):
        row = frame.loc[name]
        assert row["difference"] == pytest.approx(float(test.difference))
        assert row["difference_low"] == pytest.approx(float(test.low))
        assert row["p_value"] == pytest.approx(p_value)


def test_only_what_cannot_be_told_apart_from_the_best_is_tied(board_of):
    frame = board_of({"Good": GOOD, "Close": CLOSE, "Bad": BAD}).frame.set_index("candidate")
    assert frame["tied"].to_dict() == {"Good": True, "Close": True, "Bad": False}


def test_the_best_is_no_different_from_itself(board_of):
    row = board_of({"Good": GOOD, "Bad": BAD}).frame.iloc[0]
    assert row["difference"] == 0.0
    assert np.isnan(row["p_value"])


@pytest.mark.parametrize(
    ("task", "metric", "sign"), [(Task.BINARY, "roc_auc", 1), (Task.REGRESSION, "rmse", -1)]
)
def test_the_gap_is_how_much_better_the_training_score_is(
    make_experiment, make_records, task, metric, sign
):
    made = make_experiment(["Tree"], task=task, metrics=(metric,))
    records = make_records(made, {"Tree": [0.5] * 5}, train={"Tree": [0.5 + sign * 0.2] * 5})
    row = make_leaderboard(made, records).frame.iloc[0]
    assert row["train"] == pytest.approx(0.5 + sign * 0.2)
    assert row["gap"] == pytest.approx(0.2)


def test_costs_are_means_of_a_fold_and_memory_its_peak(make_experiment, make_records):
    made = make_experiment(["Tree"])
    records = make_records(made, {"Tree": GOOD}, n_features=7, warnings=("did not converge",))
    for place, record in enumerate(records):
        object.__setattr__(record.result, "fit_seconds", float(place))
        object.__setattr__(record.result, "peak_mb", 100.0 + place)
    row = make_leaderboard(made, records).frame.iloc[0]
    assert row["fit_seconds"] == 2.0
    assert row["peak_mb"] == 104.0
    assert row["n_features"] == 7
    assert row["warnings"] == "did not converge"


def test_every_metric_of_the_task_has_its_columns(board_of):
    board = board_of({"Good": GOOD})
    for entry in metrics_for(Task.BINARY):
        for end in ("", "_sd", "_low", "_high"):
            assert f"{entry.key}{end}" in board.frame


def test_the_experiments_first_metric_is_primary_unless_another_is_named(board_of):
    assert board_of({"Good": GOOD}).primary == "roc_auc"
    assert board_of({"Good": GOOD}, primary="brier").primary == "brier"


def test_a_metric_of_another_task_is_refused(board_of):
    with pytest.raises(LabError, match="RMSE does not judge binary classification"):
        board_of({"Good": GOOD}, primary="rmse")


def test_a_candidate_that_misses_a_fold_never_stands_above_a_complete_one(board_of):
    frame = board_of({"Lucky": [0.99, None, None, None, None], "Bad": BAD}).frame
    assert frame["candidate"].tolist() == ["Bad", "Lucky"]
    assert frame["state"].tolist() == ["complete", "partial"]
    assert frame["tied"].tolist() == [True, False]


def test_nothing_done_yet_is_a_leaderboard_too(board_of):
    board = board_of({"One": [None] * 5, "Two": [None] * 5})
    assert board.frame["state"].tolist() == ["waiting", "waiting"]
    assert board.frame["folds_done"].tolist() == [0, 0]
    assert board.frame["roc_auc"].isna().all()
    assert not board.frame["tied"].any()
    assert board.optimism is None


def test_no_records_at_all_is_nothing_done_yet(make_experiment):
    board = make_leaderboard(make_experiment(["One"]), [])
    assert board.frame["state"].tolist() == ["waiting"]


def test_a_failed_candidate_stands_last_with_its_reason(
    make_experiment, make_records, break_record
):
    made = make_experiment(["Good", "Broken", "Later"])
    scores = {"Good": GOOD, "Broken": GOOD, "Later": [None] * 5}
    records = [
        break_record(record, "It ran out of memory") if record.cell.candidate == 1 else record
        for record in make_records(made, scores)
    ]
    frame = make_leaderboard(made, records).frame
    assert frame["candidate"].tolist() == ["Good", "Later", "Broken"]
    assert frame["state"].tolist() == ["complete", "waiting", "failed"]
    assert frame["reason"].tolist() == ["", "", "It ran out of memory"]


def test_a_failure_in_some_folds_is_counted(make_experiment, make_records, break_record):
    made = make_experiment(["Shaky"])
    records = make_records(made, {"Shaky": GOOD})
    records[1] = break_record(records[1], "It took too long", CellState.TIMED_OUT)
    row = make_leaderboard(made, records).frame.iloc[0]
    assert row["state"] == "partial"
    assert row["folds_done"] == 4
    assert row["reason"] == "It took too long (in 1 of 5 folds)"


def test_a_candidate_whose_first_fold_failed_waits_for_the_others(
    make_experiment, make_records, break_record
):
    made = make_experiment(["Shaky"])
    records = make_records(made, {"Shaky": [0.9, None, None, None, None]})
    records[0] = break_record(records[0], "It crashed")
    assert make_leaderboard(made, records).frame.loc[0, "state"] == "waiting"


def test_cancelled_cells_have_a_reason(make_experiment, make_records):
    made = make_experiment(["Stopped"])
    records = [
        CellRecord(cell=record.cell, state=CellState.CANCELLED)
        for record in make_records(made, {"Stopped": GOOD})
    ]
    row = make_leaderboard(made, records).frame.iloc[0]
    assert (row["state"], row["reason"]) == ("failed", "Cancelled")


def test_a_complete_candidate_without_the_metric_stands_below_those_that_have_it(board_of):
    frame = board_of({"Svm": [np.nan] * 5, "Bad": BAD}, metrics=("log_loss",)).frame
    assert frame["candidate"].tolist() == ["Bad", "Svm"]
    assert frame.loc[1, "reason"] == "Log loss is not defined for its predictions"
    assert not frame.loc[1, "tied"]


def test_folds_where_the_metric_is_not_defined_are_told_and_left_out(board_of):
    scores = {"One": [0.8, np.nan, 0.7, 0.9, 0.8], "Two": [0.7, np.nan, 0.6, 0.8, 0.75]}
    frame = board_of(scores).frame
    assert frame.loc[0, "roc_auc"] == pytest.approx(0.8)
    assert frame.loc[0, "reason"].endswith("in 1 of 5 folds")


def test_one_split_without_answers_by_row_has_neither_interval_nor_order_to_believe(
    board_of, make_plan
):
    board = board_of({"One": [0.9], "Two": [0.8]}, validation=make_plan("holdout"))
    assert board.frame["roc_auc_low"].isna().all()
    assert board.frame["p_value"].isna().all()
    assert board.frame["tied"].all()
    assert board.notes == ("There is one split: intervals and ties are not known.",)


def test_the_frame_can_be_written_as_csv_and_read_again(board_of, tmp_path):
    frame = board_of({"Good": GOOD, "Later": [None] * 5}).frame
    frame.to_csv(tmp_path / "board.csv", index=False)
    again = pd.read_csv(tmp_path / "board.csv")
    assert list(again.columns) == list(frame.columns)
    np.testing.assert_allclose(again["roc_auc"], frame["roc_auc"])
