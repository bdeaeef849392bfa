"""What a worker of a Dask cluster does: calls in children of its own, on files that were sent."""

import contextlib
import os
import platform
import shutil
import sys
import tempfile
import threading
import time
import types
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from multiprocessing import connection, process
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

from lab.benchmark.calls import CellOrder, PrepareOrder, prepare
from lab.benchmark.executor import Order
from lab.benchmark.isolated import Call, Child, Outcome, child_context
from lab.benchmark.limits import memory_mb
from lab.experiments import CELL_VERSION, Failure, library_versions
from lab.standby import calm_environment, modules_for

_POLL_SECONDS = 0.2
_KEPT_BESIDES = 3
"""Prepared splits that a worker keeps besides one for each of its threads."""
_children = threading.Lock()
"""Held while a child starts or is looked at: multiprocessing's own books know no threads."""


class Shipment:
    """Files that travel to each worker once and lie there in a folder that goes when it goes.

    Dask moves it from worker to worker. What is prepared from the files lies beside them.

    Parameters
    ----------
    files : mapping of str to Path or bytes
        By their name in the folder; paths before they travel, bytes after.
    """

    def __init__(self, files: Mapping[str, Path | bytes]) -> None:
        self._files = dict(files)
        self._folder: Path | None = None
        self._lock = threading.Lock()
        self._prepared: dict[str, _Prepared] = {}

    def __reduce__(self) -> tuple[type["Shipment"], tuple[dict[str, bytes]]]:
        """Travel as bytes, wherever the files lie now."""
        return Shipment, ({name: _read(file) for name, file in self._files.items()},)

    def folder(self, parent: Path) -> Path:
        """Return the folder where the files lie, made below another when it is asked for first."""
        with self._lock:
            if self._folder is None:
                folder = Path(tempfile.mkdtemp(prefix="playground-", dir=parent))
                weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
                for name, file in self._files.items():
                    path = folder / name
                    path.parent.mkdir(exist_ok=True)
                    path.write_bytes(_read(file))
                    self._files[name] = path
                self._folder = folder
            return self._folder

    @contextlib.contextmanager
    def prepared(self, folder: str, *, most: int) -> Iterator["_Prepared"]:
        """Hold a prepared split, so that it stays; beyond the most, the oldest others go."""
        with self._lock:
            held = self._prepared.pop(folder, None) or _Prepared()
            self._prepared[folder] = held  # the newest is last
            held.n_users += 1
            unused = [name for name, other in self._prepared.items() if not other.n_users]
            for name in unused[: max(0, len(self._prepared) - most)]:
                del self._prepared[name]
                shutil.rmtree(name, ignore_errors=True)
        try:
            yield held
        finally:
            with self._lock:
                held.n_users -= 1


@dataclass
class _Prepared:
    lock: threading.Lock = field(default_factory=threading.Lock)
    n_users: int = 0
    outcome: Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class WorkerFacts:
    """What must be the same on all workers for equal results, and whether children can start."""

    python: str
    cell_version: int
    libraries: dict[str, str]
    can_have_children: bool

    def difference(self, wanted: "WorkerFacts") -> str:
        """Return in words how a worker differs from what is wanted; empty when it does not."""
        if self.python != wanted.python:
            return f"has Python {self.python} instead of {wanted.python}"
        if self.cell_version != wanted.cell_version:
            return "has another version of the playground"
        for name in sorted({*self.libraries, *wanted.libraries}):
            theirs, ours = self.libraries.get(name), wanted.libraries.get(name)
            if theirs != ours:
                return f"has {name} {theirs or 'missing'} instead of {ours or 'none'}"
        if self.can_have_children:
            return ""
        return (
            "was started so that it can have no processes: start it with"
            " DASK_DISTRIBUTED__WORKER__DAEMON=False"
        )


@cache
def worker_facts() -> WorkerFacts:
    """Return the facts of this process."""
    return WorkerFacts(
        python=".".join(platform.python_version_tuple()[:2]),
        cell_version=CELL_VERSION,
        libraries=library_versions(),
        can_have_children=not process.current_process().daemon,
    )


