"""Scores by fold, as a long table."""

import numpy as np
import pytest

from lab.base import Task
from lab.comparison import fold_scores
from lab.metrics import metrics_for


def test_every_finished_fold_has_a_line_a_metric(make_experiment, make_records):
    scores = {"One": [0.9, 0.8, None, 0.7, 0.6], "Two": [None] * 5}
    made = make_experiment(list(scores))
    frame = fold_scores(made, make_records(made, scores))
    assert len(frame) == 4 * len(metrics_for(Task.BINARY))
    part = frame[frame["metric"] == "roc_auc"]
    assert part["candidate"].tolist() == ["One"] * 4
    assert part["fold"].tolist() == [0, 1, 3, 4]
    assert part["value"].tolist() == [0.9, 0.8, 0.7, 0.6]


def test_repeats_are_told_apart(make_experiment, make_records, make_plan):
    made = make_experiment(["One"], validation=make_plan(folds=2, repeats=2))
    frame = fold_scores(made, make_records(made, {"One": [0.1, 0.2, 0.3, 0.4]}))
    part = frame[frame["metric"] == "roc_auc"]
    assert part[["repeat", "fold"]].to_numpy().tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert part["value"].tolist() == [0.1, 0.2, 0.3, 0.4]


def test_training_scores_stand_beside(make_experiment, make_records):
    made = make_experiment(["One"])
    scores = {"One": [0.5] * 5}
    frame = fold_scores(made, make_records(made, scores, train={"One": [0.9] * 5}))
    assert frame.loc[frame["metric"] == "roc_auc", "train_value"].tolist() == [0.9] * 5


def test_a_metric_that_is_not_defined_is_not_a_number(make_experiment, make_records):
    made = make_experiment(["One"])
    frame = fold_scores(made, make_records(made, {"One": [np.nan] * 5}))
    assert frame["value"].isna().all()


@pytest.mark.parametrize("records", [[], None])
def test_without_a_finished_fold_the_table_is_empty(make_experiment, make_records, records):
    made = make_experiment(["One"])
    given = make_records(made, {"One": [None] * 5}) if records is None else records
    frame = fold_scores(made, given)
    assert frame.empty
    assert list(frame.columns) == ["candidate", "repeat", "fold", "metric", "value", "train_value"]
