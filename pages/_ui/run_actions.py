"""What can be done to a run: pause, cancel, resume; and where it stands, in words."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from lab.base import LabError
from lab.benchmark import cancel, pause, start
from lab.experiments import Experiment
from lab.store import Job, JobState, Store
from pages._ui import cached, session
from pages._ui.wording import count


def turn_text(n_before: int) -> str:
    """Return in words that a run waits, and for how many."""
    return f"waiting for its turn, {count(n_before, 'run')} before it" if n_before else "starting"


def stop_buttons(job: Job) -> None:
    """Show the buttons that pause and cancel an active run."""
    is_ending = job.is_cancelling or job.is_pausing
    if st.button(
        "Pause",
        icon=":material/pause_circle:",
        key="pause",
        disabled=is_ending,
        help="Lets other runs go first. Fits that have not ended are run again after Resume.",
    ):
        act(pause, job.id)
        st.rerun(scope="fragment")
    if st.button("Cancel", icon=":material/stop_circle:", key="cancel", disabled=job.is_cancelling):
        act(cancel, job.id)
        st.rerun(scope="fragment")


def start_button(job: Job) -> None:
    """Show the button that starts a run which nobody works on, or goes on with it."""
    is_new = job.state is JobState.IDLE
    if st.button(
        _again(job.state),
        type="primary" if is_new else "secondary",
        icon=":material/play_arrow:" if is_new else ":material/replay:",
        key="again",
    ):
        act(start, job.id)
        st.rerun()


def end_race_button(experiment: Experiment) -> None:
    """Show the button that runs what a race left out."""
    if st.button("Run the stopped fits too", icon=":material/replay:", key="end race"):
        cached.store().save_experiment(replace(experiment, racing=False))
        act(start, experiment.id)
        st.rerun()


def act(action: Callable[[Store, str], object], experiment_id: str) -> None:
    """Do something to a run; what stands in its way is told at the top of the page."""
    try:
        action(cached.store(), experiment_id)
    except LabError as error:
        session.remember_problem(error)
        st.rerun()


def _again(state: JobState) -> str:
    words = {JobState.IDLE: "Start the benchmark", JobState.DONE: "Try the failed fits again"}
    return words.get(state, "Resume")
