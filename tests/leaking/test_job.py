"""The job of going the wrong way: started, kept apart, cancelled, told."""

import json
from dataclasses import replace

import numpy as np
import pytest

from lab.base import LabError
from lab.benchmark import cancel, start, wait
from lab.experiments import make_cells
from lab.leaking import leak_id, load_leak, request_leak, side_by_side
from lab.leaking.leak import LearnsFrom
from lab.recipes import STEPS, Step
from lab.store import JobState
from lab.validation import fold_keys


def step(key, **settings):
    return Step(choice=STEPS.choose(key, settings))


@pytest.fixture
def ran(store, rare, dataset_of, experiment_of):
    """Return a finished experiment whose recipe repeats rows of the rare class."""
    dataset = dataset_of(rare)
    store.save_dataset(dataset)
    experiment = experiment_of(
        dataset, "decision_tree", step("standard_scaler"), step("random_over")
    )
    start(store, store.save_experiment(experiment))
    assert wait(store, experiment.id).state is JobState.DONE
    return experiment


def shown(store, experiment):
    key = request_leak(store, experiment.id, 0)
    job = wait(store, key)
    assert job.state is JobState.DONE, job.message
    return load_leak(store, key)


def test_both_numbers_are_told_with_the_steps_that_made_the_difference(store, ran):
    leak = shown(store, ran)
    both = side_by_side(leak, ran, store.records(ran.id), 0, "roc_auc")
    assert both.leaking_mean > 0.9
    assert abs(both.honest_mean - 0.5) < 0.12
    assert both.optimism == pytest.approx(both.leaking_mean - both.honest_mean)
    assert "outside the honest interval" in both.sentence
    assert [item.learns for item in leak.steps] == [LearnsFrom.VALUES, LearnsFrom.ROWS]
    assert both.reasons[0].startswith("Repeat rows of small classes: resampled all rows")
    assert "300 rows became 540 before the split" in both.reasons[-1]


def test_a_leak_is_kept_apart_from_all_that_is_honest(store, ran):
    def honest():
        folder = store.workspace.root / "predictions"
        files = {path.name: path.read_bytes() for path in folder.rglob("*.npz")}
        return files, store.records(ran.id), store.experiments(), store.mean_scores()

    before = honest()
    leak = shown(store, ran)
    key = leak_id(ran, 0)
    after = honest()
    assert [repr(part) for part in after[1:]] == [repr(part) for part in before[1:]]
    assert after[0] == before[0]
    assert key not in {cell.key for cell in make_cells(ran, fold_keys(ran.plan))}
    kept = json.loads(store.load_artifact("leak", key))
    assert "Not a result" in kept["warning"]
    assert leak.warning == kept["warning"]


def test_what_is_there_is_not_made_again_and_goes_with_its_experiment(store, ran):
    shown(store, ran)
    key = leak_id(ran, 0)
    started = store.job(key).started
    assert request_leak(store, ran.id, 0) == key
    assert store.job(key).started == started
    store.delete_experiment(ran.id)
    assert store.load_artifact("leak", key) is None


def test_an_honest_score_that_is_missing_is_told(store, ran):
    leak = shown(store, ran)
    with pytest.raises(LabError, match="has no honest score yet"):
        side_by_side(leak, ran, store.records(ran.id)[:3], 0, "roc_auc")


def test_it_can_be_cancelled_and_asked_for_again(store, ran):
    key = request_leak(store, ran.id, 0)
    cancel(store, key)
    assert wait(store, key).state in {JobState.CANCELLED, JobState.DONE}
    assert len(shown(store, ran).scores) == 5


def test_a_fold_that_fails_is_told_by_the_job(store, rare, dataset_of, experiment_of):
    frame = rare.assign(who=np.arange(300) // 3)
    dataset = dataset_of(frame, group="who")
    store.save_dataset(dataset)
    experiment = experiment_of(dataset, "knn", step("smote"), splitter="group")
    store.save_experiment(experiment)
    job = wait(store, request_leak(store, experiment.id, 0))
    assert job.state is JobState.FAILED
    assert "have no group to divide them by" in job.message


def test_a_share_of_the_rows_is_refused(store, ran):
    own = replace(ran.candidates[0], train_share=0.5)
    store.save_experiment(share := replace(ran, candidates=(own,)))
    with pytest.raises(LabError, match="a share of its rows only"):
        request_leak(store, share.id, 0)
