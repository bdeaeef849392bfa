"""The work of a leaking process: each fold in a child with limits, then the whole kept."""

import time
from dataclasses import dataclass
from pathlib import Path

from lab.base import LabError, Workspace, from_json, to_json
from lab.benchmark import child_context, memory_mb, run_isolated, worker_count
from lab.leaking.control import KIND
from lab.leaking.leak import Leak
from lab.leaking.telling import leaked_steps
from lab.leaking.wrong_way import (
    divide_what_was_prepared,
    judge_what_leaked,
    prepare_before_the_split,
)
from lab.store import JobState, Store, open_store
from lab.validation import fold_keys

_PRELOAD = (
    "lab.leaking.wrong_way",
    "pyarrow.feather",
    "sklearn.compose",
    "sklearn.impute",
    "sklearn.metrics",
    "sklearn.preprocessing",
    "lab.benchmark.rehearsal",
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a child finds what it prepares.

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


@dataclass(frozen=True, kw_only=True)
class FoldLeak:
    """What a fold has shown, and how many rows were divided."""

    scores: dict[str, float | None]
    n_prepared: int


def leak_candidate(
    store: Store, experiment_id: str, candidate: int, key: str
) -> tuple[JobState, str]:
    """Go the wrong way with a candidate, keep what it shows, and return how it ended.

    Parameters
    ----------
    store : Store
        Where everything is kept.
    experiment_id : str
        The experiment.
    candidate : int
        Position of the candidate.
    key : str
        Id of the job and of what is kept.
    """
    experiment = store.load_experiment(experiment_id)
    dataset = store.load_dataset(experiment.dataset_id)
    n_folds = len(fold_keys(experiment.plan))
    store.report_job(key, state=JobState.RUNNING, total=n_folds)
    places = [
        Place(
            root=str(store.workspace.root),
            experiment_id=experiment_id,
            candidate=candidate,
            split=split,
        )
        for split in range(n_folds)
    ]
    folds = _folds(store, key, places)
    chosen = experiment.candidates[candidate]
    leak = Leak(
        candidate=chosen.name,
        scores=tuple(fold.scores for fold in folds),
        steps=leaked_steps(chosen.recipe, dataset.features, experiment.task),
        n_rows=dataset.n_rows,
        n_prepared=folds[0].n_prepared,
    )
    store.save_artifact(KIND, key, to_json(leak).encode())
    store.report_job(key, done=n_folds)
    return JobState.DONE, ""


def _folds(store: Store, key: str, places: list[Place]) -> list[FoldLeak]:
    limits = store.load_experiment(places[0].experiment_id).limits
    memory = memory_mb(limits.cell_mb, worker_count(limits.workers))
    context = child_context(_PRELOAD)
    folds: list[FoldLeak] = []
    started = time.monotonic()
    for done, place in enumerate(places):
        left = (time.monotonic() - started) / done * (len(places) - done) if done else None
        store.report_job(key, done=done, eta_seconds=left)
        outcome = run_isolated(
            context, leak_of_fold, (place,), seconds=limits.cell_seconds, memory_mb=memory
        )
        if outcome.data is None:
            why = outcome.failure.message if outcome.failure else "it gave no result"
            raise LabError(f"fold {done + 1} could not be shown: {why}")
        folds.append(from_json(FoldLeak, outcome.data))
    return folds


def leak_of_fold(place: Place) -> bytes:
    """Return the `FoldLeak` of a fold as JSON. All rows are prepared anew for every fold."""
    store = open_store(Workspace(root=Path(place.root)))
    experiment = store.load_experiment(place.experiment_id)
    dataset = store.load_dataset(experiment.dataset_id)
    candidate = experiment.candidates[place.candidate]
    rows = prepare_before_the_split(dataset, candidate.recipe, seed=experiment.seed)
    split = divide_what_was_prepared(dataset, experiment, rows)[place.split]
    result = judge_what_leaked(dataset, experiment, candidate, rows, split)
    return to_json(FoldLeak(scores=result.test_scores, n_prepared=len(rows.y))).encode()
