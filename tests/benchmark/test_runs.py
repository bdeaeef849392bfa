import time
from dataclasses import replace

import numpy as np
import psutil
import pytest

from lab.base import LabError, Task
from lab.benchmark import cancel, start, status, wait
from lab.data import Roles, make_dataset, read_table
from lab.experiments import CellState, Limits
from lab.recipes import STEPS, Recipe, Step
from lab.store import JobState

SLOW = {"random_forest": {"n_estimators": 400}, "extra_trees": {"n_estimators": 400}}
MODELS = ("dummy", "logistic_regression", "random_forest", "extra_trees")


def results(store, experiment_id):
    """Return everything of a run that must not depend on how it went."""
    found = []
    for record in store.records(experiment_id):
        predictions = store.load_predictions(record.cell.key)
        scores = predictions.test.scores.tobytes(), predictions.train.scores.tobytes()
        found.append((record.cell, record.result.test_scores, scores))
    return found


def test_a_run_fills_every_cell_with_scores_costs_and_predictions(store, make_experiment, penguins):
    experiment_id = make_experiment("dummy", "logistic_regression", "hist_gradient_boosting")
    start(store, experiment_id)
    seen = []
    job = wait(store, experiment_id, on_change=lambda job: seen.append(job.done))
    assert job.state is JobState.DONE, job.message
    assert (job.done, job.total) == (9, 9)
    assert seen == sorted(seen)
    for record in store.records(experiment_id):
        assert record.state is CellState.DONE
        assert record.result.fit_seconds > 0
        assert record.result.peak_mb > 0
        assert record.result.n_train + record.result.n_test == penguins.n_rows
    tested = [
        store.load_predictions(record.cell.key).test.rows
        for record in store.records(experiment_id)
        if record.cell.candidate == 1
    ]
    np.testing.assert_array_equal(np.sort(np.concatenate(tested)), np.arange(penguins.n_rows))
    assert not store.workspace.path("running", experiment_id).exists()


def test_running_again_refits_nothing_and_a_changed_candidate_only_its_own_cells(
    store, make_experiment
):
    first = make_experiment("dummy", "logistic_regression")
    start(store, first)
    took = wait(store, first).elapsed_seconds
    stamps = file_times(store)
    start(store, first)
    again = wait(store, first)
    assert (again.state, again.elapsed_seconds) == (JobState.DONE, took)
    second = make_experiment("dummy", "logistic_regression", logistic_regression={"C": 0.5})
    start(store, second)
    assert wait(store, second).state is JobState.DONE
    after = file_times(store)
    assert stamps.items() <= after.items()
    assert len(after) - len(stamps) == 3


def file_times(store):
    folder = store.workspace.root / "predictions"
    return {path.name: path.stat().st_mtime_ns for path in folder.rglob("*.npz")}


def file_times_of_done(store, experiment_id):
    times = file_times(store)
    done = [r.cell.key for r in store.records(experiment_id) if r.state is CellState.DONE]
    return {key: times[f"{key}.npz"] for key in done}


@pytest.mark.usefixtures("no_process_waits")
def test_cancel_is_heard_while_the_runner_starts(store, make_experiment):
    experiment_id = make_experiment(*MODELS, **SLOW)
    start(store, experiment_id)
    assert eventually(lambda: store.job(experiment_id).state is JobState.RUNNING, seconds=60)
    pid = store.job(experiment_id).pid
    cancel(store, experiment_id)
    assert wait(store, experiment_id).state is JobState.CANCELLED
    assert store.job(experiment_id).done < 12
    assert eventually(lambda: not is_running(pid))


def test_lost_or_changed_predictions_are_computed_anew(store, make_experiment):
    experiment_id = make_experiment("dummy")
    start(store, experiment_id)
    wait(store, experiment_id)
    before = results(store, experiment_id)
    lost, changed, _ = (record.cell.key for record in store.records(experiment_id))
    store.predictions_path(lost).unlink()
    store.predictions_path(changed).write_bytes(b"something else")
    start(store, experiment_id)
    assert wait(store, experiment_id).state is JobState.DONE
    assert results(store, experiment_id) == before


def test_what_a_killed_run_left_behind_is_swept_by_the_next(store, make_experiment):
    left = store.workspace.path("running", "of-a-killed-run", "train.npy")
    left.write_bytes(b"0")
    experiment_id = make_experiment("dummy")
    start(store, experiment_id)
    wait(store, experiment_id)
    assert not left.exists()


