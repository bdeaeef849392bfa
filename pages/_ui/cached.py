"""Reads of the store, cached by content id, so that a rerun of a page costs nothing.

What is cached by an id can never be stale: an id is a fingerprint of content. What grows while a
benchmark runs is cached together with how far its job is.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from lab.base import Workspace, default_workspace
from lab.data import Dataset, Table
from lab.experiments import Cell, CellRecord, CellState, Experiment
from lab.recipes import raw_columns
from lab.store import Store, open_store

if TYPE_CHECKING:
    from lab.benchmark import Ledger
    from lab.comparison import Leaderboard
    from lab.experiments import Outputs
    from lab.recipes import Preview, Recipe, StepEffect
    from lab.validation import ValidationPlan

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Results:
    """An experiment and where its cells stand.

    Parameters
    ----------
    token : str
        Differs whenever the cells or the metrics do; part of the keys of caches.
    experiment : Experiment
        What is run.
    records : tuple of CellRecord
        Its cells.
    """

    token: str
    experiment: Experiment
    records: tuple[CellRecord, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The candidates' names in the experiment's order."""
        return tuple(candidate.name for candidate in self.experiment.candidates)

    def finished(self, candidate: int) -> tuple[CellRecord, ...]:
        """Return the finished cells of a candidate in order of repeat and fold."""
        return tuple(
            record
            for record in self.records
            if record.cell.candidate == candidate and record.state is CellState.DONE
        )


def store() -> Store:
    """Return the store of the workspace."""
    return _store(default_workspace().root)


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(root: Path) -> Store:
    return open_store(Workspace(root=root))


@st.cache_resource(show_spinner=False, max_entries=4)
def table(table_id: str) -> Table:
    """Return a kept table; LabError when there is none."""
    return store().load_table(table_id)


@st.cache_resource(show_spinner=False, max_entries=4)
def dataset(dataset_id: str) -> Dataset:
    """Return a kept data set; LabError when there is none."""
    return store().load_dataset(dataset_id)


def experiment(experiment_id: str) -> Experiment:
    """Return a kept experiment; LabError when there is none."""
    return store().load_experiment(experiment_id)


def results(experiment_id: str) -> Results:
    """Return an experiment with its cells; read anew only when its job has moved on."""
    found = experiment(experiment_id)
    job = store().job(experiment_id)
    if job is not None and job.state.is_active:
        records = live_records(experiment_id)
        n_final = sum(record.state.is_final for record in records)
        return _results(f"{experiment_id} {job.started} {n_final} so far", found, records)
    return _results(f"{experiment_id} {store().last_change(experiment_id)}", found)


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs={Experiment: repr})
def _results(
    token: str, found: Experiment, _records: tuple[CellRecord, ...] | None = None
) -> Results:
    key = f"{token} {' '.join(found.metrics)} {' '.join(item.name for item in found.candidates)}"
    return Results(token=key, experiment=found, records=_records or store().records(found.id))


@st.cache_resource(show_spinner=False, ttl=1, max_entries=8)
def live_records(experiment_id: str) -> tuple[CellRecord, ...]:
    """Return the cells of an experiment that runs; read once a second for all who watch it."""
    return store().records(experiment_id)


def leaderboard(found: Results, primary: str) -> "Leaderboard":
    """Return the leaderboard of what is finished, ordered by a metric."""
    return value(f"leaderboard {primary} {found.token}", lambda: _leaderboard(found, primary))


def _leaderboard(found: Results, primary: str) -> "Leaderboard":
    from lab.comparison import make_leaderboard

    return make_leaderboard(
        found.experiment, found.records, primary=primary, outputs=outputs_of_cell
    )


def outputs(found: Results, candidate: int) -> "list[Outputs]":
    """Return a candidate's answers on the test rows of each finished fold."""
    return [outputs_of_cell(record.cell) for record in found.finished(candidate)]


def outputs_of_cell(cell: Cell) -> "Outputs":
    """Return the answers of a finished cell on its test rows."""
    return store().load_predictions(cell.key).test


def preview(dataset_id: str, recipe: "Recipe") -> "Preview":
    """Return a few rows of a data set before and after a recipe."""
    return value(f"preview {dataset_id} {recipe.id}", lambda: _preview(dataset_id, recipe))


def _preview(dataset_id: str, recipe: "Recipe") -> "Preview":
    from lab.recipes import preview as make_preview

    data = dataset(dataset_id)
    X = data.raw(raw_columns(recipe, data.features))
    return make_preview(recipe, X, data.y, data.features, task=data.roles.task, labels=data.labels)


def step_effect(dataset_id: str, recipe: "Recipe", place: int) -> "StepEffect":
    """Return what one step of a recipe does to a few rows of a data set."""
    beginning = replace(recipe, steps=recipe.steps[: place + 1])

    def look() -> "StepEffect":
        from lab.recipes import step_effect as look_at

        data = dataset(dataset_id)
        return look_at(
            beginning,
            place,
            data.raw(raw_columns(beginning, data.features)),
            data.y,
            data.features,
            task=data.roles.task,
            labels=data.labels,
        )

    return value(f"step {dataset_id} {beginning.id}", look)


def step_effects(dataset_id: str, recipe: "Recipe") -> "tuple[StepEffect, ...]":
    """Return what each step of a recipe does to a few rows of a data set."""

    def look() -> "tuple[StepEffect, ...]":
        from lab.recipes import step_effects as look_at

        data = dataset(dataset_id)
        X = data.raw(raw_columns(recipe, data.features))
        return look_at(recipe, X, data.y, data.features, task=data.roles.task, labels=data.labels)

    return value(f"steps {dataset_id} {recipe.id}", look)


def fold_ledger(dataset_id: str, recipe: "Recipe", plan: "ValidationPlan", seed: int) -> "Ledger":
    """Return what a recipe does in each fold of a plan, with an experiment's seed."""

    def look() -> "Ledger":
        from lab.benchmark import fold_ledger as look_at

        return look_at(dataset(dataset_id), recipe, replace(plan, seed=seed), seed=seed)

    return value(f"ledger {dataset_id} {recipe.id} {plan.id} {seed}", look)


def value(key: str, make: Callable[[], T]) -> T:
    """Return what stands under a key that says all about it; made when it is not there yet.

    For small things only: frames of charts, figures, profiles. The last hundred or so are kept.
    """
    found: T = _value(key, make)
    return found


@st.cache_resource(show_spinner=False, max_entries=128)
def _value(key: str, _make: Callable[[], T]) -> T:  # noqa: ARG001  # the key is for the cache
    return _make()


def forget_data() -> None:
    """Let go of all tables and data sets; they are opened again when they are needed."""
    table.clear()
    dataset.clear()
    _value.clear()
