"""The workspace card in the sidebar: what is open, what is drafted, what runs, what is next."""

import streamlit as st

from lab.base import markdown_text
from lab.data import Dataset
from lab.store import JobState
from pages._ui import cached, current, session
from pages._ui.draft_lines import place_lines
from pages._ui.next_step import place_step
from pages._ui.problems import telling
from pages._ui.wording import count, time_left

_POLL_SECONDS = 3
_BENCHMARK, _STUDIES = "benchmark", "studies"


def draw_card(page: str) -> None:
    """Draw the card beside a page.

    Parameters
    ----------
    page : str
        Name of the page that is shown, such as ``"home"``.
    """
    with st.container(border=True, gap="xsmall", key="workspace"):
        data = current.dataset()
        if data is None:
            st.caption("Workspace")
            st.markdown("No data set is open.")
        else:
            _draw_data(data)
            _draw_draft(data)
        _draw_run(page)
        place_step(page)


def _draw_data(data: Dataset) -> None:
    st.caption("Data set")
    st.markdown(f"**{markdown_text(data.name, max_length=40)}**")
    target = markdown_text(data.roles.target, max_length=28)
    st.caption(
        f"{count(data.n_rows, 'row')} × {count(len(data.features), 'feature')}  \n"
        f"predicts {target}  \n{data.roles.task.title.lower()}"
    )


def _draw_draft(data: Dataset) -> None:
    from pages._ui.draft import open_draft, summary

    st.caption("Experiment")
    place_lines(*summary(open_draft(data)))


def _draw_run(page: str) -> None:
    store, experiment_id = cached.store(), session.chosen("experiment")
    job = store.job(experiment_id) if experiment_id else None
    if job is None or not job.state.is_active:
        _draw_other_runs(experiment_id)
    elif page not in {_BENCHMARK, _STUDIES}:
        st.fragment(_draw_progress, run_every=_POLL_SECONDS)(experiment_id)


def _draw_other_runs(experiment_id: str) -> None:
    others = [
        job
        for job in cached.store().jobs().values()
        if job.kind == _BENCHMARK and job.state.is_active and job.id != experiment_id
    ]
    if len(others) > 1:
        st.page_link(
            current.RUNS,
            label=f"{len(others):,} runs are going on",
            icon=":material/pending:",
            query_params=session.link(),
        )
    elif others:
        st.page_link(
            current.BENCHMARK,
            label="A benchmark is running",
            icon=":material/pending:",
            query_params={"experiment": others[0].id},
        )


@telling()
def _draw_progress(experiment_id: str) -> None:
    job = cached.store().job(experiment_id)
    if job is None or not job.state.is_active:
        st.rerun()
    left = f", {time_left(job.eta_seconds)}" if job.state is JobState.RUNNING else ""
    st.progress(
        min(1.0, job.done / max(job.total, 1)),
        text=f"Running: {job.done:,} of {count(job.total, 'fit')}{left}",
    )
    st.page_link(
        current.BENCHMARK,
        label="Watch the run",
        icon=":material/pending:",
        query_params=session.link(),
    )
