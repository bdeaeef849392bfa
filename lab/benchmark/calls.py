"""The calls that the runner has its children make; bytes come back."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lab.base import Task, from_json, to_json
from lab.benchmark.answers import PredictionError
from lab.benchmark.fitting import (
    dataset_splits,
    fit_prepared,
    prepare_split,
    training_rows,
)
from lab.benchmark.kept_memory import keep_memory
from lab.benchmark.prepared import facts_to_bytes, read_prepared
from lab.data import Dataset, Roles, open_table
from lab.experiments import Candidate, CellState, Experiment, Failure, FoldResult
from lab.models import MODELS
from lab.recipes import Recipe, check_recipe
from lab.store import Store, write_predictions
from lab.validation import ValidationPlan

TABLE = "table"
SPLITS = "splits.npz"


@dataclass(frozen=True, kw_only=True)
class Division:
    """What the runner wants to know of an experiment's data before it starts.

    Parameters
    ----------
    n_rows, n_columns, n_classes : int
        Size of the data set.
    folds : tuple of (int, int)
        Repeat and fold of each split.
    unfit : dict of int to str
        Candidates that cannot run on these columns, by position, with the reason.
    """

    n_rows: int
    n_columns: int
    n_classes: int
    folds: tuple[tuple[int, int], ...]
    unfit: dict[int, str]


@dataclass(frozen=True, kw_only=True)
class DataPlace:
    """Where a child finds a data set, and the file of the experiment's splits.

    Parameters
    ----------
    table : str
        Folder of the data set's table.
    splits : str
        The file of the splits.
    name, roles, labels
        What makes the table a data set.
    """

    table: str
    splits: str
    name: str
    roles: Roles
    labels: tuple[str, ...]

    def dataset(self) -> Dataset:
        """Return the data set."""
        table = open_table(Path(self.table))
        return Dataset(name=self.name, table=table, roles=self.roles, labels=self.labels)

    def moved(self, folder: Path) -> "DataPlace":
        """Return the same place where table and splits lie in another folder."""
        return replace(self, table=str(folder / TABLE), splits=str(folder / SPLITS))


def data_place(store: Store, dataset_id: str, folder: Path) -> DataPlace:
    """Return the place of a kept data set, and of splits in a folder.

    Raises
    ------
    LabError
        When there is no such data set, or its table is damaged.
    """
    dataset = store.load_dataset(dataset_id)
    return DataPlace(
        table=str(store.workspace.path("tables", dataset.table.id)),
        splits=str(folder / SPLITS),
        name=dataset.name,
        roles=dataset.roles,
        labels=dataset.labels,
    )


def divide(place: DataPlace, experiment: Experiment) -> bytes:
    """Write the splits of an experiment to their file and return the `Division` as JSON."""
    dataset = place.dataset()
    splits = dataset_splits(dataset, experiment)
    arrays = {}
    for index, split in enumerate(splits):
        arrays[f"train{index}"], arrays[f"test{index}"] = split.train, split.test
    np.savez(place.splits, **arrays)  # type: ignore[arg-type]
    reasons = [_unfit(dataset, candidate) for candidate in experiment.candidates]
    division = Division(
        n_rows=dataset.n_rows,
        n_columns=len(dataset.features),
        n_classes=len(dataset.labels),
        folds=tuple((split.repeat, split.fold) for split in splits),
        unfit={index: reason for index, reason in enumerate(reasons) if reason},
    )
    return to_json(division).encode()


@dataclass(frozen=True, kw_only=True)
class PrepareOrder:
    """What a child needs to fit a recipe on the training rows of a split.

    Parameters
    ----------
    place : DataPlace
        The data.
    recipe : Recipe
        What is fitted.
    plan : ValidationPlan
        What divided the rows.
    split : int
        Position of the split.
    share : float
        Share of its training rows that is learned from.
    seed : int
        Of the steps.
    folder : str
        Where the prepared split is written to.
    """

    place: DataPlace
    recipe: Recipe
    plan: ValidationPlan
    split: int
    share: float
    seed: int
    folder: str

    def moved(self, folder: Path) -> "PrepareOrder":
        """Return the same order for a child that finds and leaves all files in one folder."""
        there = str(folder / Path(self.folder).name)
        return replace(self, place=self.place.moved(folder), folder=there)


def prepare(order: PrepareOrder) -> bytes:
    """Fit a recipe on the training rows of a split, write what comes out, return its facts."""
    keep_memory()
    place, split = order.place, order.split
    with np.load(place.splits, allow_pickle=False) as arrays:
        train, test = arrays[f"train{split}"], arrays[f"test{split}"]
    dataset = place.dataset()
    rows = training_rows(dataset, order.plan, train, order.share, seed=order.seed)
    facts = prepare_split(
        dataset, order.recipe, rows, test, seed=order.seed, folder=Path(order.folder)
    )
    return facts_to_bytes(facts)


@dataclass(frozen=True, kw_only=True)
class CellOrder:
    """What a child needs to fit a cell.

    Parameters
    ----------
    preparation : PrepareOrder
        What made, or makes, the prepared split that it reads.
    candidate : Candidate
        Recipe and model.
    task : Task
        The kind of question.
    n_classes : int
        Classes of the data set.
    seed : int
        Of the model.
    predictions : str
        The file to write predictions to.
    """

    preparation: PrepareOrder
    candidate: Candidate
    task: Task
    n_classes: int
    seed: int
    predictions: str

    def moved(self, folder: Path) -> "CellOrder":
        """Return the same order for a child that finds and leaves all files in one folder."""
        there = str(folder / Path(self.predictions).name)
        return replace(self, preparation=self.preparation.moved(folder), predictions=there)


def fit_cell(order: CellOrder) -> bytes:
    """Fit a model on a prepared split, keep its predictions, return checksum and `FoldResult`.

    Answers that are no predictions are not kept: the result says why, and the checksum is empty.
    """
    keep_memory()
    try:
        predictions, result = fit_prepared(
            read_prepared(Path(order.preparation.folder)),
            order.candidate,
            order.task,
            n_classes=order.n_classes,
            seed=order.seed,
        )
    except PredictionError as error:
        failure = Failure(kind="bad_predictions", message=str(error))
        return f"\n{to_json(FoldResult(state=CellState.FAILED, failure=failure))}".encode()
    checksum = write_predictions(Path(order.predictions), predictions)
    return f"{checksum}\n{to_json(result)}".encode()


def result_from_bytes(data: bytes) -> tuple[str, FoldResult]:
    """Return checksum and result from the bytes of `fit_cell`."""
    checksum, _, text = data.partition(b"\n")
    return checksum.decode(), from_json(FoldResult, text)


def _unfit(dataset: Dataset, candidate: Candidate) -> str:
    entry = MODELS[candidate.model.key]
    if dataset.roles.task not in entry.tasks:
        return f"{entry.title} does not do {dataset.roles.task.title.lower()}"
    if dataset.weights is not None and not entry.takes_weights:
        return f"{entry.title} takes no row weights. Give the weight column another role."
    problems = check_recipe(
        candidate.recipe,
        dataset.features,
        task=dataset.roles.task,
        takes_missing=entry.takes_missing,
        takes_weights=entry.takes_weights,
        takes_categories=entry.takes_categories,
        labels=dataset.labels,
        y=dataset.y,
    )
    return "; ".join(problem.message for problem in problems)
