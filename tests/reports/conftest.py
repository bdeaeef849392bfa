"""A store with a finished experiment whose every name is hostile."""

from collections.abc import Callable
from dataclasses import dataclass, replace
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
from lab.metrics import Answers, default_metrics, score_all
from lab.models import MODELS
from lab.recipes import auto_recipe
from lab.store import Progress, Store, write_predictions
from lab.validation import SPLITTERS, ValidationPlan

EVIL_COLUMN = "</script><script>alert(1)</script>"
EVIL_LEVEL = '=HYPERLINK("http://host.example/x")'
EVIL_CLASSES = ("+1+1", "<img src=http://host.example/y onerror=alert(2)>", 'third, "class"')
EVIL_NAMES = ("=cmd|' /C calc'!A0", "![x](http://host.example/z.png)", "<b>bold</b>", "@failing")
EVIL_REASON = "<svg onload=alert(3)> could not be fitted"
MODEL_KEYS = {
    Task.BINARY: ("dummy", "logistic_regression", "linear_svm", "knn"),
    Task.MULTICLASS: ("dummy", "logistic_regression", "linear_svm", "knn"),
    Task.REGRESSION: ("dummy", "ridge", "decision_tree", "knn"),
}


@dataclass(frozen=True)
class Kept:
    store: Store
    experiment: Experiment
    dataset: Dataset

    @property
    def id(self) -> str:
        return self.experiment.id


def write_table(path: Path, task: Task, n: int) -> Path:
    random = np.random.default_rng(0)
    number = random.normal(size=n)
    classes = EVIL_CLASSES[: 2 if task is Task.BINARY else 3]
    target = number * 3 if task is Task.REGRESSION else np.resize(np.array(classes), n)
    frame = pd.DataFrame(
        {
            EVIL_COLUMN: number,
            "level": np.where(np.arange(n) % 3 == 0, EVIL_LEVEL, "plain"),
            "target": target,
        }
    )
    frame.loc[::7, EVIL_COLUMN] = np.nan
    frame.to_csv(path, index=False)
    return path


def make_experiment(dataset: Dataset, names: tuple[str, ...], folds: int) -> Experiment:
    task = dataset.roles.task
    candidates = []
    for name, key in zip(names, MODEL_KEYS[task], strict=True):
        entry = MODELS[key]
        recipe = auto_recipe(entry.preset, takes_missing=entry.takes_missing)
        candidates.append(Candidate(name=name, recipe=recipe, model=MODELS.choose(key)))
    return Experiment(
        name="<i>Experiment</i> of $x$",
        dataset_id=dataset.id,
        task=task,
        candidates=tuple(candidates),
        plan=ValidationPlan(splitter=SPLITTERS.choose("kfold", {"folds": folds})),
        metrics=default_metrics(task),
    )


def answer(dataset: Dataset, rows: np.ndarray, skill: float, seed: int, probable: bool) -> Outputs:
    random = np.random.default_rng(seed)
    truth = dataset.y[rows]
    if not dataset.labels:
        return Outputs(
            rows=rows, truth=truth, predicted=truth * skill + random.normal(size=len(rows))
        )
    raw = random.normal(size=(len(rows), len(dataset.labels)))
    raw[np.arange(len(rows)), truth] += 3 * skill
    scores = np.exp(raw) / np.exp(raw).sum(axis=1, keepdims=True) if probable else raw
    return Outputs(
        rows=rows, truth=truth, predicted=raw.argmax(axis=1), scores=scores,
        are_probabilities=probable,
    )  # fmt: skip


def scores_of(outputs: Outputs, task: Task) -> dict[str, float | None]:
    answers = Answers(
        truth=outputs.truth,
        predicted=outputs.predicted,
        scores=outputs.scores,
        are_probabilities=outputs.are_probabilities,
    )
    return score_all(answers, task)


def fill(kept: Kept, folds: int) -> None:
    store, task = kept.store, kept.experiment.task
    parts = np.array_split(np.arange(kept.dataset.n_rows), folds)
    for done, record in enumerate(store.records(kept.id)):
        cell = record.cell
        progress = Progress(job_id=kept.id, done=done + 1, eta_seconds=None)
        store.move_cells([cell.key], CellState.RUNNING)
        if cell.candidate == 3:
            failure = Failure(kind="error", message=EVIL_REASON)
            result = FoldResult(state=CellState.FAILED, failure=failure)
            store.commit_cell(cell.key, result, progress)
            continue
        probable = kept.experiment.candidates[cell.candidate].model.key != "linear_svm"
        skill = 0.3 * cell.candidate
        seed = 10 * cell.candidate + cell.fold
        test = answer(kept.dataset, parts[cell.fold], skill, seed, probable)
        checksum = write_predictions(
            store.predictions_path(cell.key), Predictions(test=test, train=test)
        )
        result = FoldResult(
            state=CellState.DONE,
            test_scores=scores_of(test, task),
            train_scores=scores_of(test, task),
            prepare_seconds=0.01,
            fit_seconds=0.02 * (cell.candidate + 1),
            predict_seconds=0.001,
            peak_mb=100.0,
            n_train=len(test.rows) * (folds - 1),
            n_test=len(test.rows),
            n_features=3,
            warnings=("<u>did not converge</u>",),
        )
        store.commit_cell(cell.key, result, progress, checksum=checksum)


@pytest.fixture(scope="session")
def make_kept(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Kept]:
    """Return a maker of stores with a finished experiment."""

    def make(
        task: Task, *, n: int = 120, folds: int = 3, names: tuple[str, ...] = EVIL_NAMES
    ) -> Kept:
        folder = tmp_path_factory.mktemp("kept")
        store = Store(Workspace(root=folder / "home"))
        path = write_table(folder / "=evil <file>.csv", task, n)
        table = read_table(path, name="=evil <file>.csv")
        roles = Roles(target="target", task=task)
        dataset = replace(make_dataset(table, roles), name="<b>data</b>")
        store.save_dataset(dataset)
        kept = Kept(store, make_experiment(dataset, names, folds), dataset)
        store.save_experiment(kept.experiment)
        fill(kept, folds)
        return kept

    return make


@pytest.fixture(scope="session")
def kept(make_kept: Callable[..., Kept]) -> dict[Task, Kept]:
    """Return an experiment of each task."""
    return {task: make_kept(task) for task in Task}
