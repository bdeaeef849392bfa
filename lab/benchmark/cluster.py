"""The executor on a Dask cluster: calls are made by its workers, results are written here.

Workers share no files with us. Table and splits travel to each worker once, a prepared split is
made once on each worker that has cells of it, and predictions come back as bytes.
"""

import contextlib
import queue
import time
from collections.abc import Hashable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.base import LabError, writing_whole
from lab.benchmark.calls import SPLITS, TABLE, CellOrder, DataPlace
from lab.benchmark.cluster_address import check_cluster
from lab.benchmark.cluster_worker import (
    CallLimits,
    Reply,
    Shipment,
    WorkerFacts,
    work,
    worker_facts,
)
from lab.benchmark.executor import Ended, Order
from lab.benchmark.isolated import Call, Outcome
from lab.experiments import Failure, Limits

ANSWER_SECONDS = 10.0
"""How long a cluster may take to answer, and a worker to join it."""
_COUNT_SECONDS = 1.0
_WRITERS = 16
_HINT = "See docs/scaling.md for how workers are started."


@dataclass(frozen=True, kw_only=True)
class _Running:
    future: Any
    call: Call
    order: Order
    started: float
    is_retry: bool


class Cluster:
    """Calls that run on the workers of a Dask cluster, as many as these have threads.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://host:8786``.
    place : DataPlace
        The files to send; read when the first call is started.
    limits : Limits
        Of each call.

    Raises
    ------
    LabError
        When the address is none, no cluster answers there, or a worker is unlike this machine.
    """

    def __init__(self, address: str, *, place: DataPlace, limits: Limits) -> None:
        check_cluster(address)
        self._address = address
        self._place = place
        self._most = limits.workers
        self._limits = CallLimits(seconds=limits.cell_seconds, cell_mb=limits.cell_mb)
        self._running: dict[Hashable, _Running] = {}
        self._done: queue.SimpleQueue[Hashable] = queue.SimpleQueue()
        self._shipment: Any = None
        self._threads, self._counted = 0, float("-inf")
        self._client = _connect(address)
        try:
            self._check_workers()
        except BaseException:
            self.kill()
            raise

    def __len__(self) -> int:
        """Return the number of running calls."""
        return len(self._running)

    @property
    def workers(self) -> int:
        """The threads of all workers that are there now, or fewer when fewer were asked for."""
        if time.monotonic() - self._counted > _COUNT_SECONDS:
            with self._telling():
                self._threads = sum(self._client.nthreads().values())
            self._counted = time.monotonic()
        return max(1, min(self._threads, self._most or self._threads))

    @property
    def has_room(self) -> bool:
        """Whether another call may start."""
        return len(self._running) < self.workers

    def elapsed(self) -> dict[Hashable, float]:
        """Return how long each running call has been running, in seconds."""
        now = time.monotonic()
        return {key: now - running.started for key, running in self._running.items()}

    def start(self, key: Hashable, call: Call, args: tuple[Order]) -> None:
        """Start a call under a name."""
        self._start(key, call, args[0], is_retry=False)

    def wait(self, timeout: float) -> list[Ended]:
        """Wait until a call ends or the seconds are over; return those that have ended."""
        with self._telling():
            finished = [(key, self._running[key]) for key in self._ended_keys(timeout)]
            told = [item for item in finished if item[1].future.status == "finished"]
            replies = dict(
                zip(
                    [key for key, _ in told],
                    self._client.gather([running.future for _, running in told]),
                    strict=True,
                )
            )
        write_whole_files(
            (Path(running.order.predictions), reply.predictions)
            for key, running in told
            if isinstance(running.order, CellOrder)
            and (reply := replies[key]).predictions is not None
        )
        ended = [self._settle(key, running, replies.get(key)) for key, running in finished]
        return [one for one in ended if one is not None]

    def kill(self) -> None:
        """End all running calls at once, and leave the cluster."""
        if self._client.status == "closed":
            return
        futures = [running.future for running in self._running.values()]
        self._running.clear()
        self._shipment = None
        with contextlib.suppress(OSError, TimeoutError, RuntimeError, ValueError):
            self._client.cancel(futures)
        self._client.close(timeout=ANSWER_SECONDS)

    def _check_workers(self) -> None:
        from distributed import TimeoutError as NoWorkers

        with self._telling():
            try:
                self._client.wait_for_workers(1, timeout=ANSWER_SECONDS)
            except NoWorkers:
                raise LabError(
                    f"the cluster at {self._address} has no workers", hint=_HINT
                ) from None
            try:
                facts: dict[str, WorkerFacts] = self._client.run(worker_facts)
            except ImportError:
                raise self._without_code() from None
        for worker, theirs in facts.items():
            if difference := theirs.difference(worker_facts()):
                raise _refused(f"the worker at {worker} {difference}")

    def _start(self, key: Hashable, call: Call, order: Order, *, is_retry: bool) -> None:
        with self._telling():
            if self._shipment is None:
                files = _files(self._place)
                self._shipment = self._client.scatter(Shipment(files), broadcast=True, hash=False)
            future = self._client.submit(
                work, self._shipment, call, order, self._limits, worker_facts(), pure=False
            )
        future.add_done_callback(lambda _: self._done.put(key))
        self._running[key] = _Running(
            future=future, call=call, order=order, started=time.monotonic(), is_retry=is_retry
        )

    def _ended_keys(self, timeout: float) -> list[Hashable]:
        """Return the names of calls that have ended, once there is any or the seconds are over."""
        found = []
        with contextlib.suppress(queue.Empty):
            found.append(self._done.get(timeout=timeout))
            while True:
                found.append(self._done.get_nowait())
        return [
            key
            for key in dict.fromkeys(found)
            if key in self._running and self._running[key].future.done()
        ]

    def _settle(self, key: Hashable, running: _Running, reply: Reply | None) -> Ended | None:
        del self._running[key]
        if reply is None:
            reply = self._lost(running)
        if reply is None or _is_crash(reply.outcome):
            if not running.is_retry:
                self._start(key, running.call, running.order, is_retry=True)
                return None
            reply = reply or Reply(
                outcome=Outcome(failure=Failure(kind="crash", message="its worker was lost"))
            )
        if reply.refusal:
            raise _refused(f"a worker that joined the cluster {reply.refusal}")
        return Ended(key=key, outcome=reply.outcome, seconds=reply.seconds)

    def _lost(self, running: _Running) -> Reply | None:
        """Return what to make of a call that gave no reply; None when it was lost on the way."""
        if running.future.status != "error":  # cancelled, since the files it needs are gone
            self._shipment = None
            return None
        error = running.future.exception()
        if isinstance(error, ImportError):
            raise self._without_code()
        if type(error).__name__ == "KilledWorker":
            return None
        message = f"its worker failed: {type(error).__name__}: {error}"[:300]
        return Reply(outcome=Outcome(failure=Failure(kind="error", message=message)))

    def _without_code(self) -> LabError:
        return LabError(
            f"a worker of the cluster at {self._address} cannot load the playground's code",
            hint=f"Start it in a folder that holds the same version of it. {_HINT}",
        )

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        from distributed import CancelledError

        try:
            yield
        except (OSError, TimeoutError, CancelledError, RuntimeError) as error:
            raise LabError(
                f"the cluster at {self._address} was lost ({type(error).__name__})",
                hint="What was finished is kept: start again once the cluster answers.",
            ) from error


def write_whole_files(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write files whole, several at once: the disk confirms many in the time of one."""

    def write(path: Path, data: bytes) -> None:
        with writing_whole(path) as file:
            file.write(data)

    with ThreadPoolExecutor(_WRITERS) as writers:
        for written in [writers.submit(write, path, data) for path, data in files]:
            written.result()


def _connect(address: str) -> Any:
    from distributed import Client

    try:
        return Client(address, timeout=ANSWER_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise LabError(
            f"no Dask cluster answers at {address} within {ANSWER_SECONDS:g} seconds", hint=_HINT
        ) from error


def _files(place: DataPlace) -> dict[str, Path | bytes]:
    table = {f"{TABLE}/{path.name}": path for path in Path(place.table).iterdir()}
    return {**table, SPLITS: Path(place.splits)}


def _is_crash(outcome: Outcome) -> bool:
    return outcome.failure is not None and outcome.failure.kind == "crash"


def _refused(message: str) -> LabError:
    return LabError(message, hint=f"All workers must be like the machine that asks them. {_HINT}")
