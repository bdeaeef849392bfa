"""A running experiment on the terminal: a progress bar there, plain lines elsewhere."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from lab.benchmark import cancel, status, wait
from lab.store import Job, JobState, Store

LINES = 10
"""Lines of progress at most where the output is no terminal."""
CANCEL_POLL_SECONDS = 0.1


def follow(store: Store, job_id: str, console: Console, *, is_ours: bool = True) -> Job:
    """Return a job once it has ended, telling its progress meanwhile.

    Ctrl-C or a polite kill cancels the job, and returns it as it then stands; one that somebody
    else has started goes on.
    """
    store = store.patient()
    with _interrupting_on_terminate(), _telling(console) as tell:
        tell_turn = _turn_teller(store, console)

        def on_change(job: Job) -> None:
            tell_turn(job)
            tell(job)

        try:
            return wait(store, job_id, on_change=on_change)
        except KeyboardInterrupt:
            if not is_ours:
                console.print("No longer watching. The run goes on; it was started elsewhere.")
                return status(store, job_id)
            console.print("Stopping: fits that have not ended are dropped.")
            cancel(store, job_id)
            return wait(store, job_id, poll=CANCEL_POLL_SECONDS)


def _turn_teller(store: Store, console: Console) -> Callable[[Job], None]:
    told = 0

    def tell(job: Job) -> None:
        nonlocal told
        before = store.jobs_before(job.id) if job.state is JobState.WAITING else 0
        if before and before != told:
            runs = "1 run" if before == 1 else f"{before} runs"
            console.print(f"Waiting for its turn: {runs} before it.")
        told = before

    return tell


@contextmanager
def _telling(console: Console) -> Iterator[Callable[[Job], None]]:
    if not console.is_terminal:
        yield _line_teller(console)
        return
    columns = (
        TextColumn("Fitting"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[remaining]}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None, remaining="")

        def tell(job: Job) -> None:
            progress.update(
                task, completed=job.done, total=job.total or None, remaining=remaining_text(job)
            )

        yield tell


def _line_teller(console: Console) -> Callable[[Job], None]:
    told = -1

    def tell(job: Job) -> None:
        nonlocal told
        tenth = LINES * job.done // max(job.total, 1)
        if tenth > told and job.done:
            told = tenth
            left = remaining_text(job)
            console.print(f"{job.done} of {job.total} fits{', ' + left if left else ''}")

    return tell


def remaining_text(job: Job) -> str:
    """Return in words what a run says it has left; nothing at its end and before its start."""
    if job.eta_seconds is None and job.state is JobState.RUNNING and job.done < job.total:
        return "estimating the time left"
    seconds = round(job.eta_seconds or 0.0)
    if seconds < 1 or job.done >= job.total:
        return ""
    return f"about {seconds} s left" if seconds < 100 else f"about {round(seconds / 60)} min left"


@contextmanager
def _interrupting_on_terminate() -> Iterator[None]:
    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
