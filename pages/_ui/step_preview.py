"""Before and after: a few rows as each step, or the whole recipe, gets and leaves them."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from lab.base import LabError
from lab.data import Dataset
from lab.recipes import STEPS, Recipe, StepEffect
from pages._ui import cached, session
from pages._ui.problems import show
from pages._ui.wording import count, duration, names, sentence

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

_WHOLE = -1
QUICK_SECONDS = 0.5
"""What may be looked at whenever the page is drawn."""
MOST_SECONDS = 120.0
"""What a page may be held up for when somebody asks for it."""
MOST_COLUMNS = 60
MOST_NAMES = 300
MOST_LINES = 15
_MARK = "background-color: rgba(47, 110, 211, 0.22)"


def show_preview(recipe: Recipe, data: Dataset) -> None:
    """Show what a step that one chooses, or the whole recipe, does to a few rows."""
    st.subheader("Before and after", anchor=False)
    place = st.selectbox(
        "Look at",
        [_WHOLE, *range(len(recipe.steps))],
        format_func=lambda number: _title(recipe, number),
        key=f"look at {len(recipe.steps)}",
        width=420,
    )
    beginning = recipe if place == _WHOLE else replace(recipe, steps=recipe.steps[: place + 1])
    if may_look(beginning, data, "look"):
        try:
            if place == _WHOLE:
                _show_whole(recipe, data)
            else:
                _show_step(recipe, place, data)
        except LabError as error:
            show_or_wait(error)
    _show_figures(recipe, data)


def may_look(recipe: Recipe, data: Dataset, name: str, *, times: int = 1) -> bool:
    """Return whether to look at a recipe now; where that takes long, ask first.

    Parameters
    ----------
    recipe : Recipe
        What would be fitted.
    data : Dataset
        The data.
    name : str
        Of what would be shown; part of the button's key.
    times : int, default 1
        How often the slow steps would be fitted.
    """
    cost = cached.preview_cost(data.id, recipe)
    seconds, agreed = times * cost.seconds, f"{name} agreed"
    if seconds <= QUICK_SECONDS or session.marked(agreed) == recipe.id:
        return True
    named = names(dict.fromkeys(cost.steps))
    what = f"{named}: learning from {cost.rows:,} rows of {count(cost.columns, 'column')} takes"
    if seconds > MOST_SECONDS:
        st.caption(
            f"{what} roughly {duration(seconds)}, too long for a page. A benchmark does it in "
            "processes of its own, with a limit and a button to stop it."
        )
        return False
    st.caption(f"{what} roughly {duration(seconds)} here, so it is not shown at every change.")
    if st.button("Show it", icon=":material/hourglass_top:", key=f"{name} slowly"):
        session.mark(agreed, recipe.id)
        st.rerun()
    return False


def show_or_wait(error: LabError) -> None:
    """Show an error; of one that is told at the steps already say only that it is."""
    if error.problems:
        st.caption("This is shown once what is wrong with the steps is mended.")
    else:
        show(error)


def _title(recipe: Recipe, place: int) -> str:
    if place == _WHOLE:
        return "The whole recipe"
    return f"{place + 1}. {STEPS[recipe.steps[place].choice.key].title}"


def _show_whole(recipe: Recipe, data: Dataset) -> None:
    with st.spinner("Preparing a few rows…"):
        found = cached.preview(data.id, recipe)
    with st.container(horizontal=True):
        st.metric("Columns in", f"{found.before.shape[1]:,}", border=True)
        st.metric("Columns out", f"{len(found.feature_names):,}", border=True)
        st.metric("Rows looked at", f"{found.rows_in:,}", border=True)
        st.metric("Rows to learn from", f"{found.rows_out:,}", border=True)
        st.metric("Time", milliseconds(found.seconds), border=True)
    _tables(found.before.head(50), found.after.head(50))
    for note in found.notes:
        st.caption(f":material/info: {sentence(note)}")
    with st.expander(f"The {count(len(found.feature_names), 'column')} that reach a model"):
        st.markdown(names(found.feature_names, most=MOST_NAMES))


def _show_step(recipe: Recipe, place: int, data: Dataset) -> None:
    with st.spinner("Preparing a few rows…"):
        effect = cached.step_effect(data.id, recipe, place)
    with st.container(horizontal=True):
        st.metric("Columns", _from_to(effect.n_columns), border=True)
        st.metric("Rows", _from_to(effect.n_rows), border=True)
        st.metric("Columns made", f"{len(effect.made):,}", border=True)
        st.metric("Columns changed", f"{len(effect.changed):,}", border=True)
        st.metric("Time", milliseconds(effect.seconds), border=True)
    concerned = [*effect.gone, *effect.changed], [*effect.changed, *effect.made]
    only = bool(concerned[0] or concerned[1]) and st.toggle(
        "Only the columns that it changes", True, key="only changed"
    )
    before, after = effect.before, effect.after
    if only:
        before = before[[name for name in before.columns if name in set(concerned[0])]]
        after = after[[name for name in after.columns if name in set(concerned[1])]]
    _tables(before, after, effect.marks)
    _say_names(effect)


def _tables(before: pd.DataFrame, after: pd.DataFrame, marks: pd.DataFrame | None = None) -> None:
    left, right = st.columns(2)
    with left:
        st.markdown("**Before**")
        if before.shape[1]:
            shown = before.iloc[:, :MOST_COLUMNS]
            st.dataframe(shown, height=320, alt="Rows before preparation", key="before")
        else:
            st.caption("Nothing is taken away or changed; columns are added.")
    with right:
        st.markdown("**After**" if marks is None else "**After** · what it made or changed is blue")
        shown = after.iloc[:, :MOST_COLUMNS]
        styled = shown if marks is None else _marked(shown, marks)
        st.dataframe(styled, height=320, alt="Rows after preparation", key="after")
    widest = max(before.shape[1], after.shape[1])
    if widest > MOST_COLUMNS:
        st.caption(f"The first {MOST_COLUMNS} of {widest:,} columns are shown.")


def _marked(shown: pd.DataFrame, marks: pd.DataFrame) -> "Styler":
    decimals: dict[Any, Any] = dict.fromkeys(shown.select_dtypes("float").columns, "{:.5g}")
    return shown.style.apply(_styles, marks=marks, axis=None).format(decimals, na_rep="")


def _styles(shown: pd.DataFrame, *, marks: pd.DataFrame) -> pd.DataFrame:
    there = marks.loc[shown.index, shown.columns]
    return there.map(lambda is_marked: _MARK if is_marked else "")


def _say_names(effect: StepEffect) -> None:
    said = [
        f"{what} {count(len(found), 'column')}: {names(found, most=40)}."
        for what, found in (
            ("Makes", effect.made),
            ("Changes", effect.changed),
            ("Takes away", effect.gone),
        )
        if found
    ]
    rows = effect.n_rows[1] - effect.n_rows[0]
    if rows:
        verb = "Adds" if rows > 0 else "Leaves out"
        said.append(f"{verb} {count(abs(rows), 'training row')}.")
    said += [sentence(note) for note in effect.notes]
    for line in said or ["Nothing changes in these rows."]:
        st.caption(line)


def _show_figures(recipe: Recipe, data: Dataset) -> None:
    """Offer a line for each step: columns, rows and time; it takes longer than one step does."""
    if not recipe.steps or not st.toggle("A line for each step", key="each step"):
        return
    if not may_look(recipe, data, "lines", times=len(recipe.steps) - _first_slow(recipe)):
        return
    with st.spinner("Looking at each step…"):
        effects = cached.step_effects(data.id, recipe)
    lines = [_line(recipe, place, effect) for place, effect in enumerate(effects)]
    if lines:
        st.dataframe(
            pd.DataFrame(lines),
            hide_index=True,
            height="content" if len(lines) <= MOST_LINES else 480,
            alt="A line for each step",
            key="figures",
        )
    if len(effects) < len(recipe.steps):
        st.caption("The steps after these are shown once what is wrong is mended.")
    st.caption(
        "Learned from at most 2,000 rows, drawn evenly over the target. In a benchmark the "
        "same steps are learned anew from the training rows of each fold."
    )


def _first_slow(recipe: Recipe) -> int:
    """Return the place of the first slow step, which is fitted with each one from there on."""
    slow = (place for place, step in enumerate(recipe.steps)
            if STEPS[step.choice.key].learning_seconds is not None)  # fmt: skip
    return next(slow, len(recipe.steps))


def _line(recipe: Recipe, place: int, effect: StepEffect) -> dict[str, object]:
    return {
        "Step": _title(recipe, place),
        "Columns": _from_to(effect.n_columns),
        "Rows": _from_to(effect.n_rows),
        "Time": milliseconds(effect.seconds),
        "Makes": ", ".join(effect.made[:MOST_COLUMNS]),
        "Changes": ", ".join(effect.changed[:MOST_COLUMNS]),
        "Takes away": ", ".join(effect.gone[:MOST_COLUMNS]),
    }


def _from_to(numbers: tuple[int, int]) -> str:
    first, second = numbers
    return f"{first:,}" if first == second else f"{first:,} → {second:,}"


def milliseconds(seconds: float) -> str:
    """Return a short time in words."""
    if seconds < 0.01:
        return "under 10 ms"
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
