"""A recipe as cards that are read: each step with its columns and what it is for."""

from collections.abc import Mapping

import streamlit as st

from lab.base import ColumnKind, Option, Schema, Toggle, Value, label_words
from lab.recipes import STEPS, Acts, Recipe, Step, StepEntry, columns_of
from pages._ui.step_families import family_icon, family_title
from pages._ui.wording import count, names


def show_steps(recipe: Recipe, schema: Schema) -> None:
    """Show a recipe's steps as cards that cannot be changed, in order."""
    shown = [step for step in recipe.steps if step_columns(step, schema) or not _is_for(step)]
    with st.grid("auto", min_column_width=270, gap="small"):
        for step in shown:
            entry = STEPS[step.choice.key]
            with st.container(border=True, height="stretch", gap="xxsmall"):
                st.caption(f"{family_icon(entry.family)} {family_title(entry.family)}")
                st.markdown(f"**{entry.title}**")
                st.caption(entry.summary)
                if settings := settings_text(entry, step.choice.settings):
                    st.caption(settings)
                st.space("stretch")
                st.markdown(f":small[{columns_text(step, schema)}]")
    idle = [STEPS[step.choice.key].title for step in recipe.steps if step not in shown]
    if idle:
        st.caption(f"Not needed for this table: {', '.join(idle).lower()}.")


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
        on_target = STEPS[step.choice.key].acts is Acts.TARGET
        return "the target, in training" if on_target else "training rows only"
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
            said.append(param.label if value else f"not: {label_words(param)}")
        elif isinstance(param, Option):
            said.append(f"{param.label}: {param.title(str(value)).lower()}")
        else:
            said.append(
                f"{param.label}: {getattr(param, 'none_label', '') if value is None else value}"
            )
    return "; ".join(said)
