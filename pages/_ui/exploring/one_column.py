"""One column: its statistics, how it is spread, and how that differs by the target."""

import numpy as np
import pandas as pd
import streamlit as st

from lab.base import ColumnKind, Task
from lab.charts import CHARTS
from lab.data import ColumnStatistics, describe_column, describe_columns, target_shape
from pages._ui import cached
from pages._ui.exploring.statistics_words import lines, tables
from pages._ui.exploring.view import View
from pages._ui.figures import current_theme, show_chart
from pages._ui.wording import count, names

ALL_ROWS = 20_000


def show_one_column(view: View, chosen: str) -> None:
    """Show a column, at first the one whose row is chosen above, or the target.

    Parameters
    ----------
    view : View
        The table.
    chosen : str
        The column whose row is chosen, or an empty string.
    """
    options = view.table.schema.names
    column = st.selectbox(
        "Column",
        options,
        options.index(chosen or view.target),
        key=f"one column {chosen}",
        width=320,
    )
    found = cached.value(
        f"statistics {column} {view.table.id}", lambda: describe_column(view.table, column)
    )
    left, right = st.columns([2, 3], gap="medium")
    with left:
        _show_statistics(found)
    with right:
        _show_spread(view, column)
    if column == view.target and view.task is Task.REGRESSION:
        _suggest_log(view)
    if view.kind(column) is ColumnKind.NUMBER and column != view.target:
        _show_boxes(view, column)
    _offer_all(view)


def _show_statistics(found: ColumnStatistics) -> None:
    frame = pd.DataFrame(lines(found), columns=["statistic", "value"])
    st.dataframe(
        frame,
        hide_index=True,
        height="content",
        column_config={
            "statistic": st.column_config.TextColumn("Statistic", width=150),
            "value": st.column_config.TextColumn("Value"),
        },
        alt=f"Summary statistics of {found.name}",
    )
    if found.sample_rows < found.count + found.missing:
        st.caption(f"Details from {count(found.sample_rows, 'row')} drawn at random.")


def _show_spread(view: View, column: str) -> None:
    kind = view.kind(column)
    if kind in {ColumnKind.TEXT, ColumnKind.IDENTIFIER}:
        st.caption(f"{names([column])} has too many different values for a chart.")
    elif column == view.target and view.profile.classes and view.task.is_classification:
        classes = {item.label: item.count for item in view.profile.classes}
        show_chart(
            "class_balance",
            view.key,
            lambda: CHARTS["class_balance"].frame(classes),
            theme=current_theme(),
        )
    else:
        is_divided = view.task.is_classification and column != view.target
        show_chart(
            "distribution",
            f"{column} {is_divided} {view.key}",
            lambda: distribution_frame(view, column, is_divided=is_divided),
            theme=current_theme(),
        )


def distribution_frame(view: View, column: str, *, is_divided: bool) -> pd.DataFrame:
    """Return the numbers of the distribution chart, from a sample of a long table."""
    rows = view.rows(column)
    return CHARTS["distribution"].frame(rows[column], by=rows[view.target] if is_divided else None)


def _show_boxes(view: View, column: str) -> None:
    by = "class" if view.task.is_classification else "quarter"
    st.markdown(f"**By {by} of {names([view.target])}**")
    show_chart(
        "boxes",
        f"{column} {view.key}",
        lambda: box_frame(view, column),
        theme=current_theme(),
    )
    if view.sample_note:
        st.caption(view.sample_note)


def box_frame(view: View, column: str) -> pd.DataFrame:
    """Return the numbers of the box plots of a column by class or quarter of the target."""
    rows = view.rows(column)
    return CHARTS["boxes"].frame(rows[column], by=view.groups(rows))


def _suggest_log(view: View) -> None:
    """Say how skewed the target is, and whether its logarithm is spread more evenly."""
    values = view.rows()[view.target]
    shape = cached.value(
        f"shape {view.key}", lambda: target_shape(values.to_numpy(np.float64, na_value=np.nan))
    )
    if shape is None or shape.log_skewness is None:
        return
    if shape.suggests_log:
        st.info(
            f"The target is skewed to the right (skewness {shape.skewness:.2f}); its logarithm is"
            f" not ({shape.log_skewness:.2f}). Predicting the logarithm often suits linear models"
            " better and keeps a few large values from ruling the score.",
            icon=":material/lightbulb:",
        )
    else:
        st.caption(f"Skewness {shape.skewness:.2f}: no need for a logarithm.")


def _offer_all(view: View) -> None:
    box = st.expander("Statistics of all columns, by kind", key="all statistics",
                      on_change="rerun")  # fmt: skip
    if not box.open:
        return
    found = cached.value(
        f"all statistics {view.table.id}",
        lambda: describe_columns(view.table, max_rows=ALL_ROWS),
    )
    with box:
        for title, frame in tables(found).items():
            st.markdown(f"**{title}**")
            st.dataframe(frame, hide_index=True, alt=f"Statistics of {title.lower()}")
        if len(view.table.frame) > ALL_ROWS:
            st.caption(f"Counts of all rows, the rest from {ALL_ROWS:,} rows drawn at random.")
