"""The whole explanation, and the process that makes it."""

import os
import signal
import time
from collections import Counter

import pytest

from lab.base import Task, Workspace, from_json, to_json
from lab.benchmark import cancel, dataset_splits, wait
from lab.explain import Explanation, explain, explanation_id, load, request
from lab.store import JobState, Store


def explained(experiment_on, dataset, model, **choices):
    experiment = experiment_on(dataset, model, **choices)
    return explain(dataset, experiment, 0, dataset_splits(dataset, experiment))


@pytest.mark.parametrize("task", Task)
def test_the_columns_of_the_story_are_found(datasets, experiment_on, task):
    explanation = explained(experiment_on, datasets[task], "lightgbm")
    most = {item.column for item in explanation.permutation[:3]}
    assert {"age", "town"} <= most
    sizes = Counter()
    for summary in explanation.summaries:
        sizes.update({item.column: item.mean for item in summary.importances})
    assert sizes.most_common(1)[0][0] == "age"
    by_column = {item.column: item for item in explanation.permutation}
    assert by_column["age"].low > 0
    assert by_column["noise"].mean < by_column["age"].mean / 5


def test_an_explanation_survives_json(datasets, experiment_on):
    explanation = explained(experiment_on, datasets[Task.MULTICLASS], "knn")
    assert from_json(Explanation, to_json(explanation)) == explanation


def test_the_notes_tell_sample_scale_and_what_related_columns_do(datasets, experiment_on):
    explanation = explained(experiment_on, datasets[Task.BINARY], "logistic_regression")
    assert "80 test rows, 5 times in each of 3 folds" in explanation.message
    assert "share their importance or hide each other" in explanation.message
    assert "pushes the log-odds of a row" in explanation.message
    assert "largest mean to within" in explanation.message
    assert (explanation.n_folds, explanation.n_repeats, explanation.n_rows) == (3, 5, 80)


def test_a_single_split_is_told_to_show_only_the_shuffling(datasets, experiment_on):
    explanation = explained(experiment_on, datasets[Task.REGRESSION], "ridge", splitter="holdout")
    assert explanation.n_folds == 1
    assert "There is one fold" in explanation.message


def test_the_metric_that_stands_in_is_told(datasets, experiment_on):
    explanation = explained(
        experiment_on, datasets[Task.BINARY], "rbf_svm", metrics=("log_loss", "roc_auc")
    )
    assert explanation.metric == "roc_auc"
    assert "Log loss is not defined for this model's predictions." in explanation.notes


def test_the_id_follows_what_the_explanation_depends_on(datasets, experiment_on):
    dataset = datasets[Task.BINARY]
    same = [explanation_id(experiment_on(dataset, "knn"), 0) for _ in range(2)]
    others = [
        explanation_id(experiment_on(dataset, "knn", **change), 0)
        for change in (
            {"n_neighbors": 7},
            {"metrics": ("accuracy",)},
            {"dataset_id": "other"},
            {"recipe": "minimal"},
            {"splitter": "holdout"},
        )
    ]
    assert same[0] == same[1]
    assert len({same[0], *others}) == 6


@pytest.fixture
def store(tmp_path):
    return Store(Workspace(root=tmp_path / "workspace"))


def kept(store, experiment_on, dataset, model, **choices):
    """Return the id of an experiment in the store."""
    dataset_id = store.save_dataset(dataset)
    return store.save_experiment(experiment_on(dataset, model, dataset_id=dataset_id, **choices))


def test_a_process_of_its_own_explains_and_keeps_what_comes_out(store, datasets, experiment_on):
    dataset = datasets[Task.BINARY]
    experiment_id = kept(store, experiment_on, dataset, "extra_trees", n_estimators=10)
    key = request(store, experiment_id, 0)
    job = wait(store, key)
    assert (job.state, job.kind, job.message) == (JobState.DONE, "explanation", "")
    assert job.done == job.total == 4
    here = explained(
        experiment_on,
        dataset,
        "extra_trees",
        n_estimators=10,
        dataset_id=store.save_dataset(dataset),
    )
    assert load(store, key) == here
    assert request(store, experiment_id, 0) == key
    assert store.job(key).ended == pytest.approx(time.time(), abs=30)
    assert store.job(key).state is JobState.DONE


def test_what_cannot_be_explained_is_told_in_a_sentence(store, datasets, experiment_on):
    dataset = datasets[Task.BINARY]
    experiment_id = kept(store, experiment_on, dataset, "knn", n_neighbors=400)
    job = wait(store, request(store, experiment_id, 0))
    assert job.state is JobState.FAILED
    assert "Permutation importance in fold 1 could not be computed" in job.message
    assert "n_neighbors" in job.message
    assert load(store, job.id) is None


def test_a_cancelled_explanation_stops_and_keeps_nothing(store, datasets, experiment_on):
    dataset = datasets[Task.BINARY]
    experiment_id = kept(store, experiment_on, dataset, "extra_trees", n_estimators=5_000)
    key = request(store, experiment_id, 0)
    while store.job(key).state is not JobState.RUNNING:
        time.sleep(0.05)
    cancel(store, key)
    assert wait(store, key).state is JobState.CANCELLED
    assert load(store, key) is None


def test_a_killed_process_leaves_an_explanation_that_can_be_asked_for_again(
    store, datasets, experiment_on
):
    experiment_id = kept(store, experiment_on, datasets[Task.REGRESSION], "ridge")
    key = request(store, experiment_id, 0)
    while store.job(key).pid is None:
        time.sleep(0.02)
    os.kill(store.job(key).pid, signal.SIGKILL)
    assert wait(store, key).state is JobState.INTERRUPTED
    request(store, experiment_id, 0)
    assert wait(store, key).state is JobState.DONE
    assert load(store, key).permutation
