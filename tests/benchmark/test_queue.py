"""Several runs of a workspace: first come, first served; paused, resumed, started at once."""

import os
import signal
import subprocess
import sys
import time

import pytest

from lab.base import HOME_VARIABLE
from lab.benchmark import cancel, list_runs, pause, start, wait
from lab.experiments import CellState
from lab.store import JobState

LONG = {"random_forest": {"n_estimators": 2000}}


def eventually(question, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return answer


@pytest.fixture
def running(store, make_experiment):
    """Start a run that takes long, and return its id once it has its turn."""
    experiment_id = make_experiment("random_forest", **LONG)
    assert start(store, experiment_id)
    assert eventually(lambda: store.job(experiment_id).state is JobState.RUNNING)
    yield experiment_id
    cancel(store, experiment_id)
    wait(store, experiment_id)


def has_a_process(store, experiment_id):
    """Return whether the process of a waiting run has begun to wait."""
    return (store.workspace.root / "running" / f"{experiment_id}.room").exists()


def test_runs_have_their_turn_in_the_order_in_which_they_were_started(
    store, make_experiment, running
):
    waiting = [make_experiment(model) for model in ("gaussian_nb", "dummy", "decision_tree")]
    for experiment_id in waiting:
        start(store, experiment_id)
    assert [store.job(key).state for key in waiting] == [JobState.WAITING] * 3
    assert [store.jobs_before(key) for key in (running, *waiting)] == [0, 1, 2, 3]
    assert {run.info.id: run.n_before for run in list_runs(store)}[waiting[2]] == 3
    assert eventually(lambda: all(has_a_process(store, key) for key in waiting))
    os.kill(store.job(waiting[1]).pid, signal.SIGKILL)  # a dead one blocks nobody
    assert eventually(lambda: store.jobs_before(waiting[2]) == 2)
    cancel(store, running)
    assert wait(store, waiting[2]).state is JobState.DONE
    first, last = store.job(waiting[0]), store.job(waiting[2])
    assert first.state is JobState.DONE
    assert first.ended <= last.started
    assert store.job(waiting[1]).state is JobState.INTERRUPTED


def test_a_run_is_paused_and_resumed_where_it_was(store, make_experiment):
    experiment_id = make_experiment("dummy", "random_forest", **LONG)
    start(store, experiment_id)
    assert eventually(lambda: any(r.state is CellState.DONE for r in store.records(experiment_id)))
    pause(store, experiment_id)
    job = wait(store, experiment_id)
    assert (job.state, job.message) == (JobState.PAUSED, "what was finished is kept")
    states = [record.state for record in store.records(experiment_id)]
    assert set(states) == {CellState.DONE, CellState.WAITING}
    done = {r.cell.key: r.result for r in store.records(experiment_id) if r.result}
    assert start(store, experiment_id)
    assert not store.job(experiment_id).is_pausing
    assert wait(store, experiment_id).state is JobState.DONE
    after = {r.cell.key: r.result for r in store.records(experiment_id)}
    assert {key: after[key] for key in done} == done


def test_a_run_that_waits_is_paused_and_goes_to_the_end_of_the_queue(
    store, make_experiment, running
):
    first, second = make_experiment("dummy"), make_experiment("gaussian_nb")
    start(store, first)
    start(store, second)
    pause(store, first)
    assert wait(store, first).state is JobState.PAUSED
    assert {record.state for record in store.records(first)} == {CellState.WAITING}
    assert store.jobs_before(second) == 1
    start(store, first)
    assert (store.jobs_before(second), store.jobs_before(first)) == (1, 2)
    pause(store, running)
    assert wait(store, running).state is JobState.PAUSED
    assert wait(store, first).state is JobState.DONE
    assert wait(store, second).state is JobState.DONE


def test_a_paused_run_can_be_cancelled(store, make_experiment, running):
    experiment_id = make_experiment("dummy")
    start(store, experiment_id)
    pause(store, experiment_id)
    wait(store, experiment_id)
    pause(store, experiment_id)  # again: nothing happens
    assert store.job(experiment_id).state is JobState.PAUSED
    cancel(store, experiment_id)
    assert store.job(experiment_id).state is JobState.CANCELLED
    assert {r.state for r in store.records(experiment_id)} == {CellState.CANCELLED}


def test_a_run_killed_while_it_is_being_paused_is_paused(store, make_experiment, running):
    store.ask_to_pause(running)
    os.kill(store.job(running).pid, signal.SIGKILL)
    assert eventually(lambda: store.job(running).state is JobState.PAUSED)


STARTING = """
import sys, time
from lab.benchmark import start, wait
from lab.store import open_store
store = open_store()
time.sleep(max(0.0, float(sys.argv[2]) - time.time()))
started = start(store, sys.argv[1])
job = wait(store, sys.argv[1])
print(started, job.state, job.done)
"""


def test_two_processes_that_start_the_same_run_at_once_run_it_once_and_both_watch(
    store, make_experiment
):
    experiment_id = make_experiment("dummy", "decision_tree", "gaussian_nb")
    command = [sys.executable, "-c", STARTING, experiment_id, str(time.time() + 4)]
    environment = {**os.environ, HOME_VARIABLE: str(store.workspace.root)}
    both = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = sorted(process.communicate(timeout=120)[0].split() for process in both)
    assert said == [["False", "done", "9"], ["True", "done", "9"]]
    assert (store.job(experiment_id).ticket, store.jobs_before(experiment_id)) == (1, 0)
