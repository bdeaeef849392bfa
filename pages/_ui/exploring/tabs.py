"""The tabs of the page, of which only the open one is computed."""

from collections.abc import Callable

import streamlit as st

from lab.base import ColumnKind
from pages._ui.exploring.course import show_course
from pages._ui.exploring.duplicates import show_duplicates
from pages._ui.exploring.missing import show_missing
from pages._ui.exploring.one_column import show_one_column
from pages._ui.exploring.outliers import show_outliers
from pages._ui.exploring.plane import show_plane
from pages._ui.exploring.together import show_together
from pages._ui.exploring.two_columns import show_two_columns
from pages._ui.exploring.view import View


def show_tabs(view: View, chosen: str) -> None:
    """Show the tabs, the first of them about the column whose row is chosen."""
    shows = tabs_of(view, chosen)
    tabs = st.tabs(list(shows), on_change="rerun", key="profile tabs")
    for tab, show in zip(tabs, shows.values(), strict=True):
        if tab.open:
            with tab:
                show()


def tabs_of(view: View, chosen: str) -> dict[str, Callable[[], None]]:
    """Return the tabs by title; the one on time only for a table with dates."""
    shows: dict[str, Callable[[], None]] = {
        "One column": lambda: show_one_column(view, chosen),
        "Two columns": lambda: show_two_columns(view),
        "Together": lambda: show_together(view),
        "Missing": lambda: show_missing(view),
        "Outliers": lambda: show_outliers(view),
        "Map": lambda: show_plane(view),
        "Over time": lambda: show_course(view),
        "Duplicates": lambda: show_duplicates(view),
    }
    if not view.table.schema.of_kind(ColumnKind.DATE):
        del shows["Over time"]
    return shows
