"""The form of one step: its settings, its columns, its place, and columns treated otherwise."""

import streamlit as st

from lab.base import LabError, Schema, Selection
from lab.recipes import (
    STEPS,
    Recipe,
    Step,
    StepEntry,
    columns_of,
    default_selection,
    except_columns,
)
from pages._ui.forms import settings_form
from pages._ui.problems import show
from pages._ui.roles import KIND_TITLES


def edit_step(step: Step, schema: Schema, key: str) -> Step:
    """Show settings and columns of a step, and return it as it stands in them."""
    entry = STEPS[step.choice.key]
    settings = settings_form(entry.params, step.choice.settings, key=key)
    selection = _pick_columns(entry, step.selection, schema, key=key)
    try:
        return Step(choice=STEPS.choose(entry.key, settings), selection=selection)
    except LabError as error:
        show(error)
        return step


def pick_place(place: int, n_steps: int, key: str) -> int:
    """Show the number of a step in the order, and return the place it shall have, from 0."""
    if n_steps < 2:
        return place
    chosen = st.number_input(
        "Place in the order",
        1,
        n_steps,
        place + 1,
        key=f"{key} place",
        width=180,
        help="The step moves to this number; the others keep their order.",
    )
    return int(chosen) - 1


def offer_exception(recipe: Recipe, place: int, schema: Schema, key: str) -> Recipe | None:
    """Show how to treat some of a step's columns in another way; return the recipe that does."""
    step = recipe.steps[place]
    entry = STEPS[step.choice.key]
    own = columns_of(step, schema)
    others = [other for other in STEPS if other.family is entry.family and other.kinds]
    if len(own) < 2 or not entry.kinds:
        return None
    with st.expander("Treat some of its columns in another way", key=f"{key} exception"):
        names = st.multiselect("Columns", own, key=f"{key} except", placeholder="Which columns")
        chosen = st.selectbox(
            "Step for them",
            [other.key for other in others],
            format_func=lambda word: STEPS[word].title,
            key=f"{key} instead",
        )
        st.caption(
            "They get a step of their own, whose settings may differ. This step keeps the other "
            "columns, from then on by name."
        )
        if not st.button("Give them their own step", key=f"{key} divide", disabled=not names):
            return None
    try:
        return except_columns(recipe, place, tuple(names), STEPS.choose(str(chosen)), schema)
    except LabError as error:
        show(error)
        return None


def _pick_columns(entry: StepEntry, selection: Selection, schema: Schema, *, key: str) -> Selection:
    if not entry.kinds:
        return selection
    usual = () if selection.names else default_selection(entry.key).kinds
    shown = [kind for kind in (selection.kinds or usual) if kind in entry.kinds]
    kinds = st.multiselect(
        "Kinds of columns",
        entry.kinds,
        shown,
        format_func=lambda kind: KIND_TITLES[kind],
        key=f"{key} kinds",
        placeholder="All that it is usually for",
        help="The step is for every column of these kinds.",
    )
    offered = Selection(kinds=tuple(kinds) or entry.kinds).columns(schema)
    named = [name for name in selection.names if name in offered]
    chosen = st.multiselect(
        "Only these columns",
        offered,
        named,
        key=f"{key} names",
        placeholder="All of these kinds",
        help="Leave empty for every column of the kinds above.",
    )
    if (kinds, chosen) == (shown, named):  # also names that this table does not have
        return selection
    return Selection(kinds=tuple(kinds), names=tuple(chosen))
