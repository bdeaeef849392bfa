"""What the machine allows: cells at the same time, and memory of each."""

import math
import os

import psutil

from lab.benchmark.cgroups import cpu_quota, free_memory
from lab.benchmark.isolated import LEAST_MB

_SHARE = 0.8
"""Of the free memory; the rest is left to the user, the pages and the runner."""


def worker_count(asked: int) -> int:
    """Return how many cells run at the same time.

    Parameters
    ----------
    asked : int
        As many as that; 0 for one a core that this process may use, as the affinity of the process
        and the quota of its control groups tell, and fewer where the free memory has not `LEAST_MB`
        for each. Threads of a core count as cores.
    """
    if asked > 0:
        return asked
    return max(1, min(_cores(), int(_free_mb() * _SHARE) // LEAST_MB))


def memory_mb(asked: int, workers: int, *, total_mb: float | None = None) -> int:
    """Return the memory in MB that a cell may take, beside the libraries that all cells share.

    Parameters
    ----------
    asked : int
        In MB; 0 for a fair share of four fifths of the whole. Never less than `LEAST_MB`.
    workers : int
        Cells at the same time.
    total_mb : float, optional
        What is shared out; by default the memory that is free now, in the machine and in the
        control groups of this process.
    """
    if asked > 0:
        return max(asked, LEAST_MB)
    total = _free_mb() if total_mb is None else total_mb
    return max(int(total * _SHARE / workers), LEAST_MB)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    quota = cpu_quota()
    return cores if quota is None else min(cores, math.ceil(quota))


def _free_mb() -> float:
    free = psutil.virtual_memory().available
    within = free_memory()
    return float((free if within is None else min(free, within)) / 2**20)
