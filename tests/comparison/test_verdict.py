"""The verdict says what can be believed, and no more."""

import numpy as np

from lab.base import Task
from lab.comparison import make_leaderboard
from lab.validation import SPLITTERS, ValidationPlan

_RNG = np.random.default_rng(8)
_FOLDS = _RNG.normal(0, 0.01, 5)


def _scores(mean: float, noise: float = 0.004) -> list[float]:
    return (mean + _FOLDS + _RNG.normal(0, noise, 5)).tolist()


GOOD, CLOSE, BAD = _scores(0.912), _scores(0.900, 0.02), _scores(0.6)


def test_ties_are_told_as_ties(board_of):
    board = board_of({"LightGBM": GOOD, "XGBoost": CLOSE, "Tree": BAD})
    row = board.frame.iloc[0]
    score, low, high = (f"{row[f'roc_auc{end}']:.3f}" for end in ("", "_low", "_high"))
    assert board.verdict == (
        f"LightGBM has the highest ROC AUC: {score} (95 % interval {low} to {high}); "
        "XGBoost cannot be told apart from it."
    )


def test_a_lead_in_every_fold_that_proves_nothing_is_told(board_of):
    """As in time order, where a model that cannot follow is far off in one fold."""
    scores = {
        "Ridge": [0.97, 0.98, 0.98, 0.99, 0.98],
        "Forest": [0.90, 0.92, 0.75, 0.60, -4.0],
        "Baseline": [-2.0, -0.5, -9.0, -1.0, -250.0],
        "Lucky": [0.99, 0.9, 0.8, 0.7, -30.0],
    }
    verdict = board_of(scores, task=Task.REGRESSION, metrics=("r2",)).verdict
    assert "Forest, Lucky and Baseline cannot be told apart from it. " in verdict
    assert (
        "It is ahead of Forest and Baseline in each of the 5 folds, which is no proof yet"
        in verdict
    )


def test_a_lead_in_each_of_few_folds_is_not_told(board_of):
    plan = ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 3}))
    scores = {"Ridge": [0.8, 0.9, 0.7], "Forest": [0.7, 0.6, 0.69]}
    verdict = board_of(scores, validation=plan).verdict
    assert "cannot be told apart" in verdict
    assert "ahead of" not in verdict


def test_a_clear_winner_is_told_as_such(board_of):
    verdict = board_of({"LightGBM": GOOD, "Tree": BAD, "Stump": _scores(0.55)}).verdict
    assert verdict.endswith("better than each of the other 2 models by more than chance explains.")


def test_an_error_has_a_lowest(board_of):
    scores = {"Ridge": [10.2, 11.0, 10.5, 10.9, 10.1], "Tree": [30.0, 29.0, 31.0, 30.5, 29.9]}
    verdict = board_of(scores, task=Task.REGRESSION, metrics=("rmse",)).verdict
    assert verdict.startswith("Ridge has the lowest RMSE: 10.5 (95 % interval 9.8 to 11.3);")


def test_a_single_model_is_not_said_to_be_best(board_of):
    verdict = board_of({"Ridge": GOOD}).verdict
    assert "no other finished model to compare it with" in verdict


def test_a_baseline_among_the_best_is_a_warning(board_of):
    verdict = board_of({"Forest": CLOSE, "Baseline": GOOD}).verdict
    assert "which learns nothing, is among the best" in verdict


def test_a_baseline_is_named_once(board_of):
    """As its model is called, and as somebody may call it."""
    assert "The baseline, which learns" in board_of({"Forest": CLOSE, "Baseline": GOOD}).verdict


def test_long_lists_of_ties_are_cut(board_of):
    scores = {"First": GOOD, **{f"Model {number}": GOOD for number in range(6)}}
    assert "Model 0, Model 1, Model 2 and 3 more cannot" in board_of(scores).verdict


def test_nothing_finished_is_said(board_of):
    verdict = board_of({"One": [0.9, None, None, None, None]}).verdict
    assert verdict == "No model has finished all folds yet."


def test_unfinished_models_are_counted(board_of):
    verdict = board_of({"One": GOOD, "Two": BAD, "Three": [None] * 5}).verdict
    assert verdict.endswith("1 model is not finished yet.")


def test_models_that_all_failed_are_said_to_have(make_experiment, make_records, break_record):
    made = make_experiment(["One", "Two"])
    records = make_records(made, {"One": GOOD, "Two": GOOD})
    failed = [break_record(record, "It crashed") for record in records]
    verdict = make_leaderboard(made, failed).verdict
    assert verdict == "No model has a complete result: the reasons stand beside each."


def test_models_without_a_complete_result_are_counted(make_experiment, make_records, break_record):
    made = make_experiment(["One", "Two", "Three"])
    records = make_records(made, {"One": GOOD, "Two": BAD, "Three": GOOD})
    records[-1] = break_record(records[-1], "It crashed")
    verdict = make_leaderboard(made, records).verdict
    assert verdict.endswith("1 model is without a complete result.")


def test_a_metric_that_no_model_has_is_said(board_of):
    verdict = board_of({"Svm": [np.nan] * 5}, metrics=("log_loss",)).verdict
    assert verdict == "Log loss is not defined for any finished model: choose another metric."


def test_control_characters_in_a_name_do_not_reach_the_sentence(board_of):
    verdict = board_of({"bad\u202ename\n": GOOD}).verdict
    assert verdict.startswith("bad name: ROC AUC")


def test_time_folds_are_said_to_depend_on_each_other(board_of, make_plan):
    board = board_of({"One": GOOD, "Two": BAD}, validation=make_plan("time"))
    assert any("depend on each other" in note for note in board.notes)


def test_few_folds_are_said_to_tell_little(board_of, make_plan):
    board = board_of({"One": GOOD[:2], "Two": BAD[:2]}, validation=make_plan("kfold", folds=2))
    assert board.notes == ("With 2 folds only large differences can be told apart.",)
