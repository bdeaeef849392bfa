"""All that is wrong with a recipe for a table, in plain words and before anything is fitted."""

import re
from collections.abc import Iterator
from typing import Any

import numpy.typing as npt

from lab.base import ColumnKind, Problem, Schema, Task
from lab.recipes.catalogue import STEPS
from lab.recipes.class_weights import unknown_class
from lab.recipes.column_paths import (
    NUMBER_STEPS,
    columns_of,
    is_for_all_features,
    is_for_columns,
    is_joint,
    last_states,
    refusals,
    states_along,
)
from lab.recipes.entry import Acts, Family, StepEntry
from lab.recipes.recipe import Recipe, Step
from lab.recipes.setting_checks import setting_problems
from lab.recipes.targets import target_problems

_MADE = re.compile(
    r"_(?:(?:year|month|day|weekday|hour|quarter|week|day_of_year|is_weekend|time_of_day)"
    r"(?:_sin|_cos)?|elapsed_days|missing|bin\d*|spline\d+)$"
)
"""What steps before a sampler of levels add to the name of a column."""
_SAMPLERS_OF_LEVELS = ("smote_nc", "smote_n")
_SAMPLERS_OF_NUMBERS = tuple(
    entry.key
    for entry in STEPS
    if entry.family is Family.RESAMPLING
    and entry.acts is Acts.ROWS
    and entry.key not in _SAMPLERS_OF_LEVELS
)
_SAMPLERS_BY_DISTANCE = {*_SAMPLERS_OF_NUMBERS, *_SAMPLERS_OF_LEVELS} - {
    "random_over",
    "random_under",
}


def check_recipe(  # noqa: PLR0913 - a table, a target and a model, each with what matters of it
    recipe: Recipe,
    schema: Schema,
    *,
    task: Task,
    takes_missing: bool = False,
    takes_weights: bool = True,
    labels: tuple[str, ...] = (),
    y: npt.NDArray[Any] | None = None,
) -> tuple[Problem, ...]:
    """Return everything that is wrong with a recipe for a table and a model.

    Parameters
    ----------
    recipe : Recipe
        The steps.
    schema : Schema
        The feature columns.
    task : Task
        The kind of question.
    takes_missing, takes_weights : bool
        Whether the model accepts missing numbers, and row weights.
    labels : tuple of str, default ()
        Names of the classes by code; without, classes that a step names are not looked for.
    y : ndarray, optional
        What is predicted, for steps that act on it.

    Returns
    -------
    tuple of Problem
        By column name or step key; empty when the recipe can be used.
    """
    found = [*structure_problems(recipe, schema, task=task), *class_problems(recipe, labels)]
    if task is Task.REGRESSION:
        found.extend(target_problems(recipe, y))
    if not takes_missing:
        found.extend(_missing_left(recipe, schema))
    for step in recipe.steps if not takes_weights else ():
        if STEPS[step.choice.key].acts is Acts.WEIGHTS:
            key = step.choice.key
            message = f"{key} has no effect: the model takes no row weights"
            found.append(Problem(field=key, message=message))
    return tuple(dict.fromkeys(found))


def structure_problems(recipe: Recipe, schema: Schema, *, task: Task) -> Iterator[Problem]:
    """Yield what is wrong with a recipe for a table whatever the model."""
    yield from step_problems(recipe, schema, task=task)
    yield from _left_as_it_is(recipe, schema)


def step_problems(recipe: Recipe, schema: Schema, *, task: Task) -> Iterator[Problem]:
    """Yield what is wrong with steps that may be the beginning of a longer recipe."""
    yield from _selection_problems(recipe, schema)
    yield from _order_problems(recipe)
    yield from _task_problems(recipe, task)
    yield from _time_problems(recipe, schema)
    for step, _, states in states_along(recipe, schema):
        yield from refusals(step, schema, states)
    yield from setting_problems(recipe, schema, task=task)
    yield from _gap_problems(recipe, schema)
    yield from _sampler_problems(recipe, schema)
    yield from _name_clashes(recipe, schema)


def _selection_problems(recipe: Recipe, schema: Schema) -> Iterator[Problem]:
    for step in recipe.steps:
        entry = STEPS[step.choice.key]
        for name in step.selection.names if entry.kinds else ():
            if name not in schema.names:
                yield Problem(field=name, message=f"{entry.key}: there is no column {name!r}")
            elif schema[name].kind not in entry.kinds:
                kind = schema[name].kind.value
                message = f"{entry.key} cannot be put on column {name!r} ({kind})"
                yield Problem(field=name, message=message)
        for kind in step.selection.kinds if entry.kinds else ():
            if kind not in entry.kinds:
                message = f"{entry.key} cannot be put on columns of kind {kind.value}"
                yield Problem(field=entry.key, message=message)


def _order_problems(recipe: Recipe) -> Iterator[Problem]:
    keys = [step.choice.key for step in recipe.steps]
    for index, key in enumerate(keys):
        entry, step, later = STEPS[key], recipe.steps[index], recipe.steps[index + 1 :]
        if key == "drop_missing_rows" and index > 0:
            yield Problem(field=key, message="drop_missing_rows must be the first step")
        if key in keys[:index] and entry.acts in {Acts.ROWS, Acts.WEIGHTS}:
            yield Problem(field=key, message=f"{key} stands in the recipe twice")
        for other in later:
            if _stands_too_late(other, after=step):
                name = other.choice.key
                yield Problem(field=name, message=f"{name} must come before {key}")


