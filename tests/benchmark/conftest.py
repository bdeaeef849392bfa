"""A small experiment that runs in seconds, on a table that holds all kinds of columns."""

from pathlib import Path

import pytest

from lab.base import Task, Workspace
from lab.data import Roles, load_sample, make_dataset
from lab.experiments import Candidate, Experiment, Limits
from lab.models import MODELS
from lab.recipes import auto_recipe
from lab.standby import processes
from lab.store import Store
from lab.validation import SPLITTERS, ValidationPlan


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Workspace(root=tmp_path / "home"))


@pytest.fixture(scope="session")
def penguins():
    return make_dataset(load_sample("penguins"), Roles(target="species", task=Task.MULTICLASS))


@pytest.fixture
def make_experiment(store, penguins):
    """Return a function that keeps an experiment of some models in the store."""

    def make(*keys: str, recipe=None, folds: int = 3, limits: Limits | None = None, **settings):
        candidates = []
        for key in keys:
            entry = MODELS[key]
            own = recipe or auto_recipe(entry.preset, takes_missing=entry.takes_missing)
            choice = MODELS.choose(key, settings.get(key))
            candidates.append(Candidate(name=entry.title, recipe=own, model=choice))
        experiment = Experiment(
            name="Penguins",
            dataset_id=store.save_dataset(penguins),
            task=Task.MULTICLASS,
            candidates=tuple(candidates),
            plan=ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": folds})),
            metrics=("roc_auc",),
            limits=limits or Limits(),
        )
        return store.save_experiment(experiment)

    return make


@pytest.fixture
def no_process_waits(monkeypatch) -> None:
    """Have the run be done by a process of its own, which ends with it."""
    monkeypatch.delitem(processes._standbys, None)
