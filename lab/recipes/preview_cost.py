"""How long a preview of a recipe takes, roughly, before anybody waits for it."""

from dataclasses import dataclass, replace
from typing import Any

import numpy.typing as npt
import pandas as pd

from lab.base import LabError, Schema, Task
from lab.recipes.catalogue import STEPS
from lab.recipes.pipeline import make_beginning
from lab.recipes.preview import LEARNT_ROWS, even_sample
from lab.recipes.recipe import Recipe


@dataclass(frozen=True, kw_only=True)
class PreviewCost:
    """What a preview costs.

    Parameters
    ----------
    seconds : float
        Rough time of the slow steps; 0 when there are none.
    steps : tuple of str
        Their titles.
    rows, columns : int
        What the first of them is given to learn from.
    """

    seconds: float
    steps: tuple[str, ...] = ()
    rows: int = 0
    columns: int = 0


def preview_cost(  # noqa: PLR0913 - a recipe, a table, and the task
    recipe: Recipe,
    X: pd.DataFrame,
    y: npt.NDArray[Any],
    schema: Schema,
    *,
    task: Task,
    seed: int = 0,
    labels: tuple[str, ...] = (),
) -> PreviewCost:
    """Return how long the slow steps of a recipe take in a preview.

    The steps before the first slow one are fitted, to see how many columns reach it; later ones
    are taken to get as many.

    Parameters
    ----------
    recipe, X, y, schema, task, seed, labels
        As in `preview`. A recipe that does not fit the table costs nothing: that is told at once.
    """
    entries = [(step, STEPS[step.choice.key]) for step in recipe.steps]
    slow = [place for place, (_, entry) in enumerate(entries) if entry.learning_seconds]
    if not slow:
        return PreviewCost(seconds=0.0)
    taken = even_sample(y, LEARNT_ROWS)
    beginning = replace(recipe, steps=recipe.steps[: slow[0]])
    try:
        preparation = make_beginning(beginning, schema, task=task, seed=seed, labels=labels)
        preparation.learn(X.iloc[taken], y[taken])
    except LabError:
        return PreviewCost(seconds=0.0)
    columns = len(preparation.feature_names) if slow[0] else len(schema.names)
    seconds = 0.0
    for place in slow:
        step, entry = entries[place]
        if entry.learning_seconds is not None:
            seconds += entry.learning_seconds(step.choice.settings, len(taken), columns, task)
    return PreviewCost(
        seconds=seconds, steps=tuple(entries[place][1].title for place in slow),
        rows=len(taken), columns=columns,
    )  # fmt: skip
