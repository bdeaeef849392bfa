"""The dialog that finds a step among all of the catalogue and adds it."""

from collections.abc import Callable

import streamlit as st

from lab.base import Schema, Selection, Task
from lab.recipes import STEPS, Family, StepEntry, default_selection
from pages._ui import session
from pages._ui.problems import telling
from pages._ui.step_families import family_icon, family_title
from pages._ui.wording import count, names

MARK = "recipe dialog"
ADD = "add"


def close() -> None:
    """Close the dialog."""
    session.mark(MARK, "")


@st.dialog("Add a step", width="large", on_dismiss=close)
@telling()
def pick_step(schema: Schema, task: Task, add: Callable[[str], None]) -> None:
    """Show all steps by family, found by words, and add the one that is chosen.

    Parameters
    ----------
    schema : Schema
        The columns of the table.
    task : Task
        The kind of question; steps for other kinds are left out.
    add : callable (str)
        What is done with the key of the chosen step.
    """
    offered = [entry for entry in STEPS if task in entry.tasks]
    words = st.text_input(
        "Search",
        key="find step",
        live=True,
        placeholder="Words of what it should do: missing, scale, rare levels…",
        icon=":material/search:",
    )
    families = [family for family in Family if any(entry.family is family for entry in offered)]
    chosen = st.pills(
        "Families",
        families,
        format_func=lambda family: f"{family_icon(family)} {family_title(family)}",
        key="step family",
        label_visibility="collapsed",
    )
    found = [
        entry for entry in matching(offered, str(words)) if chosen is None or entry.family is chosen
    ]
    _list(found, schema, add)
    _say_left_out(len(found), len(offered), len(STEPS) - len(offered), task)


def matching(entries: list[StepEntry], words: str) -> list[StepEntry]:
    """Return the entries that all of some words stand in, those with them in the title first."""
    asked = words.casefold().split()
    found = [entry for entry in entries if all(word in _text(entry) for word in asked)]
    in_title = [entry for entry in found if all(word in entry.title.casefold() for word in asked)]
    return [*in_title, *(entry for entry in found if entry not in in_title)]


def _text(entry: StepEntry) -> str:
    texts = (entry.title, entry.summary, entry.use_when, entry.key, family_title(entry.family))
    return " ".join(texts).casefold()


def _list(entries: list[StepEntry], schema: Schema, add: Callable[[str], None]) -> None:
    for family in Family:
        members = [entry for entry in entries if entry.family is family]
        if not members:
            continue
        st.markdown(f"{family_icon(family)} **{family_title(family)}**")
        with st.container(gap="xxsmall"):
            for entry in members:
                _offer(entry, schema, add)


def _offer(entry: StepEntry, schema: Schema, add: Callable[[str], None]) -> None:
    with st.expander(f"**{entry.title}** · {entry.summary}", key=f"offer {entry.key}"):
        st.markdown(entry.use_when)
        st.caption(f"{where_text(entry, schema)} In a recipe's file: `{entry.key}`.")
        if st.button(
            f"Add “{entry.title}”",
            type="primary",
            icon=":material/add:",
            key=f"add {entry.key}",
        ):
            add(entry.key)


def where_text(entry: StepEntry, schema: Schema) -> str:
    """Return in a sentence which columns of a table a step would be put on."""
    if not entry.kinds:
        return (
            "Acts on training rows only."
            if entry.family is not Family.TARGET
            else ("Acts on the target in training; predictions are turned back.")
        )
    columns = default_selection(entry.key).columns(schema) or Selection(kinds=entry.kinds).columns(
        schema
    )
    if not columns:
        return "This table has no column for it."
    return f"Here for {count(len(columns), 'column')}: {names(columns, most=4)}."


def _say_left_out(n_found: int, n_offered: int, n_others: int, task: Task) -> None:
    if n_found == 0:
        st.caption("No step has these words. Try fewer, or another family.")
    hidden = f" {count(n_others, 'more is', 'more are')} not for {task.title.lower()}."
    st.caption(f"{n_found:,} of {count(n_offered, 'step')}.{hidden if n_others else ''}")
