"""Changed recipes: a step moved, doubled or taken out, some columns treated in another way."""

from dataclasses import replace

from lab.base import Choice, LabError, Schema, Selection
from lab.recipes.catalogue import STEPS
from lab.recipes.column_paths import columns_of
from lab.recipes.recipe import Recipe, Step


def move_step(recipe: Recipe, place: int, to: int) -> Recipe:
    """Return a recipe with one step at another place; the others keep their order.

    Parameters
    ----------
    recipe : Recipe
        Stays as it is.
    place, to : int
        Where the step stands and shall stand, counted from 0; beyond an end means that end.
    """
    steps = list(recipe.steps)
    step = steps.pop(place)
    steps.insert(max(0, to), step)
    return replace(recipe, steps=tuple(steps))


def duplicate_step(recipe: Recipe, place: int) -> Recipe:
    """Return a recipe with a copy of a step right behind it."""
    steps = recipe.steps
    return replace(recipe, steps=(*steps[: place + 1], steps[place], *steps[place + 1 :]))


def remove_step(recipe: Recipe, place: int) -> Recipe:
    """Return a recipe without one step."""
    return replace(recipe, steps=(*recipe.steps[:place], *recipe.steps[place + 1 :]))


def replace_step(recipe: Recipe, place: int, step: Step) -> Recipe:
    """Return a recipe with another step at a place."""
    return replace(recipe, steps=(*recipe.steps[:place], step, *recipe.steps[place + 1 :]))


def except_columns(
    recipe: Recipe, place: int, names: tuple[str, ...], choice: Choice, schema: Schema
) -> Recipe:
    """Return a recipe in which another step does a step's work for some of its columns.

    The step keeps its other columns, from now on by name, and the new one stands right behind it.

    Parameters
    ----------
    recipe : Recipe
        Stays as it is.
    place : int
        The step.
    names : tuple of str
        The columns that are treated in another way.
    choice : Choice
        The line of `STEPS` that treats them, of the same family.
    schema : Schema
        The columns of the table.

    Raises
    ------
    LabError
        When no column is named, one is not the step's, or the other step is of another family.
    """
    step = recipe.steps[place]
    entry, other = STEPS[step.choice.key], STEPS[choice.key]
    own = columns_of(step, schema)
    if other.family is not entry.family:
        raise LabError(f"{other.key} does not do the work of {entry.key}")
    if not names or any(name not in own for name in names):
        raise LabError(f"these are no columns of {entry.key}", hint="Choose among its columns.")
    left = tuple(name for name in own if name not in names)
    new = Step(choice=choice, selection=Selection(names=names))
    kept = [replace(step, selection=replace(step.selection, names=left))] if left else []
    return replace(recipe, steps=(*recipe.steps[:place], *kept, new, *recipe.steps[place + 1 :]))
