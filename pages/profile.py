"""Profile: what one should know before modelling."""

import pandas as pd
import streamlit as st

from lab.base import ColumnKind, Task
from lab.charts import CHARTS
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
from pages._ui.figures import current_theme, show_chart
from pages._ui.findings import show_findings
from pages._ui.roles import KIND_TITLES
from pages._ui.shell import open_page
from pages._ui.wording import count, names, number, share

SAMPLE_ROWS = 20_000


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


def show_distribution(table: Table, data: Dataset, column: str) -> None:
    """Show how the values of a column are spread, by class where the target has classes."""
    if table.schema[column].kind in {ColumnKind.TEXT, ColumnKind.IDENTIFIER}:
        st.caption(f"{names([column])} has too many different values for a chart.")
        return
    st.markdown(f"**{names([column])}**")
    target = data.roles.target
    is_divided = data.roles.task is not Task.REGRESSION and column != target
    show_chart(
        "distribution",
        f"{table.id} {column} {target if is_divided else ''}",
        lambda: distribution_frame(table, column, target if is_divided else ""),
        theme=current_theme(),
    )


def distribution_frame(table: Table, column: str, target: str) -> pd.DataFrame:
    """Return the numbers of the distribution chart, from a sample of a long table."""
    rows = table.frame
    if len(rows) > SAMPLE_ROWS:
        rows = rows.sample(SAMPLE_ROWS, random_state=0)
    return CHARTS["distribution"].frame(rows[column], by=rows[target] if target else None)


def show_association(found: Associations) -> None:
    """Show how columns go together with each other."""
    show_chart(
        "associations",
        f"{found.columns} {found.sample_rows} {found.matrix[:2]}",
        lambda: CHARTS["associations"].frame(
            pd.DataFrame(found.matrix, index=found.columns, columns=found.columns, dtype=float)
        ),
        theme=current_theme(),
    )
    st.caption(f"From {count(found.sample_rows, 'row')}.")


def show_tabs(table: Table, profile: Profile, found: Associations) -> None:
    """Show classes, associations and missing values, only the open one computed."""
    titles = ["Between columns", "Missing values"]
    if profile.classes:
        titles.insert(0, "Class balance")
    tabs = dict(zip(titles, st.tabs(titles, on_change="rerun", key="profile tabs"), strict=True))
    for title, tab in tabs.items():
        if tab.open:
            with tab:
                show_tab(title, table, profile, found)


def show_tab(title: str, table: Table, profile: Profile, found: Associations) -> None:
    """Show the chart of one tab."""
    if title == "Between columns":
        show_association(found)
    elif title == "Missing values":
        shares = {column.name: column.missing_share for column in profile.columns}
        show_chart(
            "missingness",
            table.id,
            lambda: CHARTS["missingness"].frame(shares),
            theme=current_theme(),
        )
    else:
        classes = {item.label: item.count for item in profile.classes}
        show_chart(
            "class_balance",
            f"{table.id} {profile.target}",
            lambda: CHARTS["class_balance"].frame(classes),
            theme=current_theme(),
        )


def page() -> None:
    """Show the page."""
    data = current.need_dataset()
    table = current.need_table()
    with st.spinner("Looking at the columns…"):
        profile, found = look(table, data)
        show_findings(table, data)
    show_size(profile)
    st.subheader("Columns", anchor=False)
    chosen = show_columns(profile, found)
    st.caption(
        "Choose a row to see how its values are spread."
        + (
            f" Summaries are of {count(profile.sample_rows, 'row')} drawn at random."
            if profile.sample_rows < profile.n_rows
            else ""
        )
    )
    if chosen:
        show_distribution(table, data, chosen)
    show_tabs(table, profile, found)


open_page("profile", "Profile", "What should I know before modelling?")
page()
