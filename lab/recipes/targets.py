"""Steps on the numbers to predict: learnt from training targets, turned back in predictions."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import Problem, Task
from lab.recipes.catalogue import STEPS
from lab.recipes.entry import Acts, Place
from lab.recipes.recipe import Recipe, Step


def target_step(recipe: Recipe) -> Step | None:
    """Return the step of a recipe that acts on the target, or None."""
    return next((step for step in recipe.steps if _is_on_target(step)), None)


def without_target_steps(recipe: Recipe) -> Recipe:
    """Return a recipe without steps on the target: what prepares columns and rows."""
    return replace(recipe, steps=tuple(step for step in recipe.steps if not _is_on_target(step)))


def target_transformer(recipe: Recipe, *, seed: int, n_rows: int) -> Any | None:
    """Return the unfitted transformer of a recipe's target, or None when it stays as it is.

    Parameters
    ----------
    recipe : Recipe
        The steps.
    seed : int
        For steps that draw.
    n_rows : int
        Training rows: no more quantiles are remembered.
    """
    step = target_step(recipe)
    if step is None:
        return None
    place = Place(task=Task.REGRESSION, seed=seed)
    transformer = STEPS[step.choice.key].build(step.choice.settings, place)
    if hasattr(transformer, "n_quantiles"):
        transformer.set_params(n_quantiles=max(1, min(transformer.n_quantiles, n_rows)))
    return transformer


def on_own_target(recipe: Recipe, regressor: Any, *, seed: int, n_rows: int) -> Any:
    """Return a model that learns the target as a recipe says and answers on the old scale.

    Parameters
    ----------
    recipe : Recipe
        The steps.
    regressor : estimator
        Unfitted; returned as it is when no step acts on the target.
    seed, n_rows
        As in `target_transformer`.
    """
    transformer = target_transformer(recipe, seed=seed, n_rows=n_rows)
    if transformer is None:
        return regressor
    from sklearn.compose import TransformedTargetRegressor

    return TransformedTargetRegressor(
        regressor=regressor, transformer=transformer, check_inverse=False
    )


def target_problems(recipe: Recipe, y: npt.NDArray[Any] | None) -> Iterator[Problem]:
    """Yield what is wrong with the steps on the target, for its values when they are given."""
    keys = [step.choice.key for step in recipe.steps if _is_on_target(step)]
    for key in keys[1:]:
        message = f"{key} and {keys[0]} both act on the target; keep one of them"
        yield Problem(field=key, message=message)
    if y is not None and "log_target" in keys and len(y) and float(np.min(y)) <= -1:
        from lab.recipes.estimators.target_values import REMEDY, too_small

        message = f"{too_small(float(np.min(y)))}. {REMEDY.rstrip('.')}"
        yield Problem(field="log_target", message=message)


def _is_on_target(step: Step) -> bool:
    return STEPS[step.choice.key].acts is Acts.TARGET
