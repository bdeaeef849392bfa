"""The map: rows on the plane in which they differ most, coloured by the target."""

from typing import Any

import pandas as pd
import streamlit as st

from lab.charts import CHARTS
from lab.data import Loading, PrincipalMap, principal_map
from pages._ui import cached
from pages._ui.exploring.view import View
from pages._ui.figures import current_theme, show_chart
from pages._ui.wording import count, names, share


def show_plane(view: View) -> None:
    """Show the map of the rows, what it explains, and what its axes are made of."""
    with st.spinner("Drawing the map…"):
        found = cached.value(
            f"map {view.key}", lambda: principal_map(view.table, view.data.features.names)
        )
    if found is None:
        st.markdown("There are not enough numbers and categories that vary for a map.")
        return
    st.markdown(overview(found))
    show_chart(
        "principal_map",
        view.key,
        lambda: CHARTS["principal_map"].frame(found, by=groups_of(view, found)),
        theme=current_theme(),
    )
    for place, loadings in enumerate(found.loadings):
        st.markdown(f"{('First', 'Second')[place]} component: {made_of(loadings)}")
    st.caption(
        f"Principal components of {count(len(found.columns), 'feature')}: numbers standardised,"
        f" categories as columns of 0 and 1. From {count(len(found.x), 'row')}; the target takes"
        " no part."
    )


def groups_of(view: View, found: PrincipalMap) -> "pd.Series[Any]":
    """Return the group of each row of the map."""
    rows = view.table.frame[[view.target]].iloc[list(found.places)]
    return view.groups(rows).reset_index(drop=True)


def overview(found: PrincipalMap) -> str:
    """Return how much of the variance the map shows, in words."""
    shown = sum(found.explained[:2])
    words = f"The map shows {share(shown)} of the variance"
    if len(found.explained) > 2:
        words += (
            f"; {count(len(found.explained), 'component')} together explain"
            f" {share(sum(found.explained))}"
        )
    if shown < 0.4:
        return f"{words}. Most lies in other directions: rows that are near here may be far apart."
    return f"{words}. Groups that lie apart here can be told apart by simple models."


def made_of(loadings: tuple[Loading, ...]) -> str:
    """Return what an axis is made of, as Markdown: what rises along it and what falls."""
    strong = [one for one in loadings if abs(one.weight) >= 0.5 * abs(loadings[0].weight)]
    up = [f"{names([one.name])} ({one.weight:+.2f})" for one in strong if one.weight > 0]
    down = [f"{names([one.name])} ({one.weight:+.2f})" for one in strong if one.weight < 0]
    parts = [f"{', '.join(side)} {word}" for side, word in ((up, "up"), (down, "down")) if side]
    return "; ".join(parts) + "."
