"""One step of interest with what any table needs around it, so that the whole can be fitted."""

from lab.base import Task
from lab.recipes import STEPS, Family, Recipe, add_step

QUICKER = {
    "recursive_elimination": {"folds": 2},
    "sequential_selection": {"k": 2, "folds": 2},
    "shadow_selection": {"rounds": 8, "keep_open": True},
}
"""Settings of steps that fit many models."""
UNSUITED = {"smote_nc": {"note"}, "smote_n": {"note", "age", "income", "joined"}}
"""Columns that a step cannot stand."""


def recipe_with(key: str) -> Recipe:
    """Return a recipe with one step of interest and what any table needs around it."""
    family = STEPS[key].family
    around = {
        Family.MISSING: ("median_imputer", "most_frequent_imputer"),
        Family.DATES: ("date_parts",),
        Family.TEXT: ("tfidf",),
        Family.ENCODING: ("one_hot",),
    }
    keys = [key, *(other for f, keys in around.items() if f is not family for other in keys)]
    recipe = Recipe(title=key, steps=())
    for each in keys:
        if not (key in UNSUITED and each == "tfidf"):
            recipe = add_step(recipe, STEPS.choose(each, QUICKER.get(each, {})))
    return recipe


def task_of(key: str) -> Task:
    """Return a task that the step is for."""
    return Task.BINARY if Task.BINARY in STEPS[key].tasks else Task.REGRESSION
