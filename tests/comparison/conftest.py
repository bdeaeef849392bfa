"""Experiments with scores written by hand."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from lab.base import Task
from lab.comparison import Leaderboard, make_leaderboard
from lab.experiments import (
    Candidate,
    CellRecord,
    CellState,
    Experiment,
    Failure,
    FoldResult,
    make_cells,
)
from lab.models import MODELS
from lab.recipes import Recipe
from lab.validation import SPLITTERS, ValidationPlan, fold_keys

Scores = Mapping[str, Sequence[float | None]]
"""By candidate, a score a fold; None for a fold that is still to come."""


def _plan(key: str = "kfold", *, repeats: int = 1, **settings: object) -> ValidationPlan:
    return ValidationPlan(splitter=SPLITTERS.choose(key, settings), repeats=repeats)


def _experiment(
    names: Sequence[str],
    *,
    task: Task = Task.BINARY,
    metrics: tuple[str, ...] = ("roc_auc",),
    validation: ValidationPlan | None = None,
) -> Experiment:
    """Make an experiment of candidates with these names; "Baseline" is the dummy."""
    candidates = [
        Candidate(
            name=name,
            recipe=Recipe(title="Minimal", steps=()),
            model=MODELS.choose("dummy")
            if name == "Baseline"
            else MODELS.choose("decision_tree", {"max_depth": place + 1}),
        )
        for place, name in enumerate(names)
    ]
    return Experiment(
        name="test",
        dataset_id="d",
        task=task,
        candidates=tuple(candidates),
        plan=validation or _plan(),
        metrics=metrics,
    )


def _records(
    made: Experiment, scores: Scores, *, train: Scores | None = None, **facts: object
) -> list[CellRecord]:
    """Make a record a cell with the given scores of the first metric; NaN is undefined."""
    key = made.metrics[0]
    places = {fold: place for place, fold in enumerate(fold_keys(made.plan))}
    records = []
    for cell in make_cells(made, fold_keys(made.plan)):
        name, place = made.candidates[cell.candidate].name, places[cell.repeat, cell.fold]
        value = scores[name][place]
        if value is None:
            records.append(CellRecord(cell=cell, state=CellState.WAITING))
            continue
        result = FoldResult(
            state=CellState.DONE,
            test_scores={key: None if np.isnan(value) else value},
            train_scores={key: train[name][place]} if train else {},
            **facts,
        )
        records.append(CellRecord(cell=cell, state=CellState.DONE, result=result))
    return records


def _broken(record: CellRecord, message: str, state: CellState = CellState.FAILED) -> CellRecord:
    """Make the record of the same cell, failed for a reason."""
    failure = Failure(kind="error", message=message)
    result = FoldResult(state=state, failure=failure)
    return CellRecord(cell=record.cell, state=state, result=result)


@pytest.fixture
def make_plan():
    """Return the function that makes a validation plan."""
    return _plan


@pytest.fixture
def make_experiment():
    """Return the function that makes an experiment of candidates with given names."""
    return _experiment


@pytest.fixture
def make_records():
    """Return the function that makes an experiment's records from scores by candidate."""
    return _records


@pytest.fixture
def break_record():
    """Return the function that makes a cell fail for a reason."""
    return _broken


@pytest.fixture
def board_of():
    """Return a function that makes a leaderboard from scores by candidate."""

    def make(scores: Scores, *, primary: str | None = None, **given: object) -> Leaderboard:
        made = _experiment(list(scores), **given)
        return make_leaderboard(made, _records(made, scores), primary=primary)

    return make
