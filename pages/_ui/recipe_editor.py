"""One's own recipe as cards that are changed: order, settings, columns, and what is wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lab.base import Problem, Schema
from lab.recipes import (
    STEPS,
    Recipe,
    duplicate_step,
    move_step,
    remove_step,
    replace_step,
)
from pages._ui import own_recipes, session
from pages._ui.recipe_steps import columns_text, settings_text
from pages._ui.step_families import family_icon, family_title
from pages._ui.step_form import edit_step, offer_exception, pick_place
from pages._ui.step_problems import problem_lines
from pages._ui.wording import count, sentence

OPEN = "open step"
"""What is remembered of the one card whose form is open: its recipe and its place."""
MOST_PROBLEMS = 4
"""Told at one card; a step on many columns can have one for each."""
_COPY, _REMOVE = "Duplicate", "Remove"


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A recipe whose cards stand elsewhere, so that the page needs new ones.

    Parameters
    ----------
    recipe : Recipe
        As it is after the change.
    opened : int or None
        The card that is open then.
    """

    recipe: Recipe
    opened: int | None = None


Action = Callable[[Recipe], Changed]
"""What a button does to the recipe as it stands in all the forms."""


def edit_steps(word: str, recipe: Recipe, schema: Schema) -> tuple[Recipe, list[DeltaGenerator]]:
    """Show a recipe's steps as cards, keep what is changed, and return it as it stands in them.

    Parameters
    ----------
    word : str
        What stands for the recipe in drafts.
    recipe : Recipe
        The recipe as it was kept last.
    schema : Schema
        The columns of the table.

    Returns
    -------
    recipe : Recipe
        With the settings and columns that stand in the forms.
    slots : list of container
        Where the problems of each step are shown.
    """
    slots: list[DeltaGenerator] = []
    action: Action | None = None
    for place in range(len(recipe.steps)):
        with st.container(border=True, gap="xsmall", key=f"step card {place + 1}"):
            recipe, asked = _edit_card(word, recipe, place, schema)
            slots.append(st.container(gap="xxsmall"))
        action = asked or action
    own_recipes.change(word, recipe)
    if action is not None:
        apply(word, action(recipe))
    return recipe, slots


def apply(word: str, changed: Changed) -> None:
    """Keep a change after which cards stand elsewhere, and draw the page anew."""
    own_recipes.change(word, changed.recipe)
    draw_anew(word, changed.opened)


def draw_anew(word: str = "", opened: int | None = None) -> None:
    """Draw the page again with new cards, of which one of a recipe may be open."""
    _open(word, opened)
    session.renew("recipe")
    st.rerun()


def fill_slots(slots: Sequence[DeltaGenerator], problems: Sequence[Sequence[Problem]]) -> None:
    """Show what is wrong with each step at its card."""
    for slot, found in zip(slots, problems, strict=True):
        told = problem_lines(found)
        for line in told[:MOST_PROBLEMS]:
            slot.markdown(f":red[:material/error: {sentence(line)}]")
        if len(told) > MOST_PROBLEMS:
            slot.caption(f"And {count(len(told) - MOST_PROBLEMS, 'more problem')} of this step.")


def _open(word: str, place: int | None) -> None:
    session.mark(OPEN, "" if place is None else f"{word} {place}")


def _is_open(word: str, place: int) -> bool:
    return session.marked(OPEN) == f"{word} {place}"


def _edit_card(
    word: str, recipe: Recipe, place: int, schema: Schema
) -> tuple[Recipe, Action | None]:
    """Show the card of a step; return the recipe with its settings, and what a button asks for."""
    # With the recipe's word, so that no widget brings the settings of one recipe into another.
    key = f"step {word} {session.generation('recipe')} {place} {recipe.steps[place].choice.key}"
    left, right = st.columns([5, 3], gap="small")
    head = left.container(gap="xxsmall")
    with right:
        asked = _buttons(word, len(recipe.steps), place, key)
    if _is_open(word, place):
        recipe, in_form = _form(recipe, place, schema, key)
        asked = in_form or asked
    _head(head, recipe, place, schema)
    return recipe, asked


def _head(head: DeltaGenerator, recipe: Recipe, place: int, schema: Schema) -> None:
    step = recipe.steps[place]
    entry = STEPS[step.choice.key]
    said = settings_text(entry, step.choice.settings)
    head.markdown(f"**{place + 1}. {entry.title}**")
    head.caption(
        f"{family_icon(entry.family)} {family_title(entry.family)} · "
        f"{columns_text(step, schema)}{f' · {said}' if said else ''}"
    )


def _buttons(word: str, n_steps: int, place: int, key: str) -> Action | None:
    is_open = _is_open(word, place)
    with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
        if st.button(
            "Done" if is_open else "Edit",
            icon=":material/check:" if is_open else ":material/edit:",
            key=f"{key} edit",
            type="tertiary",
        ):
            _open(word, None if is_open else place)
            st.rerun()
        for label, icon, to in (
            ("Up", ":material/arrow_upward:", place - 1),
            ("Down", ":material/arrow_downward:", place + 1),
        ):
            if st.button(
                label,
                icon=icon,
                key=f"{key} {label.lower()}",
                type="tertiary",
                disabled=not 0 <= to < n_steps,
            ):
                return _moving(place, to, is_open=is_open)
        chosen = st.menu_button("More", (_COPY, _REMOVE), key=f"{key} more", type="tertiary")
    if chosen == _COPY:
        return lambda recipe: Changed(recipe=duplicate_step(recipe, place), opened=place + 1)
    return (lambda recipe: Changed(recipe=remove_step(recipe, place))) if chosen else None


def _moving(place: int, to: int, *, is_open: bool) -> Action:
    opened = to if is_open else None
    return lambda recipe: Changed(recipe=move_step(recipe, place, to), opened=opened)


def _form(recipe: Recipe, place: int, schema: Schema, key: str) -> tuple[Recipe, Action | None]:
    """Show the form of a step: what it is for, settings, columns, place, exceptions."""
    entry = STEPS[recipe.steps[place].choice.key]
    st.caption(f"{entry.summary} {entry.use_when}")
    recipe = replace_step(recipe, place, edit_step(recipe.steps[place], schema, key))
    to = pick_place(place, len(recipe.steps), key)
    if to != place:
        return recipe, lambda recipe: Changed(recipe=move_step(recipe, place, to), opened=to)
    divided = offer_exception(recipe, place, schema, key)
    if divided is not None:
        return recipe, lambda _: Changed(recipe=divided, opened=place + 1)
    return recipe, None
