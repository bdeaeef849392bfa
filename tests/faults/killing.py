"""Runs that are killed at random moments, and what must hold after every kill.

Used by `test_kills.py` and by ``benchmarks/faults.py``, which kills more often.
"""

import contextlib
import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from family import OWNER, descends, family, part_of

from lab.base import HOME_VARIABLE
from lab.benchmark import start, status, wait
from lab.data import Dataset, load_sample, make_dataset, sample_roles
from lab.experiments import Candidate, CellState, Experiment
from lab.models import MODELS
from lab.recipes import auto_recipe
from lab.store import JobState, Store
from lab.validation import SPLITTERS, ValidationPlan

ROOT = Path(__file__).resolve().parents[2]
ORPHAN_SECONDS = 2.0
INSTEAD = {"runner": ("waiting",), "waiting": ("runner",), "forkserver": ("runner", "waiting")}


def committed(store: Store, experiment_id: str) -> dict[str, tuple[Any, ...]]:
    """Return the rows of finished cells as they stand in the database, and their files."""
    with contextlib.closing(sqlite3.connect(store.database.path, timeout=30)) as connection:
        rows = connection.execute(
            "SELECT key, result, checksum, updated FROM cell JOIN experiment_cell USING (key)"
            " WHERE experiment_id = ? AND state = 'done'",
            (experiment_id,),
        ).fetchall()
    found = {}
    for key, *row in rows:
        path = store.predictions_path(key)
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "lost"
        found[key] = (*row, content, path.stat().st_mtime_ns if path.exists() else 0)
    return found


def results(store: Store, experiment_id: str) -> list[tuple[Any, ...]]:
    """Return everything of a run that must not depend on how it went."""
    files = {key: row[-2] for key, row in committed(store, experiment_id).items()}
    return [
        (record.cell, record.state, record.result and _scores(record.result), files.get(key))
        for record in store.records(experiment_id)
        for key in [record.cell.key]
    ]


def _scores(result: Any) -> tuple[Any, ...]:
    return result.test_scores, result.train_scores, result.n_train, result.n_test, result.failure


