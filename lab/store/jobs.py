"""Jobs: work that a process of its own does, and who is doing it."""

import sqlite3
import time
from dataclasses import dataclass
from enum import StrEnum

from lab.store.alive import is_alive, started_at
from lab.store.cell_moves import cancel_cells, release_cells
from lab.store.shelf import Shelf, missing

_LEAST_LEFT = 0.1
"""Share of the time left when it was told that is left until it is told anew."""


class JobState(StrEnum):
    """Where a job stands."""

    IDLE = "idle"
    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"

    @property
    def is_active(self) -> bool:
        """Whether a process is working on it or about to."""
        return self in {JobState.WAITING, JobState.RUNNING}


_GO_ON = frozenset({JobState.PAUSED, JobState.INTERRUPTED})


@dataclass(frozen=True, kw_only=True)
class Job:
    """A piece of work and its progress.

    Parameters
    ----------
    id, kind : str
        What it is for: an experiment's or an explanation's id, and which of them.
    state : JobState
        ``interrupted`` when its process died before it ended; starting it again resumes it, as it
        does one that is ``paused``.
    message : str
        What it does now, or why it failed, in plain words.
    pid : int or None
        Its process.
    is_cancelling, is_pausing : bool
        Whether it was asked to stop for good, or until it is started again.
    ticket : int
        The lower, the earlier it was started.
    done, total : int
        Finished parts of all.
    eta_seconds : float or None
        Estimated time that remains, from now on.
    created, started, ended : float or None
        In seconds since 1970; when it was started the last time.
    spent : float
        Seconds that it took before that, since it was done the last time.
    """

    id: str
    kind: str
    state: JobState
    message: str
    pid: int | None
    is_cancelling: bool
    is_pausing: bool
    ticket: int
    done: int
    total: int
    eta_seconds: float | None
    created: float
    started: float | None
    ended: float | None
    spent: float

    @property
    def seconds_since_start(self) -> float:
        """Seconds since it was started the last time, up to its end."""
        return 0.0 if self.started is None else (self.ended or time.time()) - self.started

    @property
    def elapsed_seconds(self) -> float:
        """Seconds that it took up to now or its end, without those in which it was paused."""
        return self.spent + self.seconds_since_start


