"""``python -m lab run FILE --target COL --out DIR``."""

from pathlib import Path

import numpy as np
import typer

from lab.base import LabError, Task, Workspace, default_workspace, plain_text
from lab.benchmark import start
from lab.cli import options
from lab.cli.console import progress_console, result_console
from lab.cli.following import follow
from lab.cli.opening import reading_table
from lab.cli.outcome import tell_outcome
from lab.cli.planning import request_dataset, request_experiment
from lab.cli.request import RunRequest, named_keys, split_words
from lab.data import Dataset
from lab.experiments import Experiment
from lab.reports import write_outputs
from lab.store import Job, JobState, Store, open_store

USUAL_FOLDS = 5
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells count it."""


def run_experiment(  # noqa: PLR0913  # each option of the command is a parameter here
    file: options.File,
    *,
    target: options.Target,
    out: options.Out,
    task: options.TaskKey = "",
    positive: options.Positive = "",
    models: options.ModelKeys = None,
    settings: options.Settings = None,
    recipe: options.RecipeWord = "auto",
    cv: options.SplitterKey = "",
    folds: options.Folds = None,
    repeats: options.Repeats = 1,
    group: options.Group = "",
    time: options.Time = "",
    ignore: options.Ignored = "",
    metrics: options.MetricKeys = None,
    seed: options.Seed = 0,
    workers: options.Workers = 0,
    cell_seconds: options.CellSeconds = None,
    home: options.Home = None,
) -> None:
    """Compare models on a table; write leaderboard, folds, predictions, splits and a report."""
    request = RunRequest(
        name=f"{file.stem}: {target}",
        target=target,
        task=task,
        positive=positive,
        models=named_keys("model", models),
        settings=tuple(settings or ()),
        recipe=recipe,
        splitter=cv,
        folds=folds,
        repeats=repeats,
        group=group,
        time=time,
        ignored=split_words(ignore),
        metrics=named_keys("metric", metrics),
        seed=seed,
        workers=workers,
        cell_seconds=cell_seconds,
    )
    _make_folder(out)
    store = open_store(Workspace(root=home.resolve()) if home else default_workspace())
    experiment_id = _keep_experiment(store, file, request)
    _run(store, experiment_id)
    raise typer.Exit(_finish(store, experiment_id, out))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LabError(
            f"the folder {folder} cannot be made ({error.strerror})",
            hint="Name another with --out.",
        ) from error


def _keep_experiment(store: Store, file: Path, request: RunRequest) -> str:
    console = progress_console()
    with reading_table(file) as table:
        dataset = request_dataset(table, request)
        experiment = request_experiment(dataset, request)
        for note in (*table.notes, *dataset.notes):
            console.print(f"- {plain_text(note, max_length=300)}")
        store.save_dataset(dataset)
    n_models = len(experiment.candidates)
    plan = experiment.plan.splitter
    folds = f" of {plan.settings['folds']} folds" if "folds" in plan.settings else ""
    is_binary = experiment.task is Task.BINARY
    positive = f" (positive: {plain_text(dataset.labels[-1])})" if is_binary else ""
    console.print(
        f"{experiment.task.title} of {plain_text(request.target)}{positive}: "
        f"{dataset.n_rows:,} rows, {n_models} models, {plan.key}{folds}"
    )
    if told := _lowered_folds(dataset, experiment, request):
        console.print(told)
    return store.save_experiment(experiment)


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


def _run(store: Store, experiment_id: str) -> None:
    start(store, experiment_id)
    job = follow(store, experiment_id, progress_console())
    if job.state is not JobState.DONE:
        raise _ended_early(job)


def _ended_early(job: Job) -> Exception:
    if job.state is JobState.CANCELLED:
        message = "Stopped. What was finished is kept: the same command goes on from there."
        progress_console().print(message)
        return typer.Exit(INTERRUPTED)
    message = job.message or f"the run ended early ({job.state})"
    return LabError(message, hint="What was finished is kept; the same command goes on from there.")


def _finish(store: Store, experiment_id: str, out: Path) -> int:
    paths = write_outputs(store, experiment_id, out)
    n_scored = tell_outcome(store, experiment_id)
    names = ", ".join(path.name for path in paths)
    result_console().print(f"Written to {plain_text(out, max_length=400)}: {names}")
    return 0 if n_scored else 1
