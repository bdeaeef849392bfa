"""Disks of our own that can be filled and made read-only, and a workspace with finished fits."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lab.base import HOME_VARIABLE, Task, Workspace
from lab.benchmark import start, wait
from lab.data import Dataset, Roles, make_dataset, read_table
from lab.experiments import Candidate, Experiment
from lab.models import MODELS
from lab.recipes import preset_recipe
from lab.standby import processes
from lab.store import Store
from lab.validation import SPLITTERS, ValidationPlan

collect_ignore = ["family.py", "killing.py", "misbehaving"]
"""Parts of tests: without tests of their own, imported where they are needed."""
NAMESPACE = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-r", "--mount"]


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small table in a file."""
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"age": rng.normal(40, 9, 90).round(1), "town": ["Bern", "Basel"] * 45})
    frame["buys"] = np.where(frame["age"] + rng.normal(0, 6, 90) > 40, "yes", "no")
    path = tmp_path_factory.mktemp("table") / "people.csv"
    frame.to_csv(path, index=False)
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Workspace(root=tmp_path / "home"))


def people_of(path: Path) -> Dataset:
    """Return the small table as a data set."""
    return make_dataset(read_table(path), Roles(target="buys", task=Task.BINARY), name="People")


@pytest.fixture
def dataset(people: Path) -> Dataset:
    return people_of(people)


def keep_experiment(
    store: Store, dataset: Dataset, *keys: str, **settings: dict[str, object]
) -> str:
    """Keep an experiment of some models, with settings by model, and return its id."""
    candidates = tuple(
        Candidate(
            name=key, recipe=preset_recipe("linear"), model=MODELS.choose(key, settings.get(key))
        )
        for key in keys
    )
    experiment = Experiment(
        name="First",
        dataset_id=store.save_dataset(dataset),
        task=Task.BINARY,
        candidates=candidates,
        plan=ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 3})),
        metrics=("roc_auc",),
    )
    return store.save_experiment(experiment)


@pytest.fixture
def keep(store: Store, dataset: Dataset) -> Callable[..., str]:
    """Return a function that keeps an experiment of some models, with settings by model."""
    return partial(keep_experiment, store, dataset)


@pytest.fixture(scope="session")
def finished_home(people: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a workspace with an experiment whose fits are finished."""
    store = Store(Workspace(root=tmp_path_factory.mktemp("finished") / "home"))
    experiment_id = keep_experiment(store, people_of(people), "dummy", "logistic_regression")
    start(store, experiment_id)
    wait(store, experiment_id)
    return store.workspace.root


@pytest.fixture
def finished(store: Store, finished_home: Path) -> str:
    """Return the id of an experiment in the store whose fits are finished."""
    shutil.copytree(finished_home, store.workspace.root, dirs_exist_ok=True)
    (info,) = store.experiments()
    return info.id


@pytest.fixture
def on_small_disk(tmp_path: Path) -> Callable[..., str]:
    """Return a function that runs a program with a disk of 24 MB, and returns what it prints.

    The disk is mounted for that program and its children alone; it is told its folder, and has
    `fill`, `free` and `make_read_only`.
    """
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f'mount -t tmpfs -o size=24m small "{disk}" && exec "$0" "$@"'
    may_mount = shutil.which("unshare") and subprocess.run(
        [*NAMESPACE, "sh", "-c", mount, "true"], capture_output=True, check=False
    )
    if not may_mount or may_mount.returncode:
        pytest.skip("needs a disk of its own, which may not be mounted here")

    def run(code: str, *arguments: str) -> str:
        program = [sys.executable, "-c", TOOLS + code, str(disk), *arguments]
        environment = {**os.environ, HOME_VARIABLE: str(disk / "home")}
        said = subprocess.run(
            [*NAMESPACE, "sh", "-c", mount, *program],
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
        assert said.returncode == 0, said.stderr[-3000:]
        return said.stdout

    return run


TOOLS = """
import contextlib, subprocess, sys, time
from pathlib import Path
from lab.base import LabError
from lab.store import open_store

DISK = Path(sys.argv[1])

def fill():
    with contextlib.suppress(OSError), (DISK / "filler").open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass

def free():
    (DISK / "filler").unlink()

def make_read_only():
    command = ["mount", "-o", "remount,ro", str(DISK)]
    deadline = time.monotonic() + 30  # a process that is just ending may still write its log
    while subprocess.run(command, capture_output=True).returncode:
        assert time.monotonic() < deadline
        time.sleep(0.1)

def told(call):
    try:
        call()
    except LabError as error:
        return str(error)
    return "nothing"
"""


@pytest.fixture(autouse=True)
def a_process_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have none wait: what these tests look at, limit and kill are processes of their own.

    One that other tests had wait would do their runs out of sight, with limits that stay with it.
    """
    monkeypatch.delitem(processes._standbys, None, raising=False)
