"""The work of an explaining process: each fold in a child with limits, then the whole kept."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lab.base import Workspace, from_json, to_json
from lab.benchmark import (
    child_context,
    dataset_splits,
    memory_mb,
    run_isolated,
    worker_count,
)
from lab.experiments import Experiment
from lab.explain.control import KIND, explained_splits
from lab.explain.explaining import assemble, metrics_to_try
from lab.explain.fitted_fold import FittedFold, fit_fold
from lab.explain.permutation import FoldLosses, fold_losses
from lab.explain.shap_values import ShapPart, shap_part
from lab.store import JobState, Store, open_store

_PRELOAD = (
    "lab.explain.explaining",
    "pyarrow.feather",
    "scipy.stats",
    "sklearn.compose",
    "sklearn.impute",
    "sklearn.metrics",
    "sklearn.preprocessing",
    "lab.benchmark.rehearsal",
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a child finds what it explains.

    Parameters
    ----------
    root : str
        The workspace.
    experiment_id : str
        The experiment.
    candidate : int
        Position of the candidate.
    split : int
        Position of the split.
    """

    root: str
    experiment_id: str
    candidate: int
    split: int


def explain_candidate(
    store: Store, experiment_id: str, candidate: int, key: str
) -> tuple[JobState, str]:
    """Explain a candidate, keep what comes out, and return how it ended.

    Parameters
    ----------
    store : Store
        Where everything is kept.
    experiment_id : str
        The experiment.
    candidate : int
        Position of the candidate.
    key : str
        Id of the job and of the explanation.
    """
    experiment = store.load_experiment(experiment_id)
    places = [
        Place(
            root=str(store.workspace.root),
            experiment_id=experiment_id,
            candidate=candidate,
            split=split,
        )
        for split in explained_splits(store, experiment_id, candidate)
    ]
    store.report_job(key, state=JobState.RUNNING, total=len(places) + 1)
    data = _explained(store, experiment, places, key)
    store.save_artifact(KIND, key, data)
    store.report_job(key, done=len(places) + 1)
    return JobState.DONE, ""


def _explained(store: Store, experiment: Experiment, places: list[Place], key: str) -> bytes:
    context = child_context(_PRELOAD)
    limits = experiment.limits
    memory = memory_mb(limits.cell_mb, worker_count(limits.workers))
    failures: list[str] = []

    def run(call: Callable[..., bytes], place: Place, what: str) -> bytes | None:
        outcome = run_isolated(
            context, call, (place,), seconds=limits.cell_seconds, memory_mb=memory
        )
        if outcome.failure is not None:
            failures.append(f"{what} could not be computed: {outcome.failure.message}.")
        return outcome.data

    losses, started = [], time.monotonic()
    for done, place in enumerate(places):
        left = (time.monotonic() - started) / done * (len(places) + 1 - done) if done else None
        store.report_job(
            key, done=done, eta_seconds=left, message=f"shuffling columns, fold {done + 1}"
        )
        data = run(losses_of_fold, place, f"Permutation importance in fold {place.split + 1}")
        if data is not None:
            losses.append(from_json(FoldLosses, data))
    store.report_job(key, done=len(places), message="computing SHAP values")
    data = run(shap_of_fold, places[-1], "SHAP values") if losses else None
    shap = None if data is None else from_json(ShapPart, data)
    name = experiment.candidates[places[0].candidate].name
    whole = assemble(name, metrics_to_try(experiment)[0], losses, shap, failures)
    return to_json(whole).encode()


def losses_of_fold(place: Place) -> bytes:
    """Return the `FoldLosses` of a fold as JSON."""
    experiment, fold = _fitted(place)
    return to_json(fold_losses(fold, metrics_to_try(experiment))).encode()


def shap_of_fold(place: Place) -> bytes:
    """Return the `ShapPart` of a fold as JSON."""
    return to_json(shap_part(_fitted(place)[1])).encode()


def _fitted(place: Place) -> tuple[Experiment, FittedFold]:
    store = open_store(Workspace(root=Path(place.root)))
    experiment = store.load_experiment(place.experiment_id)
    dataset = store.load_dataset(experiment.dataset_id)
    split = dataset_splits(dataset, experiment)[place.split]
    return experiment, fit_fold(dataset, experiment, place.candidate, split)
