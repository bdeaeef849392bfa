"""The job of going the wrong way: started, kept apart, cancelled, told."""

import json
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from lab.base import Column, ColumnKind, LabError, Schema, Task
from lab.benchmark import cancel, start, wait
from lab.experiments import make_cells
from lab.leaking import leak_id, load_leak, n_fits, request_leak, side_by_side
from lab.leaking.leak import LearnsFrom
from lab.leaking.telling import leaked_steps
from lab.recipes import STEPS, Acts, Recipe, Step
from lab.store import JobState
from lab.validation import fold_keys


def step(key, **settings):
    return Step(choice=STEPS.choose(key, settings))


@pytest.mark.parametrize("entry", list(STEPS), ids=lambda entry: entry.key)
def test_every_step_tells_what_it_learns_from(entry):
    kinds = entry.kinds or (ColumnKind.NUMBER,)
    features = Schema(columns=tuple(Column(name=kind, kind=kind) for kind in kinds))
    recipe = Recipe(title="One", steps=(step(entry.key),))
    for task in entry.tasks:
        steps = leaked_steps(recipe, features, task)
        if entry.acts is Acts.ROWS:
            assert [item.learns for item in steps] == [LearnsFrom.ROWS]
        if entry.acts is Acts.WEIGHTS:
            assert steps == ()
        assert all(item.title == entry.title for item in steps)


def test_steps_learn_from_targets_values_or_nothing():
    features = Schema(
        columns=(
            Column(name="town", kind=ColumnKind.CATEGORY),
            Column(name="age", kind=ColumnKind.NUMBER),
        )
    )
    keys = ("keep_missing", "target_encoding", "standard_scaler", "date_parts")
    recipe = Recipe(title="Some", steps=tuple(step(key) for key in keys))
    found = [(item.title, item.learns) for item in leaked_steps(recipe, features, Task.BINARY)]
    assert found == [
        ("Target mean", LearnsFrom.TARGET),
        ("Standardise", LearnsFrom.VALUES),
    ]


@pytest.fixture(scope="module")
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


def honest(store, experiment):
    """Return all that is honest in a workspace: files, cells, lists and scores."""
    folder = store.workspace.root / "predictions"
    files = {path.name: path.read_bytes() for path in folder.rglob("*.npz")}
    lists = (store.records(experiment.id), store.experiments(), store.mean_scores())
    return files, repr(lists)


@pytest.fixture(scope="module")
def leak(store, ran):
    """Return what the leak of the experiment's candidate has shown; nothing honest was touched."""
    before = honest(store, ran)
    found = shown(store, ran)
    assert honest(store, ran) == before
    return found


def shown(store, experiment):
    key = request_leak(store, experiment.id, 0)
    job = wait(store, key)
    assert job.state is JobState.DONE, job.message
    return load_leak(store, key)


def test_both_numbers_are_told_with_the_steps_that_made_the_difference(store, ran, leak):
    both = side_by_side(leak, ran, store.records(ran.id), 0, "roc_auc")
    assert both.leaking_mean > 0.9
    assert abs(both.honest_mean - 0.5) < 0.12
    assert both.optimism == pytest.approx(both.leaking_mean - both.honest_mean)
    assert "outside the honest interval" in both.sentence
    assert [item.learns for item in leak.steps] == [LearnsFrom.VALUES, LearnsFrom.ROWS]
    assert both.reasons[0].startswith("Repeat rows of small classes: resampled all rows")
    assert "300 rows became 540 before the split" in both.reasons[-1]


def test_each_step_is_told_by_itself_with_its_paired_interval(store, ran, leak):
    lines = side_by_side(leak, ran, store.records(ran.id), 0, "roc_auc").lines
    assert [line.title for line in lines] == [
        "All steps together", "Repeat rows of small classes", "Standardise",
    ]  # fmt: skip
    honest_scores = [record.result.test_scores["roc_auc"] for record in store.records(ran.id)]
    for line, scores in zip(lines, (leak.scores, leak.alone[1].scores, leak.alone[0].scores),
                            strict=True):  # fmt: skip
        gains = np.array([one["roc_auc"] for one in scores]) - honest_scores
        error = np.sqrt(gains.var(ddof=1) * (1 / 5 + 1 / 4))  # Nadeau & Bengio (2003)
        reach = stats.t.ppf(0.975, 4) * error
        assert line.difference == pytest.approx(gains.mean())
        assert (line.low, line.high) == pytest.approx((gains.mean() - reach, gains.mean() + reach))
    assert lines[1].low > 0
    assert abs(lines[2].difference) < 0.05
    assert store.job(leak_id(ran, 0)).total == n_fits(ran, 0, store.load_dataset(
        ran.dataset_id).features) == 15  # fmt: skip


def test_a_step_that_cannot_go_wrong_alone_says_why_and_the_others_stay(store, ran, leak):
    broken = replace(leak.alone[1], scores=(), failure="fold 1 could not be shown: too slow")
    other = replace(leak, alone=(leak.alone[0], broken))
    lines = side_by_side(other, ran, store.records(ran.id), 0, "roc_auc").lines
    assert [line.failure for line in lines] == ["", "", broken.failure]
    assert np.isnan([lines[2].mean, lines[2].difference]).all()


def test_a_single_step_is_not_told_twice(store, rare, dataset_of, experiment_of):
    dataset = dataset_of(rare)
    experiment = experiment_of(dataset, "decision_tree", step("random_over"))
    assert n_fits(experiment, 0, dataset.features) == 5


def test_a_leak_is_kept_under_no_key_of_a_cell_and_begins_with_a_warning(store, ran, leak):
    key = leak_id(ran, 0)
    assert key not in {cell.key for cell in make_cells(ran, fold_keys(ran.plan))}
    assert "Not a result" in json.loads(store.load_artifact("leak", key))["warning"]
    assert leak.candidate == "decision_tree"


def test_what_is_there_is_not_made_again(store, ran, leak):
    started = store.job(leak_id(ran, 0)).started
    assert request_leak(store, ran.id, 0) == leak_id(ran, 0)
    assert store.job(leak_id(ran, 0)).started == started
    assert len(leak.scores) == 5


def test_an_honest_score_that_is_missing_is_told(store, ran, leak):
    with pytest.raises(LabError, match="has no honest score yet"):
        side_by_side(leak, ran, store.records(ran.id)[:3], 0, "roc_auc")


def test_it_can_be_cancelled_asked_for_again_and_goes_with_its_experiment(store, ran):
    other = replace(ran, seed=1)
    store.save_experiment(other)
    key = request_leak(store, other.id, 0)
    cancel(store, key)
    assert wait(store, key).state in {JobState.CANCELLED, JobState.DONE}
    assert len(shown(store, other).scores) == 5
    store.delete_experiment(other.id)
    assert store.load_artifact("leak", key) is None


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
