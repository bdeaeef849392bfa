"""A store with a small data set, an experiment of two models on it, and ways to settle cells."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lab.base import Task, Workspace
from lab.data import Dataset, Roles, make_dataset, read_table
from lab.experiments import (
    Candidate,
    CellState,
    Experiment,
    Failure,
    FoldResult,
    Outputs,
    Predictions,
)
from lab.models import MODELS
from lab.recipes import preset_recipe
from lab.store import Progress, Store, write_predictions
from lab.validation import SPLITTERS, ValidationPlan


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Workspace(root=tmp_path / "home"))


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    path = tmp_path / "people.csv"
    frame = pd.DataFrame(
        {"age": range(20, 40), "town": ["Bern", "Basel"] * 10, "buys": ["yes", "no"] * 10}
    )
    frame.to_csv(path, index=False)
    roles = Roles(target="buys", task=Task.BINARY)
    return make_dataset(read_table(path), roles, name="People")


@pytest.fixture
def experiment_on() -> Callable[..., Experiment]:
    """Return a function that makes an experiment of up to two models on a data set."""

    def make(dataset_id, *, name="First", seed=0, metrics=("roc_auc",), n_models=2):
        candidates = tuple(
            Candidate(name=key, recipe=preset_recipe("linear"), model=MODELS.choose(key))
            for key in ("dummy", "logistic_regression")[:n_models]
        )
        plan = ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 3}), seed=seed)
        return Experiment(
            name=name,
            dataset_id=dataset_id,
            task=Task.BINARY,
            candidates=candidates,
            plan=plan,
            metrics=metrics,
        )

    return make


@pytest.fixture
def kept(store, dataset, experiment_on) -> str:
    """Return the id of an experiment of six cells that is kept."""
    return store.save_experiment(experiment_on(store.save_dataset(dataset)))


@pytest.fixture
def predictions() -> Predictions:
    n = 4
    scores = np.linspace(0.1, 0.9, n)
    outputs = Outputs(
        rows=np.arange(n),
        truth=np.array([0, 1] * (n // 2)),
        predicted=(scores > 0.5).astype(np.int64),
        scores=np.column_stack([1 - scores, scores]),
        are_probabilities=True,
    )
    return Predictions(test=outputs, train=outputs)


@pytest.fixture
def finish(store, kept, predictions) -> Callable[[str], None]:
    """Return a function that runs a cell and keeps its result."""

    def finish_cell(key):
        store.move_cells([key], CellState.RUNNING)
        checksum = write_predictions(store.predictions_path(key), predictions)
        result = FoldResult(state=CellState.DONE, test_scores={"roc_auc": 0.75, "log_loss": None})
        progress = Progress(job_id=kept, done=1, eta_seconds=2.5)
        store.commit_cell(key, result, progress, checksum=checksum)

    return finish_cell


@pytest.fixture
def fail(store, kept) -> Callable[..., None]:
    """Return a function that lets a cell fail."""

    def fail_cell(key, *, state=CellState.FAILED, job_id=kept):
        result = FoldResult(state=state, failure=Failure(kind="error", message="singular matrix"))
        store.commit_cell(key, result, Progress(job_id=job_id, done=1, eta_seconds=None))

    return fail_cell
