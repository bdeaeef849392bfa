"""What leaking would have shown: asked for, watched, and set beside the honest score."""

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lab.base import LabError
from lab.benchmark import cancel
from lab.charts import CHARTS
from lab.comparison import number, signed_interval
from lab.leaking import (
    Leak,
    LeakLine,
    LearnsFrom,
    SideBySide,
    leak_id,
    load_leak,
    n_fits,
    request_leak,
    side_by_side,
)
from lab.metrics import METRICS
from lab.store import Job, JobState
from pages._ui import cached, pickers
from pages._ui.cached import Results
from pages._ui.figures import current_theme, show_chart
from pages._ui.problems import show
from pages._ui.wording import about_left, count, duration, names, sentence

POLL_SECONDS = 2
_NOTHING = 1e-9
_WHAT = (
    "The usual mistake is to resample, select, scale or encode the whole table first and to divide "
    "it afterwards: the test rows have then helped to prepare what they are judged on. Here the "
    "chosen candidate makes that mistake on purpose, and both numbers stand side by side. Where "
    "several steps learn, each is also gone wrong with by itself, all others as they should be."
)
_LEARNS = {
    LearnsFrom.ROWS: "their rows",
    LearnsFrom.TARGET: "their targets",
    LearnsFrom.VALUES: "their values",
    None: "",
}
_KEPT_OFF = "The wrong score stands here alone: on no leaderboard, in no list and in no report."


def show_leaking(found: Results, candidates: list[str], metric: str) -> None:
    """Show the switch, and behind it the wrong way of one candidate.

    Parameters
    ----------
    found : Results
        The experiment that is open.
    candidates : list of str
        Its candidates that have scores, best first.
    metric : str
        Key of the metric shown.
    """
    st.subheader("What leaking would have shown", anchor=False)
    st.caption(_WHAT)
    if not st.toggle("Show what leaking would have shown", key="leaking"):
        return
    with st.container(border=True):
        name = pickers.pick_candidate(candidates, default=candidates[0])
        _show_candidate(found, found.names.index(name), metric)


def _show_candidate(found: Results, place: int, metric: str) -> None:
    store, key = cached.store(), leak_id(found.experiment, place)
    try:
        leak = load_leak(store, key)
    except LabError as error:
        show(error)
        leak = None
    job = store.job(key)
    if leak is not None:
        _show_leak(leak, found, place, metric)
    elif job is not None and job.state.is_active:
        st.fragment(_wait_for, run_every=POLL_SECONDS)(key)
    else:
        _offer(found, place, job)


def _offer(found: Results, place: int, job: Job | None) -> None:
    if job is not None:
        st.markdown(f"**Not shown yet.** {sentence(_reason(job))}")
    features = cached.dataset(found.experiment.dataset_id).features
    fits = n_fits(found.experiment, place, features)
    st.caption(f"{count(fits, 'fit')} in a process of its own. {_KEPT_OFF}")
    label = "Go the wrong way once" if job is None else "Try again"
    if st.button(label, type="primary", icon=":material/science:", key="leak"):
        try:
            request_leak(cached.store(), found.experiment.id, place)
        except LabError as error:
            show(error)
            return
        st.rerun()


def _reason(job: Job) -> str:
    if job.state is JobState.CANCELLED:
        return "it was stopped"
    if job.state is JobState.INTERRUPTED:
        return "its process ended before it was done"
    return job.message or "it has not been started"


def _wait_for(key: str) -> None:
    job = cached.store().job(key)
    if job is None or not job.state.is_active:
        st.rerun()
    left = f", {about_left(job.eta_seconds)}" if job.eta_seconds else ""
    st.progress(
        min(1.0, job.done / max(job.total, 1)),
        text=f"{job.done:,} of {count(job.total, 'fit')}, "
        f"{duration(job.elapsed_seconds)} elapsed{left}",
    )
    if st.button("Cancel", icon=":material/stop_circle:", key="cancel leak"):
        cancel(cached.store(), key)
        st.rerun(scope="fragment")
    st.caption("It goes on when you leave this page.")


def _show_leak(leak: Leak, found: Results, place: int, metric: str) -> None:
    try:
        both = side_by_side(leak, found.experiment, found.records, place, metric)
    except LabError as error:
        show(error)
        return
    st.markdown(f"**{names([leak.candidate])}.** {sentence(both.sentence, max_length=800)}")
    _show_numbers(both)
    show_chart(
        "leak",
        f"{metric} {place} {found.token}",
        lambda: CHARTS["leak"].frame(
            both.honest, both.leaking, metric=metric, candidate=leak.candidate
        ),
        theme=current_theme(),
    )
    st.markdown("\n".join(f"- {sentence(reason)}" for reason in both.reasons))
    if len(both.lines) > 1:
        _show_steps(both, leak.candidate, f"{metric} {place} {found.token}")
    st.caption(_KEPT_OFF)


def _show_steps(both: SideBySide, candidate: str, content: str) -> None:
    """Show what each step brings when it alone is done before the split."""
    st.markdown("**One step at a time**")
    shown = [line for line in both.lines if not line.failure]
    show_chart(
        "leak_steps",
        content,
        lambda: CHARTS["leak_steps"].frame(shown, metric=both.metric, candidate=candidate),
        theme=current_theme(),
    )
    st.dataframe(
        steps_frame(both.lines),
        hide_index=True,
        height="content",
        alt="What each step brings when it is done before the split",
        key="leak steps",
    )


def steps_frame(lines: Sequence[LeakLine]) -> pd.DataFrame:
    """Return a line for all steps and for each, with what it takes from test rows."""
    return pd.DataFrame(
        {
            "Done before the split": [line.title for line in lines],
            "Takes from test rows": [_LEARNS[line.learns] for line in lines],
            "Score (wrong)": [_figure(line.mean) for line in lines],
            "Looks better by": [_told(line) for line in lines],
        }
    )


def _told(line: LeakLine) -> str:
    if line.failure:
        return sentence(line.failure)
    if not math.isfinite(line.difference):
        return "not defined"
    if max(abs(line.difference), abs(line.low), abs(line.high)) < _NOTHING:
        return "nothing"
    return signed_interval(line.difference, line.low, line.high)


def _figure(mean: float) -> str:
    return number(mean) if math.isfinite(mean) else ""


def _show_numbers(both: SideBySide) -> None:
    title = METRICS[both.metric].title
    side = "better than it is" if both.optimism > 0 else "worse than it is"
    with st.container(horizontal=True):
        for label, mean in (
            ("inside each fold", both.honest_mean),
            ("before the split (wrong)", both.leaking_mean),
        ):
            st.metric(f"{title}, {label}", number(mean), border=True)
        st.metric(f"Looks {side} by", number(abs(both.optimism)), border=True)
