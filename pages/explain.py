"""Explain: why a candidate says what it says."""

from functools import partial

import pandas as pd
import streamlit as st

from lab.base import LabError
from lab.benchmark import cancel
from lab.charts import CHARTS
from lab.experiments import Experiment
from lab.explain import Explanation, ShapSummary, explanation_id, load, request
from lab.metrics import METRICS
from lab.store import Job, JobState
from pages._ui import cached, current, pickers
from pages._ui.figures import current_theme, show_chart
from pages._ui.problems import show
from pages._ui.shell import close_page, open_page
from pages._ui.wording import about_left, count, duration, names, sentence

POLL_SECONDS = 2


def offer_request(experiment_id: str, candidate: int, job: Job | None) -> None:
    """Say what explaining does and costs, and offer to start it."""
    with st.container(border=True):
        if job is not None:
            st.markdown(f"**Not explained yet.** {sentence(reason(job))}")
        st.markdown(
            "Importances are measured on rows that the model has not learned from: each raw column "
            "is shuffled, and the score falls by what the model owed to it. SHAP values tell how "
            "far each column pushes a single prediction."
        )
        st.caption("It runs in a process of its own; a few seconds to a few minutes.")
        label = "Explain this candidate" if job is None else "Try again"
        if st.button(label, type="primary", icon=":material/lightbulb:", key="explain"):
            try:
                request(cached.store(), experiment_id, candidate)
            except LabError as error:
                show(error)
                return
            st.rerun()


def reason(job: Job) -> str:
    """Return why a job ended without an explanation."""
    if job.state is JobState.CANCELLED:
        return "it was stopped"
    if job.state is JobState.INTERRUPTED:
        return "its process ended before it was done"
    return job.message or "it has not been started"


def wait_for(key: str) -> None:
    """Show how far an explanation is, how to stop it, and go on when it is there."""
    job = cached.store().job(key)
    if job is None or not job.state.is_active:
        st.rerun()
    with st.container(border=True):
        left = f", {about_left(job.eta_seconds)}" if job.eta_seconds else ""
        st.markdown("**Explaining**")
        st.progress(
            min(1.0, job.done / max(job.total, 1)),
            text=f"{job.done:,} of {count(job.total, 'part')}, "
            f"{duration(job.elapsed_seconds)} elapsed{left}",
        )
        if st.button("Cancel", icon=":material/stop_circle:", key="cancel explanation"):
            cancel(cached.store(), key)
            st.rerun(scope="fragment")
        st.caption("It goes on when you leave this page.")
    st.skeleton(height=280)


def show_explanation(explanation: Explanation, key: str, experiment: Experiment) -> None:
    """Show what matters first, then the charts, then how it was computed."""
    theme = current_theme(tuple(candidate.name for candidate in experiment.candidates))
    st.markdown(f"##### {verdict(explanation)}")
    importance, shap = st.tabs(
        ["Permutation importance", "SHAP summary"], on_change="rerun", key="explain tabs"
    )
    if importance.open:
        with importance:
            show_chart(
                "importance",
                key,
                lambda: CHARTS["importance"].frame(
                    explanation.permutation, metric=METRICS[explanation.metric].title
                ),
                theme=theme,
            )
    if shap.open:
        with shap:
            show_shap(explanation, key)
    with st.expander("How this was computed"):
        st.markdown(
            f"- {count(explanation.n_folds, 'fold')}, {count(explanation.n_rows, 'row')} and "
            f"{count(explanation.n_repeats, 'shuffle')} of each column in each.\n"
            + "\n".join(f"- {sentence(note)}" for note in explanation.notes)
        )


def verdict(explanation: Explanation) -> str:
    """Return in words which columns matter."""
    matter = [item for item in explanation.permutation if item.low > 0]
    candidate = names([explanation.candidate])
    if not matter:
        return f"No single column matters to {candidate} by more than chance explains."
    top = names((item.column for item in matter), most=3).replace(" and ", ", and ")
    rest = len(explanation.permutation) - len(matter)
    more = f" {count(rest, 'column')} cannot be told apart from noise." if rest else ""
    return f"{candidate} relies most on {top}.{more}"


def show_shap(explanation: Explanation, key: str) -> None:
    """Show the SHAP summary, for one class at a time where there are several."""
    if not explanation.summaries:
        st.markdown("SHAP values could not be computed for this candidate.")
        return
    place = 0
    if len(explanation.summaries) > 1:
        places = range(len(explanation.summaries))
        place = st.selectbox(
            "Pushed towards class",
            places,
            format_func=lambda index: explanation.summaries[index].class_label,
            key="shap class",
            width=320,
        )
    summary = explanation.summaries[place]
    show_chart(
        "shap_summary",
        f"{key} {place}",
        partial(shap_frame, summary),
        theme=current_theme(),
    )
    st.caption(f"In units of {summary.scale}; {count(summary.n_rows, 'row')} were explained.")


def shap_frame(summary: ShapSummary) -> pd.DataFrame:
    """Return the numbers of the SHAP chart."""
    return CHARTS["shap_summary"].frame(
        summary.columns, summary.values, summary.feature_values, class_label=summary.class_label
    )


def page() -> None:
    """Show the page."""
    experiment_id, experiment = current.need_experiment()
    found = cached.results(experiment_id)
    board = cached.leaderboard(found, experiment.metrics[0])
    candidates = current.need_finished(board)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        pickers.pick_experiment()
        name = pickers.pick_candidate(candidates, default=candidates[0])
    place = found.names.index(name)
    key = explanation_id(experiment, place)
    try:
        explanation = load(cached.store(), key)
    except LabError as error:
        show(error)
        explanation = None
    job = cached.store().job(key)
    if explanation is not None:
        show_explanation(explanation, key, experiment)
    elif job is not None and job.state.is_active:
        st.fragment(wait_for, run_every=POLL_SECONDS)(key)
    else:
        offer_request(experiment_id, place, job)


open_page("explain", "Explain", "Why does it say so?")
page()
close_page("explain")
