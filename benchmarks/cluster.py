"""What a cluster costs: overhead of a cell, and how many workers one runner can keep busy.

    python benchmarks/cluster.py overhead      # a Dask cluster on this machine against none
    python benchmarks/cluster.py saturation    # simulated workers, up to 1,000
    python benchmarks/cluster.py scheduler     # Dask's own scheduler with up to 1,000 threads

How it is simulated: `saturation` runs the real runner on a real store with an executor whose calls
are timers. A call ends half to one and a half times some seconds after it was started, and the
reply and the file of a cell that was really fitted are taken as those of a cluster are; no process
is started and nothing is fitted. So what is measured is all that the runner does for a cell, and
nothing of the cell. `scheduler` submits sleeping tasks through a real Dask client and scheduler to
one process with many threads: the path of a call without its fit.
"""

import heapq
import os
import random
import sys
import tempfile
import time
from collections.abc import Hashable
from pathlib import Path
from typing import Any

from lab.base import Task, Workspace, to_json
from lab.benchmark import runner as runner_module
from lab.benchmark import start, wait
from lab.benchmark.calls import CellOrder, fit_cell
from lab.benchmark.cluster import write_whole_files
from lab.benchmark.executor import Ended
from lab.benchmark.isolated import Outcome
from lab.benchmark.prepared import PreparedFacts, facts_to_bytes
from lab.data import Roles, load_sample, make_dataset
from lab.experiments import Candidate, CellState, Experiment, FoldResult, Limits
from lab.models import MODELS
from lab.recipes import auto_recipe
from lab.store import JobState, Store
from lab.validation import SPLITTERS, ValidationPlan

CELL_SECONDS = (1.0, 10.0)
WORKERS = (10, 30, 100, 300, 1000)
MOST_SECONDS = 20.0
ROUNDS = 4


def keep(store: Store, *, candidates: int, folds: int, repeats: int, workers: int = 0) -> str:
    """Keep an experiment of many small cells and return its id."""
    data = make_dataset(load_sample("penguins"), Roles(target="species", task=Task.MULTICLASS))
    entry = MODELS["logistic_regression"]
    recipe = auto_recipe(entry.preset, takes_missing=entry.takes_missing)
    experiment = Experiment(
        name="many cells",
        dataset_id=store.save_dataset(data),
        task=Task.MULTICLASS,
        candidates=tuple(
            Candidate(
                name=f"{number}",
                recipe=recipe,
                model=MODELS.choose("logistic_regression", {"C": 0.01 * (number + 1)}),
            )
            for number in range(candidates)
        ),
        plan=ValidationPlan(
            splitter=SPLITTERS.choose("stratified", {"folds": folds}), repeats=repeats
        ),
        metrics=("roc_auc",),
        limits=Limits(workers=workers),
    )
    return store.save_experiment(experiment)


class Timers:
    """An executor whose calls are timers of half to one and a half times some seconds."""

    def __init__(self, workers: int, seconds: float) -> None:
        self.workers = workers
        self._seconds = seconds
        self._chance = random.Random(0)
        self._begun: dict[Hashable, float] = {}
        self._due: list[tuple[float, int, Hashable, CellOrder | None]] = []
        self.slept = 0.0
        self.ends: list[float] = []
        self._reply, self._file = _canned()

    def __len__(self) -> int:
        return len(self._begun)

    @property
    def has_room(self) -> bool:
        return len(self._begun) < self.workers

    def elapsed(self) -> dict[Hashable, float]:
        now = time.monotonic()
        return {key: now - begun for key, begun in self._begun.items()}

    def start(self, key: Hashable, call: Any, args: tuple[Any]) -> None:
        now = self._begun[key] = time.monotonic()
        seconds = self._seconds * (0.5 + self._chance.random())
        order = args[0] if call is fit_cell else None
        heapq.heappush(self._due, (now + seconds, id(key), key, order))

    def wait(self, timeout: float) -> list[Ended]:
        pause = max(0.0, min(timeout, self._due[0][0] - time.monotonic()))
        time.sleep(pause)
        self.slept += pause
        now, ended = time.monotonic(), []
        while self._due and self._due[0][0] <= now:
            ended.append(heapq.heappop(self._due))
        write_whole_files((Path(order.predictions), self._file) for *_, order in ended if order)
        return [self._ended(key, is_cell=order is not None) for *_, key, order in ended]

    def kill(self) -> None:
        self._begun.clear()

    def _ended(self, key: Hashable, *, is_cell: bool) -> Ended:
        del self._begun[key]
        if not is_cell:
            data = facts_to_bytes(PreparedFacts(seconds=0.1, notes=()))
            return Ended(key=key, outcome=Outcome(data=data), seconds=0.1)
        self.ends.append(time.monotonic())
        return Ended(key=key, outcome=Outcome(data=self._reply), seconds=self._seconds)


