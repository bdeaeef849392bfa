"""``python -m lab run FILE --target COL --out DIR``."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import typer

from lab.base import ColumnKind, LabError, Task, Workspace, plain_text
from lab.benchmark import check_cluster, default_cluster, start, status
from lab.cli.console import progress_console, result_console
from lab.cli.following import follow
from lab.cli.opening import reading_table
from lab.cli.outcome import tell_outcome
from lab.cli.planning import request_dataset, request_experiment
from lab.cli.request import RunRequest
from lab.cli.source import Source
from lab.data import Dataset
from lab.experiments import Experiment
from lab.models import default_models
from lab.reports import write_outputs_apart
from lab.store import Job, JobState, Store, open_store
from lab.validation import SPLITTERS

USUAL_FOLDS = 5
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells count it."""
_HINTED = re.compile(r"(?P<message>(?!\w+: ).+?)\. (?P<hint>[A-Z].*\.)", re.DOTALL)
"""A LabError as text; other errors begin with their class."""


def run_request(source: Source, request: RunRequest, workspace: Workspace, out: Path) -> int:
    """Run what was asked for, write the results to a folder and return the exit code.

    Parameters
    ----------
    source : Source
        The table.
    request : RunRequest
        What was asked for.
    workspace : Workspace
        Where results are kept.
    out : Path
        Folder for the files that a run leaves.
    """
    cluster = asked_cluster(request)
    make_folder(out)
    store = open_store(workspace)
    store.need_writable()
    experiment_id = _keep_experiment(store, source, request)
    follow_to_the_end(store, experiment_id, cluster)
    return _finish(store, experiment_id, out)


def asked_cluster(request: RunRequest) -> str:
    """Return the address of the cluster that does the fits, empty for this computer.

    Raises
    ------
    LabError
        When it is not an address of a cluster.
    """
    cluster = default_cluster() if request.cluster is None else request.cluster
    if cluster:
        check_cluster(cluster)
    return cluster


