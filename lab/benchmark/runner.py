"""The runner: works through the cells of one experiment and commits what comes out.

It has a process of its own, is the only one that writes results, and can be killed at any moment:
what was committed stays, and starting it again does the rest.
"""

import shutil
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from lab.base import LabError, disk_full, from_json
from lab.benchmark.calls import (
    Division,
    data_place,
    divide,
    fit_cell,
    prepare,
    result_from_bytes,
)
from lab.benchmark.durations import Size, guess_run
from lab.benchmark.estimates import Estimates, stands_for
from lab.benchmark.executor import Ended, Executor
from lab.benchmark.isolated import child_context, run_isolated
from lab.benchmark.limits import memory_mb, worker_count
from lab.benchmark.look import LOOK, Look
from lab.benchmark.orders import Orders
from lab.benchmark.pool import Pool
from lab.benchmark.preload import modules_of
from lab.benchmark.prepared import PreparedFacts, facts_from_bytes
from lab.benchmark.race import Race
from lab.benchmark.schedule import PreparedKey, Work, in_order
from lab.benchmark.waiting import WaitingCells
from lab.experiments import Cell, CellState, Experiment, Failure, FoldResult
from lab.store import Finished, JobState, Progress, Store

_POLL_SECONDS = 0.2


def run_experiment(store: Store, experiment_id: str, *, cluster: str = "") -> tuple[JobState, str]:
    """Run all cells of an experiment that are not done.

    Parameters
    ----------
    store : Store
        Where the experiment is kept; this process has adopted its job.
    experiment_id : str
        The experiment.
    cluster : str, default ""
        Address of the Dask cluster that runs its cells; empty for this machine.

    Returns
    -------
    tuple of (JobState, str)
        How it ended, with a sentence when that is not well.
    """
    experiment = store.load_experiment(experiment_id)
    store.renew_cells(experiment)
    store.reset_cells(experiment_id)
    records = store.records(experiment_id)
    cells = [record.cell for record in records if not record.state.is_final]
    n_done = len(records) - len(cells)
    store.report_job(experiment_id, state=JobState.RUNNING, done=n_done)
    if not cells:
        return JobState.DONE, ""
    folder = store.workspace.path("running", experiment_id)
    for left in folder.parent.iterdir():  # of runs that were killed; it is our turn
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        runner = Runner(store, experiment, folder, n_done=n_done, cluster=cluster)
        try:
            return runner.run(cells)
        except BaseException:
            runner.keep_finished()
            raise
        finally:
            runner.pool.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Runner:
    """One run of one experiment.

    Parameters
    ----------
    store : Store
        Where results are kept.
    experiment : Experiment
        What is run.
    folder : Path
        For splits and prepared matrices while it runs.
    n_done : int
        Cells that were finished before.
    cluster : str, default ""
        Address of a Dask cluster; empty for this machine.
    """

    def __init__(
        self,
        store: Store,
        experiment: Experiment,
        folder: Path,
        *,
        n_done: int,
        cluster: str = "",
    ) -> None:
        limits = experiment.limits
        self.store = store
        self.experiment = experiment
        self.folder = folder
        self.n_done = n_done
        self.context = child_context(modules_of(experiment.candidates))
        self.workers = worker_count(limits.workers)
        self.memory_mb = memory_mb(limits.cell_mb, self.workers)
        self.place = data_place(store, experiment.dataset_id, folder)
        self.pool = self._executor(cluster)
        self.queue = WaitingCells(())
        self.running: dict[str, Work] = {}
        self.started: list[str] = []
        self.finished: list[Finished] = []
        self.facts: dict[PreparedKey, PreparedFacts] = {}
        self.readers: Counter[PreparedKey] = Counter()
        self.tell_at = time.monotonic()
        records = store.records(experiment.id)
        self.race = Race(experiment, records) if experiment.racing else None
        self.look = Look(store, experiment, self.place)

    def _executor(self, cluster: str) -> Executor:
        limits = self.experiment.limits
        if cluster:
            from lab.benchmark.cluster import Cluster

            return Cluster(cluster, place=self.place, limits=limits)
        return Pool(
            self.context,
            workers=self.workers,
            seconds=limits.cell_seconds,
            memory_mb=self.memory_mb,
        )

    def run(self, cells: list[Cell]) -> tuple[JobState, str]:
        """Divide the rows, then run the cells."""
        outcome = run_isolated(
            self.context,
            divide,
            (self.place, self.experiment),
            seconds=self.experiment.limits.cell_seconds,
            memory_mb=self.memory_mb,
        )
        if outcome.failure is not None:
            return JobState.FAILED, outcome.failure.message
        division = from_json(Division, outcome.data or b"")
        self.orders = Orders(
            experiment=self.experiment,
            place=self.place,
            folder=self.folder,
            n_classes=division.n_classes,
        )
        self._plan(cells, division)
        while self.queue or len(self.pool):
            self.look.start_when_due(self.pool, len(self.queue))
            self._start()
            self._commit()  # while the next ones run: a transaction waits for the disk
            for ended in sorted(self.pool.wait(_POLL_SECONDS), key=lambda one: one.found_disk_full):
                self._settle(ended)
            self._drop_losers()
        self._commit()
        return JobState.DONE, ""

    def keep_finished(self) -> None:
        """Write the results that came before a run was stopped, if they can still be written."""
        self.started.clear()
        with suppress(LabError):  # the reason to stop is the one to be told
            if self.finished:
                self._commit()

    def _plan(self, cells: list[Cell], division: Division) -> None:
        size = Size(rows=division.n_rows, columns=division.n_columns, classes=division.n_classes)
        self.estimates = Estimates(guess_run(self.store, self.experiment, size))
        works = []
        for cell in cells:
            candidate = self.experiment.candidates[cell.candidate]
            key = PreparedKey(
                recipe_id=candidate.preparation_id,
                split=division.folds.index((cell.repeat, cell.fold)),
                share=candidate.train_share,
            )
            work = Work(cell=cell, prepared=key)
            if reason := division.unfit.get(cell.candidate):
                self._fail(work, Failure(kind="recipe", message=reason))
            else:
                works.append(work)
        self.readers.update(work.prepared for work in works)
        self.queue = WaitingCells(in_order(works, self.estimates.seconds))
        self.began = time.monotonic()
        self.look.allow_below(len(works) - len(self.experiment.candidates))
        self._drop_losers()
        self._commit()

    def _start(self) -> None:
        while self.pool.has_room and (work := self.queue.first()) is not None:
            if self.queue.is_ready(work):
                self._start_cell(work)
            else:
                self.queue.ask(work.prepared)
                self.pool.start(work.prepared, prepare, (self.orders.preparation(work),))

    def _start_cell(self, work: Work) -> None:
        key = work.cell.key
        self.queue.take(work)
        self.running[key] = work
        self.started.append(key)
        self.pool.start(key, fit_cell, (self.orders.cell(work, self.store.predictions_path(key)),))

    def _settle(self, ended: Ended) -> None:
        if isinstance(ended.key, PreparedKey):
            self._settle_preparation(ended.key, ended)
        elif ended.key == LOOK:
            self.estimates.note_other(ended.seconds)
            self.look.settle(ended)
        else:
            self._settle_cell(self.running.pop(str(ended.key)), ended)

    def _settle_preparation(self, key: PreparedKey, ended: Ended) -> None:
        if ended.outcome.data is not None:
            self.facts[key] = facts_from_bytes(ended.outcome.data)
            self.estimates.learn_preparation(key, ended.seconds)
            self.queue.admit(key)
        elif (failure := ended.outcome.failure) is not None:
            message = f"its preparation failed: {failure.message}"
            for work in self.queue.drop(lambda work: work.prepared == key):
                self._fail(work, replace(failure, message=message))
                self._release(work)

    def _settle_cell(self, work: Work, ended: Ended) -> None:
        self.estimates.learn(work.cell.candidate, ended.seconds)
        if ended.outcome.data is None:
            self._fail(work, ended.outcome.failure or Failure(kind="crash", message="no result"))
        else:
            checksum, result = result_from_bytes(ended.outcome.data)
            facts = self.facts[work.prepared]
            warnings = tuple(dict.fromkeys((*facts.notes, *result.warnings)))
            whole = replace(result, prepare_seconds=facts.seconds, warnings=warnings)
            self._finish(Finished(key=work.cell.key, result=whole, checksum=checksum))
            if self.race is not None:
                self.race.note(work.cell, whole)
        self._release(work)

    def _release(self, work: Work) -> None:
        self.readers[work.prepared] -= 1
        if not self.readers[work.prepared]:
            shutil.rmtree(self.orders.prepared(work.prepared), ignore_errors=True)

    def _drop_losers(self) -> None:
        for candidate, failure in (self.race.newly_out() if self.race else {}).items():
            result = FoldResult(state=CellState.SKIPPED, failure=failure)
            for work in self.queue.drop(partial(_is_of, candidate)):
                self._finish(Finished(key=work.cell.key, result=result))
                self._release(work)

    def _fail(self, work: Work, failure: Failure) -> None:
        if failure.kind == "disk":
            raise disk_full(self.store.workspace.root)
        state = CellState.TIMED_OUT if failure.kind == "timeout" else CellState.FAILED
        result = FoldResult(state=state, failure=failure)
        self._finish(Finished(key=work.cell.key, result=result))

    def _finish(self, finished: Finished) -> None:
        self.n_done += 1
        self.finished.append(finished)

    def _commit(self) -> None:
        if not self.finished and not self.started and time.monotonic() < self.tell_at:
            return
        elapsed = self.pool.elapsed()
        unprepared = [key for key, n in self.readers.items() if n and key not in self.facts]
        eta = self.estimates.remaining(
            self.queue.per_candidate,
            [(work.cell.candidate, elapsed.get(key, 0.0)) for key, work in self.running.items()],
            self.pool.workers,
            unprepared=[(key, elapsed.get(key, 0.0)) for key in unprepared],
            queue=self.queue,
            elapsed=time.monotonic() - self.began,
        )
        progress = Progress(job_id=self.experiment.id, done=self.n_done, eta_seconds=eta)
        self.store.commit_cells(self.finished, progress, started=self.started)
        self.finished.clear()
        self.started.clear()
        self.tell_at = time.monotonic() + stands_for(eta)


def _is_of(candidate: int, work: Work) -> bool:
    return work.cell.candidate == candidate
