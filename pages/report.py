"""Report: what is handed over."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from lab.base import file_name
from lab.reports import (
    SECTIONS,
    Material,
    build_report,
    experiment_json,
    folds_csv,
    leaderboard_csv,
    load_material,
    predictions_csv,
    splits_csv,
)
from pages._ui import cached, current, pickers
from pages._ui.shell import close_page, open_page
from pages._ui.wording import count

FILES: tuple[tuple[str, str, str, str, Callable[[Material], bytes]], ...] = (
    ("Leaderboard", "leaderboard", ".csv", "A line a candidate, best first.", leaderboard_csv),
    ("Fold scores", "folds", ".csv", "A line a candidate, fold and metric.", folds_csv),
    ("Predictions", "predictions", ".csv", "Every row's answer while it was a test row.",
     predictions_csv),
    ("Splits", "splits", ".csv", "Which rows were learned from and tested in each fold.",
     splits_csv),
    ("Experiment", "experiment", ".json", "Everything needed to run it again.", experiment_json),
)  # fmt: skip


def pick_sections() -> tuple[str, ...]:
    """Show the choice of sections and return their keys in the report's order."""
    with st.container(border=True, gap="xsmall"):
        st.markdown("**What the report says**")
        with st.grid("auto", min_column_width=220, gap="xsmall"):
            chosen = [
                entry.key
                for entry in SECTIONS
                if st.checkbox(entry.title, True, key=f"section {entry.key}", help=entry.summary)
            ]
    return tuple(chosen)


def report_of(experiment_id: str, token: str, sections: tuple[str, ...]) -> str:
    """Return the report as HTML, made once for what is finished and chosen."""
    return cached.value(
        f"report {token} {sections}",
        lambda: build_report(cached.store(), experiment_id, sections=sections),
    )


def show_report(experiment_id: str, token: str, name: str) -> None:
    """Show the choice of sections, the download and a preview."""
    sections = pick_sections()
    if not sections:
        st.caption("Choose at least one section.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download the report",
            data=partial(report_of, experiment_id, token, sections),
            file_name=file_name(f"report {name}", suffix=".html"),
            mime="text/html",
            on_click="ignore",
            type="primary",
            icon=":material/download:",
            key="download report",
        )
        st.caption("One file with its charts inside; it needs no network and prints well.")
    preview = st.expander(
        "Preview", icon=":material/visibility:", on_change="rerun", key="report preview"
    )
    if preview.open:
        with preview, st.spinner("Writing the report…"):
            st.iframe(report_of(experiment_id, token, sections), height=720, alt="The report")


def file_of(make: Callable[[Material], bytes], experiment_id: str) -> bytes:
    """Return one of the files of an experiment."""
    return make(load_material(cached.store(), experiment_id))


def show_files(experiment_id: str, name: str) -> None:
    """Offer the results as files."""
    st.subheader("The numbers behind it", anchor=False)
    for title, stem, suffix, about, make in FILES:
        with st.container(
            border=True,
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
        ):
            with st.container(gap=None):
                st.markdown(f"**{title}**")
                st.caption(about)
            st.download_button(
                f"{stem}{suffix}",
                data=partial(file_of, make, experiment_id),
                file_name=file_name(f"{stem} {name}", suffix=suffix),
                mime="application/json" if suffix == ".json" else "text/csv",
                on_click="ignore",
                icon=":material/download:",
                key=f"download {stem}",
            )


def page() -> None:
    """Show the page."""
    experiment_id, _ = current.need_experiment()
    data = current.need_dataset()
    pickers.pick_experiment()
    found = cached.results(experiment_id)
    n_finished = sum(record.state.is_finished for record in found.records)
    if n_finished < len(found.records):
        st.caption(f"So far {n_finished:,} of {count(len(found.records), 'fit')} are finished.")
    show_report(experiment_id, found.token, data.name)
    show_files(experiment_id, data.name)


open_page("report", "Report", "What do I hand over?")
page()
close_page("report")
