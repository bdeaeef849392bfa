"""How much of the disk the workspace takes, and cleaning it by age."""

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from lab.base import LabError, markdown_text
from lab.store import DiskUse, Removal, size_text
from pages._ui import cached, session
from pages._ui.run_list import forget_runs
from pages._ui.wording import count

USUAL_DAYS = 30
MOST_NAMES = 20
_KINDS = {
    "tables": "Tables",
    "predictions": "Predictions",
    "explanations": "Explanations and drafts",
    "database": "Database",
    "logs": "Logs",
    "running": "Needed by what runs now",
    "left_over": "Left over",
}


def show_disk_use() -> None:
    """Show what takes how much, and the form that cleans up."""
    st.subheader("Disk use", anchor=False)
    store = cached.store()
    use = store.disk_use()
    shown, cleaning = st.columns(2, gap="large")
    with shown:
        root = markdown_text(str(store.workspace.root), max_length=200)
        st.markdown(f"**{size_text(use.total)}** in {root}")
        _show_kinds(use)
    with cleaning:
        _show_cleaning()


def _show_kinds(use: DiskUse) -> None:
    sizes = sorted(_KINDS, key=lambda name: getattr(use, name), reverse=True)
    lines = [{"kind": _KINDS[name], "size": size_text(getattr(use, name))} for name in sizes]
    st.dataframe(
        pd.DataFrame(lines),
        hide_index=True,
        column_config={
            "kind": st.column_config.TextColumn("What"),
            "size": st.column_config.TextColumn("Size", alignment="right"),
        },
        alt="Disk use by kind, the largest first",
        key="disk use",
    )


def _show_cleaning() -> None:
    st.markdown("**Clean up**")
    with st.form("cleaning", border=False):
        days = st.number_input(
            "Untouched for at least (days)",
            0,
            3650,
            USUAL_DAYS,
            help="Counts from when a run was last started or ended, and from when data was last "
            "brought. What is going on is never deleted.",
        )
        if st.form_submit_button("Show what would go", icon=":material/search:"):
            session.mark("cleaning", str(days))
    if marked := session.marked("cleaning"):
        _show_what_would_go(int(marked))


def _show_what_would_go(days: int) -> None:
    removal = cached.store().cleaning(days)
    with st.container(border=True):
        if removal.is_nothing:
            st.markdown(f"Nothing was left untouched for {count(days, 'day')}.")
            return
        st.markdown(f"**{'; '.join(removal.parts)}: {size_text(removal.n_bytes)}**")
        show_names(removal)
        with st.container(horizontal=True):
            if st.button("Delete all this", icon=":material/delete:", key="clean"):
                _clean(days)
            if st.button("Keep it", key="keep"):
                session.mark("cleaning", "")
                st.rerun()


def show_names(removal: Removal) -> None:
    """Show the names of what would go, a line each."""
    runs = [_with_data(name) for name in removal.experiments]
    for noun, lines in (("Runs", runs), ("Data sets", _named(removal.datasets))):
        if lines:
            st.caption(f"{noun}:\n{_listed(lines)}")


def _with_data(name: str) -> str:
    """Return the name of a run, and of its data set unless runs on several are called so."""
    data = {info.dataset_name for info in cached.store().experiments() if info.name == name}
    return " · ".join(_named((name, *data) if len(data) == 1 else (name,)))


def _named(names: Iterable[str]) -> list[str]:
    return [markdown_text(name, max_length=80) for name in names]


def _listed(lines: Sequence[str]) -> str:
    """Return lines as a Markdown list, and how many more there are."""
    shown = [f"- {line}" for line in lines[:MOST_NAMES]]
    rest = len(lines) - MOST_NAMES
    return "\n".join([*shown, f"- and {rest:,} more"] if rest > 0 else shown)


def _clean(days: int) -> None:
    session.mark("cleaning", "")
    try:
        removal = cached.store().clean(days)
    except LabError as error:
        session.remember_problem(error)
    else:
        freed = size_text(removal.n_bytes)
        session.remember_note(f"{', '.join(removal.parts)} deleted, {freed} freed")
    forget_runs()
    cached.forget_data()
    st.rerun()
