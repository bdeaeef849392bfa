"""Recipes as JSON text, and back with every step checked."""

from lab.base import LabError, Problem, from_json, to_json
from lab.recipes.catalogue import STEPS
from lab.recipes.recipe import Recipe, Step


def recipe_to_json(recipe: Recipe) -> str:
    """Return a recipe as JSON.

    Parameters
    ----------
    recipe : Recipe
        Any recipe.
    """
    return to_json(recipe)


def recipe_from_json(text: str | bytes) -> Recipe:
    """Return the recipe that a JSON text describes; settings that it leaves out take defaults.

    Parameters
    ----------
    text : str or bytes
        As `recipe_to_json` writes it.

    Raises
    ------
    LabError
        With all problems by place, when it is no recipe, or a step or setting is unknown.

    Examples
    --------
    >>> text = '{"title": "Mine", "steps": [{"choice": {"key": "median_imputer"}}]}'
    >>> recipe_from_json(text).steps[0].choice.settings
    {'add_indicator': False}
    """
    recipe = from_json(Recipe, text)
    steps: list[Step] = []
    problems: list[Problem] = []
    for index, step in enumerate(recipe.steps):
        try:
            choice = STEPS.choose(step.choice.key, step.choice.settings)
        except LabError as error:
            problems.append(Problem(field=f"steps.{index}", message=error.message))
        else:
            steps.append(Step(choice=choice, selection=step.selection))
    if problems:
        message = "; ".join(f"step {problem.field[6:]}: {problem.message}" for problem in problems)
        raise LabError(message, hint="Steps are counted from 0.", problems=problems)
    return Recipe(title=recipe.title, steps=tuple(steps))
