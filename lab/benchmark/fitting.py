"""The calls that children run: divide the rows, prepare a split, fit and predict a cell."""

import resource
import sys
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from lab.base import LabError, Task, Workspace, from_json, to_json
from lab.benchmark.prepared import (
    PreparedFacts,
    PreparedSplit,
    facts_to_bytes,
    read_prepared,
    write_prepared,
)
from lab.data import Dataset
from lab.experiments import Candidate, CellState, Experiment, FoldResult, Outputs, Predictions
from lab.metrics import Answers, score_all
from lab.models import MODELS, build_model, predict_outputs
from lab.recipes import Preparation, Recipe, check_recipe, make_preparation
from lab.store import open_store, write_predictions
from lab.validation import Positions, Rows, Split, make_splits

GAP_ROWS = 5000
"""Training rows on which the training score is measured, at most."""
_PROBABILITY_TOLERANCE = 1e-4


@dataclass(frozen=True, kw_only=True, eq=False)
class Fitted:
    """A fitted recipe and the model fitted behind it."""

    preparation: Preparation
    model: Any


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
class Place:
    """Where a child finds what it works on.

    Parameters
    ----------
    root : str
        The workspace.
    experiment_id : str
        The experiment.
    split : int
        Position of the split.
    seed : int
        Of models and steps on that split.
    prepared : str
        Folder of the prepared split.
    """

    root: str
    experiment_id: str
    split: int = 0
    seed: int = 0
    prepared: str = ""


def dataset_splits(dataset: Dataset, experiment: Experiment) -> tuple[Split, ...]:
    """Return the splits that all candidates of an experiment meet."""
    classes = dataset.y if dataset.roles.task.is_classification else None
    rows = Rows(n=dataset.n_rows, classes=classes, groups=dataset.groups, times=dataset.times)
    return make_splits(experiment.plan, rows)


def fit_candidate(dataset: Dataset, candidate: Candidate, rows: Positions, *, seed: int) -> Fitted:
    """Return a candidate fitted on some rows of a data set, plainly and in this process.

    Parameters
    ----------
    dataset : Dataset
        The data.
    candidate : Candidate
        Recipe and model.
    rows : ndarray of int64
        Positions of the rows to learn from.
    seed : int
        Of steps and model.
    """
    task = dataset.roles.task
    weights = dataset.weights
    preparation = make_preparation(candidate.recipe, dataset.features, task=task, seed=seed)
    prepared = preparation.fit(
        dataset.X.iloc[rows], dataset.y[rows], None if weights is None else weights[rows]
    )
    model = build_model(candidate.model, task, seed=seed)
    _fit_model(model, _suited(candidate, prepared.X), prepared.y, prepared.weight)
    return Fitted(preparation=preparation, model=model)


def divide(place: Place, path: str) -> bytes:
    """Write the splits of an experiment to a file and return the `Division` as JSON."""
    store = open_store(Workspace(root=Path(place.root)))
    experiment = store.load_experiment(place.experiment_id)
    dataset = store.load_dataset(experiment.dataset_id)
    splits = dataset_splits(dataset, experiment)
    arrays = {}
    for index, split in enumerate(splits):
        arrays[f"train{index}"], arrays[f"test{index}"] = split.train, split.test
    np.savez(path, **arrays)  # type: ignore[arg-type]
    folds = tuple((split.repeat, split.fold) for split in splits)
    unfit = {
        index: reason
        for index, candidate in enumerate(experiment.candidates)
        if (reason := _unfit(dataset, candidate))
    }
    division = Division(
        n_rows=dataset.n_rows,
        n_columns=len(dataset.features),
        n_classes=len(dataset.labels),
        folds=folds,
        unfit=unfit,
    )
    return to_json(division).encode()


def prepare(place: Place, splits: str, recipe: Recipe) -> bytes:
    """Fit a recipe on the training rows of a split, write what comes out, return its facts."""
    dataset, train, test = _rows(place, splits)
    gap = _gap_rows(train, place.seed)
    X, weights = dataset.X, dataset.weights
    started = time.perf_counter()
    preparation = make_preparation(
        recipe, dataset.features, task=dataset.roles.task, seed=place.seed
    )
    made = preparation.fit(
        X.iloc[train], dataset.y[train], None if weights is None else weights[train]
    )
    prepared = PreparedSplit(
        train=made.X,
        y_train=made.y,
        weight=made.weight,
        test=preparation.transform(X.iloc[test]),
        gap=preparation.transform(X.iloc[gap]),
    )
    seconds = time.perf_counter() - started
    write_prepared(Path(place.prepared), prepared)
    facts = PreparedFacts(
        seconds=seconds,
        n_train=made.X.shape[0],
        n_features=made.X.shape[1],
        notes=tuple(preparation.notes),
    )
    return facts_to_bytes(facts)


