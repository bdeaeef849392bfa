"""Runs: what has been run, what runs now, and what it takes on the disk."""

import streamlit as st

from lab.base import LabError, markdown_text
from lab.benchmark import Run
from lab.experiments import CellState
from lab.store import JobState, size_text
from pages._ui import cached, current, session
from pages._ui.disk import show_disk_use
from pages._ui.problems import say_missing, telling
from pages._ui.run_actions import standing, start_button, stop_buttons, watch
from pages._ui.run_list import forget_runs, live_runs, pick_run
from pages._ui.shell import close_page, open_page
from pages._ui.wording import count, sentence

POLL_SECONDS = 2


def runs_now() -> tuple[Run, ...]:
    """Return all runs as they stand."""
    return live_runs(str(cached.store().workspace.root))


@telling()
def show_runs(was_active: bool) -> None:
    """Show the runs and what can be done to the chosen one."""
    runs = runs_now()
    run = pick_run(runs)
    if run is None:
        st.caption("Choose a row to open, pause, resume, cancel or delete a run.")
    else:
        show_actions(run)
    if was_active != any(run.state.is_active for run in runs):
        st.rerun()  # after the buttons: a click on one of them has been answered


def standings() -> dict[str, tuple[str, int] | None]:
    """Return which runs there are and where each stands, without their scores and sizes."""
    jobs = cached.store().jobs().values()
    return {job.id: standing(job) for job in jobs if job.kind == "benchmark"}


def show_actions(run: Run) -> None:
    """Show what can be done to a run."""
    info, job = run.info, run.job
    st.markdown(f"**{markdown_text(info.name, max_length=120)}**")
    if job is not None and job.message and not run.state.is_active:
        st.caption(sentence(job.message))
    with st.container(horizontal=True):
        if st.button("Open", type="primary", icon=":material/open_in_new:", key="open"):
            session.open_experiment(info.id, info.dataset_id)
            is_finished = info.n_done > 0 and not run.state.is_active
            page = current.LEADERBOARD if is_finished else current.BENCHMARK
            st.switch_page(page, query_params=session.link())
        if job is not None and run.state.is_active:
            stop_buttons(job)
        elif job is not None and not is_complete(run):
            start_button(job)
        if st.button(
            "Delete",
            icon=":material/delete:",
            key="delete",
            disabled=run.state.is_active,
            help="Cancel or pause it first." if run.state.is_active else None,
        ):
            session.mark("doomed", info.id)
            st.rerun()


def is_complete(run: Run) -> bool:
    """Return whether a run has nothing left to do."""
    if run.state is not JobState.DONE:
        return False
    records = cached.results(run.info.id).records
    return all(record.state is CellState.DONE for record in records)


def let_it_be() -> None:
    """Close the question whether to delete."""
    session.mark("doomed", "")


@st.dialog("Delete this run?", on_dismiss=let_it_be)
@telling()
def ask_to_delete(experiment_id: str) -> None:
    """Show what would go with a run, and delete it when that is wanted."""
    store = cached.store()
    experiment = store.load_experiment(experiment_id)
    whole = store.deletion(experiment_id, with_dataset=True)
    st.markdown(f"**{markdown_text(experiment.name, max_length=120)}**")
    with_dataset = False
    if whole.datasets:
        name = markdown_text(whole.datasets[0], max_length=60)
        with_dataset = st.checkbox(
            f"Also delete the data set {name}", help="No other run uses it.", key="with data"
        )
    told = whole if with_dataset else store.deletion(experiment_id)
    st.markdown(f"This deletes {', '.join(told.parts)}: {size_text(told.n_bytes)}.")
    if told.n_shared:
        other = count(told.n_shared, "result stays", "results stay")
        st.caption(f"{other} because other runs use them.")
    st.caption("It cannot be undone; running it again computes the same results.")
    with st.container(horizontal=True):
        if st.button("Delete it", type="primary", icon=":material/delete:", key="delete it"):
            delete(experiment_id, with_dataset=with_dataset)
        if st.button("Keep it", key="keep it"):
            let_it_be()
            st.rerun()


def delete(experiment_id: str, *, with_dataset: bool) -> None:
    """Delete a run, close what was open of it, and say what was freed."""
    let_it_be()
    try:
        removal = cached.store().delete_experiment(experiment_id, with_dataset=with_dataset)
    except LabError as error:
        session.remember_problem(error)
    else:
        freed = size_text(removal.n_bytes)
        session.remember_note(f"{', '.join(removal.parts)} deleted, {freed} freed")
        if session.chosen("experiment") == experiment_id:
            for name in ("experiment", "metric", "candidate"):
                session.forget(name)
        if removal.datasets:
            cached.forget_data()
    forget_runs()
    st.rerun()


def page() -> None:
    """Show the page."""
    runs = runs_now()
    if not runs:
        say_missing(
            "Nothing has been run in this workspace yet. Every benchmark that is started here or "
            "on the command line is listed on this page, with its state and what it takes on the "
            "disk.",
            current.HOME,
            "Choose a data set and compare models",
        )
    else:
        is_active = any(run.state.is_active for run in runs)
        doomed = session.marked("doomed")
        is_polling = is_active and not doomed  # a poll would close the dialog
        st.fragment(show_runs, run_every=POLL_SECONDS if is_polling else None)(is_active)
        if not is_active and not doomed:
            watch(standings, {run.info.id: standing(run.job) for run in runs})
        if doomed in {run.info.id for run in runs}:
            ask_to_delete(doomed)
    show_disk_use()


open_page("runs", "Runs", "What has been run, and what runs now?")
page()
close_page("runs")
