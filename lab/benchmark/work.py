"""What the process of a job does around its work: adopt it, take its turn, tell how it ended."""

import contextlib
import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import BinaryIO

from lab.base import LabError, telling_disk_faults
from lab.store import JobState, Store, open_store

_POLL_SECONDS = 0.3
_ROOM_BYTES = 128 << 10
"""As much as SQLite's journal of a small transaction takes."""


class Stopped(BaseException):
    """The process was asked to end."""


Work = Callable[[Store], tuple[JobState, str]]


def work_on(job_id: str, work: Work, *, in_turn: bool) -> None:
    """Do the work of a job in this process and note how it ended.

    Parameters
    ----------
    job_id : str
        The job.
    work : callable (Store) -> (JobState, str)
        The work; what it returns is how it ended and a sentence.
    in_turn : bool
        Whether it waits until no other such job of the workspace is running.
    """
    store = open_store().patient()
    store.adopt_job(job_id, os.getpid())
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with _room_kept(store, job_id):
        state, message = _outcome(store, job_id, work, in_turn=in_turn)
    try:
        store.finish_job(job_id, state, message)
    except LabError as error:  # there is no other place to tell it but the log
        sys.exit(str(error))


def _outcome(store: Store, job_id: str, work: Work, *, in_turn: bool) -> tuple[JobState, str]:
    try:
        if _asked(store, job_id):  # before the signal could be heard
            raise Stopped
        turn = _turn(store, job_id) if in_turn else contextlib.nullcontext()
        with turn, telling_disk_faults(store.workspace.root):
            return work(store)
    except Stopped:
        return _as_asked(store, job_id)
    except Exception as error:
        if _was_stopped():  # some libraries tell of it as a fault of their own
            return _as_asked(store, job_id)
        if isinstance(error, LabError):
            return JobState.FAILED, str(error)
        store.finish_job(job_id, JobState.FAILED, f"{type(error).__name__}: {error}")
        raise


def _stop(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Stopped


def _was_stopped() -> bool:
    return signal.getsignal(signal.SIGTERM) is signal.SIG_IGN


def _as_asked(store: Store, job_id: str) -> tuple[JobState, str]:
    asked = _asked(store, job_id)
    if asked is None:
        sys.exit(1)
    return asked, "what was finished is kept"


def _asked(store: Store, job_id: str) -> JobState | None:
    """Return what the job was asked to become, or None when it may go on."""
    job = store.job(job_id)
    if job is None or job.is_cancelling:
        return JobState.CANCELLED
    return JobState.PAUSED if job.is_pausing else None


@contextlib.contextmanager
def _turn(store: Store, job_id: str) -> Iterator[None]:
    """Hold the workspace's lock for runs, once all that were started before have ended."""
    with store.workspace.path("running", "turn.lock").open("wb") as file:
        has_waited = False
        try:
            while store.jobs_before(job_id) or not _is_locked(file):
                has_waited = True
                time.sleep(_POLL_SECONDS)
        finally:
            if has_waited:
                store.report_job(job_id, started=time.time())  # waiting is no part of its time
        yield


def _is_locked(file: BinaryIO) -> bool:
    """Lock a file and return True; False when another process has locked it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def _room_kept(store: Store, job_id: str) -> Iterator[None]:
    """Keep some room on the disk for noting how a job ended, should the disk be full by then."""
    path = store.workspace.path("running", f"{job_id}.room")
    with contextlib.suppress(OSError):
        path.write_bytes(os.urandom(_ROOM_BYTES))
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
