"""Settings of steps that do not go together, with each other or with the table."""

from collections.abc import Iterator

from lab.base import Problem, Schema, Task
from lab.recipes.catalogue import STEPS
from lab.recipes.column_paths import columns_of
from lab.recipes.recipe import Recipe, Step
from lab.recipes.steps.interactions import MOST_MADE, columns_made


def setting_problems(recipe: Recipe, schema: Schema, *, task: Task) -> Iterator[Problem]:
    """Yield what is wrong with the settings of a recipe's steps.

    Parameters
    ----------
    recipe : Recipe
        The steps.
    schema : Schema
        The feature columns.
    task : Task
        The kind of question.
    """
    for step in recipe.steps:
        if step.choice.key == "polynomial":
            yield from _too_many_products(step, schema)
        elif step.choice.key == "univariate_selection":
            yield from _impossible_scores(step, task)
    yield from _gaps_marked_twice(recipe, schema)


def _too_many_products(step: Step, schema: Schema) -> Iterator[Problem]:
    columns = len(columns_of(step, schema))
    made = columns_made(columns, step.choice.settings)
    if made > MOST_MADE:
        message = (
            f"polynomial would make {made:,} columns of {columns:,}, at most {MOST_MADE:,} are "
            "allowed; choose fewer columns or a lower degree"
        )
        yield Problem(field="polynomial", message=message)


def _impossible_scores(step: Step, task: Task) -> Iterator[Problem]:
    score, rule = step.choice.settings["score"], step.choice.settings["rule"]
    key = step.choice.key
    if score == "chi2" and not task.is_classification:
        message = f"{key}: the chi-squared test needs classes; take f or mutual_info"
        yield Problem(field=key, message=message)
    if score == "mutual_info" and rule in {"fdr", "fwe"}:
        message = f"{key}: mutual information has no p-value for {rule}; take k_best or percentile"
        yield Problem(field=key, message=message)


def _gaps_marked_twice(recipe: Recipe, schema: Schema) -> Iterator[Problem]:
    marked: set[str] = set()
    for step in recipe.steps:
        key, columns = step.choice.key, set(columns_of(step, schema))
        if not (key == "missing_indicator" or step.choice.settings.get("add_indicator")):
            continue
        twice = [name for name in columns & marked if schema[name].has_missing]
        if twice and STEPS[key].kinds:
            message = f"{key} marks the gaps of {min(twice)!r} again; let one step mark them"
            yield Problem(field=key, message=message)
        marked |= columns
