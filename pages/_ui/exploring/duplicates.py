"""Duplicates: equal rows, and equal features with different targets."""

import pandas as pd
import streamlit as st

from lab.data import Duplicates, RepeatedRows, find_duplicates
from pages._ui import cached
from pages._ui.exploring.view import View
from pages._ui.wording import count, names, share

MOST_ROWS = 12


def show_duplicates(view: View) -> None:
    """Show how many rows repeat others or contradict them, with examples."""
    with st.spinner("Comparing the rows…"):
        found = cached.value(f"duplicates {view.key}", lambda: duplicates_of(view))
    with st.container(horizontal=True):
        st.metric("Rows that repeat another", f"{found.equal.repeats:,}", border=True)
        contradicting = found.contradicting.rows if found.contradicting else 0
        st.metric("Rows that contradict another", f"{contradicting:,}", border=True)
    st.markdown(told_equal(found))
    _show_examples(view, found.equal, "Equal rows")
    st.markdown(told_contradicting(view, found))
    if found.contradicting is not None:
        _show_examples(view, found.contradicting, "Equal features, different targets")


def duplicates_of(view: View) -> Duplicates:
    """Return the repeated and the contradicting rows of the table."""
    return find_duplicates(
        view.table,
        features=view.data.features.names,
        target=view.target,
        has_classes=view.task.is_classification,
    )


def told_equal(found: Duplicates) -> str:
    """Return how many rows are equal, in words."""
    if not found.equal.repeats:
        return "No row is equal to another."
    part = share(found.equal.repeats / max(1, found.n_rows))
    return (
        f"{count(found.equal.repeats, 'row')} ({part}) equal to an earlier one, in"
        f" {count(found.equal.groups, 'set')} of equal rows. Where a repeat means the same case,"
        " drop it: on both sides of a split it makes scores too good."
    )


def told_contradicting(view: View, found: Duplicates) -> str:
    """Return how many rows have equal features but different targets, as Markdown."""
    if found.contradicting is None or not found.contradicting.rows:
        return "No rows have equal features but different targets."
    words = (
        f"{count(found.contradicting.rows, 'row')} in {count(found.contradicting.groups, 'set')}"
        f" with equal features but different values of {names([view.target])}."
    )
    if found.best_accuracy is None:
        return f"{words} No model can tell them apart."
    return f"{words} No model of these features can be right in more than {_most(found)}."


def _most(found: Duplicates) -> str:
    best = found.best_accuracy or 0.0
    return f"{best:.2%} of the rows of this table"


def _show_examples(view: View, found: RepeatedRows, title: str) -> None:
    if not found.examples:
        return
    st.dataframe(
        example_frame(view, found),
        column_config={"_index": st.column_config.NumberColumn("row", width=70)},
        alt=f"Examples: {title.lower()}",
    )
    st.caption(f"{title}: the largest sets, the first rows of each. Rows are counted from 0.")


def example_frame(view: View, found: RepeatedRows) -> pd.DataFrame:
    """Return a few rows of the largest sets, the number of each set first."""
    places = [
        (place, f"{number + 1} ({group.count:,} rows)")
        for number, group in enumerate(found.examples)
        for place in group.places
    ][:MOST_ROWS]
    names_shown = [*dict.fromkeys([view.target, *found.columns])]
    rows = view.table.frame[names_shown].iloc[[place for place, _ in places]]
    sets = pd.Series([word for _, word in places], index=rows.index, name="set")
    return pd.concat([sets, rows.rename(columns={"set": "set (column)"})], axis=1)
