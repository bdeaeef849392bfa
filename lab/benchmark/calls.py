"""The calls that the runner has its children make; bytes come back."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lab.base import Task, Workspace, from_json, to_json
from lab.benchmark.fitting import PredictionError, dataset_splits, fit_prepared, prepare_split
from lab.benchmark.prepared import PreparedFacts, facts_to_bytes, read_prepared, write_prepared
from lab.data import Dataset
from lab.experiments import Candidate, CellState, Experiment, Failure, FoldResult
from lab.models import MODELS
from lab.recipes import Recipe, check_recipe
from lab.store import open_store, write_predictions


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
    """Where a child finds a data set, and the file of the experiment's splits."""

    root: str
    dataset_id: str
    splits: str

    def dataset(self) -> Dataset:
        """Return the data set."""
        return open_store(Workspace(root=Path(self.root))).load_dataset(self.dataset_id)


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


def prepare(place: DataPlace, recipe: Recipe, split: int, seed: int, folder: str) -> bytes:
    """Fit a recipe on the training rows of a split, write what comes out, return its facts."""
    with np.load(place.splits, allow_pickle=False) as arrays:
        train, test = arrays[f"train{split}"], arrays[f"test{split}"]
    prepared, seconds, notes = prepare_split(place.dataset(), recipe, train, test, seed=seed)
    write_prepared(Path(folder), prepared)
    return facts_to_bytes(PreparedFacts(seconds=seconds, notes=notes))


@dataclass(frozen=True, kw_only=True)
class CellOrder:
    """What a child needs to fit a cell.

    Parameters
    ----------
    candidate : Candidate
        Recipe and model.
    task : Task
        The kind of question.
    n_classes : int
        Classes of the data set.
    seed : int
        Of the model.
    prepared, predictions : str
        Folder of the prepared split, and the file to write predictions to.
    """

    candidate: Candidate
    task: Task
    n_classes: int
    seed: int
    prepared: str
    predictions: str


def fit_cell(order: CellOrder) -> bytes:
    """Fit a model on a prepared split, keep its predictions, return checksum and `FoldResult`.

    Answers that are no predictions are not kept: the result says why, and the checksum is empty.
    """
    try:
        predictions, result = fit_prepared(
            read_prepared(Path(order.prepared)),
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
    )
    return "; ".join(problem.message for problem in problems)
