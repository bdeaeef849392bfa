"""Two columns: how the one goes with the other, in the chart that suits their kinds."""

import pandas as pd
import streamlit as st

from lab.base import ColumnKind
from lab.charts import CHARTS
from lab.data import AssociationMethod
from pages._ui.exploring.view import LISTED, NUMERIC, View
from pages._ui.figures import current_theme, show_chart
from pages._ui.wording import names


def show_two_columns(view: View) -> None:
    """Show two columns against each other, at first the two that tell most of the target."""
    options = view.of_kind(*NUMERIC, *LISTED)
    if len(options) < 2:
        st.markdown("There are no two columns of numbers, dates or categories.")
        return
    first, second = start_pair(view)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        x = st.selectbox("First column", options, options.index(first), key="pair x", width=300)
        others = [name for name in options if name != x]
        start = others.index(second) if second in others else 0
        y = st.selectbox("Second column", others, start, key=f"pair y {x}", width=300)
    st.markdown(relation(view, x, y))
    show_chart(
        chart_of(view, x, y),
        f"pair {x!r} {y!r} {view.key}",
        lambda: pair_frame(view, x, y),
        theme=current_theme(),
    )
    if view.sample_note:
        st.caption(view.sample_note)


def start_pair(view: View) -> tuple[str, str]:
    """Return the two columns to begin with: numbers nearest to the target where there are two."""
    numbers = [name for name in view.of_kind(*NUMERIC) if name != view.target]
    if not view.task.is_classification and numbers:
        return numbers[0], view.target
    if len(numbers) > 1:
        return numbers[0], numbers[1]
    first, second, *_ = [*numbers, *view.of_kind(*LISTED), *view.of_kind(*NUMERIC)]
    return (first, second) if first != second else (first, view.target)


def relation(view: View, x: str, y: str) -> str:
    """Return in a sentence, as Markdown, how strongly two columns go together."""
    pair = names([x, y])
    if view.kind(x) in NUMERIC and view.kind(y) in NUMERIC:
        pearson, spearman = (
            strength(view, method, x, y)
            for method in (AssociationMethod.PEARSON, AssociationMethod.SPEARMAN)
        )
        if pearson is None or spearman is None:
            return f"{pair}: one of them does not vary."
        return f"{pair}: Pearson's correlation {pearson:.2f}, Spearman's {spearman:.2f}."
    value = strength(view, AssociationMethod.MIXED, x, y)
    if value is None:
        return f"{pair}: they cannot be compared."
    both = view.kind(x) in LISTED and view.kind(y) in LISTED
    measure = "Cramér's V" if both else "correlation ratio"
    return f"{pair}: {measure} {value:.2f}."


def strength(view: View, method: AssociationMethod, x: str, y: str) -> float | None:
    """Return the association of two columns, None where it is not defined."""
    found = view.matrix(method, *sorted((x, y)))
    return found.strengths[0][1] if len(found.columns) == 2 else None


def chart_of(view: View, x: str, y: str) -> str:
    """Return the key of the chart that suits the kinds of two columns."""
    kinds = {view.kind(x), view.kind(y)}
    if kinds <= set(NUMERIC):
        return "scatter"
    if kinds <= set(LISTED):
        return "cross_table"
    return "boxes" if ColumnKind.NUMBER in kinds else "distribution"


def pair_frame(view: View, x: str, y: str) -> pd.DataFrame:
    """Return the numbers of the chart of two columns, from a sample of a long table."""
    rows = view.rows(x, y)
    chart = chart_of(view, x, y)
    if chart == "scatter":
        is_target = view.target in {x, y} and not view.task.is_classification
        groups = None if is_target else view.groups(rows)
        return CHARTS["scatter"].frame(rows[x], rows[y], by=groups)
    if chart == "cross_table":
        return CHARTS["cross_table"].frame(rows[x], rows[y])
    values, levels = (x, y) if view.kind(x) in NUMERIC else (y, x)
    if chart == "boxes":
        return CHARTS["boxes"].frame(rows[values], by=rows[levels])
    return CHARTS["distribution"].frame(rows[values], by=rows[levels])
