"""The fold ledger: rows and columns of a recipe in each fold, and what was learned otherwise."""

import pandas as pd
import streamlit as st

from lab.base import LabError
from lab.benchmark import Ledger, LedgerLine
from lab.data import Dataset
from lab.recipes import Recipe
from pages._ui import cached
from pages._ui.draft import Draft, plan_text
from pages._ui.step_preview import milliseconds, show_or_wait
from pages._ui.wording import count, sentence

_MOST_NAMES = 8


def show_ledger(recipe: Recipe, data: Dataset, draft: Draft) -> None:
    """Offer the ledger of the chosen plan and recipe, and show it when it is wanted."""
    st.subheader("Fold ledger", anchor=False)
    st.caption(
        f"What the recipe is given and makes in each fold of the plan: {plan_text(draft.plan)}."
    )
    if not st.toggle("Work it out", key="ledger"):
        return
    try:
        with st.spinner("Fitting the recipe in each fold…"):
            ledger = cached.fold_ledger(data.id, recipe, draft.plan, draft.seed)
    except LabError as error:
        show_or_wait(error)
        return
    for line in leak_lines(ledger):
        st.markdown(f":material/lock: {line}")
    st.dataframe(
        ledger_frame(ledger, repeats=draft.plan.repeats),
        hide_index=True,
        height="content" if len(ledger.lines) <= 10 else 400,
        alt="A line for each fold",
        key="ledger table",
    )
    for text in differences(ledger, repeats=draft.plan.repeats):
        st.caption(text)
    for note in ledger.notes:
        st.caption(f":material/info: {sentence(note)}")


def leak_lines(ledger: Ledger) -> list[str]:
    """Return in sentences what each fold's recipe was fitted on."""
    lines = [line for line in ledger.lines if not line.failure]
    if not lines:
        return []
    fitted = _span([line.n_fitted for line in lines], "training row")
    test = _span([line.n_transformed for line in lines], "test row")
    return [
        f"Fitted on {fitted} of its own fold only; {test}: transformed only, none dropped or made."
    ]


def ledger_frame(ledger: Ledger, *, repeats: int) -> pd.DataFrame:
    """Return a line for each fold."""
    return pd.DataFrame([_row(line, with_repeat=repeats > 1) for line in ledger.lines])


def _row(line: LedgerLine, *, with_repeat: bool) -> dict[str, object]:
    return {
        "Fold": _fold(line, with_repeat=with_repeat),
        "Training rows": line.n_train,
        "Fitted on": line.n_fitted,
        "Rows to learn from": line.n_learned,
        "Test rows": line.n_test,
        "Transformed only": line.n_transformed,
        "Columns": line.n_columns,
        "Fit": milliseconds(line.fit_seconds),
        "Transform": milliseconds(line.transform_seconds),
    }


def differences(ledger: Ledger, *, repeats: int) -> list[str]:
    """Return as Markdown what each fold learned otherwise than the others, in a sentence each."""
    said = [
        f"Fold {_fold(line, with_repeat=repeats > 1)}: {sentence(text)}"
        for line in ledger.lines
        if (text := _otherwise(line))
    ]
    return said or ["Every fold makes the same columns and has nothing to tell."]


def _fold(line: LedgerLine, *, with_repeat: bool) -> str:
    return f"{line.repeat + 1}.{line.fold + 1}" if with_repeat else f"{line.fold + 1}"


def _otherwise(line: LedgerLine) -> str:
    if line.failure:
        return f"Cannot be fitted: {line.failure}"
    said = [
        f"{what}: {_listed(found)}"
        for what, found in (
            ("nothing of these columns reaches a model", line.left_out),
            ("makes what not every fold makes", line.only_here),
            ("does not make what others do", line.only_elsewhere),
        )
        if found
    ]
    return "; ".join([*said, *line.notes])


def _listed(found: tuple[str, ...]) -> str:
    more = f" and {len(found) - _MOST_NAMES} more" if len(found) > _MOST_NAMES else ""
    return f"{', '.join(found[:_MOST_NAMES])}{more}"


def _span(numbers: list[int], noun: str) -> str:
    low, high = min(numbers), max(numbers)
    return count(low, noun) if low == high else f"{low:,} to {count(high, noun)}"