class JobShelf(Shelf):
    """Where jobs are kept. Their process is the only one that moves them on."""

    def create_job(self, job_id: str, kind: str, *, total: int) -> None:
        """Keep a job that nobody works on yet; one that is here already is left alone."""
        with self.database.writing() as connection:
            connection.execute(
                "INSERT INTO job (id, kind, state, message, total, created)"
                " VALUES (?,?,'idle','',?,?) ON CONFLICT (id) DO UPDATE SET total = excluded.total",
                (job_id, kind, total, time.time()),
            )

    def job(self, job_id: str) -> Job | None:
        """Return a job as it stands, or None when there is none."""
        with self.database.reading() as connection:
            row = connection.execute("SELECT * FROM job WHERE id = ?", (job_id,)).fetchone()
        return None if row is None else _job(row)

    def jobs(self) -> dict[str, Job]:
        """Return all jobs by id."""
        with self.database.reading() as connection:
            rows = connection.execute("SELECT * FROM job").fetchall()
        return {row["id"]: _job(row) for row in rows}

    def claim_job(self, job_id: str) -> bool:
        """Mark a job as waiting for its process; False when somebody works on it already.

        When it has its turn, what failed is tried again; a job that goes on where it was stopped
        keeps what failed in it.
        """
        with self.database.writing() as connection:
            row = connection.execute("SELECT * FROM job WHERE id = ?", (job_id,)).fetchone()
            if row is None:
                raise missing("job", job_id)
            job = _job(row)
            if job.state.is_active:
                return False
            spent = 0.0 if job.state is JobState.DONE else job.elapsed_seconds
            connection.execute(
                "UPDATE job SET state = 'waiting', message = '', pid = NULL, pid_started = NULL,"
                " cancel = 0, pause = 0, done = 0, eta_seconds = NULL, started = ?, ended = NULL,"
                " ticket = (SELECT max(ticket) + 1 FROM job), retry = max(retry, ?), spent = ?"
                " WHERE id = ?",
                (time.time(), job.state not in _GO_ON, spent, job_id),
            )
        return True

    def adopt_job(self, job_id: str, pid: int) -> None:
        """Note the process that works on a job."""
        started = started_at(pid)
        with self.database.writing() as connection:
            connection.execute(
                "UPDATE job SET pid = ?, pid_started = ? WHERE id = ?", (pid, started, job_id)
            )

    def report_job(self, job_id: str, **changes: str | float | None) -> None:
        """Change state, message, done, total or eta_seconds of a job."""
        with self.database.writing() as connection:
            update_job(connection, job_id, **changes)

    def jobs_before(self, job_id: str) -> int:
        """Return how many jobs of its kind were started before a job and have not ended."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT earlier.* FROM job AS earlier JOIN job ON job.id = ?"
                " WHERE earlier.state IN ('waiting', 'running') AND earlier.kind = job.kind"
                " AND earlier.ticket < job.ticket",
                (job_id,),
            ).fetchall()
        return sum(_job(row).state.is_active for row in rows)

    def finish_job(self, job_id: str, state: JobState, message: str = "") -> None:
        """Note how a job ended; of its cells, none is running any more."""
        changes = {"state": state, "message": message, "eta_seconds": None, "pid": None}
        with self.database.writing() as connection:
            update_job(connection, job_id, ended=time.time(), **changes)
            if state is not JobState.DONE:
                release_cells(connection, job_id, spared=running_jobs(connection))
            if state is JobState.CANCELLED:
                cancel_cells(connection, job_id, spared=active_jobs(connection))

    def ask_to_cancel(self, job_id: str) -> None:
        """Set the flag that has the job's process end for good."""
        self.report_job(job_id, cancel=1)

    def ask_to_pause(self, job_id: str) -> None:
        """Set the flag that has the job's process end until the job is started again."""
        self.report_job(job_id, pause=1)


def update_job(connection: sqlite3.Connection, job_id: str, **changes: str | float | None) -> None:
    """Write some fields of a job inside a transaction."""
    if "eta_seconds" in changes:
        changes["eta_told"] = time.time()
    names = ", ".join(f"{name} = ?" for name in changes)
    connection.execute(
        f"UPDATE job SET {names} WHERE id = ?",  # noqa: S608  # names are our own keywords
        (*changes.values(), job_id),
    )


def active_jobs(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the ids of the jobs that a process is working on or about to."""
    rows = connection.execute("SELECT * FROM job WHERE state IN ('waiting', 'running')").fetchall()
    return tuple(row["id"] for row in rows if _job(row).state.is_active)


def running_jobs(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the ids of the jobs that a process is working on and that have had their turn."""
    rows = connection.execute("SELECT * FROM job WHERE state = 'running'").fetchall()
    return tuple(row["id"] for row in rows if _job(row).state.is_active)


def _job(row: sqlite3.Row) -> Job:
    values = dict(row)
    cancel, pause = bool(values.pop("cancel")), bool(values.pop("pause"))
    pid_started, state = values.pop("pid_started"), JobState(values.pop("state"))
    told = values.pop("eta_told")
    if state.is_active and not is_alive(values["pid"], pid_started, values["started"]):
        state = _state_of_dead(cancel=cancel, pause=pause)
        values["ended"] = max(told or 0.0, values["started"])  # when it was last heard of
    del values["retry"]
    values["eta_seconds"] = _still_left(values["eta_seconds"], told)
    return Job(state=state, is_cancelling=cancel, is_pausing=pause, **values)


def _still_left(seconds: float | None, told: float | None) -> float | None:
    """Return what is left now of the time that was left when it was told; never nothing."""
    if seconds is None or told is None:
        return seconds
    return max(seconds - max(time.time() - told, 0.0), _LEAST_LEFT * seconds)


def _state_of_dead(*, cancel: bool, pause: bool) -> JobState:
    if cancel:
        return JobState.CANCELLED
    return JobState.PAUSED if pause else JobState.INTERRUPTED
