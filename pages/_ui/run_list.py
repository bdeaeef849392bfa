"""All runs of the workspace as a table, of which one can be chosen."""

from datetime import datetime

import pandas as pd
import streamlit as st

from lab.base import fingerprint
from lab.benchmark import Run, list_runs
from lab.metrics import METRICS
from lab.store import JobState
from pages._ui import cached
from pages._ui.pickers import STATE_WORDS
from pages._ui.wording import count, duration, number, time_left, turn_text

MOST_ROWS = 12


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
    event = st.dataframe(
        runs_frame(runs),
        hide_index=True,
        column_config=_COLUMNS,
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
    return turn_text(run.n_before) if run.state is JobState.WAITING else STATE_WORDS[run.state]


def _line(run: Run) -> dict[str, object]:
    info, best = run.info, run.best
    return {
        "name": info.name,
        "state": state_text(run),
        "progress": 100 * info.n_done / max(info.n_cells, 1),
        "best": "" if best is None else f"{METRICS[best.metric].title} {number(best.value)}",
        "candidate": "" if best is None else best.candidate,
        "time": _time(run),
        "size": run.n_bytes,
        "date": datetime.fromtimestamp(info.created),  # noqa: DTZ006  # shown as local time
        "data": info.dataset_name,
    }


def _time(run: Run) -> str:
    job = run.job
    if job is None or job.started is None or run.state is JobState.WAITING:
        return ""
    left = f", {time_left(job.eta_seconds)}" if run.state.is_active else ""
    return f"{duration(job.elapsed_seconds)}{left}"


_COLUMNS = {
    "name": st.column_config.TextColumn("Run", width="medium"),
    "state": st.column_config.TextColumn("State"),
    "progress": st.column_config.ProgressColumn(
        "Fits", format="%.0f%%", min_value=0, max_value=100, width="small", color="gray"
    ),
    "best": st.column_config.TextColumn(
        "Best score",
        help="The best mean over finished folds, of the candidates without a failed fold.",
    ),
    "candidate": st.column_config.TextColumn("Reached by"),
    "time": st.column_config.TextColumn("Time", width=130),
    "size": st.column_config.NumberColumn(
        "On disk",
        format="bytes",
        help="Predictions and explanations; those that runs share are counted in each.",
    ),
    "date": st.column_config.DatetimeColumn("Date", format="YYYY-MM-DD HH:mm"),
    "data": st.column_config.TextColumn("Data set"),
}
