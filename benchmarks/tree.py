"""What a tree of processes costs: wall and processor time, and memory at its peak.

Memory is the sum of proportional set sizes, sampled: a page that several processes share is
counted once. Processor time is that of the process and all its descendants, also of those that
outlive their parents, as a forkserver does.
"""

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
_SAMPLE_SECONDS = 0.1
_CLOSE_SECONDS = 0.02
_PAUSE = 50
"""Pauses between samples are so many times as long as taking one, or it would take time itself:
on a busy machine some seconds, in which a peak is missed."""
_SUBREAPER = 36


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a whole process and all its children cost, and what it printed."""

    wall: float
    cpu: float
    peak_mb: float
    text: str


def timed(command: list[str], *, python: str = sys.executable, seconds: float = 7200) -> Cost:
    """Run a Python command as a process of its own, one thread a library call; return its cost."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV"}
    environment = {key: value for key, value in os.environ.items() if key not in left_out}
    environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    environment["PYTHONPATH"] = str(ROOT)
    _adopt_orphans()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            [python, *command], env=environment, cwd=ROOT, stdout=output, stderr=errors
        )
        with sampled_peak(lambda: [psutil.Process()], but=os.getpid()) as peak:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
        wall = time.perf_counter() - started
        _reap_orphans()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        text, told = (_content(file) for file in (output, errors))
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed ({process.returncode}):\n{told[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall=wall, cpu=cpu, peak_mb=peak(), text=text)


@contextlib.contextmanager
def sampled_peak(
    roots: Callable[[], list[psutil.Process]], *, but: int = 0, close: bool = False
) -> Iterator[Callable[[], float]]:
    """Sample the memory of some processes and their descendants; give the peak so far in MB.

    With ``close`` no peak is missed that lasts for a few hundredths of a second, but times are not
    to be taken beside it.
    """
    highest, is_over = [0.0], threading.Event()

    def sample() -> None:
        pause = least = _CLOSE_SECONDS if close else _SAMPLE_SECONDS
        while not is_over.wait(pause):
            begun = time.perf_counter()
            here = {process.pid: process for process in _with_descendants(roots())}
            found = sum(_shared_out_mb(pid) for pid in here if pid != but)
            highest[0] = max(highest[0], found)
            spent = time.perf_counter() - begun
            pause = least if close else max(least, _PAUSE * spent)

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield lambda: highest[0]
    finally:
        is_over.set()
        thread.join()


def tree_cpu(roots: list[psutil.Process]) -> float:
    """Return the processor time so far of processes and all descendants they waited for."""
    total = 0.0
    for process in _with_descendants(roots):
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def _with_descendants(roots: list[psutil.Process]) -> list[psutil.Process]:
    found = list(roots)
    for process in roots:
        with contextlib.suppress(psutil.NoSuchProcess):
            found.extend(process.children(recursive=True))
    return found


def _shared_out_mb(pid: int) -> float:
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _content(file: "tempfile._TemporaryFileWrapper[bytes]") -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def _adopt_orphans() -> None:
    """Have processes whose parent ends become ours, so that their time is told to us."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def _reap_orphans() -> None:
    deadline = time.monotonic() + 3
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < deadline:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.02)
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