@dataclass(frozen=True, kw_only=True)
class CallLimits:
    """What a call may use.

    Parameters
    ----------
    seconds : float
        Wall time.
    cell_mb : int
        Memory in MB; 0 for a share of the worker's.
    """

    seconds: float
    cell_mb: int


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a worker sends back.

    Parameters
    ----------
    outcome : Outcome
        What became of the call.
    seconds : float
        Wall time of the call itself.
    predictions : bytes or None
        The file that it left.
    refusal : str
        Why the worker cannot take part, in words that follow its name.
    """

    outcome: Outcome
    seconds: float = 0.0
    predictions: bytes | None = None
    refusal: str = ""


def work(
    shipment: Shipment, call: Call, order: Order, limits: CallLimits, wanted: WorkerFacts
) -> Reply:
    """Make a call in a child of this worker and return what became of it.

    Parameters
    ----------
    shipment : Shipment
        The files that it needs.
    call : callable
        `prepare` or `fit_cell`.
    order : Order
        Its argument, as it is where the runner is.
    limits : CallLimits
        Of the call, and of a preparation that has to come before.
    wanted : WorkerFacts
        What this worker must be like.
    """
    if difference := worker_facts().difference(wanted):
        return Reply(outcome=Outcome(), refusal=difference)
    from distributed import get_worker

    worker = get_worker()
    run = _runner(worker, limits)
    here = order.moved(shipment.folder(Path(worker.local_directory)))
    preparation = here if isinstance(here, PrepareOrder) else here.preparation
    most = worker.state.nthreads + _KEPT_BESIDES
    with shipment.prepared(preparation.folder, most=most) as held:
        prepared = _prepare(held, preparation, run)
        if isinstance(here, PrepareOrder):
            return Reply(outcome=prepared)
        if failure := prepared.failure:
            message = f"its preparation failed: {failure.message}"
            return Reply(outcome=Outcome(failure=replace(failure, message=message)))
        return _fitted(call, here, run)


_Run = Callable[[Call, Order], Outcome]


def _prepare(held: _Prepared, order: PrepareOrder, run: _Run) -> Outcome:
    with held.lock:
        if held.outcome is None or held.outcome.data is None:
            held.outcome = run(prepare, order)
        return held.outcome


def _fitted(call: Call, order: CellOrder, run: _Run) -> Reply:
    started = time.monotonic()
    outcome = run(call, order)
    seconds = time.monotonic() - started
    path = Path(order.predictions)
    try:
        predictions = path.read_bytes() if path.exists() else None
    finally:
        path.unlink(missing_ok=True)
    return Reply(outcome=outcome, seconds=seconds, predictions=predictions)


def _runner(worker: Any, limits: CallLimits) -> _Run:
    """Return a function that makes a call in a child, which ends when nobody wants it any more."""
    key = worker.get_current_task()
    limit = worker.memory_manager.memory_limit
    megabytes = memory_mb(
        limits.cell_mb, worker.state.nthreads, total_mb=limit / 2**20 if limit else None
    )

    def is_wanted() -> bool:
        task = worker.state.tasks.get(key)  # Dask lets a thread go on whose task was cancelled
        return task is not None and task.state == "executing"

    def run(call: Call, order: Order) -> Outcome:
        with _children, _no_main_script():
            child = Child(_context(), call, (order,), seconds=limits.seconds, memory_mb=megabytes)
        while True:
            with _children:
                outcome = child.outcome()
            if outcome is not None:
                return outcome
            if not is_wanted():
                with _children:
                    child.kill()
                return Outcome(failure=Failure(kind="crash", message="it was stopped"))
            connection.wait(child.waitables, timeout=_POLL_SECONDS)

    return run


@cache
def _context() -> BaseContext:
    os.environ.update(calm_environment())  # inherited by the forkserver, which is not started yet
    return child_context(modules_for(resampling=True))


@contextlib.contextmanager
def _no_main_script() -> Iterator[None]:
    """Keep children from running the script again that started the worker."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _read(file: Path | bytes) -> bytes:
    return file if isinstance(file, bytes) else file.read_bytes()
