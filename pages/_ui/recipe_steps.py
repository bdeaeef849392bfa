"""A recipe as cards: each step with its form, its columns and what it is for."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from lab.base import ColumnKind, LabError, Option, Schema, Selection, Task, Toggle, Value
from lab.recipes import (
    STEPS,
    Family,
    Recipe,
    Step,
    StepEntry,
    add_step,
    columns_of,
    default_selection,
    replace_family,
)
from pages._ui import session
from pages._ui.forms import settings_form
from pages._ui.problems import show
from pages._ui.roles import KIND_TITLES
from pages._ui.wording import count, names

FAMILIES = {
    Family.MISSING: ("Missing values", ":material/water_drop:"),
    Family.DATES: ("Dates", ":material/calendar_month:"),
    Family.TEXT: ("Text", ":material/notes:"),
    Family.SHAPE: ("Shape of numbers", ":material/ssid_chart:"),
    Family.SCALING: ("Scaling", ":material/straighten:"),
    Family.ENCODING: ("Encoding", ":material/grid_view:"),
    Family.RESAMPLING: ("Class balance", ":material/balance:"),
}

_NEEDED = {Family.DATES: (ColumnKind.DATE,), Family.TEXT: (ColumnKind.TEXT,)}
"""Families that are of no use to a table without such columns."""


def show_steps(recipe: Recipe, schema: Schema) -> None:
    """Show a recipe's steps as cards that cannot be changed, in order."""
    shown = [step for step in recipe.steps if step_columns(step, schema) or not _is_for(step)]
    with st.grid("auto", min_column_width=270, gap="small"):
        for step in shown:
            entry = STEPS[step.choice.key]
            family, icon = FAMILIES[entry.family]
            with st.container(border=True, height="stretch", gap="xxsmall"):
                st.caption(f"{icon} {family}")
                st.markdown(f"**{entry.title}**")
                st.caption(entry.summary)
                if settings := settings_text(entry, step.choice.settings):
                    st.caption(settings)
                st.space("stretch")
                st.markdown(f":small[{columns_text(step, schema)}]")
    idle = [STEPS[step.choice.key].title for step in recipe.steps if step not in shown]
    if idle:
        st.caption(f"Not needed for this table: {', '.join(idle).lower()}.")


def edit_steps(recipe: Recipe, schema: Schema, task: Task) -> Recipe:
    """Show a recipe's steps as cards with forms, and return the recipe as it stands in them.

    A step more or less means that the page has to run again with new widgets.
    """
    edited: list[Step | None] = list(recipe.steps)
    added: StepEntry | None = None
    for family, (title, icon) in FAMILIES.items():
        if not schema.of_kind(*_NEEDED.get(family, tuple(ColumnKind))):
            continue
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"{icon} **{title}**")
            for place, step in enumerate(recipe.steps):
                if STEPS[step.choice.key].family is family:
                    edited[place] = _edit_step(step, place, schema)
            added = _offer_step(family, task) or added
    kept = replace(recipe, steps=tuple(step for step in edited if step is not None))
    if added is None:
        return kept
    choice = STEPS.choose(added.key)
    if added.family is Family.SHAPE:  # one after the other, no alternatives
        return add_step(kept, choice)
    return replace_family(kept, added.family, choice, default_selection(added.key).kinds)


def step_keys(recipe: Recipe) -> tuple[str, ...]:
    """Return the keys of a recipe's steps: when they change the page needs new widgets."""
    return tuple(step.choice.key for step in recipe.steps)


def _edit_step(step: Step, place: int, schema: Schema) -> Step | None:
    entry = STEPS[step.choice.key]
    key = f"step {session.generation('recipe')} {place} {entry.key}"
    with st.expander(f"{entry.title} · {columns_text(step, schema)}", key=f"{key} card"):
        st.caption(f"{entry.summary} {entry.use_when}")
        settings = settings_form(entry.params, step.choice.settings, key=key)
        selection = _pick_columns(entry, step.selection, schema, key=key)
        if st.button("Remove this step", icon=":material/delete:", key=f"{key} remove"):
            return None
    try:
        return Step(choice=STEPS.choose(entry.key, settings), selection=selection)
    except LabError as error:
        show(error)
        return step


def _pick_columns(entry: StepEntry, selection: Selection, schema: Schema, *, key: str) -> Selection:
    if not entry.kinds:
        return selection
    kinds = st.multiselect(
        "Kinds of columns",
        entry.kinds,
        [kind for kind in (selection.kinds or entry.kinds) if kind in entry.kinds],
        format_func=lambda kind: KIND_TITLES[kind],
        key=f"{key} kinds",
        help="The step is for every column of these kinds.",
    )
    offered = Selection(kinds=tuple(kinds)).columns(schema) if kinds else ()
    chosen = st.multiselect(
        "Only these columns",
        offered,
        [name for name in selection.names if name in offered],
        key=f"{key} names",
        placeholder="All of these kinds",
        help="Leave empty for every column of the kinds above.",
    )
    return Selection(kinds=tuple(kinds) or entry.kinds, names=tuple(chosen))


def _offer_step(family: Family, task: Task) -> StepEntry | None:
    keys = [entry.key for entry in STEPS if entry.family is family and task in entry.tasks]
    if not keys:
        return None
    generation = session.generation("recipe")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox(
            "Add a step",
            keys,
            index=None,
            format_func=lambda word: STEPS[word].title,
            key=f"add {generation} {family}",
            label_visibility="collapsed",
            placeholder="Add a step",
            width=320,
        )
        is_added = st.button("Add", key=f"add button {generation} {family}", disabled=key is None)
    return STEPS[key] if is_added and key is not None else None


def _is_for(step: Step) -> tuple[ColumnKind, ...]:
    return STEPS[step.choice.key].kinds


def step_columns(step: Step, schema: Schema) -> tuple[str, ...]:
    """Return the columns that a step is for; none for one that acts on rows or weights."""
    entry = STEPS[step.choice.key]
    if not entry.kinds:
        return ()
    return columns_of(step, schema)


def columns_text(step: Step, schema: Schema) -> str:
    """Return the columns of a step in words, as Markdown."""
    if not _is_for(step):
        return "training rows only"
    columns = step_columns(step, schema)
    if not columns:
        return "no column"
    return f"{count(len(columns), 'column')}: {names(columns, most=3)}"


def settings_text(entry: StepEntry, settings: Mapping[str, Value]) -> str:
    """Return the settings that differ from their defaults in words."""
    said = []
    for param in entry.params:
        value = settings.get(param.name, param.default)
        if value == param.default:
            continue
        if isinstance(param, Toggle):
            said.append(param.label if value else f"not: {param.label.lower()}")
        elif isinstance(param, Option):
            said.append(f"{param.label}: {param.title(str(value)).lower()}")
        else:
            said.append(
                f"{param.label}: {getattr(param, 'none_label', '') if value is None else value}"
            )
    return "; ".join(said)
