"""What is computed: one division of the rows, preparations of a split, fits of a cell."""

import resource
import sys
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import Task
from lab.benchmark.answers import check_outputs
from lab.benchmark.gap_rows import few_of, gap_rows
from lab.benchmark.prepared import (
    PreparedFacts,
    PreparedRows,
    PreparedSplit,
    let_go,
    write_categories,
    write_rows,
)
from lab.data import Dataset
from lab.experiments import Candidate, CellState, Experiment, FoldResult, Outputs, Predictions
from lab.metrics import Answers, score_all
from lab.models import MODELS, build_model, predict_outputs, tell_categories
from lab.recipes import (
    Preparation,
    Recipe,
    make_preparation,
    on_own_target,
    rows_changed,
    target_step,
)
from lab.validation import Positions, Rows, Split, ValidationPlan, make_splits, subsample

_MOST_WARNINGS = 5
_TOO_LARGE = "Try scaling the numbers, or stronger regularisation."
_NO_WAY_BACK = (
    "The step on the target cannot turn them back. Take quantile_target, which always can, or none."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Fitted:
    """A fitted recipe and the model fitted behind it."""

    preparation: Preparation
    model: Any


def dataset_splits(dataset: Dataset, experiment: Experiment) -> tuple[Split, ...]:
    """Return the splits that all candidates of an experiment meet."""
    return plan_splits(dataset, experiment.plan)


def plan_splits(dataset: Dataset, plan: ValidationPlan) -> tuple[Split, ...]:
    """Return the splits of a data set's rows that a plan makes."""
    return make_splits(plan, _rows(dataset))


def training_rows(
    dataset: Dataset, plan: ValidationPlan, train: Positions, share: float, *, seed: int
) -> Positions:
    """Return the rows that a candidate learns from: a share of a training part.

    Parameters
    ----------
    dataset : Dataset
        The data.
    plan : ValidationPlan
        What divided the rows.
    train : ndarray of int64
        The training part of a split.
    share : float
        Above 0, up to 1; smaller shares lie within larger ones.
    seed : int
        Of the fold.
    """
    return train if share == 1 else subsample(train, _rows(dataset), share, plan=plan, seed=seed)


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
        Of the fold: that of the steps, and of the model but for the candidate's own shift.
    """
    preparation = _preparation(dataset, candidate.recipe, seed)
    X = dataset.rows(rows, columns=preparation.columns)
    made = preparation.fit(X, dataset.y[rows], _chosen_weights(dataset, rows))
    train = PreparedRows(X=made.X, y=made.y, weight=made.weight)
    categories = preparation.categories
    model, told = _built(candidate, dataset.roles.task, train, categories, seed=seed)
    _fit_model(model, _suited(candidate, train.X), train, told)
    return Fitted(preparation=preparation, model=model)


def prepare_split(
    dataset: Dataset, recipe: Recipe, train: Positions, test: Positions, *, seed: int, folder: Path
) -> PreparedFacts:
    """Write a split prepared by a recipe fitted on its training rows; return seconds and notes.

    Parameters
    ----------
    dataset : Dataset
        The data; no more than a few of its columns are held at once.
    recipe : Recipe
        What is fitted.
    train, test : ndarray of int64
        Positions of the rows.
    seed : int
        Of the steps.
    folder : Path
        Where `read_prepared` finds the split then.
    """
    started = time.perf_counter()
    preparation = _preparation(dataset, recipe, seed)
    weight = _chosen_weights(dataset, train)
    made = preparation.fit_parts(
        dataset.rows(train, columns=preparation.columns), dataset.y[train], weight
    )
    write_rows(folder, "train", PreparedRows(X=made.X, y=made.y, weight=made.weight))
    del made  # as large as all that follows
    write_categories(folder, preparation.categories)
    with rows_changed() as told:
        write_rows(folder, "test", _transformed(dataset, preparation, test))
    write_rows(folder, "gap", _transformed(dataset, preparation, gap_rows(train, seed)))
    notes = (*preparation.notes, *told)
    return PreparedFacts(seconds=time.perf_counter() - started, notes=notes)


def fit_prepared(
    split: PreparedSplit, candidate: Candidate, task: Task, *, n_classes: int, seed: int
) -> tuple[Predictions, FoldResult]:
    """Return what a candidate's model, fitted on a prepared split, answers, and how it scores.

    Raises
    ------
    PredictionError
        When its answers are no proper predictions.
    """
    model, told = _built(candidate, task, split.train, split.categories, seed=seed)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        started = time.perf_counter()
        _fit_model(model, _suited(candidate, split.train.X), split.train, told)
        fitted = time.perf_counter()
        let_go(split.train.X)
        answers = _Answering(model=model, candidate=candidate, task=task, n_classes=n_classes)
        test = answers.on(split.test)
        predicted = time.perf_counter()
        is_slow = MODELS[candidate.model.key].slow_to_predict
        train = answers.on(few_of(split.gap, seed) if is_slow else split.gap)
    result = FoldResult(
        state=CellState.DONE,
        test_scores=_scores(test, task),
        train_scores=_scores(train, task),
        fit_seconds=fitted - started,
        predict_seconds=predicted - fitted,
        peak_mb=_peak_mb(),
        n_train=len(split.train.y),
        n_test=len(split.test.y),
        n_features=split.train.X.shape[1],
        warnings=_told(caught),
    )
    return Predictions(test=test, train=train), result


def _rows(dataset: Dataset) -> Rows:
    is_classification = dataset.roles.task.is_classification
    classes = dataset.y.astype(np.int64) if is_classification else None
    return Rows(
        n=dataset.n_rows,
        classes=classes,
        labels=dataset.labels,
        groups=dataset.groups,
        times=dataset.times,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _Answering:
    model: Any
    candidate: Candidate
    task: Task
    n_classes: int

    def on(self, rows: PreparedRows) -> Outputs:
        predicted, scores, are_probabilities = predict_outputs(
            self.model, _suited(self.candidate, rows.X), task=self.task, n_classes=self.n_classes
        )
        assert rows.rows is not None
        outputs = Outputs(
            rows=rows.rows,
            truth=rows.y,
            predicted=predicted,
            scores=scores,
            are_probabilities=are_probabilities,
            weight=rows.weight,
        )
        hint = _NO_WAY_BACK if target_step(self.candidate.recipe) else _TOO_LARGE
        n_classes = self.n_classes if self.task.is_classification else 0
        check_outputs(outputs, n_classes=n_classes, hint=hint)
        return outputs


def _preparation(dataset: Dataset, recipe: Recipe, seed: int) -> Preparation:
    return make_preparation(
        recipe, dataset.features, task=dataset.roles.task, seed=seed, labels=dataset.labels
    )


def _transformed(dataset: Dataset, preparation: Preparation, rows: Positions) -> PreparedRows:
    raw = dataset.rows(rows, columns=preparation.columns)
    made = preparation.transform_parts(raw)
    return PreparedRows(X=made, y=dataset.y[rows], weight=_chosen_weights(dataset, rows), rows=rows)


def _chosen_weights(dataset: Dataset, rows: Positions) -> npt.NDArray[np.float64] | None:
    return None if dataset.weights is None else dataset.weights[rows]


def _built(
    candidate: Candidate,
    task: Task,
    train: PreparedRows,
    categories: tuple[int, ...],
    *,
    seed: int,
) -> tuple[Any, Mapping[str, Any]]:
    """Return a candidate's unfitted model, on the target as its recipe says, and words to `fit`."""
    model = build_model(candidate.model, task, seed=candidate.model_seed(seed))
    told = tell_categories(candidate.model, model, categories, n_columns=train.X.shape[1])
    return on_own_target(candidate.recipe, model, seed=seed, n_rows=len(train.y)), told


def _suited(candidate: Candidate, X: Any) -> Any:
    if isinstance(X, np.ndarray) or MODELS[candidate.model.key].takes_sparse:
        return X
    return X.toarray()


def _fit_model(model: Any, X: Any, train: PreparedRows, told: Mapping[str, Any]) -> None:
    if train.weight is None:
        model.fit(X, train.y, **told)
    else:
        model.fit(X, train.y, sample_weight=train.weight, **told)


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
    texts = [(item.category.__name__, str(item.message).strip()) for item in caught]
    lines = [f"{name}: {text.splitlines()[0][:200]}" for name, text in texts if text]
    return tuple(dict.fromkeys(lines))[:_MOST_WARNINGS]


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak / (2**20 if sys.platform == "darwin" else 2**10))