@pytest.mark.usefixtures("no_process_waits")
def test_cancel_stops_soon_keeps_what_is_done_and_start_goes_on(store, make_experiment):
    experiment_id = make_experiment(*MODELS, folds=5, **SLOW)
    start(store, experiment_id)
    assert eventually(lambda: store.job(experiment_id).done >= 2, seconds=60)
    pid = store.job(experiment_id).pid
    cancel(store, experiment_id)
    assert wait(store, experiment_id).state is JobState.CANCELLED
    states = [record.state for record in store.records(experiment_id)]
    assert set(states) == {CellState.DONE, CellState.CANCELLED}
    assert eventually(lambda: not is_running(pid))
    done = file_times_of_done(store, experiment_id)
    start(store, experiment_id)
    assert wait(store, experiment_id).state is JobState.DONE
    assert done.items() <= file_times_of_done(store, experiment_id).items()


def test_a_candidate_that_takes_too_long_is_a_row_and_the_others_go_on(store, make_experiment):
    slow = {"n_estimators": 5000, "learning_rate": 0.001}
    limits = Limits(cell_seconds=1.0)
    key = "hist_gradient_boosting"
    experiment_id = make_experiment("dummy", key, folds=2, limits=limits, **{key: slow})
    start(store, experiment_id)
    assert wait(store, experiment_id).state is JobState.DONE
    states = {}
    for record in store.records(experiment_id):
        states.setdefault(record.cell.candidate, set()).add(record.state)
    assert states == {0: {CellState.DONE}, 1: {CellState.TIMED_OUT}}
    assert "1 second and" in store.records(experiment_id)[-1].result.failure.message


def test_a_recipe_that_does_not_fit_fails_its_candidate_with_a_reason(store, make_experiment):
    scaler = Recipe(title="Scaling only", steps=(Step(choice=STEPS.choose("standard_scaler")),))
    experiment_id = make_experiment("logistic_regression", recipe=scaler)
    start(store, experiment_id)
    assert wait(store, experiment_id).state is JobState.DONE
    for record in store.records(experiment_id):
        assert record.state is CellState.FAILED
        assert record.result.failure.kind == "recipe"
        assert "island" in record.result.failure.message


def test_an_impossible_split_ends_the_job_with_one_sentence(store, make_experiment, tmp_path):
    path = tmp_path / "rare.csv"
    rows = [f"{number % 7},{'rare' if number < 2 else 'common'}" for number in range(40)]
    path.write_text("\n".join(["size,kind", *rows]))
    dataset = make_dataset(read_table(path), Roles(target="kind", task=Task.BINARY))
    whole = store.load_experiment(make_experiment("dummy"))
    changes = {"dataset_id": store.save_dataset(dataset), "task": Task.BINARY}
    experiment_id = store.save_experiment(replace(whole, **changes))
    start(store, experiment_id)
    job = wait(store, experiment_id)
    assert job.state is JobState.FAILED
    assert "class 'rare' has 2 rows, fewer than the 3 folds" in job.message


def test_a_stopped_run_whose_cells_others_have_done_took_no_time(store, make_experiment):
    stopped, other = make_experiment("dummy"), make_experiment("dummy", "logistic_regression")
    store.claim_job(stopped)
    store.finish_job(stopped, JobState.CANCELLED)
    start(store, other)
    assert wait(store, other).state is JobState.DONE
    assert not start(store, stopped)
    job = store.job(stopped)
    assert (job.state, job.done, job.elapsed_seconds) == (JobState.DONE, 3, 0.0)


def test_starting_twice_runs_once(store, make_experiment):
    experiment_id = make_experiment("dummy")
    start(store, experiment_id)
    pid = store.job(experiment_id).pid
    start(store, experiment_id)
    assert store.job(experiment_id).pid == pid
    assert wait(store, experiment_id).state is JobState.DONE


def test_a_second_experiment_waits_for_its_turn(store, make_experiment):
    first = make_experiment("random_forest", **SLOW)
    second = make_experiment("dummy")
    start(store, first)
    assert eventually(lambda: store.job(first).state is JobState.RUNNING, seconds=60)
    start(store, second)
    assert wait(store, second).state is JobState.DONE
    assert not store.job(first).state.is_active


def test_a_job_that_was_never_made_is_told(store):
    with pytest.raises(LabError, match="no job"):
        status(store, "0" * 32)


def is_running(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def eventually(question, seconds=20.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.02)
    return question()
