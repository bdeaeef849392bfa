"""Start, watch and cancel jobs from any process: pages, the command line, a notebook."""

import contextlib
import os
import signal
import time
from collections.abc import Callable

from lab.base import LabError
from lab.experiments import CellState
from lab.standby import put_to_work, reap
from lab.store import Job, JobState, Store


def start(store: Store, experiment_id: str) -> None:
    """Have an experiment run in a process of its own; nothing happens when it runs or is done.

    Finished cells are kept and not run again; failed and cancelled ones are.
    """
    store.forget_damaged(experiment_id)
    records = store.records(experiment_id)
    if all(record.state is CellState.DONE for record in records):
        store.report_job(experiment_id, done=len(records))
        store.finish_job(experiment_id, JobState.DONE)
        return
    start_job(store, experiment_id, "lab.benchmark", (experiment_id,))


def start_job(store: Store, job_id: str, package: str, arguments: tuple[str, ...]) -> None:
    """Have a process do a job that nobody works on yet.

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
    if store.claim_job(job_id):
        pid = put_to_work(
            store.workspace, job_id, package, arguments, is_over=lambda: _is_over(store, job_id)
        )
        store.adopt_job(job_id, pid)


def cancel(store: Store, job_id: str) -> None:
    """Ask a job to stop; what it has finished is kept. One whose process is gone stops at once."""
    job = require_job(store, job_id)
    if job.state.is_active:
        store.ask_to_cancel(job_id)
        pid = require_job(store, job_id).pid
        if pid is not None:  # the flag tells why, the signal that it is now
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
    elif job.state is JobState.INTERRUPTED:
        store.finish_job(job_id, JobState.CANCELLED)


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
    while True:
        job = require_job(store, job_id)
        if on_change is not None:
            on_change(job)
        if not job.state.is_active:
            return job
        time.sleep(poll)


def _is_over(store: Store, job_id: str) -> bool:
    job = store.job(job_id)
    return job is None or not job.state.is_active


def stop_process(pid: int, *, seconds: float = 5.0) -> None:
    """End a process group: politely, then after some seconds by force."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGTERM)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            reap()
            os.killpg(pid, 0)
            time.sleep(0.05)
        os.killpg(pid, signal.SIGKILL)
