"""Outliers: values beyond the fences, and rows that are easily set apart."""

import pandas as pd
import streamlit as st

from lab.charts import CHARTS
from lab.data import OutlierCount, UnusualRows, outlier_counts, unusual_rows
from pages._ui import cached
from pages._ui.exploring.view import View
from pages._ui.figures import current_theme, show_chart
from pages._ui.wording import count, names, number, share


def show_outliers(view: View) -> None:
    """Show outliers by column, then the most unusual rows."""
    counts = cached.value(f"outliers {view.table.id}", lambda: outlier_counts(view.table))
    if not counts:
        st.markdown("There are no numbers, so no outliers to look for.")
        return
    st.markdown(overview(counts))
    show_chart(
        "outliers",
        view.table.id,
        lambda: CHARTS["outliers"].frame(counts),
        theme=current_theme(),
    )
    with st.spinner("Setting rows apart…"):
        found = cached.value(
            f"unusual {view.key}", lambda: unusual_rows(view.table, without=[view.target])
        )
    if found is not None:
        _show_unusual(view, found)


def overview(counts: tuple[OutlierCount, ...]) -> str:
    """Return how many columns have outliers and which most, as Markdown."""
    some = [one for one in counts if one.below + one.above]
    if not some:
        return "No number lies more than 1.5 interquartile ranges beyond its quartiles."
    return (
        f"{len(some):,} of {count(len(counts), 'column')} of numbers with values beyond the"
        f" fences, most in {names([some[0].column])} ({share(some[0].share)}). Many in one column"
        " speak of skew rather than of errors."
    )


def _show_unusual(view: View, found: UnusualRows) -> None:
    st.markdown("**The most unusual rows**")
    st.markdown(
        f"An isolation forest over {count(len(found.columns), 'number')} gives"
        f" {share(found.share)} of the rows a score above 0.5, easier to set apart than an"
        " ordinary row. Look at the first few: an error, or a rare case that belongs there?"
    )
    st.dataframe(
        unusual_frame(found),
        hide_index=True,
        column_config={
            "score": st.column_config.ProgressColumn(
                "Score", format="%.2f", min_value=0, max_value=1
            ),
        },
        alt="The most unusual rows and what makes them so",
    )
    st.caption(
        "Why: the columns whose value, replaced by the median, would make the row less unusual."
        f" Row numbers count the file's rows from 0. From {count(found.sample_rows, 'row')}."
    )
    places = view.table.frame.index.get_indexer(pd.Index([one.row for one in found.rows]))
    with st.expander("These rows in full"):
        st.dataframe(view.table.frame.iloc[places], alt="The most unusual rows in full")


def unusual_frame(found: UnusualRows) -> pd.DataFrame:
    """Return the most unusual rows as a table: row, score, and why."""
    rows = [
        (
            one.row,
            one.score,
            ", ".join(
                f"{name} {number(value)}"
                for name, value in zip(one.reasons, one.values, strict=True)
            ),
        )
        for one in found.rows
    ]
    return pd.DataFrame(rows, columns=["row", "score", "why"])
