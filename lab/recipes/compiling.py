"""From the steps of a recipe to the estimators of a pipeline."""

from dataclasses import replace
from typing import Any

from lab.base import ColumnKind, Schema, Task
from lab.recipes.catalogue import STEPS
from lab.recipes.column_paths import (
    States,
    columns_of,
    is_for_all_features,
    is_in_order,
    is_joint,
    states_along,
)
from lab.recipes.column_stage import column_stage
from lab.recipes.entry import Acts, Place
from lab.recipes.joint_stage import can_be_empty, joint_stage
from lab.recipes.recipe import Recipe, Step

NamedSteps = list[tuple[str, Any]]
_Pending = dict[str, list[tuple[Step, Place]]]


def compile_steps(
    recipe: Recipe, schema: Schema, *, task: Task, seed: int, dense: bool
) -> NamedSteps:
    """Return the named, unfitted estimators of a recipe that has no problems.

    Parameters
    ----------
    recipe : Recipe
        The steps.
    schema : Schema
        The feature columns.
    task, seed, dense
        As in `make_preparation`.
    """
    dense = dense or any(_needs_dense(step) for step in recipe.steps)
    compiler = _Compiler(schema, Place(task=task, seed=seed, dense=dense))
    if is_in_order(recipe, schema):
        compiler.made.append(("order", _series_index(schema)))
    for step, entry, states in states_along(recipe, schema):
        if is_for_all_features(step):
            compiler.add_feature_step(step)
        elif is_joint(step):
            compiler.add_joint_step(step)
        elif entry.acts is Acts.COLUMNS:
            compiler.add_column_step(step, states)
        elif entry.acts is Acts.ROWS:
            compiler.add_sampler(step, states)
    compiler.close(frame=False)
    return compiler.made


class _Compiler:
    """Collects column steps until another sort of step or the end closes the stage."""

    def __init__(self, schema: Schema, place: Place) -> None:
        self.schema = schema
        self.place = place
        self.made: NamedSteps = []
        self._pending: _Pending = {name: [] for name in schema.names}
        self._is_open = True
        self._remainder = "drop"

    def add_column_step(self, step: Step, states: States) -> None:
        for name in columns_of(step, self.schema):
            place = replace(self.place, kind=states[name].kind)
            self._pending.setdefault(name, []).append((step, place))

    def add_joint_step(self, step: Step) -> None:
        """Bring a step's columns to it; the others wait, and pass by."""
        columns = columns_of(step, self.schema)
        if not columns:
            return
        self._bring(columns)
        key, name = step.choice.key, self._free_name(step.choice.key)
        place = replace(self.place, columns=columns)
        stage = joint_stage(name, step, STEPS[key], columns=columns, place=place)
        self.made.append((name, stage))

    def add_feature_step(self, step: Step) -> None:
        key = step.choice.key
        self.close(frame=False)
        self._append(key, STEPS[key].build(step.choice.settings, self.place))

    def add_sampler(self, step: Step, states: States) -> None:
        key = step.choice.key
        columns: tuple[str, ...] = ()
        if key == "drop_missing_rows":
            columns = columns_of(step, self.schema)
            self._fill(columns)
        elif key in {"smote_nc", "smote_n"}:
            self.close(frame=True)
            columns = _levels(states)
            self._pending, self._is_open, self._remainder = {}, True, "passthrough"
        else:
            self.close(frame=False)
        place = replace(self.place, columns=columns)
        self._append(key, STEPS[key].build(step.choice.settings, place))

    def close(self, *, frame: bool) -> None:
        """End the stage; as a frame when names are needed after it, else as numbers."""
        if not self._is_open:
            return
        self._is_open = False
        if self._pending or self._remainder == "drop":
            self._add_stage(self._pending, frame=frame)
        elif not frame and hasattr(self.made[-1][1], "transformers"):
            self.made[-1][1].set_output(transform="default")

    def _bring(self, columns: tuple[str, ...]) -> None:
        """Do what the columns have before them, and leave out those that are empty in a fold."""
        ready = {name: steps for name, steps in self._pending.items() if name in columns}
        waiting = {name: steps for name, steps in self._pending.items() if name not in columns}
        is_first = self._remainder == "drop"
        if any(ready.values()) or (is_first and can_be_empty(self.schema)):
            now = {name: ready.get(name, []) for name in self._pending} if is_first else ready
            self._add_stage(now, frame=True)
        self._pending = {name: steps for name, steps in waiting.items() if steps}
        self._remainder = "passthrough"

    def _add_stage(self, pending: _Pending, *, frame: bool) -> None:
        stage = column_stage(
            pending, self.schema, dense=self.place.dense, remainder=self._remainder
        )
        self._append("columns", stage.set_output(transform="pandas") if frame else stage)

    def _fill(self, columns: tuple[str, ...]) -> None:
        """Give rows to predict, which cannot be dropped, the values of the kept rows."""
        for name in columns:
            kind = self.schema[name].kind
            if kind is ColumnKind.DATE:  # the step that takes dates apart fills them
                continue
            key = "median_imputer" if kind is ColumnKind.NUMBER else "most_frequent_imputer"
            step = Step(choice=STEPS.choose(key))
            self._pending[name].append((step, replace(self.place, kind=kind)))

    def _append(self, name: str, estimator: Any) -> None:
        self.made.append((self._free_name(name), estimator))

    def _free_name(self, name: str) -> str:
        taken = {other for other, _ in self.made}
        numbered = (f"{name}_{number}" for number in range(2, len(taken) + 3))
        return name if name not in taken else next(one for one in numbered if one not in taken)


def _series_index(schema: Schema) -> Any:
    from lab.recipes.estimators.series_index import SeriesIndex

    return SeriesIndex(columns=list(schema.names), time=schema.time, group=schema.group)


def _needs_dense(step: Step) -> bool:
    return is_for_all_features(step) and STEPS[step.choice.key].needs_dense


def _levels(states: States) -> tuple[str, ...]:
    kinds = {ColumnKind.CATEGORY, ColumnKind.BOOLEAN}
    return tuple(name for name, state in states.items() if state.kind in kinds)
