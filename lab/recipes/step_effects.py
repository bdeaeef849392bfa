"""What each step of a recipe does to some rows of a table."""

from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.base import LabError, Schema, Task
from lab.recipes.catalogue import STEPS
from lab.recipes.entry import Acts
from lab.recipes.pipeline import Preparation, make_beginning
from lab.recipes.preview import LEARNT_ROWS, even_sample
from lab.recipes.recipe import Recipe
from lab.recipes.row_changes import MADE_UP, UNKNOWN, changed_cells, row_labels
from lab.recipes.targets import target_transformer

SHOWN_ROWS = 50
"""Rows of each table of an effect."""
ROWS_UNKNOWN = "The rows are counted anew: a step on rows does not tell which of them it keeps"
TARGET, WEIGHT = "target", "row weight"
"""What the column is called that a step on the target or on weights changes."""


@dataclass(frozen=True, kw_only=True, eq=False)
class StepEffect:
    """What one step does to the rows that it is shown.

    Parameters
    ----------
    before, after : DataFrame
        Some rows as the step gets them and as it leaves them. The index tells the rows' positions
        in the table as text; a row that is there again or that was made up says so.
    marks : DataFrame of bool
        For each cell of `after`, whether the step made or changed it.
    made, gone, changed : tuple of str
        Columns that are there only after it, only before it, and with other values.
    n_columns : tuple of (int, int)
        Columns before and after.
    n_rows : tuple of (int, int)
        Rows before and after, of those looked at.
    seconds : float
        What the step adds to the time that fitting takes.
    notes : tuple of str
        What had to be done differently for these rows.
    """

    before: pd.DataFrame
    after: pd.DataFrame
    marks: pd.DataFrame
    made: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    n_columns: tuple[int, int]
    n_rows: tuple[int, int]
    seconds: float
    notes: tuple[str, ...]


def step_effect(  # noqa: PLR0913 - a recipe and a place in it, a table, and the task
    recipe: Recipe,
    place: int,
    X: pd.DataFrame,
    y: npt.NDArray[Any],
    schema: Schema,
    *,
    task: Task,
    seed: int = 0,
    labels: tuple[str, ...] = (),
) -> StepEffect:
    """Return what one step of a recipe does.

    The steps up to it, and those before it, are fitted as recipes of their own, on at most 2,000
    rows drawn evenly over the table and the target: what is shown is what the pipeline makes,
    also where several steps of a recipe become one estimator.

    Parameters
    ----------
    recipe : Recipe
        The steps.
    place : int
        The step, counted from 0.
    X : DataFrame
        Raw rows.
    y : ndarray
        Class codes or values.
    schema : Schema
        The columns of `X`.
    task : Task
        The kind of question.
    seed : int, default 0
        For steps that draw.
    labels : tuple of str, default ()
        Names of the classes by code.

    Raises
    ------
    LabError
        When the steps up to it do not fit the table, or these rows.
    """
    taken = even_sample(y, LEARNT_ROWS)
    looking = _Looking(
        recipe=recipe,
        rows=X.iloc[taken],
        y=y[taken],
        taken=taken,
        schema=schema,
        task=task,
        seed=seed,
        labels=labels,
    )
    return _effect(recipe, place, looking.after(place), looking.after(place + 1))


