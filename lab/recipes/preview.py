"""A few rows before and after a recipe."""

from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.base import Schema, Task
from lab.recipes.pipeline import make_preparation
from lab.recipes.recipe import Recipe

LEARNT_ROWS = 2_000
"""Rows that a preview learns from at most: enough for its figures, and quick."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Preview:
    """What a recipe does with some rows of a table.

    Parameters
    ----------
    before : DataFrame
        Raw rows; the index holds their positions in the table.
    after : DataFrame
        What reaches the model as training rows. The same rows with the same index, unless rows are
        resampled: then as many rows from the start, counted from 0.
    feature_names : tuple of str
        Every column that reaches the model, also those of `after` that are not shown.
    rows_in, rows_out : int
        Rows learnt from, and training rows that come out of them.
    seconds : float
        What it took.
    notes : tuple of str
        What to know about it, one sentence each.
    """

    before: pd.DataFrame
    after: pd.DataFrame
    feature_names: tuple[str, ...]
    rows_in: int
    rows_out: int
    seconds: float
    notes: tuple[str, ...]


def preview(  # noqa: PLR0913 - what a preparation needs, and the rows
    recipe: Recipe,
    X: pd.DataFrame,
    y: npt.NDArray[Any],
    schema: Schema,
    *,
    task: Task,
    seed: int = 0,
    rows: int = 200,
    labels: tuple[str, ...] = (),
) -> Preview:
    """Return some rows of a table before and after a recipe.

    The recipe learns from at most 2,000 rows, drawn evenly over the table and the target.

    Parameters
    ----------
    recipe : Recipe
        The steps.
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
    rows : int, default 200
        Rows to show.
    labels : tuple of str, default ()
        Names of the classes by code.

    Raises
    ------
    LabError
        When the recipe does not fit the table, or these rows cannot be prepared so.
    """
    start = perf_counter()
    taken = even_sample(y, LEARNT_ROWS)
    preparation = make_preparation(recipe, schema, task=task, seed=seed, labels=labels)
    prepared = preparation.fit(X.iloc[taken], y[taken])
    resampled = len(prepared.y) != len(taken)
    index = None if resampled else taken[:rows]
    return Preview(
        before=X.iloc[taken[:rows]].set_axis(taken[:rows], axis=0),
        after=_frame(prepared.X[:rows], preparation.feature_names, index),
        feature_names=preparation.feature_names,
        rows_in=len(taken),
        rows_out=len(prepared.y),
        seconds=perf_counter() - start,
        notes=(*_sample_note(len(taken), len(y)), *preparation.notes),
    )


def even_sample(y: npt.NDArray[Any], size: int) -> npt.NDArray[np.int64]:
    """Return sorted positions spread evenly over the rows in the order of their target.

    Parameters
    ----------
    y : ndarray
        Class codes or values.
    size : int
        Positions at most.
    """
    if len(y) <= size:
        return np.arange(len(y), dtype=np.int64)
    order = np.argsort(y, kind="stable")
    picks = np.linspace(0, len(y) - 1, size).round().astype(np.int64)
    return np.sort(order[picks]).astype(np.int64)


def _frame(values: Any, names: tuple[str, ...], index: Any) -> pd.DataFrame:
    dense = values if isinstance(values, np.ndarray) else values.toarray()
    return pd.DataFrame(dense, columns=list(names), index=index)


def _sample_note(taken: int, total: int) -> tuple[str, ...]:
    if taken == total:
        return ()
    return (f"Learnt from {taken:,} of {total:,} rows, to be quick: a run may find more levels",)
