"""What the machine allows: cells at the same time, and memory of each."""

import os

import psutil

from lab.benchmark.isolated import LEAST_MB

_SHARE = 0.8


def worker_count(asked: int) -> int:
    """Return how many cells run at the same time: as asked, or one a core that we may use."""
    if asked > 0:
        return asked
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory_mb(asked: int, workers: int, *, total_mb: float | None = None) -> int:
    """Return the memory in MB that a cell may use: as asked, or a fair share of the whole.

    Parameters
    ----------
    asked : int
        In MB; 0 for a share.
    workers : int
        Cells at the same time.
    total_mb : float, optional
        What is shared out; the machine's memory by default.
    """
    if asked > 0:
        return max(asked, LEAST_MB)
    total = psutil.virtual_memory().total / 2**20 if total_mb is None else total_mb
    return max(int(total * _SHARE / workers), LEAST_MB)
