"""Whether a process that was noted is still there, and not another one under its number."""

import sys
import time
from pathlib import Path

import psutil

GRACE_SECONDS = 15.0
"""How long a job may be claimed before its process has a number."""


def started_at(pid: int) -> float:
    """Return when a process started, by a clock that nobody sets.

    On Linux in ticks since the machine's start: the time of day that psutil makes of them moves
    whenever the clock is put right. Elsewhere in seconds since 1970.

    Raises
    ------
    psutil.NoSuchProcess
        When there is none.
    """
    if sys.platform != "linux":
        return float(psutil.Process(pid).create_time())
    try:
        about = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError) as error:
        raise psutil.NoSuchProcess(pid) from error
    return float(about.rpartition(")")[2].split()[19])  # the name before may hold anything


def is_alive(pid: int | None, started: float | None, claimed: float) -> bool:
    """Return whether the process of a job lives.

    Parameters
    ----------
    pid : int or None
        Its number; None while the job is claimed and has no process yet.
    started : float or None
        From `started_at`.
    claimed : float
        When the job was claimed, in seconds since 1970.
    """
    if pid is None:
        return time.time() - claimed < GRACE_SECONDS
    try:
        is_same = abs(started_at(pid) - (started or 0.0)) < 1.0
        return is_same and bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
