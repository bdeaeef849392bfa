"""Missing values: how many, which columns together, and whether that depends on the target."""

import pandas as pd
import streamlit as st

from lab.charts import CHARTS
from lab.data import MissingDependence, MissingPatterns, missing_patterns
from pages._ui import cached
from pages._ui.exploring.view import View
from pages._ui.figures import current_theme, show_chart
from pages._ui.wording import count, names, sentence, share

MOST_TOLD = 3


def show_missing(view: View) -> None:
    """Show where values are missing and what that goes together with."""
    shares = {column.name: column.missing_share for column in view.profile.columns}
    if not any(shares.values()):
        st.success("No value is missing.", icon=":material/check:")
        return
    with st.spinner("Comparing rows with missing values…"):
        found = cached.value(
            f"missing {view.key}",
            lambda: missing_patterns(view.table, target=view.target, task=view.task),
        )
    st.markdown(overview(found))
    show_chart(
        "missingness",
        view.table.id,
        lambda: CHARTS["missingness"].frame(shares),
        theme=current_theme(),
    )
    st.markdown("**Columns missing in the same rows**")
    show_chart(
        "missing_together",
        view.key,
        lambda: CHARTS["missing_together"].frame(found),
        theme=current_theme(),
    )
    if len(found.columns) > 1:
        _show_correlations(view, found)
    _show_dependences(view, found)


def overview(found: MissingPatterns) -> str:
    """Return how many columns have gaps and how many rows are complete, as Markdown."""
    complete = next((one.share for one in found.patterns if not one.columns), 0.0)
    words = (
        f"{count(len(found.columns), 'column')} with missing values in"
        f" {count(found.n_patterns, 'pattern')}; {share(complete)} of the rows are complete."
    )
    return words + f" {together(found)}".rstrip()


def together(found: MissingPatterns) -> str:
    """Return which columns are missing together nearly always, as Markdown; else nothing."""
    pairs = [
        (one, other)
        for i, one in enumerate(found.columns)
        for j, other in enumerate(found.columns[:i])
        if (found.correlations[i][j] or 0.0) > 0.95
    ]
    joined = dict.fromkeys(name for pair in reversed(pairs) for name in reversed(pair))
    return f"Missing together nearly always: {names(joined)}." if joined else ""


def _show_correlations(view: View, found: MissingPatterns) -> None:
    st.markdown("**How gaps go together**")
    show_chart(
        "correlations",
        f"missing {view.key}",
        lambda: CHARTS["correlations"].frame(
            pd.DataFrame(
                found.correlations, index=found.columns, columns=found.columns, dtype=float
            )
        ),
        theme=current_theme(),
        note=False,
    )
    st.caption(
        "Correlation of the indicators of missing values: 1 when two columns are always missing"
        f" together, -1 when always exactly one is. From {count(found.sample_rows, 'row')}."
    )


def _show_dependences(view: View, found: MissingPatterns) -> None:
    st.markdown(f"**Does it depend on {names([view.target])}?**")
    st.markdown(depends(found.dependences))
    if not found.dependences:
        return
    st.dataframe(
        dependence_frame(found),
        hide_index=True,
        column_config={
            "adjusted": st.column_config.NumberColumn("p adjusted", format="%.2g"),
            "p": st.column_config.NumberColumn("p", format="%.2g"),
            "strength": st.column_config.ProgressColumn(
                "Strength", format="%.2f", min_value=0, max_value=1
            ),
        },
        alt="Tests of missing values against the target",
    )
    st.caption(
        f"Tests: {found.dependences[0].test}; p is adjusted for their number (Benjamini & Hochberg"
        " 1995). Strength is Cramér's V for classes and the rank-biserial correlation for a"
        f" number. From {count(found.sample_rows, 'row')}."
    )


def depends(found: tuple[MissingDependence, ...]) -> str:
    """Return whether missing values depend on the target, in words, as Markdown."""
    if not found:
        return "No column has enough missing values to tell."
    seen = [one for one in found if one.is_seen]
    if not seen:
        return (
            "Not seen: rows with and without a value have the same target, as far as"
            f" {count(len(found), 'test')} can tell."
        )
    strong = [one for one in seen if not one.is_weak]
    if not strong:
        return (
            f"Yes, but too weakly to matter much, for {names(one.column for one in seen)}: a"
            " column that marks the gaps costs little and may help."
        )
    told = " ".join(
        f"{names([one.column])}: {sentence(one.evidence)}" for one in strong[:MOST_TOLD]
    )
    return (
        f"Yes, for {names(one.column for one in strong)}: filling the gaps alone hides that, so"
        f" add a column that marks them. {told}"
    )


def dependence_frame(found: MissingPatterns) -> pd.DataFrame:
    """Return the tests as a table, the surest first."""
    rows = [
        (one.column, one.evidence, one.strength, one.p_value, one.adjusted)
        for one in found.dependences
    ]
    return pd.DataFrame(rows, columns=["column", "evidence", "strength", "p", "adjusted"])