def fit_cell(place: Place, splits: str, candidate: Candidate, path: str) -> bytes:
    """Fit a model on a prepared split, keep its predictions, return checksum and `FoldResult`."""
    dataset, train, test = _rows(place, splits)
    prepared = read_prepared(Path(place.prepared))
    task = dataset.roles.task
    model = build_model(candidate.model, task, seed=place.seed)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        started = time.perf_counter()
        _fit_model(model, _suited(candidate, prepared.train), prepared.y_train, prepared.weight)
        fitted = time.perf_counter()
        tested = _answers(dataset, candidate, model, prepared.test, test)
        predicted = time.perf_counter()
    trained = _answers(dataset, candidate, model, prepared.gap, _gap_rows(train, place.seed))
    checksum = write_predictions(Path(path), Predictions(test=tested, train=trained))
    result = FoldResult(
        state=CellState.DONE,
        test_scores=_scores(tested, task),
        train_scores=_scores(trained, task),
        fit_seconds=fitted - started,
        predict_seconds=predicted - fitted,
        peak_mb=_peak_mb(),
        n_train=prepared.train.shape[0],
        n_test=len(test),
        n_features=prepared.train.shape[1],
        warnings=_told(caught),
    )
    return f"{checksum}\n{to_json(result)}".encode()


def result_from_bytes(data: bytes) -> tuple[str, FoldResult]:
    """Return checksum and result from the bytes of `fit_cell`."""
    checksum, _, text = data.partition(b"\n")
    return checksum.decode(), from_json(FoldResult, text)


def _rows(place: Place, splits: str) -> tuple[Dataset, Positions, Positions]:
    store = open_store(Workspace(root=Path(place.root)))
    dataset = store.load_dataset(store.load_experiment(place.experiment_id).dataset_id)
    with np.load(splits, allow_pickle=False) as arrays:
        return dataset, arrays[f"train{place.split}"], arrays[f"test{place.split}"]


def _gap_rows(train: Positions, seed: int) -> Positions:
    if len(train) <= GAP_ROWS:
        return train
    chosen = np.random.default_rng(seed).choice(len(train), GAP_ROWS, replace=False)
    return train[np.sort(chosen)]


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


def _suited(candidate: Candidate, X: Any) -> Any:
    if isinstance(X, np.ndarray) or MODELS[candidate.model.key].takes_sparse:
        return X
    return X.toarray()


def _fit_model(model: Any, X: Any, y: Any, weight: Any) -> None:
    if weight is None:
        model.fit(X, y)
    else:
        model.fit(X, y, sample_weight=weight)


def _answers(
    dataset: Dataset, candidate: Candidate, model: Any, X: Any, rows: Positions
) -> Outputs:
    task = dataset.roles.task
    predicted, scores, are_probabilities = predict_outputs(
        model, _suited(candidate, X), task=task, n_classes=len(dataset.labels)
    )
    weights = dataset.weights
    outputs = Outputs(
        rows=rows,
        truth=dataset.y[rows],
        predicted=predicted,
        scores=scores,
        are_probabilities=are_probabilities,
        weight=None if weights is None else weights[rows],
    )
    _check_outputs(outputs)
    return outputs


def _check_outputs(outputs: Outputs) -> None:
    if len(outputs.predicted) != len(outputs.rows):
        raise LabError(f"it gave {len(outputs.predicted)} answers for {len(outputs.rows)} rows")
    for values in (outputs.predicted, outputs.scores):
        if values is not None and not np.isfinite(values).all():
            raise LabError(
                "some of its predictions are not finite numbers",
                hint="Try scaling the numbers, or stronger regularisation.",
            )
    if outputs.are_probabilities and outputs.scores is not None:
        total = outputs.scores.sum(axis=1)
        if np.abs(total - 1.0).max(initial=0.0) > _PROBABILITY_TOLERANCE:
            raise LabError("its class probabilities do not sum to 1")


def _scores(outputs: Outputs, task: Task) -> dict[str, float | None]:
    answers = Answers(
        truth=outputs.truth,
        predicted=outputs.predicted,
        scores=outputs.scores,
        are_probabilities=outputs.are_probabilities,
        weight=outputs.weight,
    )
    return score_all(answers, task)


def _told(caught: list[warnings.WarningMessage]) -> tuple[str, ...]:
    lines = [
        f"{item.category.__name__}: {str(item.message).strip().splitlines()[0][:200]}"
        for item in caught
        if str(item.message).strip()
    ]
    return tuple(dict.fromkeys(lines))[:5]


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