def step_effects(  # noqa: PLR0913 - a recipe, a table, and the task
    recipe: Recipe,
    X: pd.DataFrame,
    y: npt.NDArray[Any],
    schema: Schema,
    *,
    task: Task,
    seed: int = 0,
    labels: tuple[str, ...] = (),
) -> tuple[StepEffect, ...]:
    """Return what each step of a recipe does, up to the first that does not fit the table.

    Parameters
    ----------
    recipe, X, y, schema, task, seed
        As in `step_effect`.
    """
    taken = even_sample(y, LEARNT_ROWS)
    looking = _Looking(
        recipe=recipe,
        rows=X.iloc[taken],
        y=y[taken],
        taken=taken,
        schema=schema,
        task=task,
        seed=seed,
        labels=labels,
    )
    before, effects = looking.after(0), []
    for place in range(len(recipe.steps)):
        try:
            after = looking.after(place + 1)
        except LabError:  # told at that step
            break
        effects.append(_effect(recipe, place, before, after))
        before = after
    return tuple(effects)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Look:
    """All rows looked at, as they stand after some steps."""

    frame: pd.DataFrame
    target: npt.NDArray[Any]
    weight: npt.NDArray[np.float64]
    seconds: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class _Looking:
    """Fits the beginnings of a recipe on the same rows."""

    recipe: Recipe
    rows: pd.DataFrame
    y: npt.NDArray[Any]
    taken: npt.NDArray[np.int64]
    schema: Schema
    task: Task
    seed: int
    labels: tuple[str, ...]

    def after(self, n_steps: int) -> _Look:
        if n_steps == 0:
            frame = self.rows[list(self.schema.names)].set_axis(row_labels(self.taken), axis=0)
            return _Look(frame=frame, target=self.y, weight=np.ones(len(self.y)), seconds=0.0)
        started = perf_counter()
        beginning = replace(self.recipe, steps=self.recipe.steps[:n_steps])
        preparation = make_beginning(
            beginning, self.schema, task=self.task, seed=self.seed, labels=self.labels
        )
        learned = preparation.learn(self.rows, self.y)
        transformer = target_transformer(beginning, seed=self.seed, n_rows=len(learned.y))
        target = learned.y
        if transformer is not None:
            target = transformer.fit_transform(target.reshape(-1, 1))[:, 0]
        seconds = perf_counter() - started
        labels = row_labels(self._positions(preparation, len(target)))
        return _Look(
            frame=_as_frame(learned.X, preparation.feature_names).set_axis(labels, axis=0),
            target=target,
            weight=np.ones(len(target)) if learned.weight is None else learned.weight,
            seconds=seconds,
            notes=preparation.notes,
        )

    def _positions(self, preparation: Preparation, n_rows: int) -> npt.NDArray[np.int64]:
        """Return each row's position in the table, where the samplers tell which rows they keep."""
        from imblearn.over_sampling.base import BaseOverSampler

        positions = self.taken
        for _, sampler in preparation.steps:
            if not hasattr(sampler, "fit_resample"):
                continue
            if hasattr(sampler, "sample_indices_"):
                positions = positions[sampler.sample_indices_]
            elif not isinstance(sampler, BaseOverSampler):  # they keep all rows, new ones last
                return np.full(n_rows, UNKNOWN, dtype=np.int64)
        made_up = np.full(max(0, n_rows - len(positions)), MADE_UP, dtype=np.int64)
        return np.concatenate([positions, made_up])[:n_rows]


def _effect(recipe: Recipe, place: int, before: _Look, after: _Look) -> StepEffect:
    first, second = _frames(recipe, place, before, after)
    marks, notes = changed_cells(first, second), after.notes
    if not second.index.isin(first.index).any():
        marks, notes = _only_made(marks, first), (*notes, ROWS_UNKNOWN)
    shown = _shown_rows(first, second)
    return StepEffect(
        before=first.head(SHOWN_ROWS),
        after=second.loc[shown],
        marks=marks.loc[shown],
        made=tuple(name for name in second.columns if name not in first.columns),
        gone=tuple(name for name in first.columns if name not in second.columns),
        changed=tuple(
            name for name in second.columns if name in first.columns and marks[name].any()
        ),
        n_columns=(before.frame.shape[1], after.frame.shape[1]),
        n_rows=(len(before.frame), len(after.frame)),
        seconds=max(0.0, after.seconds - before.seconds),
        notes=tuple(note for note in notes if note not in before.notes),
    )


def _only_made(marks: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the marks without those of columns that were there before."""
    return marks & ~marks.columns.isin(before.columns)[None, :]


def _frames(
    recipe: Recipe, place: int, before: _Look, after: _Look
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what the step acts on: columns, and for some steps the target or the weights."""
    acts = STEPS[recipe.steps[place].choice.key].acts
    if acts is Acts.TARGET:
        return _column(TARGET, before, before.target), _column(TARGET, after, after.target)
    if acts is Acts.WEIGHTS:
        return _column(WEIGHT, before, before.weight), _column(WEIGHT, after, after.weight)
    return before.frame, after.frame


def _column(name: str, look: _Look, values: npt.NDArray[Any]) -> pd.DataFrame:
    return pd.DataFrame({name: values}, index=look.frame.index)


def _shown_rows(before: pd.DataFrame, after: pd.DataFrame) -> pd.Index:
    """Return the first rows, and among them some that were not there before."""
    new = after.index.difference(before.index, sort=False)[: SHOWN_ROWS // 2]
    old = after.index.intersection(before.index, sort=False)[: SHOWN_ROWS - len(new)]
    return old.append(new)


def _as_frame(values: Any, names: tuple[str, ...]) -> pd.DataFrame:
    if isinstance(values, pd.DataFrame):
        return values.set_axis(list(names), axis=1)
    dense = values if isinstance(values, np.ndarray) else values.toarray()
    return pd.DataFrame(dense, columns=list(names))
