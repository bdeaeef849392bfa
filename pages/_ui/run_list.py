"""All runs of the workspace as a table, of which one can be chosen."""

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from lab.base import fingerprint
from lab.benchmark import Run, list_runs
from lab.metrics import METRICS
from lab.store import JobState
from pages._ui import cached
from pages._ui.pickers import STATE_WORDS
from pages._ui.wording import count, duration, number

MOST_ROWS = 12
MOST_LETTERS = 40
"""Of a run's name: its end may be all that tells it from another."""


@st.cache_resource(show_spinner=False, ttl=1, max_entries=2)
def live_runs(home: str) -> tuple[Run, ...]:
    """Return all runs of a workspace; read once a second for all who watch them."""
    return list_runs(cached.store(), sizes=_sizes(home))


@st.cache_resource(show_spinner=False, ttl=20, max_entries=2)
def _sizes(home: str) -> dict[str, int]:  # noqa: ARG001  # the home is for the cache
    return cached.store().experiment_sizes()


def forget_runs() -> None:
    """Have the runs and their sizes read anew: something was just changed."""
    live_runs.clear()
    _sizes.clear()


def pick_run(runs: tuple[Run, ...]) -> Run | None:
    """Show the runs and return the one whose row is chosen."""
    # The rows are chosen by their position: another list of runs is another table.
    key = fingerprint([run.info.id for run in runs])
    frame = runs_frame(runs)
    event = st.dataframe(
        frame,
        hide_index=True,
        column_config={**_COLUMNS, "date": date_column(frame["date"])},
        on_select="rerun",
        selection_mode="single-row",
        height="content" if len(runs) <= MOST_ROWS else 480,
        placeholder="–",
        alt=f"{count(len(runs), 'run')}, the newest first",
        key=f"runs {key}",
    )
    rows = event.selection.rows
    return runs[rows[0]] if rows and rows[0] < len(runs) else None


def runs_frame(runs: tuple[Run, ...]) -> pd.DataFrame:
    """Return a line for each run."""
    return pd.DataFrame([_line(run) for run in runs])


def state_text(run: Run) -> str:
    """Return in words where a run stands."""
    if run.job is not None and run.state.is_active:
        if run.job.is_cancelling:
            return "stopping"
        if run.job.is_pausing:
            return "pausing"
    if run.state is JobState.WAITING and run.n_before:
        return f"waits for {run.n_before:,}"
    return STATE_WORDS[run.state]


def short_name(name: str) -> str:
    """Return a name in fewer letters: without what proposed names all say, or its middle.

    Examples
    --------
    >>> short_name("10 models · stratified k-fold, 5 folds × 6 · 2")
    '10 models · stratified 5 folds × 6 · 2'
    """
    short = name.replace("k-fold, ", "")
    over = len(short) - MOST_LETTERS
    if over <= 0:
        return short
    half = (MOST_LETTERS - 1) // 2
    return f"{short[: MOST_LETTERS - 1 - half].rstrip()}…{short[-half:].lstrip()}"


def _line(run: Run) -> dict[str, object]:
    info, best = run.info, run.best
    return {
        "name": short_name(info.name),
        "state": state_text(run),
        "progress": 100 * info.n_done / max(info.n_cells, 1),
        "time": _time(run),
        "data": info.dataset_name,
        "date": datetime.fromtimestamp(info.created),  # noqa: DTZ006  # shown as local time
        "best": "" if best is None else f"{METRICS[best.metric].title} {number(best.value)}",
        "size": run.n_bytes / 1e6,
        "candidate": "" if best is None else best.candidate,
    }


def _time(run: Run) -> str:
    job = run.job
    if job is None or job.started is None or run.state is JobState.WAITING:
        return ""
    if run.state.is_active and job.eta_seconds is not None:
        return f"{duration(job.eta_seconds)} left"
    return duration(job.elapsed_seconds)


def date_column(dates: "pd.Series[pd.Timestamp]") -> Any:
    """Return the column of dates, which tells the year only where one is not the present."""
    this_year = datetime.now().year  # noqa: DTZ005  # shown as local time
    is_this_year = bool((dates.dt.year == this_year).all())
    return st.column_config.DatetimeColumn(
        "Date",
        format="MMM D, HH:mm" if is_this_year else "YYYY-MM-DD HH:mm",
        width=105 if is_this_year else 130,
    )


_COLUMNS = {
    "name": st.column_config.TextColumn("Run", width=250),
    "state": st.column_config.TextColumn(
        "State", width=90, help="One that waits for others tells for how many."
    ),
    "progress": st.column_config.ProgressColumn(
        "Fits", format="%.0f%%", min_value=0, max_value=100, width=80, color="gray"
    ),
    "time": st.column_config.TextColumn(
        "Time", width=105, help="What it took; while it runs, what is left where that is known."
    ),
    "data": st.column_config.TextColumn("Data set", width=120),
    "best": st.column_config.TextColumn(
        "Best score",
        width=125,
        help="The best mean over finished folds, of the candidates without a failed fold.",
    ),
    "size": st.column_config.NumberColumn(
        "On disk",
        format="%.2f MB",
        width=85,
        help="Predictions and explanations; those that runs share are counted in each.",
    ),
    "candidate": st.column_config.TextColumn("Reached by"),
}