def _stands_too_late(step: Step, *, after: Step) -> bool:
    key, before = step.choice.key, after.choice.key
    if before in _SAMPLERS_OF_NUMBERS or is_for_all_features(after):
        return is_for_columns(step) or key in _SAMPLERS_OF_LEVELS
    if before in _SAMPLERS_OF_LEVELS:
        return is_for_columns(step) and STEPS[key].family is not Family.ENCODING
    is_encoded = STEPS[before].family in {Family.ENCODING, Family.TEXT}
    return key in _SAMPLERS_OF_LEVELS and is_encoded


def _task_problems(recipe: Recipe, task: Task) -> Iterator[Problem]:
    for step in recipe.steps:
        entry = STEPS[step.choice.key]
        if task not in entry.tasks:
            message = f"{entry.key} {_deed(entry)}; {task.title.lower()} has none"
            yield Problem(field=entry.key, message=message)
        elif message := entry.problem_with(step.choice.settings, task):
            yield Problem(field=entry.key, message=message)


def _time_problems(recipe: Recipe, schema: Schema) -> Iterator[Problem]:
    for step in recipe.steps:
        key = step.choice.key
        if STEPS[key].needs_order and not schema.time:
            message = f"{key} goes by the time of the rows; give a column the role time"
            yield Problem(field=key, message=message)


def _deed(entry: StepEntry) -> str:
    if entry.acts is Acts.TARGET:
        return "transforms a number to predict"
    return "balances classes" if entry.family is Family.RESAMPLING else "needs classes"


def class_problems(recipe: Recipe, labels: tuple[str, ...]) -> Iterator[Problem]:
    """Yield classes that a recipe names and the target, whose labels are given, has not."""
    for step in recipe.steps if labels else ():
        if step.choice.key == "class_costs":
            message = unknown_class(step.choice.settings, labels)
            if message:
                yield Problem(field="class_costs", message=message)


def _sampler_problems(recipe: Recipe, schema: Schema) -> Iterator[Problem]:
    for _, entry, states in states_along(recipe, schema):
        if entry.key in _SAMPLERS_OF_LEVELS:
            yield from _level_problems(entry.key, {state.kind for state in states.values()})


def _level_problems(key: str, kinds: set[ColumnKind]) -> Iterator[Problem]:
    if not kinds & {ColumnKind.CATEGORY, ColumnKind.BOOLEAN}:
        yield Problem(field=key, message=f"{key} needs a category; take smote instead")
    if key == "smote_nc" and ColumnKind.NUMBER not in kinds:
        message = "smote_nc needs a number column; take smote_n or random_over instead"
        yield Problem(field=key, message=message)
    if key == "smote_n" and ColumnKind.NUMBER in kinds:
        message = "smote_n takes every number for a category; take smote_nc instead"
        yield Problem(field=key, message=message)
    if ColumnKind.TEXT in kinds:
        message = f"{key} cannot make text; ignore the text columns or take another step"
        yield Problem(field=key, message=message)


def _gap_problems(recipe: Recipe, schema: Schema) -> Iterator[Problem]:
    for step, entry, states in states_along(recipe, schema):
        if entry.key not in _SAMPLERS_BY_DISTANCE and not entry.needs_complete:
            continue
        seen = columns_of(step, schema) if is_for_columns(step) else schema.names
        gaps = [name for name in seen if states[name].has_missing]
        if gaps:
            message = f"{entry.key} takes no missing values; fill {_listed(gaps)} before it"
            yield Problem(field=entry.key, message=message)


def _name_clashes(recipe: Recipe, schema: Schema) -> Iterator[Problem]:
    """Yield raw columns called like one made before a step that knows columns by their names."""
    keys = [
        s.choice.key for s in recipe.steps if is_joint(s) or s.choice.key in _SAMPLERS_OF_LEVELS
    ]
    names = set(schema.names)
    for name in sorted(names) if keys else ():
        stem = _MADE.sub("", name.removeprefix("missingindicator_"))
        if stem != name and stem in names:
            message = (
                f"column {name!r} is called like one that a step makes; rename it for {keys[0]}"
            )
            yield Problem(field=name, message=message)


def _left_as_it_is(recipe: Recipe, schema: Schema) -> Iterator[Problem]:
    for name, state in last_states(recipe, schema).items():
        if not state.is_number:
            remedy = NUMBER_STEPS.get(state.kind, "a step that makes numbers")
            remedy = remedy if remedy.startswith("a") else f"the step {remedy}"
            message = (
                f"column {name!r} ({state.kind.value}) reaches the model as it stands; add {remedy}"
            )
            yield Problem(field=name, message=message)


def _missing_left(recipe: Recipe, schema: Schema) -> Iterator[Problem]:
    for name, state in last_states(recipe, schema).items():
        if state.is_number and state.has_missing:
            message = f"column {name!r} has missing values that the model does not take; fill them"
            yield Problem(field=name, message=message)


def _listed(names: list[str]) -> str:
    shown = ", ".join(repr(name) for name in names[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"
