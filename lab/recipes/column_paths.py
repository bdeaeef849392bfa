"""What the values of each column are on their way through a recipe."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lab.base import ColumnKind, Problem, Schema, Value
from lab.recipes.catalogue import STEPS
from lab.recipes.entry import Acts, StepEntry
from lab.recipes.recipe import Recipe, Step


@dataclass(frozen=True, kw_only=True)
class ColumnState:
    """A column between two steps.

    Parameters
    ----------
    kind : ColumnKind
        What its values are by now.
    has_missing : bool
        Whether values may be missing.
    is_many : bool
        Whether it became many, mostly empty columns, or was merged with others.
    is_category : bool
        Whether it holds codes of a category for the model.
    """

    kind: ColumnKind
    has_missing: bool
    is_many: bool = False
    is_category: bool = False

    @property
    def is_number(self) -> bool:
        """Whether a model can take its values."""
        return self.kind in {ColumnKind.NUMBER, ColumnKind.BOOLEAN}


States = dict[str, ColumnState]


def first_states(schema: Schema) -> States:
    """Return the state of each raw column."""
    shared: dict[tuple[ColumnKind, bool], ColumnState] = {}
    for kind, has_missing in {(column.kind, column.has_missing) for column in schema}:
        shared[kind, has_missing] = ColumnState(kind=kind, has_missing=has_missing)
    return {column.name: shared[column.kind, column.has_missing] for column in schema}


def states_along(recipe: Recipe, schema: Schema) -> Iterator[tuple[Step, StepEntry, States]]:
    """Yield each step with its entry and the columns' states just before it."""
    states = first_states(schema)
    for step in recipe.steps:
        entry = STEPS[step.choice.key]
        yield step, entry, states
        states = _states_after(states, step, schema)


def last_states(recipe: Recipe, schema: Schema) -> States:
    """Return the state of each column after all steps."""
    states = first_states(schema)
    for step in recipe.steps:
        states = _states_after(states, step, schema)
    return states


def _states_after(states: States, step: Step, schema: Schema) -> States:
    """Return the states behind a step; columns that are alike before it share one after it."""
    entry, settings = STEPS[step.choice.key], step.choice.settings
    after: dict[int, ColumnState] = {}
    changed = dict(states)
    for name in columns_of(step, schema):
        before = states[name]
        if id(before) not in after:
            after[id(before)] = state_after(before, entry, settings)
        changed[name] = after[id(before)]
    return changed


def columns_of(step: Step, schema: Schema) -> tuple[str, ...]:
    """Return the columns of a schema that a step is for, those that it cannot take left out."""
    kinds = STEPS[step.choice.key].kinds
    if is_for_all_features(step):
        return schema.names
    if not kinds:
        return ()
    selection = step.selection
    if not selection.kinds and not selection.names:
        selection = replace(selection, kinds=default_kinds(STEPS[step.choice.key]))
    taken = tuple(kind for kind in selection.kinds or kinds if kind in kinds)
    return replace(selection, kinds=taken).columns(schema) if taken else ()


def raw_columns(recipe: Recipe, schema: Schema) -> tuple[str, ...]:
    """Return the columns that raw rows must have for a recipe.

    They are the features, and the columns of the roles time and group when a step asks for them.

    Parameters
    ----------
    recipe : Recipe
        The steps.
    schema : Schema
        The feature columns.
    """
    if not is_in_order(recipe, schema):
        return schema.names
    roles = filter(None, (schema.time, schema.group))
    return tuple(dict.fromkeys((*schema.names, *roles)))


def is_in_order(recipe: Recipe, schema: Schema) -> bool:
    """Return whether a step of a recipe that has columns here goes by time and group."""
    asking = (step for step in recipe.steps if STEPS[step.choice.key].needs_order)
    return any(columns_of(step, schema) for step in asking)


def is_for_all_features(step: Step) -> bool:
    """Return whether a step acts on all numbers that reach it, whatever their columns."""
    nothing_chosen = not step.selection.kinds and not step.selection.names
    return STEPS[step.choice.key].acts is Acts.FEATURES and nothing_chosen


