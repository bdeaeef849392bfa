"""``python -m lab runs``."""

import time
from typing import Any

from rich.table import Table as TextTable

from lab.base import Workspace, plain_text
from lab.benchmark import Run, list_runs
from lab.cli.console import result_console, write_json
from lab.cli.following import remaining_text
from lab.metrics import METRICS
from lab.store import JobState, open_store, size_text

ID_LETTERS = 8


def tell_runs(workspace: Workspace, *, as_json: bool) -> None:
    """List the runs of a workspace, the newest first: state, progress, best score, size, age."""
    is_there = workspace.root.is_dir()  # to look makes nothing
    runs = list_runs(open_store(workspace)) if is_there else ()
    if as_json:
        write_json([_facts(run) for run in runs])
    elif not runs:
        result_console().print(f"No runs in {plain_text(workspace.root, max_length=400)} yet.")
    else:
        result_console().print(_table(runs))


def _facts(run: Run) -> dict[str, Any]:
    info, job, best = run.info, run.job, run.best
    return {
        "id": info.id,
        "name": info.name,
        "data_set": info.dataset_name,
        "state": str(run.state),
        "runs_before": run.n_before,
        "fits_done": info.n_done,
        "fits": info.n_cells,
        "elapsed_seconds": None if job is None else round(job.elapsed_seconds, 3),
        "left_seconds": None if job is None else job.eta_seconds,
        "message": "" if job is None else job.message,
        "best": None if best is None else {best.metric: best.value, "candidate": best.candidate},
        "bytes": run.n_bytes,
        "created": info.created,
    }


def _table(runs: tuple[Run, ...]) -> TextTable:
    text = TextTable(box=None, pad_edge=False)
    for heading in ("id", "run", "data", "state"):
        text.add_column(heading)
    text.add_column("fits", justify="right")
    text.add_column("best")
    for heading in ("size", "date"):
        text.add_column(heading, justify="right")
    for run in runs:
        info = run.info
        text.add_row(
            info.id[:ID_LETTERS],
            plain_text(info.name, max_length=40),
            plain_text(info.dataset_name, max_length=24),
            _state(run),
            f"{info.n_done}/{info.n_cells}",
            _best(run),
            size_text(run.n_bytes),
            time.strftime("%Y-%m-%d %H:%M", time.localtime(info.created)),
        )
    return text


def _state(run: Run) -> str:
    if run.state is JobState.WAITING and run.n_before:
        return f"waiting, {run.n_before} before it"
    if run.state is JobState.RUNNING and run.job and (left := remaining_text(run.job)):
        return f"running, {left}"
    return str(run.state)


def _best(run: Run) -> str:
    if run.best is None:
        return ""
    name = plain_text(run.best.candidate, max_length=24)
    return f"{METRICS[run.best.metric].title} {run.best.value:.3g} ({name})"
