"""What the process of a job does around its work: adopt it, take its turn, tell how it ended."""

import contextlib
import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator

from lab.base import LabError
from lab.store import JobState, Store, open_store

_POLL_SECONDS = 0.3


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
    store = open_store()
    store.adopt_job(job_id, os.getpid())
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        if _is_cancelled(store, job_id):  # before the signal could be heard
            raise Stopped
        with _turn(store) if in_turn else contextlib.nullcontext():
            state, message = work(store)
    except Stopped:
        if not _is_cancelled(store, job_id):
            sys.exit(1)
        state, message = JobState.CANCELLED, "what was finished is kept"
    except LabError as error:
        state, message = JobState.FAILED, str(error)
    except Exception as error:
        store.finish_job(job_id, JobState.FAILED, f"{type(error).__name__}: {error}")
        raise
    store.finish_job(job_id, state, message)


def _stop(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Stopped


def _is_cancelled(store: Store, job_id: str) -> bool:
    job = store.job(job_id)
    return job is None or job.is_cancelling


@contextlib.contextmanager
def _turn(store: Store) -> Iterator[None]:
    """Hold the workspace's lock for runs, once it is free."""
    with store.workspace.path("running", "turn.lock").open("wb") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_POLL_SECONDS)
        yield
