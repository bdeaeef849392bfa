"""Who does a job: the process that waits if it is free, or else a new one."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the first import of a forkserver passes here
    from lab.base import Workspace

_ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS",
    ),
    "1",
)
FOLDERS = ("PLAYGROUND_HOME", "PLAYGROUND_MODELS")
"""As `lab.base` names them, which imports more than is there so early."""
_ROOT = Path(__file__).resolve().parents[2]
_NICE = 5
"""Jobs and all that they start give way to what the user does meanwhile."""


@dataclass
class _Standby:
    """A process that waits for orders."""

    process: "subprocess.Popen[bytes]"
    is_free: Callable[[], bool]

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def let_go(self) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # of an order that it did not live to read
            self.process.stdin.close()


_standbys: dict[Path | None, _Standby] = {}
_started: list["subprocess.Popen[bytes]"] = []
_lock = threading.Lock()


def warm_up(modules: tuple[str, ...], workspace: "Workspace | None" = None) -> None:
    """Have a process wait, its libraries imported, for the next job.

    It ends with the process that called this, after the job that it is at.

    Parameters
    ----------
    modules : tuple of str
        From `modules_for`.
    workspace : Workspace, optional
        Where the jobs are kept that it does, and its log; by default it does those of any and
        tells nothing until it has one.
    """
    root = None if workspace is None else workspace.root
    with _lock:
        standby = _standbys.get(root)
        if standby is None or not standby.is_alive:
            if standby is not None:
                standby.let_go()
            log = Path(os.devnull) if workspace is None else workspace.path("logs", "standby.txt")
            ours = _whole_paths() if workspace is None else job_variables(workspace)
            process = _spawn("lab.standby", modules, log, ours, stdin=subprocess.PIPE)
            _standbys[root] = _Standby(process=process, is_free=lambda: True)


def put_to_work(
    workspace: "Workspace",
    job_id: str,
    package: str,
    arguments: tuple[str, ...],
    *,
    is_over: Callable[[], bool],
) -> int:
    """Have a process do a job, the one that waits if it is free, and return its number.

    Parameters
    ----------
    workspace : Workspace
        Where the job is kept.
    job_id : str
        The job.
    package : str
        A package whose ``__main__`` has a ``main`` that does it.
    arguments : tuple of str
        What ``main`` is called with.
    is_over : callable () -> bool
        Whether the job has ended, so that its process can take another.
    """
    log = workspace.path("logs", f"{job_id}.txt")
    ours = job_variables(workspace)
    with _lock:
        standby = _standbys.get(workspace.root) or _standbys.get(None)
        if standby is not None and standby.is_alive and standby.is_free():
            order = {"package": package, "arguments": arguments, "log": str(log), "variables": ours}
            with contextlib.suppress(BrokenPipeError):
                _write(standby.process, json.dumps(order))
                standby.is_free = is_over
                return standby.process.pid
        return _spawn(package, arguments, log, ours, stdin=subprocess.DEVNULL).pid


def reap() -> None:
    """Let processes go that have ended."""
    with _lock:
        _started[:] = [process for process in _started if process.poll() is None]


def _write(process: "subprocess.Popen[bytes]", line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line.encode() + b"\n")
    process.stdin.flush()


def _spawn(
    package: str, arguments: tuple[str, ...], log: Path, variables: dict[str, str], *, stdin: int
) -> "subprocess.Popen[bytes]":
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", package, *arguments],
            cwd=_ROOT,
            env={**os.environ, **calm_environment(), **variables},
            stdin=stdin,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
    _started.append(process)
    return process


def calm_environment() -> dict[str, str]:
    """Return what has children find our code and compute with one thread each."""
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    calm = {"OMP_WAIT_POLICY": "passive", "TOKENIZERS_PARALLELISM": "false"}
    return {**_ONE_THREAD, **calm, "PYTHONPATH": os.pathsep.join(paths)}


def _whole_paths() -> dict[str, str]:
    """Return the folders that the environment names, for a process with another current one."""
    named = {name: os.environ[name] for name in FOLDERS if os.environ.get(name)}
    return {name: str(Path(path).expanduser().resolve()) for name, path in named.items()}


def job_variables(workspace: "Workspace") -> dict[str, str]:
    """Return what the environment says where the jobs of a workspace are done."""
    from lab.base import HOME_VARIABLE, MODELS_VARIABLE, models_folder

    # Models are those that a check saw here, also where a command names another workspace.
    return {HOME_VARIABLE: str(workspace.root), MODELS_VARIABLE: str(models_folder())}
