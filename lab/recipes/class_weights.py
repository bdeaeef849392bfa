"""Weights of training rows by their class: balanced, or by what a missed row costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import LabError, Value
from lab.recipes.level_texts import class_costs
from lab.recipes.recipe import Recipe

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class ClassWeights:
    """How the rows of each class weigh.

    Parameters
    ----------
    balanced : bool, default False
        Whether all classes weigh the same together.
    costs : tuple of (int, float), default ()
        Class codes whose rows weigh that many times as much.
    """

    balanced: bool = False
    costs: tuple[tuple[int, float], ...] = ()

    def on(self, y: npt.NDArray[Any], weight: Floats | None) -> Floats | None:
        """Return the weight of each row, times those that are given.

        Parameters
        ----------
        y : ndarray of int64
            Class codes.
        weight : ndarray of float64 or None
            Given weights.

        Examples
        --------
        >>> ClassWeights(costs=((1, 5.0),)).on(np.array([0, 1]), None)
        array([1., 5.])
        """
        if self.balanced:
            weight = _times(weight, _balanced(y))
        for code, cost in self.costs:
            weight = _times(weight, np.where(y == code, cost, 1.0))
        return weight


def class_weights(recipe: Recipe, labels: tuple[str, ...]) -> ClassWeights:
    """Return how a recipe weighs the classes.

    Parameters
    ----------
    recipe : Recipe
        The steps.
    labels : tuple of str
        Names of the classes by code; empty when they have none but their code.

    Raises
    ------
    LabError
        When the recipe names a class that there is not.
    """
    chosen = {step.choice.key: step.choice.settings for step in recipe.steps}
    costs = _costs(chosen["class_costs"], labels) if "class_costs" in chosen else ()
    return ClassWeights(balanced="class_weights" in chosen, costs=costs)


def unknown_class(settings: Mapping[str, Value], labels: tuple[str, ...]) -> str:
    """Return what is wrong with the classes that ``class_costs`` names; empty for nothing.

    Parameters
    ----------
    settings : mapping
        Of the step.
    labels : tuple of str
        Names of the classes by code; empty when they have none but their code.
    """
    try:
        listed = class_costs(str(settings["weights"]))
    except LabError:  # told as a problem of the setting
        return ""
    known = [label in labels if labels else label.isdigit() for label in listed]
    unknown = [label for label, is_known in zip(listed, known, strict=True) if not is_known]
    if not unknown:
        return ""
    there = ", ".join(repr(label) for label in labels[:10]) or "codes 0, 1, …"
    return f"class_costs names the class {unknown[0]!r}; the classes are {there}"


def _costs(settings: Mapping[str, Value], labels: tuple[str, ...]) -> tuple[tuple[int, float], ...]:
    if problem := unknown_class(settings, labels):
        raise LabError(problem)
    listed = class_costs(str(settings["weights"]))
    if not listed:
        return ((1, float(settings["missed_positive"] or 1.0)),)
    return tuple(
        (labels.index(label) if labels else int(label), cost) for label, cost in listed.items()
    )


def _balanced(y: npt.NDArray[Any]) -> Floats:
    from sklearn.utils.class_weight import compute_sample_weight

    return np.asarray(compute_sample_weight("balanced", y), dtype=np.float64)


def _times(weight: Floats | None, factor: Floats) -> Floats:
    return factor if weight is None else factor * weight
