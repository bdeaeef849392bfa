"""Our own runs as the app makes them: a process waits with its libraries imported, then a click.

    python benchmarks/ours.py TABLE MODEL,MODEL,... [FOLDS] [--close]

prints one JSON object of the seconds since the click: until the first cell begins and the first is
committed, until the job is done; and what the waiting process and all it starts cost. With
``--close`` memory is looked at all the time, and times say less.
"""

import json
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
from tree import sampled_peak, tree_cpu

from lab.base import Task, Workspace
from lab.benchmark import start
from lab.benchmark import status as job_of
from lab.data import Dataset, Roles, make_dataset, read_table
from lab.experiments import Candidate, CellState, Experiment
from lab.metrics import default_metrics
from lab.models import MODELS
from lab.recipes import auto_recipe
from lab.standby import modules_for, warm_up
from lab.store import JobState, Store, open_store
from lab.validation import SPLITTERS, ValidationPlan

_POLL_SECONDS = 0.01
_CALM_POLL_SECONDS = 0.1
"""Once the first cell is committed: looking costs time that the fits would have."""
_CALM_SECONDS = 1.0


@dataclass(frozen=True, kw_only=True)
class Click:
    """Seconds since the click, and the cost of the processes that did the work."""

    first_begun: float
    first_committed: float
    wall: float
    cpu: float
    peak_mb: float
    idle_mb: float


def experiment_of(
    data: Dataset, dataset_id: str, models: list[str], *, folds: int = 5, seed: int = 0
) -> Experiment:
    """Return models on a data set, each with the recipe that suits it."""
    names = [f"{key} {place}" for place, key in enumerate(models)]
    return Experiment(
        name=f"{data.name} {seed}",
        dataset_id=dataset_id,
        task=data.roles.task,
        candidates=tuple(
            Candidate(
                name=name,
                recipe=auto_recipe(MODELS[key].preset, takes_missing=MODELS[key].takes_missing),
                model=MODELS.choose(key),
                seed=models[:place].count(key),  # the same model again is another with its seed
            )
            for place, (name, key) in enumerate(zip(names, models, strict=True))
        ),
        plan=ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": folds}), seed=seed),
        metrics=default_metrics(Task.BINARY),
    )


def load(table: Path) -> Dataset:
    """Return the data set in a file whose target is ``answer``."""
    return make_dataset(read_table(table), Roles(target="answer", task=Task.BINARY))


def warmed(store: Store) -> list[psutil.Process]:
    """Have a process wait and return it, once it and its forkserver have imported all."""
    warm_up(modules_for(resampling=True), store.workspace)
    roots = psutil.Process().children()
    spent, since = 0.0, time.monotonic()
    while time.monotonic() - since < _CALM_SECONDS:
        time.sleep(0.1)
        now = tree_cpu(roots)
        if now - spent > 0.02:
            spent, since = now, time.monotonic()
    return roots


def click(
    store: Store, experiment: Experiment, roots: list[psutil.Process], *, close: bool = False
) -> Click:
    """Keep and start an experiment, and watch it until it is done."""
    idle_cpu = tree_cpu(roots)
    with sampled_peak(lambda: roots, close=close) as peak:
        time.sleep(0.3)
        idle_mb = peak()
        clicked = time.perf_counter()
        experiment_id = store.save_experiment(experiment)
        start(store, experiment_id)
        begun = committed = 0.0
        while not committed:
            time.sleep(_POLL_SECONDS)
            states = {record.state for record in store.records(experiment_id)}
            now = time.perf_counter() - clicked
            begun = begun or now * (states != {CellState.WAITING})
            committed = now * (CellState.DONE in states)
            if not job_of(store, experiment_id).state.is_active:
                break
        while (job := job_of(store, experiment_id)).state.is_active:
            time.sleep(_CALM_POLL_SECONDS)
        wall = time.perf_counter() - clicked
    if job.state is not JobState.DONE:
        raise RuntimeError(job.message)
    return Click(
        first_begun=begun,
        first_committed=committed,
        wall=wall,
        cpu=tree_cpu(roots) - idle_cpu,
        peak_mb=peak(),
        idle_mb=idle_mb,
    )


def main() -> None:
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    data = load(Path(words[0]))
    with tempfile.TemporaryDirectory() as home:
        store = open_store(Workspace(root=Path(home)))
        folds = int(words[2]) if len(words) > 2 else 5
        models = words[1].split(",")
        experiment = experiment_of(data, store.save_dataset(data), models, folds=folds)
        del data
        made = click(store, experiment, warmed(store), close="--close" in sys.argv)
        print(json.dumps(asdict(made)))


if __name__ == "__main__":
    main()
