"""A job that is asked to end says so, whatever its work makes of the signal."""

import os
import signal
import sqlite3
import time

import pytest

from lab.base import HOME_VARIABLE, LabError
from lab.benchmark.work import work_on
from lab.store import JobState


@pytest.fixture
def kept_signals():
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture
def job(store, make_experiment, monkeypatch):
    """Return the id of a job that this process may work on."""
    monkeypatch.setenv(HOME_VARIABLE, str(store.workspace.root))
    experiment_id = make_experiment("dummy")
    store.create_job(experiment_id, "benchmark", total=3)
    assert store.claim_job(experiment_id)
    return experiment_id


@pytest.mark.usefixtures("kept_signals")
@pytest.mark.parametrize("kind", [ValueError, LabError])
@pytest.mark.parametrize(
    ("ask", "expected"),
    [("ask_to_cancel", JobState.CANCELLED), ("ask_to_pause", JobState.PAUSED)],
)
def test_a_signal_that_comes_as_another_error_is_heard(store, job, kind, ask, expected):
    def work(_store):
        getattr(store, ask)(job)
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)
        except BaseException as error:
            raise kind("a library calls it so") from error

    work_on(job, work, in_turn=False)
    assert store.job(job).state is expected


@pytest.mark.usefixtures("kept_signals")
def test_who_works_outlasts_a_lock_and_tells_one_that_stays(store, job, monkeypatch):
    def work(patient):
        assert patient.database.is_patient
        monkeypatch.setattr("lab.store.database.PATIENT_SECONDS", 0.1)
        lock.execute("BEGIN EXCLUSIVE")
        return JobState.DONE, ""

    lock = sqlite3.connect(store.database.path, isolation_level=None)
    with pytest.raises(SystemExit, match="another program has kept"):
        work_on(job, work, in_turn=False)
    lock.close()
    assert store.job(job).pid == os.getpid()  # nothing could be noted


@pytest.mark.usefixtures("kept_signals")
def test_an_error_that_nobody_asked_for_is_a_failure(store, job):
    def work(_store):
        raise LabError("it cannot be done")

    work_on(job, work, in_turn=False)
    assert (store.job(job).state, store.job(job).message) == (
        JobState.FAILED,
        "it cannot be done",
    )
