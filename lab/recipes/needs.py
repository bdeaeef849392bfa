"""What a recipe needs of the training rows as a whole."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import LabError, Task
from lab.recipes.catalogue import STEPS
from lab.recipes.recipe import Recipe, Step


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What a preparation asks of training rows.

    Parameters
    ----------
    rows : int
        Training rows at least.
    by : str
        The step that needs so many.
    classes : str
        A step that needs two classes; empty when none does.
    """

    rows: int
    by: str
    classes: str

    def check(self, y: npt.NDArray[Any]) -> None:
        """Raise LabError when the training rows are too few or of one class."""
        if len(y) < self.rows:
            raise LabError(
                f"the recipe needs at least {self.rows} training rows, there are {len(y)}",
                hint=f"Lower the folds of {self.by}, or take another step."
                if _has_folds(self.by)
                else f"Leave {self.by} out, or take larger folds.",
            )
        if self.classes and len(np.unique(y)) < 2:
            raise LabError(
                f"the training rows have only one class, from which {self.classes} learns nothing",
                hint="Choose a stratified split, or leave the step out.",
            )


def needs_of(recipe: Recipe, task: Task) -> Needs:
    """Return what a recipe needs of training rows.

    Parameters
    ----------
    recipe : Recipe
        The steps.
    task : Task
        The kind of question.
    """
    keys = [step.choice.key for step in recipe.steps]
    rows, by = max(((_rows(step), step.choice.key) for step in recipe.steps), default=(1, ""))
    learning = [key for key in keys if STEPS[key].needs_target]
    return Needs(
        rows=rows,
        by=by,
        classes=learning[0] if learning and task.is_classification else "",
    )


def _rows(step: Step) -> int:
    """Return the rows that a step needs: one for each fold in which it judges itself."""
    folds = int(step.choice.settings.get("folds") or 1)
    return max(folds, STEPS[step.choice.key].fewest_rows)


def _has_folds(key: str) -> bool:
    return any(param.name == "folds" for param in STEPS[key].params)