def fault_of_database(store: Store) -> str:
    """Return what SQLite finds wrong with the file; ``ok`` when nothing."""
    with contextlib.closing(sqlite3.connect(store.database.path, timeout=30)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def keep(store: Store, dataset: Dataset, experiment: Experiment) -> str:
    """Keep an experiment with its data in a store and return its id."""
    store.save_dataset(dataset)
    return store.save_experiment(experiment)


def small_work(settings: dict[str, dict[str, object]], folds: int) -> tuple[Dataset, Experiment]:
    """Return a small table of all kinds of columns, and models that are to be compared on it."""
    dataset = make_dataset(load_sample("penguins"), sample_roles("penguins"))
    experiment = Experiment(
        name="Killed",
        dataset_id=dataset.id,
        task=dataset.roles.task,
        candidates=tuple(
            Candidate(
                name=key,
                recipe=auto_recipe(MODELS[key].preset, takes_missing=MODELS[key].takes_missing),
                model=MODELS.choose(key, given),
            )
            for key, given in settings.items()
        ),
        plan=ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": folds})),
        metrics=("roc_auc",),
    )
    return dataset, experiment


@dataclass
class Tally:
    """What was killed, and what went wrong.

    Parameters
    ----------
    killed : Counter of str
        Kills by what was killed.
    faults : list of str
        What did not hold.
    slowest : dict of str to float
        The longest that anything lived on after a kill, in seconds.
    """

    killed: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: dict[str, float] = field(default_factory=dict)
    n_cells: int = 0
    n_runs: int = 0


class Killing:
    """An experiment that is killed again and again until it is done all the same.

    Parameters
    ----------
    store : Store
        A workspace of its own.
    experiment_id : str
        Kept in it.
    chance : Random
        Decides when, and what.
    tally : Tally
        What happened.
    """

    def __init__(
        self,
        store: Store,
        experiment_id: str,
        *,
        chance: random.Random,
        tally: Tally,
    ) -> None:
        self.store = store
        self.experiment_id = experiment_id
        self.chance = chance
        self.tally = tally
        experiment = store.load_experiment(experiment_id)
        self.models = tuple(candidate.model.key for candidate in experiment.candidates)
        self.owners: list[subprocess.Popen[bytes]] = []
        self.before: dict[str, tuple[Any, ...]] = {}

    @property
    def is_done(self) -> bool:
        """Whether every cell has a result."""
        records = self.store.records(self.experiment_id)
        return all(record.state is CellState.DONE for record in records)

    def start(self, *, is_warm: bool) -> None:
        """Have the experiment run, by a new process or by one that waits."""
        if self._is_active:
            return
        if is_warm:
            self.end_owners()
            arguments = [self.experiment_id, *self.models]
            self.own([sys.executable, "-c", OWNER, *arguments])
            eventually(lambda: self._find("waiting") is not None, 20.0)
        else:
            start(self.store, self.experiment_id)

    def own(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Start a process that others may wait for."""
        paths = {HOME_VARIABLE: str(self.store.workspace.root), "PYTHONPATH": str(ROOT)}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        owner = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **paths}, **quiet)
        self.owners.append(owner)
        return owner

    def kill_one(self, wanted: str, *, within: float) -> bool:
        """Kill a part, or what does its work, and check what is left; return whether it was there.

        Parameters
        ----------
        wanted : str
            The part, which is waited for while the run goes on.
        within : float
            The kill comes at a random moment within so many seconds.
        """
        eventually(lambda: self._find(wanted) is not None or not self._is_active, 3.0)
        time.sleep(self.chance.uniform(0.0, within))
        parts = (wanted, *INSTEAD.get(wanted, ()))
        found = ((part, self._find(part)) for part in parts)
        victim = next((one for one in found if one[1] is not None), None)
        if victim is None:
            return False
        part, process = victim
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
        self.tally.killed[part] += 1
        self.check(part)
        return True

    @property
    def _is_active(self) -> bool:
        return status(self.store, self.experiment_id).state.is_active

    def _find(self, part: str) -> psutil.Process | None:
        found = [one for one in family(self.store).values() if part_of(one) == part]
        return self.chance.choice(found) if found else None

    def check(self, part: str) -> None:
        """Note what does not hold after a kill."""
        started = time.monotonic()
        left = eventually(lambda: not self.orphans(), ORPHAN_SECONDS)
        seconds = time.monotonic() - started
        slowest = self.tally.slowest
        slowest[part] = max(slowest.get(part, 0.0), seconds)
        if not left:
            names = [f"{part_of(one)} {one.cmdline()[:4]}" for one in self.orphans()]
            self.fault(f"orphans after {part}: {names}")
        if (found := fault_of_database(self.store)) != "ok":
            self.fault(f"the database after {part}: {found}")
        after = committed(self.store, self.experiment_id)
        for key, row in self.before.items():
            if after.get(key) != row:
                self.fault(f"a finished cell changed after {part}: {row} -> {after.get(key)}")
        self.before = after
        job = status(self.store, self.experiment_id)
        if job.done > job.total or job.state is JobState.FAILED:
            self.fault(f"after {part} the job is {job.state} ({job.message}), {job.done} done")

    def fault(self, text: str) -> None:
        """Note what does not hold."""
        sys.stderr.write(f"{text[:600]}\n")
        self.tally.faults.append(text)

    def orphans(self) -> list[psutil.Process]:
        """Return the processes that nobody needs: neither a living owner nor a running job."""
        for owner in self.owners:
            owner.poll()
        job = status(self.store, self.experiment_id)
        needed = {owner.pid for owner in self.owners if owner.poll() is None}
        if job.state.is_active and job.pid is not None:
            needed.add(job.pid)
        members = family(self.store)
        return [one for one in members.values() if not descends(one, needed)]

    def finish(self) -> None:
        """Let the experiment run to its end, undisturbed."""
        while not self.is_done:
            start(self.store, self.experiment_id)
            if wait(self.store, self.experiment_id).state is JobState.FAILED:
                self.fault(f"cannot be finished: {self.store.job(self.experiment_id)}")
                break
        self.end_owners()
        self.check("the end")
        self.tally.n_cells += len(self.before)
        self.tally.n_runs += 1

    def end_owners(self) -> None:
        """End the owners as a kill would, and what waits for them with them."""
        for owner in self.owners:
            owner.kill()
            owner.wait()
        self.owners.clear()


def eventually(question: Callable[[], bool], seconds: float) -> bool:
    """Ask until the answer is yes or the seconds are over; return the last answer."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(0.08)
    return question()
