"""All that is wrong with a recipe for a table, in plain words and before anything is fitted."""

from collections.abc import Iterator
from typing import Any

import numpy.typing as npt

from lab.base import ColumnKind, Problem, Schema, Task
from lab.recipes.catalogue import STEPS
from lab.recipes.column_paths import (
    NUMBER_STEPS,
    columns_of,
    last_states,
    refusals,
    states_along,
)
from lab.recipes.entry import Acts, Family
from lab.recipes.recipe import Recipe
from lab.recipes.targets import target_problems

_DATE_PARTS = ("year", "month", "day", "weekday", "hour", "elapsed_days", "missing")
_SAMPLERS_OF_NUMBERS = ("smote", "random_over", "random_under")


def check_recipe(
    recipe: Recipe,
    schema: Schema,
    *,
    task: Task,
    takes_missing: bool = False,
    takes_weights: bool = True,
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
    y : ndarray, optional
        What is predicted, for steps that act on it.

    Returns
    -------
    tuple of Problem
        By column name or step key; empty when the recipe can be used.
    """
    found = [*structure_problems(recipe, schema, task=task)]
    if task is Task.REGRESSION:
        found.extend(target_problems(recipe, y))
    if not takes_missing:
        found.extend(_missing_left(recipe, schema))
    if not takes_weights and any(step.choice.key == "class_weights" for step in recipe.steps):
        message = "class_weights has no effect: the model takes no row weights"
        found.append(Problem(field="class_weights", message=message))
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
    for step, entry, states in states_along(recipe, schema):
        chosen = columns_of(step, schema)
        yield from refusals(entry, {name: states[name] for name in chosen})
    yield from _sampler_problems(recipe, schema)


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
        entry, later = STEPS[key], keys[index + 1 :]
        if key == "drop_missing_rows" and index > 0:
            yield Problem(field=key, message="drop_missing_rows must be the first step")
        if key in keys[:index] and entry.acts is not Acts.COLUMNS:
            yield Problem(field=key, message=f"{key} stands in the recipe twice")
        for other in later:
            if _stands_too_late(other, after=key):
                yield Problem(field=other, message=f"{other} must come before {key}")


def _stands_too_late(key: str, *, after: str) -> bool:
    entry = STEPS[key]
    if after in _SAMPLERS_OF_NUMBERS:
        return entry.acts is Acts.COLUMNS or key == "smote_nc"
    if after == "smote_nc":
        return entry.acts is Acts.COLUMNS and entry.family is not Family.ENCODING
    return key == "smote_nc" and STEPS[after].family in {Family.ENCODING, Family.TEXT}


def _task_problems(recipe: Recipe, task: Task) -> Iterator[Problem]:
    for step in recipe.steps:
        entry = STEPS[step.choice.key]
        on_target = entry.acts is Acts.TARGET
        if task not in entry.tasks:
            what = "transforms a number to predict" if on_target else "balances classes"
            message = f"{entry.key} {what}; {task.title.lower()} has none"
            yield Problem(field=entry.key, message=message)


def _sampler_problems(recipe: Recipe, schema: Schema) -> Iterator[Problem]:
    for _, entry, states in states_along(recipe, schema):
        if entry.key not in {"smote", "smote_nc"}:
            continue
        gaps = [name for name, state in states.items() if state.has_missing]
        if gaps:
            message = f"{entry.key} takes no missing values; fill {_listed(gaps)} before it"
            yield Problem(field=entry.key, message=message)
        if entry.key == "smote_nc":
            yield from _smote_nc_problems({state.kind for state in states.values()})
            yield from _name_clashes(schema)


def _smote_nc_problems(kinds: set[ColumnKind]) -> Iterator[Problem]:
    if not kinds & {ColumnKind.CATEGORY, ColumnKind.BOOLEAN}:
        yield Problem(field="smote_nc", message="smote_nc needs a category; take smote instead")
    if ColumnKind.NUMBER not in kinds:
        message = "smote_nc needs a number column; take random_over instead"
        yield Problem(field="smote_nc", message=message)
    if ColumnKind.TEXT in kinds:
        message = "smote_nc cannot make text; ignore the text columns or take another step"
        yield Problem(field="smote_nc", message=message)


def _name_clashes(schema: Schema) -> Iterator[Problem]:
    """Yield raw columns called like one that a step before smote_nc may make."""
    made = {f"missingindicator_{name}" for name in schema.names}
    dates = schema.of_kind(ColumnKind.DATE)
    made |= {f"{name}_{part}" for name in dates for part in _DATE_PARTS}
    for name in sorted(made & set(schema.names)):
        message = f"column {name!r} is called like one that a step makes; rename it for smote_nc"
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