def _canned() -> tuple[bytes, bytes]:
    """Return the reply and the file of a cell that was really fitted."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Workspace(root=Path(folder)))
        experiment_id = keep(store, candidates=1, folds=2, repeats=1)
        start(store, experiment_id)
        wait(store, experiment_id)
        record = store.records(experiment_id)[0]
        assert isinstance(record.result, FoldResult)
        reply = f"0\n{to_json(record.result)}".encode()
        return reply, store.predictions_path(record.cell.key).read_bytes()


def saturation() -> None:
    """Print throughput against simulated workers, and what the runner itself needs for a cell."""
    print("cell s  workers  cells  cells/s  share of what the workers could do  runner ms a cell")
    for seconds in CELL_SECONDS:
        for workers in WORKERS:
            n_cells = int(min(10_000, max(4 * workers, workers * MOST_SECONDS / seconds)))
            _simulate(seconds, workers, n_cells)


def _simulate(seconds: float, workers: int, n_cells: int) -> None:
    folds = max(2, min(20, n_cells // 50))
    repeats = max(1, min(10, n_cells // (50 * folds)))
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Workspace(root=Path(folder)))
        candidates = max(1, round(n_cells / (folds * repeats)))
        experiment_id = keep(store, candidates=candidates, folds=folds, repeats=repeats)
        timers = Timers(workers, seconds)
        runner_module.Runner._executor = lambda *_: timers  # type: ignore[method-assign,assignment]
        store.claim_job(experiment_id)
        store.adopt_job(experiment_id, os.getpid())
        state, message = runner_module.run_experiment(store, experiment_id)
        store.finish_job(experiment_id, state, message)
        assert state is JobState.DONE, message
        assert all(r.state is CellState.DONE for r in store.records(experiment_id))
    n_cells = len(timers.ends)
    early, late = n_cells // 4, 3 * n_cells // 4  # when all workers have begun, and none has ended
    rate = (late - early) / (timers.ends[late] - timers.ends[early])
    busy = timers.ends[-1] - timers.ends[0] - timers.slept
    print(
        f"{seconds:6g} {workers:8} {n_cells:6} {rate:8.1f} {rate * seconds / workers:11.0%}"
        f" {1000 * max(busy, 0.0) / n_cells:22.2f}",
        flush=True,
    )


def scheduler() -> None:
    """Print what Dask's scheduler and client need for a task, without any fit."""
    from distributed import Client, LocalCluster, as_completed

    seconds = 1.0
    print("threads  tasks  wall s  tasks/s  of ideal")
    for threads in (10, 100, 300, 1000):
        with (
            LocalCluster(
                n_workers=1, threads_per_worker=threads, processes=True, dashboard_address=":0"
            ) as cluster,
            Client(cluster) as client,
        ):
            client.submit(time.sleep, 0.0).result()
            tasks, left = 5 * threads, 5 * threads
            begun = time.monotonic()
            first = [client.submit(time.sleep, seconds, pure=False) for _ in range(threads)]
            left -= threads
            done = as_completed(first, with_results=True)
            for _ in done:
                if left:
                    done.add(client.submit(time.sleep, seconds, pure=False))
                    left -= 1
            wall = time.monotonic() - begun
            print(
                f"{threads:7} {tasks:6} {wall:7.1f} {tasks / wall:8.1f} {5 * seconds / wall:8.0%}"
            )


def overhead() -> None:
    """Print the best time of a run of tiny cells on two workers, here and on a cluster here."""
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set({"distributed.worker.daemon": False}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
    ):
        address = cluster.scheduler_address
        best: dict[tuple[str, int], float] = {}
        for _ in range(ROUNDS):
            for where in ("", address):
                for n_cells in (10, 110):
                    took = _timed_run(n_cells, where)
                    best[where, n_cells] = min(took, best.get((where, n_cells), took))
    for name, where in (("here", ""), ("cluster", address)):
        few, many = best[where, 10], best[where, 110]
        each = 1000 * (many - few) / 100
        print(f"{name:8} 10 cells {few:5.2f} s, 110 cells {many:5.2f} s: {each:5.1f} ms a cell")


def _timed_run(n_cells: int, cluster: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Workspace(root=Path(folder)))
        experiment_id = keep(store, candidates=n_cells // 5, folds=5, repeats=1, workers=2)
        begun = time.monotonic()
        start(store, experiment_id, cluster=cluster)
        job = wait(store, experiment_id, poll=0.01)
        assert job.state is JobState.DONE, job.message
        return time.monotonic() - begun


if __name__ == "__main__":
    {"overhead": overhead, "saturation": saturation, "scheduler": scheduler}[sys.argv[1]]()
