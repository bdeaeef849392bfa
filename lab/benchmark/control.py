"""Start, watch, pause and cancel jobs from any process: pages, the command line, a notebook."""

import contextlib
import os
import signal
import time
from collections.abc import Callable

import psutil

from lab.base import LabError, telling_disk_faults
from lab.benchmark.cluster_address import check_cluster
from lab.experiments import CellState
from lab.standby import put_to_work, reap
from lab.store import Job, JobState, Store

_CLUSTER = "cluster"


def start(store: Store, experiment_id: str, *, cluster: str | None = None) -> bool:
    """Have an experiment run in a process of its own, after all runs that were started before.

    Finished cells are kept and not run again; cancelled ones are, and failed ones, but for those of
    this run when it goes on after it was paused or interrupted.

    Parameters
    ----------
    store : Store
        Where the experiment is kept.
    experiment_id : str
        The experiment.
    cluster : str, optional
        Address of the Dask cluster that runs its cells; empty for this machine, and by default
        where it was started the last time.

    Returns
    -------
    bool
        Whether this call started it; False when it is done or somebody has started it already.
    """
    state = require_job(store, experiment_id).state
    if state.is_active:
        return False
    store.forget_damaged(experiment_id)
    records = store.records(experiment_id)
    is_raced = state is JobState.DONE and store.load_experiment(experiment_id).racing
    finished = {CellState.DONE, CellState.SKIPPED} if is_raced else {CellState.DONE}
    if all(record.state in finished for record in records):
        if state is not JobState.DONE:  # others have done its cells, in no time of its own
            store.report_job(experiment_id, done=len(records), started=None)
            store.finish_job(experiment_id, JobState.DONE)
        return False
    address = _noted_cluster(store, experiment_id, cluster)
    return start_job(store, experiment_id, "lab.benchmark", (experiment_id, address))


def _noted_cluster(store: Store, experiment_id: str, cluster: str | None) -> str:
    """Return where an experiment is to be run, noted for the next time it is started."""
    noted = (store.load_artifact(_CLUSTER, experiment_id) or b"").decode()
    if cluster is None:
        return noted
    if cluster:
        check_cluster(cluster)
    if cluster != noted:
        store.save_artifact(_CLUSTER, experiment_id, cluster.encode())
    return cluster


def start_job(store: Store, job_id: str, package: str, arguments: tuple[str, ...]) -> bool:
    """Have a process do a job that nobody works on yet; return whether this call started it.

    Parameters
    ----------
    store : Store
        Where the job is kept.
    job_id : str
        The job, made by `Store.create_job`.
    package : str
        A package with a ``main`` in its ``__main__`` that calls `work_on`.
    arguments : tuple of str
        What ``main`` is called with.
    """
    reap()
    if not store.claim_job(job_id):
        return False
    with telling_disk_faults(store.workspace.root):
        pid = put_to_work(
            store.workspace, job_id, package, arguments, is_over=lambda: _is_over(store, job_id)
        )
    with contextlib.suppress(psutil.NoSuchProcess):  # it has ended already
        store.adopt_job(job_id, pid)
    return True


def cancel(store: Store, job_id: str) -> None:
    """Ask a job to stop; what it has finished is kept. One that nobody works on stops at once."""
    job = require_job(store, job_id)
    if job.state.is_active:
        store.ask_to_cancel(job_id)
        _interrupt(store, job_id)
    elif job.state in {JobState.INTERRUPTED, JobState.PAUSED}:
        store.finish_job(job_id, JobState.CANCELLED)


def pause(store: Store, job_id: str) -> None:
    """Ask a job to stop until it is started again, which puts it at the end of the queue."""
    if require_job(store, job_id).state.is_active:
        store.ask_to_pause(job_id)
        _interrupt(store, job_id)


def _interrupt(store: Store, job_id: str) -> None:
    pid = require_job(store, job_id).pid
    if pid is not None:  # the flag tells why, the signal that it is now
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def require_job(store: Store, job_id: str) -> Job:
    """Return a job as it stands; LabError when there is none."""
    reap()
    job = store.job(job_id)
    if job is None:
        raise LabError(f"there is no job {job_id[:12]!r}", hint="Start it first.")
    return job


def wait(
    store: Store, job_id: str, *, on_change: Callable[[Job], None] | None = None, poll: float = 0.1
) -> Job:
    """Return a job once nobody works on it any more.

    Parameters
    ----------
    store : Store
        Where the job is kept.
    job_id : str
        The job.
    on_change : callable (Job) -> None, optional
        Called after every look.
    poll : float, default 0.1
        Seconds between looks.
    """
    patient = store.patient()
    while True:
        job = require_job(patient, job_id)
        if on_change is not None:
            on_change(job)
        if not job.state.is_active:
            return job
        time.sleep(poll)


def _is_over(store: Store, job_id: str) -> bool:
    job = store.job(job_id)
    return job is None or not job.state.is_active
