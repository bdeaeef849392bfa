import os
import subprocess
import sys
from dataclasses import replace

import pytest

from lab.base import LabError
from lab.experiments import CellState, Limits
from lab.store import JobState


def test_a_done_cell_cannot_be_moved_and_a_failed_one_waits_again(store, kept, finish, fail):
    done, failed = (record.cell.key for record in store.records(kept)[:2])
    finish(done)
    with pytest.raises(LabError, match="done cannot become running"):
        store.move_cells([done], CellState.RUNNING)
    fail(failed)
    store.claim_job(kept)
    assert [r.state for r in store.records(kept)[:2]] == [CellState.DONE, CellState.FAILED]
    store.reset_cells(kept)
    assert [r.state for r in store.records(kept)[:2]] == [CellState.DONE, CellState.WAITING]


@pytest.mark.parametrize(
    ("ended", "is_retried"),
    [
        (JobState.PAUSED, False),
        (JobState.INTERRUPTED, False),
        (JobState.DONE, True),
        (JobState.FAILED, True),
        (JobState.CANCELLED, True),
    ],
)
def test_a_run_that_goes_on_keeps_its_failures(store, kept, fail, ended, is_retried):
    failed, timed_out, running, *_ = (record.cell.key for record in store.records(kept))
    store.claim_job(kept)
    store.reset_cells(kept)
    fail(failed)
    fail(timed_out, state=CellState.TIMED_OUT)
    store.move_cells([running], CellState.RUNNING)
    store.finish_job(kept, ended)
    assert store.claim_job(kept)
    store.reset_cells(kept)
    states = [record.state for record in store.records(kept)]
    expected = [CellState.FAILED, CellState.TIMED_OUT]
    assert states[:2] == ([CellState.WAITING] * 2 if is_retried else expected)
    assert states[2:] == [CellState.WAITING] * 4


def test_a_run_that_goes_on_does_not_keep_failures_of_others(
    store, dataset, kept, experiment_on, fail
):
    other = store.save_experiment(experiment_on(dataset.id, n_models=1))
    of_both, _, _, own, *_ = (record.cell.key for record in store.records(kept))
    store.claim_job(kept)
    store.reset_cells(kept)
    fail(own)
    fail(of_both)
    store.finish_job(kept, JobState.PAUSED)
    store.claim_job(other)
    store.reset_cells(other)
    fail(of_both, state=CellState.TIMED_OUT, job_id=other)
    waiting = CellState.WAITING
    states = [record.state for record in store.records(kept)]
    assert states == [CellState.TIMED_OUT, waiting, waiting, CellState.FAILED, waiting, waiting]
    store.claim_job(kept)
    store.reset_cells(kept)
    states = [record.state for record in store.records(kept)]
    assert states == [waiting, waiting, waiting, CellState.FAILED, waiting, waiting]


def test_what_failed_is_tried_again_also_when_a_run_is_paused_before_its_turn(store, kept, fail):
    fail(store.records(kept)[0].cell.key)
    store.finish_job(kept, JobState.DONE)
    store.claim_job(kept)
    store.finish_job(kept, JobState.PAUSED)
    store.claim_job(kept)
    store.reset_cells(kept)
    assert store.records(kept)[0].state is CellState.WAITING


def test_other_limits_have_a_run_that_goes_on_try_its_failures_again(store, kept, fail):
    store.claim_job(kept)
    store.reset_cells(kept)
    fail(store.records(kept)[0].cell.key, state=CellState.TIMED_OUT)
    store.finish_job(kept, JobState.PAUSED)
    experiment = store.load_experiment(kept)
    states = []
    for limits in (experiment.limits, Limits(cell_seconds=1_000.0)):
        store.save_experiment(replace(experiment, limits=limits))
        store.claim_job(kept)
        store.reset_cells(kept)
        states.append(store.records(kept)[0].state)
        store.finish_job(kept, JobState.PAUSED)
    assert states == [CellState.TIMED_OUT, CellState.WAITING]


def test_to_claim_a_run_changes_no_cell_of_one_that_goes_on(
    store, dataset, kept, experiment_on, fail
):
    other = store.save_experiment(experiment_on(dataset.id, n_models=1))
    fail(store.records(kept)[0].cell.key)
    before = store.records(kept)
    store.claim_job(other)
    assert store.records(kept) == before


def states_and_reasons(store, experiment_id):
    return [
        (record.state, record.result and record.result.failure.message)
        for record in store.records(experiment_id)
    ]


def test_a_failure_keeps_its_reason_when_a_run_is_cancelled_before_its_turn(store, kept, fail):
    failed, timed_out, again, *_ = (record.cell.key for record in store.records(kept))
    fail(failed)
    fail(timed_out, state=CellState.TIMED_OUT)
    fail(again)
    store.claim_job(kept)
    store.reset_cells(kept)
    assert states_and_reasons(store, kept) == [(CellState.WAITING, None)] * 6
    store.move_cells([again], CellState.RUNNING)
    store.finish_job(kept, JobState.CANCELLED)
    assert states_and_reasons(store, kept) == [
        (CellState.FAILED, "singular matrix"),
        (CellState.TIMED_OUT, "singular matrix"),
        *[(CellState.CANCELLED, None)] * 4,
    ]


def start_and_die(store, experiment_id):
    """Leave what a run leaves whose process is killed."""
    store.claim_job(experiment_id)
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    store.adopt_job(experiment_id, process.pid)
    store.report_job(experiment_id, state=JobState.RUNNING)
    store.move_cells([store.records(experiment_id)[0].cell.key], CellState.RUNNING)
    assert store.records(experiment_id)[0].state is CellState.RUNNING
    process.kill()
    process.communicate()


def test_no_cell_is_shown_as_running_when_its_run_is_dead(store, kept):
    start_and_die(store, kept)
    assert store.job(kept).state is JobState.INTERRUPTED
    assert {record.state for record in store.records(kept)} == {CellState.WAITING}


def test_an_interrupted_run_that_is_cancelled_leaves_its_cells_cancelled(store, kept):
    start_and_die(store, kept)
    store.finish_job(kept, JobState.CANCELLED)
    assert {record.state for record in store.records(kept)} == {CellState.CANCELLED}


def test_a_cancelled_run_leaves_the_cells_alone_that_another_one_runs(
    store, dataset, kept, experiment_on
):
    other = store.save_experiment(experiment_on(dataset.id, n_models=1))
    store.claim_job(other)
    store.adopt_job(other, os.getpid())
    store.report_job(other, state=JobState.RUNNING)
    store.move_cells([store.records(other)[0].cell.key], CellState.RUNNING)
    store.finish_job(kept, JobState.CANCELLED)
    assert [record.state for record in store.records(kept)] == [
        CellState.RUNNING,
        *[CellState.WAITING] * 2,
        *[CellState.CANCELLED] * 3,
    ]


def test_cells_are_named_anew_after_a_library_changed(store, kept, monkeypatch):
    before = [record.cell.key for record in store.records(kept)]
    monkeypatch.setattr("lab.experiments.cells.library_versions", lambda: {"numpy": "another"})
    store.renew_cells(store.load_experiment(kept))
    after = [record.cell.key for record in store.records(kept)]
    assert not set(before) & set(after)
