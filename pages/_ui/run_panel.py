"""The live panel of a run: progress of each candidate, partial leaderboard, time, Pause, Cancel."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lab.benchmark import start
from lab.data import Dataset
from lab.experiments import CellRecord, CellState, Experiment
from lab.metrics import METRICS
from lab.store import Job, JobState
from pages._ui import cached, session
from pages._ui.board_table import rounded, score_format
from pages._ui.draft import make_experiment, open_draft
from pages._ui.problems import telling
from pages._ui.run_actions import (
    end_race_button,
    standing,
    start_button,
    stop_buttons,
    watch,
)
from pages._ui.run_list import forget_runs
from pages._ui.wording import count, duration, sentence, time_left, turn_text

POLL_SECONDS = 2
_MARKS = {
    CellState.WAITING: "○",
    CellState.RUNNING: "◐",
    CellState.DONE: "●",
    CellState.FAILED: "✕",
    CellState.TIMED_OUT: "✕",
    CellState.CANCELLED: "–",
    CellState.SKIPPED: "∅",
}
_LEGEND = "● done · ◐ running · ○ waiting · ✕ failed"
_LEGEND_OF = {CellState.SKIPPED: " · ∅ stopped early", CellState.CANCELLED: " · – cancelled"}
_COUNTED = "●✕∅–◐○"
"""The order of marks where they are counted."""
_MOST_MARKS = 20
_EDGES, _MARK = 45, 15
"""Pixels of a column beside its marks, and of the widest of them."""


def start_draft(data: Dataset) -> str:
    """Start the experiment that is drafted on a data set, make it current, return its id."""
    draft = open_draft(data)
    store = cached.store()
    experiment_id = store.save_experiment(store.told_apart(make_experiment(draft, data)))
    start(store, experiment_id, cluster=draft.cluster)
    forget_runs()
    session.open_experiment(experiment_id, data.id)
    return experiment_id


def show_run(experiment_id: str) -> None:
    """Show a run; it is drawn again every two seconds only while it is active.

    One that rests is only watched, since it may be gone on with elsewhere.
    """
    store = cached.store()
    job = store.job(experiment_id)
    if job is None:
        return
    is_active = job.state.is_active
    st.fragment(_panel, run_every=POLL_SECONDS if is_active else None)(experiment_id, is_active)
    if not is_active and not _is_complete(experiment_id):
        watch(lambda: standing(store.job(experiment_id)), standing(job))


def _is_complete(experiment_id: str) -> bool:
    records = cached.results(experiment_id).records
    return all(record.state is CellState.DONE for record in records)


@telling()
def _panel(experiment_id: str, was_active: bool) -> None:
    job = cached.store().job(experiment_id)
    if job is None:
        st.rerun()
    experiment = cached.experiment(experiment_id)
    records = (
        cached.live_records(experiment_id) if was_active else cached.results(experiment_id).records
    )
    with st.container(border=True):
        _show_state(job, records)
        _show_cells(experiment, records, is_active=job.state.is_active)
        _show_actions(job, experiment, records, was_active=was_active)
    if job.state.is_active != was_active:
        st.rerun()  # after the buttons: a click on one of them has been answered


def _show_state(job: Job, records: tuple[CellRecord, ...]) -> None:
    n_over = sum(record.state.is_finished for record in records)
    running = sum(record.state is CellState.RUNNING for record in records)
    text = fits_text(records)
    if job.state is JobState.WAITING:
        text += f" · started {duration(job.seconds_since_start)} ago"
    elif job.state.is_active:
        text += f" · {running} running · {duration(job.elapsed_seconds)} elapsed"
        text += f" · {time_left(job.eta_seconds)}"
    elif job.started is not None:
        text += f" · took {duration(job.elapsed_seconds)}"
    st.markdown(f"**{_headline(job)}**")
    st.progress(n_over / max(len(records), 1), text=text)
    if job.message and job.state is JobState.FAILED:
        st.caption(sentence(job.message))


def fits_text(records: Sequence[CellRecord]) -> str:
    """Return in words how many fits came to an end, and how many a race left out."""
    n_early = sum(record.state is CellState.SKIPPED for record in records)
    early = f", {n_early:,} stopped early" if n_early else ""
    return f"{_n_run(records):,} of {count(len(records), 'fit')} finished{early}"


def _n_run(records: Sequence[CellRecord]) -> int:
    states = [record.state for record in records]
    return sum(state.is_finished and state is not CellState.SKIPPED for state in states)


def _headline(job: Job) -> str:
    if job.state.is_active and (job.is_cancelling or job.is_pausing):
        return f"{'Stopping' if job.is_cancelling else 'Pausing'}: what is finished is kept"
    if job.state is JobState.WAITING:
        return turn_text(cached.store().jobs_before(job.id)).capitalize()
    return {
        JobState.RUNNING: "Running",
        JobState.PAUSED: "Paused: what was finished is kept",
        JobState.DONE: "Finished",
        JobState.FAILED: "The run failed",
        JobState.CANCELLED: "Stopped: what was finished is kept",
        JobState.INTERRUPTED: "Interrupted: its process was ended. What was finished is kept",
        JobState.IDLE: "Not started",
    }[job.state]


def _show_cells(
    experiment: Experiment, records: tuple[CellRecord, ...], *, is_active: bool
) -> None:
    metric = experiment.metrics[0]
    states = {record.state for record in records}
    states |= {CellState.SKIPPED} if experiment.racing else set()
    legend = _LEGEND + "".join(text for state, text in _LEGEND_OF.items() if state in states)
    frame = progress_frame(experiment, records)
    frame["score"] = rounded(frame["score"])
    entry = METRICS[metric]
    st.dataframe(
        frame,
        hide_index=True,
        column_config={
            "candidate": st.column_config.TextColumn("Candidate", width="medium"),
            "score": st.column_config.NumberColumn(
                f"{entry.title} so far" if is_active else entry.title,
                format=score_format(frame["score"]),
                help="Mean over the folds that are finished. "
                + ("Greater is better." if entry.greater_is_better else "Less is better."),
            ),
            "folds": st.column_config.TextColumn(
                "Folds", width=_EDGES + _MARK * int(frame["folds"].str.len().max()), help=legend
            ),
            "finished": st.column_config.TextColumn("Finished", width="small"),
            "seconds": st.column_config.NumberColumn(
                "Fit time", format="%.2f s", help="Mean of the finished fits."
            ),
            "note": st.column_config.TextColumn("Note", width="large")
            if (frame["note"] != "").any()
            else None,
        },
        height="content" if len(frame) <= 25 else 900,
        placeholder="–",
        alt="Progress and scores so far of each candidate",
        key="cells",
    )
    st.caption(legend)


def fold_marks(states: Sequence[CellState]) -> str:
    """Return a mark for each fold, or of many folds how many have which mark.

    Examples
    --------
    >>> fold_marks([CellState.DONE, CellState.FAILED, CellState.WAITING])
    '●✕○'
    >>> fold_marks([CellState.DONE] * 27 + [CellState.FAILED] + [CellState.WAITING] * 2)
    '●27 ✕1 ○2'
    """
    marks = [_MARKS[state] for state in states]
    if len(marks) <= _MOST_MARKS:
        return "".join(marks)
    counts = Counter(marks)
    return " ".join(f"{mark}{counts[mark]:,}" for mark in _COUNTED if mark in counts)


def progress_frame(experiment: Experiment, records: tuple[CellRecord, ...]) -> pd.DataFrame:
    """Return a line for each candidate: score so far, marks of its folds, time, reason.

    The best comes first; candidates with a failed fold or without a score come last.
    """
    metric = experiment.metrics[0]
    lines = []
    for index, candidate in enumerate(experiment.candidates):
        own = [record for record in records if record.cell.candidate == index]
        results = [record.result for record in own if record.result is not None]
        scores = [
            value
            for result in results
            if result.failure is None and (value := result.test_scores.get(metric)) is not None
        ]
        failures = [result.failure for result in results if result.failure is not None]
        times = [result.fit_seconds for result in results if result.failure is None]
        lines.append(
            {
                "candidate": candidate.name,
                "score": sum(scores) / len(scores) if scores else None,
                "folds": fold_marks([record.state for record in own]),
                "finished": f"{_n_run(own)} of {len(own)}",
                "seconds": sum(times) / len(times) if times else None,
                "note": failures[0].message if failures else "",
            }
        )
    frame = pd.DataFrame(lines).astype({"score": float, "seconds": float})
    ranked = frame.sort_values(
        "score",
        ascending=not METRICS[metric].greater_is_better,
        na_position="last",
        kind="stable",
    )
    return ranked.sort_values(
        "note", key=lambda notes: notes != "", kind="stable", ignore_index=True
    )


def _show_actions(
    job: Job, experiment: Experiment, records: tuple[CellRecord, ...], *, was_active: bool
) -> None:
    if was_active:
        with st.container(horizontal=True, vertical_alignment="center"):
            stop_buttons(job)
            st.caption("The run goes on when you leave this page or close the browser.")
        return
    with st.container(horizontal=True):
        if job.done and st.button(
            "Open the leaderboard", type="primary", icon=":material/leaderboard:", key="to results"
        ):
            st.switch_page("pages/leaderboard.py", query_params=session.link())
        states = {record.state for record in records}
        if CellState.SKIPPED in states:
            end_race_button(experiment)
        if states - {CellState.DONE, CellState.SKIPPED}:
            start_button(job)