def make_folder(folder: Path) -> None:
    """Make the folder for the files of a run; LabError when it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LabError(
            f"the folder {folder} cannot be made ({error.strerror})",
            hint="Name another with --out.",
        ) from error


def _keep_experiment(store: Store, source: Source, request: RunRequest) -> str:
    console = progress_console()
    with reading_table(source) as table:
        dataset = request_dataset(table, request)
        experiment = request_experiment(dataset, request)
        joined = _joined(store, experiment, request)
        for note in (
            *dataset.table.notes,
            *dataset.notes,
            *_left_out(dataset),
            *_unweighted(dataset, request),
            *_unheeded(dataset, experiment),
        ):
            console.print(f"- {plain_text(note, max_length=300)}")
        if joined is None:
            store.save_dataset(dataset)
    n_models = len(experiment.candidates)
    models = "1 model" if n_models == 1 else f"{n_models} models"
    plan = experiment.plan.splitter
    title = SPLITTERS[plan.key].title.lower()
    folds = f", {plan.settings['folds']} folds" if "folds" in plan.settings else ""
    is_binary = experiment.task is Task.BINARY
    positive = f" (positive: {plain_text(dataset.labels[-1])})" if is_binary else ""
    console.print(
        f"{experiment.task.title} of {plain_text(request.target)}{positive}: "
        f"{dataset.n_rows:,} rows, {models}, {title}{folds}"
    )
    if told := _lowered_folds(dataset, experiment, request):
        console.print(told)
    return store.save_experiment(joined or store.told_apart(experiment))


def _joined(store: Store, experiment: Experiment, request: RunRequest) -> Experiment | None:
    """Return an experiment as they call and limit it who run it now; None when nobody does."""
    job = store.job(experiment.id)
    if job is None or not job.state.is_active:
        return None
    running = store.load_experiment(experiment.id)
    return replace(running, metrics=request.metrics or running.metrics)


def _left_out(dataset: Dataset) -> tuple[str, ...]:
    """Return a note of the columns that no model sees since their values only name the rows."""
    roles = dataset.roles
    known = {roles.target, roles.group, roles.time, roles.weight, *roles.ignored}
    names = [
        repr(column.name)
        for column in dataset.table.schema
        if column.kind is ColumnKind.IDENTIFIER and column.name not in known
    ]
    if not names:
        return ()
    told = f"Left out as identifiers, whose values only name the rows: {', '.join(names)}."
    return (f"{told} If one says more than that: --kind COL=number or --kind COL=category.",)


def _unweighted(dataset: Dataset, request: RunRequest) -> Iterator[str]:
    """Yield a note of the models that were not proposed since they take no weights."""
    if request.models or not request.weight:
        return
    size = (dataset.roles.task, dataset.n_rows, len(dataset.features))
    weighed = default_models(*size, has_weights=True)
    if left_out := [key for key in default_models(*size) if key not in weighed]:
        yield f"Left out since they take no weights: {', '.join(left_out)}."


def _unheeded(dataset: Dataset, experiment: Experiment) -> Iterator[str]:
    """Yield what the splits do not heed of the roles that columns were given."""
    entry = SPLITTERS[experiment.plan.splitter.key]
    roles = dataset.roles
    if roles.group and entry.needs != "groups":
        told = f"{entry.title}: groups of {roles.group!r} are divided"
        yield f"{told}; --cv group keeps them together."
    if roles.time and entry.needs != "times":
        yield f"{entry.title}: the order of {roles.time!r} is not heeded; --cv time does."


def _lowered_folds(dataset: Dataset, experiment: Experiment, request: RunRequest) -> str:
    """Return why there are fewer folds than usual, when nobody asked for so few."""
    folds = experiment.plan.splitter.settings.get("folds")
    if request.folds is not None or not dataset.labels or not isinstance(folds, int):
        return ""
    rows = np.bincount(dataset.y.astype(np.int64), minlength=len(dataset.labels))
    if folds != rows.min() or folds >= USUAL_FOLDS:
        return ""
    rarest = plain_text(dataset.labels[int(rows.argmin())])
    return (
        f"- Only {folds} folds instead of {USUAL_FOLDS}: class {rarest!r} has {folds} rows, and "
        "each fold needs one. With so few, scores of that class say little."
    )


def follow_to_the_end(store: Store, experiment_id: str, cluster: str = "") -> None:
    """Start an experiment, or join the one that runs, and return once it is done."""
    console = progress_console()
    is_ours = start(store, experiment_id, cluster=cluster)
    if not is_ours and status(store, experiment_id).state.is_active:
        console.print("This is being run already, started elsewhere. Following it.")
    job = follow(store, experiment_id, console, is_ours=is_ours)
    if job.state is not JobState.DONE:
        raise _ended_early(job)


def _ended_early(job: Job) -> Exception:
    if job.state.is_active:
        return typer.Exit(INTERRUPTED)
    if job.state in {JobState.CANCELLED, JobState.PAUSED}:
        word = "Paused" if job.state is JobState.PAUSED else "Stopped"
        message = f"{word}. What was finished is kept: the same command goes on from there."
        progress_console().print(message)
        return typer.Exit(INTERRUPTED)
    message = job.message or f"the run ended early ({job.state})"
    if told := _HINTED.fullmatch(message):
        return LabError(told["message"], hint=told["hint"])
    kept = "What was finished is kept; the same command goes on from there."
    return LabError(message, hint=kept if job.done else "The same command starts it again.")


def _finish(store: Store, experiment_id: str, out: Path) -> int:
    with ThreadPoolExecutor(max_workers=1) as side:  # it waits for the processes that write
        writing = side.submit(write_outputs_apart, store, experiment_id, out)
        n_scored = tell_outcome(store, experiment_id)
        paths = writing.result()
    names = ", ".join(path.name for path in paths)
    result_console().print(f"Written to {plain_text(out, max_length=400)}: {names}")
    return 0 if n_scored else 1
