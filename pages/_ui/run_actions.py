"""What can be done to a run: pause, cancel, resume; and where it stands, in words."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from lab.base import LabError
from lab.benchmark import cancel, pause, start
from lab.experiments import Experiment
from lab.store import Job, JobState, Store
from pages._ui import cached, session
from pages._ui.problems import telling
from pages._ui.run_list import forget_runs

WATCH_SECONDS = 5
"""Between looks at runs that nobody works on: another tab or a terminal may go on with them."""


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
        st.rerun()
    if st.button("Cancel", icon=":material/stop_circle:", key="cancel", disabled=job.is_cancelling):
        act(cancel, job.id)
        st.rerun()


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
    """Do something to a run, which is shown at once; what stands in its way is told on top."""
    try:
        action(cached.store(), experiment_id)
    except LabError as error:
        session.remember_problem(error)
        st.rerun()
    finally:
        forget_runs()


def watch(look: Callable[[], object], shown: object) -> None:
    """Have the page drawn anew once somebody else did something to what it shows.

    It draws nothing itself: a tab that waits costs one look every few seconds.

    Parameters
    ----------
    look : callable () -> object
        Returns how things stand, as `standing` does for one run.
    shown : object
        How they stood when the page was drawn.
    """
    is_drawn = False

    @st.fragment(run_every=WATCH_SECONDS)
    @telling()
    def look_again() -> None:
        nonlocal is_drawn
        if is_drawn and look() != shown:
            forget_runs()
            st.rerun()
        is_drawn = True

    look_again()


def standing(job: Job | None) -> tuple[str, int] | None:
    """Return what is another once somebody starts, pauses, cancels or deletes a run."""
    return None if job is None else (job.state.value, job.ticket)


def _again(state: JobState) -> str:
    words = {JobState.IDLE: "Start the benchmark", JobState.DONE: "Try the failed fits again"}
    return words.get(state, "Resume")
