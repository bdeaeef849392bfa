"""What is wrong with a recipe, told at the step that it is about."""

from dataclasses import dataclass, replace
from typing import Any

import numpy.typing as npt

from lab.base import Problem, Schema, Task
from lab.recipes.checks import categories_left, check_recipe, class_problems, step_problems
from lab.recipes.recipe import Recipe
from lab.recipes.targets import target_problems


@dataclass(frozen=True, kw_only=True)
class RecipeProblems:
    """All that is wrong with a recipe.

    Parameters
    ----------
    of_steps : tuple of tuple of Problem
        For each step, what was not wrong before it stood there.
    of_whole : tuple of Problem
        What is about no single step, such as a column that reaches the model as text.
    """

    of_steps: tuple[tuple[Problem, ...], ...]
    of_whole: tuple[Problem, ...]

    @property
    def is_none(self) -> bool:
        """Whether the recipe can be used."""
        return not self.of_whole and not any(self.of_steps)


def problems_by_step(  # noqa: PLR0913 - what `check_recipe` takes
    recipe: Recipe,
    schema: Schema,
    *,
    task: Task,
    takes_missing: bool = False,
    takes_weights: bool = True,
    takes_categories: bool = False,
    labels: tuple[str, ...] = (),
    y: npt.NDArray[Any] | None = None,
) -> RecipeProblems:
    """Return what `check_recipe` finds, each problem at the first step with which it appears.

    Parameters
    ----------
    recipe, schema, task, takes_missing, takes_weights, takes_categories, labels, y
        As in `check_recipe`.
    """
    left = list(
        check_recipe(
            recipe,
            schema,
            task=task,
            takes_missing=takes_missing,
            takes_weights=takes_weights,
            takes_categories=takes_categories,
            labels=labels,
            y=y,
        )
    )
    of_steps: list[tuple[Problem, ...]] = []
    for length in range(1, len(recipe.steps) + 1):
        beginning = replace(recipe, steps=recipe.steps[:length])
        found = _beginning_problems(beginning, schema, task, labels, y) if left else ()
        told = tuple(problem for problem in dict.fromkeys(found) if problem in left)
        left = [problem for problem in left if problem not in told]
        of_steps.append(told)
    return RecipeProblems(of_steps=tuple(of_steps), of_whole=tuple(left))


def _beginning_problems(
    beginning: Recipe,
    schema: Schema,
    task: Task,
    labels: tuple[str, ...],
    y: npt.NDArray[Any] | None,
) -> tuple[Problem, ...]:
    on_target = target_problems(beginning, y) if task is Task.REGRESSION else ()
    of_classes = class_problems(beginning, labels)
    of_model = categories_left(beginning, schema)
    return (*step_problems(beginning, schema, task=task), *of_classes, *on_target, *of_model)