def is_joint(step: Step) -> bool:
    """Return whether a step acts on some columns together, while the others pass by."""
    entry = STEPS[step.choice.key]
    return entry.joint or (entry.acts is Acts.FEATURES and not is_for_all_features(step))


def is_for_columns(step: Step) -> bool:
    """Return whether a step acts on columns, each by itself or some together."""
    return STEPS[step.choice.key].acts is Acts.COLUMNS or is_joint(step)


def default_kinds(entry: StepEntry) -> tuple[ColumnKind, ...]:
    """Return the kinds of columns that a step is put on when nothing is said."""
    return entry.default_kinds or entry.kinds


def state_after(state: ColumnState, entry: StepEntry, settings: Mapping[str, Value]) -> ColumnState:
    """Return the state of a column after a step."""
    fills = entry.fills_missing and settings.get("missing") != "keep"
    return ColumnState(
        kind=ColumnKind.NUMBER if entry.makes_numbers else state.kind,
        has_missing=(state.has_missing and not fills) or entry.makes_categories,
        is_many=state.is_many or entry.makes_many,
        is_category=state.is_category or entry.makes_categories,
    )


def refusals(step: Step, schema: Schema, states: States) -> Iterator[Problem]:
    """Yield a problem for each column whose values a step cannot take, given all states."""
    entry = STEPS[step.choice.key]
    chosen = {name: states[name] for name in columns_of(step, schema)}
    if is_for_all_features(step):
        yield from _not_yet_numbers(entry, chosen)
    elif is_for_columns(step):
        yield from _column_refusals(entry, chosen)
    if is_joint(step):
        yield from _no_longer_there(entry, schema, chosen)


def _not_yet_numbers(entry: StepEntry, states: States) -> Iterator[Problem]:
    for name, state in states.items():
        if not state.is_number:
            message = f"column {name!r} is still {state.kind.value} when it reaches {entry.key}"
            remedy = NUMBER_STEPS.get(state.kind, "a step that makes numbers")
            yield Problem(field=name, message=f"{message}; put {remedy} before {entry.key}")


def _no_longer_there(entry: StepEntry, schema: Schema, states: States) -> Iterator[Problem]:
    """Yield columns that a step before a joint one may have given other names."""
    for name, state in states.items():
        raw = schema[name].kind
        if raw not in _KEEP_THEIR_NAMES and state.kind is not raw and not state.is_many:
            message = f"{entry.key} must come before the step that turns {name!r} into numbers"
            yield Problem(field=name, message=message)


def _column_refusals(entry: StepEntry, states: States) -> Iterator[Problem]:
    for name, state in states.items():
        if state.is_many:
            yield Problem(
                field=name,
                message=f"column {name!r} was already turned into many columns when it reaches "
                f"{entry.key}; put {entry.key} before that or leave the column out of it",
            )
        elif state.is_category:
            yield Problem(
                field=name,
                message=f"column {name!r} holds codes of a category when it reaches {entry.key}; "
                f"put {entry.key} before that or leave the column out of it",
            )
        elif state.kind not in (entry.takes or entry.kinds):
            yield Problem(
                field=name,
                message=f"column {name!r} is still {state.kind.value} when it reaches "
                f"{entry.key}; {_remedy(entry, state.kind)}",
            )


def _remedy(entry: StepEntry, kind: ColumnKind) -> str:
    first = NUMBER_STEPS.get(kind)
    if first is None:
        return f"leave it out of {entry.key}"
    return f"put {first} before {entry.key} or leave the column out of it"


_KEEP_THEIR_NAMES = {ColumnKind.NUMBER, ColumnKind.BOOLEAN}

NUMBER_STEPS: dict[ColumnKind, str] = {
    ColumnKind.CATEGORY: "an encoding step",
    ColumnKind.DATE: "date_parts",
    ColumnKind.TEXT: "tfidf",
}
"""What turns a kind of column into numbers, for messages."""
