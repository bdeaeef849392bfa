"""Profile: what one should know before modelling."""

import pandas as pd
import streamlit as st

from lab.data import (
    Associations,
    ColumnProfile,
    Dataset,
    Profile,
    Table,
    associations,
    make_profile,
)
from pages._ui import cached, current
from pages._ui.exploring.tabs import show_tabs
from pages._ui.exploring.verdict import verdict
from pages._ui.exploring.view import View
from pages._ui.findings import show_findings
from pages._ui.roles import KIND_TITLES
from pages._ui.shell import close_page, open_page
from pages._ui.wording import count, number, share


def look(table: Table, data: Dataset) -> tuple[Profile, Associations]:
    """Return profile and associations of a table, computed once for a target."""
    target = data.roles.target
    return (
        cached.value(f"profile {table.id} {target}", lambda: make_profile(table, target=target)),
        cached.value(
            f"associations {table.id} {target}", lambda: associations(table, target=target)
        ),
    )


def show_size(profile: Profile) -> None:
    """Show the size of the table."""
    kinds = pd.Series([KIND_TITLES[column.kind].lower() for column in profile.columns])
    with st.container(horizontal=True):
        st.metric("Rows", f"{profile.n_rows:,}", border=True)
        st.metric("Columns", f"{profile.n_columns:,}", border=True)
        st.metric("Missing values", share(profile.missing_share), border=True)
    listed = ", ".join(f"{kind} ({many})" for kind, many in kinds.value_counts().items())
    st.caption(f"Columns by kind: {listed}.")


def columns_frame(profile: Profile, strengths: dict[str, float]) -> pd.DataFrame:
    """Return a line for each column: kind, missing, levels, shape, typical value, association."""
    return pd.DataFrame(
        {
            "column": [column.name for column in profile.columns],
            "kind": [KIND_TITLES[column.kind] for column in profile.columns],
            "missing": [column.missing_share for column in profile.columns],
            "levels": [column.n_levels for column in profile.columns],
            "shape": [list(column.counts) or None for column in profile.columns],
            "typical": [typical(column) for column in profile.columns],
            "strength": [strengths.get(column.name) for column in profile.columns],
        }
    )


def typical(column: ColumnProfile) -> str:
    """Return what stands in a column in a few words."""
    if column.numbers is not None:
        numbers = column.numbers
        return (
            f"median {number(numbers.median)}, {number(numbers.minimum)} to "
            f"{number(numbers.maximum)}"
        )
    if column.first:
        return f"{column.first} to {column.last}"
    return ", ".join(level.text[:24] for level in column.top[:3])


def show_columns(profile: Profile, found: Associations) -> str:
    """Show the table of columns and return the column whose row is chosen."""
    strengths = {item.column: item.strength for item in found.with_target}
    frame = columns_frame(profile, strengths)
    event = st.dataframe(
        frame,
        hide_index=True,
        column_config={
            "column": st.column_config.TextColumn("Column", width=150, pinned=True),
            "kind": st.column_config.TextColumn("Kind", width="small"),
            "missing": st.column_config.ProgressColumn(
                "Missing", format="percent", min_value=0, max_value=1, width=120
            ),
            "levels": st.column_config.NumberColumn("Distinct", format="localized"),
            "shape": st.column_config.BarChartColumn(
                "Distribution",
                width=120,
                help="Rows by range, or by level from the most frequent.",
                y_min=0,
            ),
            "typical": st.column_config.TextColumn("Typical", width=200),
            "strength": st.column_config.ProgressColumn(
                "With the target",
                width=130,
                format="%.2f",
                min_value=0,
                max_value=1,
                help="How strongly it goes together with the target, from 0 to 1.",
            ),
        },
        placeholder="–",
        on_select="rerun",
        selection_mode="single-row",
        key="profile columns",
        height="content" if len(frame) <= 16 else 600,
        alt="What each column holds",
    )
    rows = event.selection.rows
    return str(frame["column"].iloc[rows[0]]) if rows else ""


def page() -> None:
    """Show the page."""
    data = current.need_dataset()
    table = current.need_table()
    with st.spinner("Looking at the columns…"):
        profile, found = look(table, data)
    view = View(table=table, data=data, profile=profile, found=found)
    st.markdown(verdict(view))
    show_size(profile)
    with st.spinner("Looking for what could mislead…"):
        show_findings(table, data)
    st.subheader("Columns", anchor=False)
    chosen = show_columns(profile, found)
    st.caption(
        "Choose a row to look at that column in the first tab."
        + (
            f" Summaries are of {count(profile.sample_rows, 'row')} drawn at random."
            if profile.sample_rows < profile.n_rows
            else ""
        )
    )
    show_tabs(view, chosen)


open_page("profile", "Profile", "What should I know before modelling?")
page()
close_page("profile")
