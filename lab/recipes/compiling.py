"""From the steps of a recipe to the estimators of a pipeline."""

from dataclasses import replace
from typing import Any

from lab.base import ColumnKind, Schema, Task
from lab.recipes.catalogue import STEPS
from lab.recipes.column_paths import States, columns_of, states_along
from lab.recipes.column_stage import column_stage
from lab.recipes.entry import Acts, Place
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
    compiler = _Compiler(schema, Place(task=task, seed=seed, dense=dense))
    for step, entry, states in states_along(recipe, schema):
        if entry.acts is Acts.COLUMNS:
            compiler.add_column_step(step, states)
        elif entry.acts is Acts.ROWS:
            compiler.add_sampler(step, states)
    compiler.close(frame=False)
    return compiler.made


class _Compiler:
    """Collects column steps until a sampler or the end closes the stage."""

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
        if not self._is_open or (not self._pending and self._remainder == "passthrough"):
            return
        self._is_open = False
        stage = column_stage(
            self._pending, self.schema, dense=self.place.dense, remainder=self._remainder
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
        taken = sum(other == name or other.startswith(f"{name}_") for other, _ in self.made)
        self.made.append((f"{name}_{taken + 1}" if taken else name, estimator))


def _levels(states: States) -> tuple[str, ...]:
    kinds = {ColumnKind.CATEGORY, ColumnKind.BOOLEAN}
    return tuple(name for name, state in states.items() if state.kind in kinds)
