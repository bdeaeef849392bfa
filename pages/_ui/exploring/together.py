"""All columns together: associations by a measure of one's choice, and the scatter matrix."""

import pandas as pd
import streamlit as st

from lab.base import ColumnKind
from lab.charts import CHARTS
from lab.data import AssociationMatrix, AssociationMethod
from pages._ui.exploring.view import View
from pages._ui.figures import current_theme, show_chart
from pages._ui.wording import count

MOST_PAIRED = 5
START_PAIRED = 4


def show_together(view: View) -> None:
    """Show the matrix of associations and, below it, the scatter matrix of a few numbers."""
    method = st.radio(
        "Measure",
        list(AssociationMethod),
        format_func=lambda one: one.title,
        key="association measure",
        horizontal=True,
    )
    with st.spinner("Comparing the columns…"):
        show_matrix(view.matrix(method or AssociationMethod.MIXED))
    show_pairs(view)


def show_matrix(found: AssociationMatrix) -> None:
    """Show the associations by one measure, and what it measures."""
    st.markdown(found.method.explanation)
    if not found.rows or len(found.rows) + len(found.columns) < 3:
        st.caption("There are not two columns of the kinds that this measure compares.")
        return
    key = "correlations" if found.method.is_signed else "associations"
    show_chart(
        key,
        f"{found.method} {found.rows} {found.columns} {found.strengths[:2]} {found.sample_rows}",
        lambda: matrix_frame(found, key),
        theme=current_theme(),
    )
    left_out = f" {count(found.left_out, 'column')} left out." if found.left_out else ""
    st.caption(f"From {count(found.sample_rows, 'row')}.{left_out}")


def matrix_frame(found: AssociationMatrix, key: str) -> pd.DataFrame:
    """Return the numbers of the heatmap of a matrix of associations."""
    matrix = pd.DataFrame(found.strengths, index=found.rows, columns=found.columns, dtype=float)
    return CHARTS[key].frame(matrix)


def show_pairs(view: View) -> None:
    """Show every pair of a few numbers, at first those nearest to the target."""
    numbers = view.of_kind(ColumnKind.NUMBER)
    if len(numbers) < 2:
        return
    st.markdown("**Pairs of numbers**")
    is_free = view.task.is_classification
    start = [name for name in numbers if is_free or name != view.target][:START_PAIRED]
    chosen = st.multiselect(
        "Columns",
        numbers,
        start,
        max_selections=MOST_PAIRED,
        key="paired columns",
        help=f"Up to {MOST_PAIRED} numbers; coloured by the target.",
    )
    if len(chosen) < 2:
        st.caption("Choose at least two.")
        return
    show_chart(
        "pairs", f"{chosen} {view.key}", lambda: pairs_frame(view, chosen), theme=current_theme()
    )


def pairs_frame(view: View, chosen: list[str]) -> pd.DataFrame:
    """Return the numbers of the scatter matrix, from a sample of a long table."""
    rows = view.rows(*chosen)
    return CHARTS["pairs"].frame(rows[chosen], by=view.groups(rows))
