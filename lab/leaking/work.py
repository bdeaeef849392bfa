"""The work of a leaking process: each fold in a child with limits, then the whole kept."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from lab.base import LabError, Workspace, from_json, to_json
from lab.benchmark import (
    child_context,
    dataset_splits,
    memory_mb,
    run_isolated,
    worker_count,
)
from lab.experiments import Limits
from lab.leaking.control import KIND, n_fits
from lab.leaking.leak import Leak, LeakedStep, StepAlone
from lab.leaking.one_step import judge_with_one_step_leaking
from lab.leaking.telling import leaked_steps, steps_alone
from lab.leaking.wrong_way import (
    divide_what_was_prepared,
    judge_what_leaked,
    prepare_before_the_split,
)
from lab.store import JobState, Store, open_store
from lab.validation import fold_keys

_PRELOAD = (
    "lab.leaking.one_step",
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
    step : str, default ""
        Key of the step that goes wrong; empty for all of them.
    """

    root: str
    experiment_id: str
    candidate: int
    split: int
    step: str = ""


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
    chosen = experiment.candidates[candidate]
    steps = leaked_steps(chosen.recipe, dataset.features, experiment.task)
    place = Place(
        root=str(store.workspace.root), experiment_id=experiment_id, candidate=candidate, split=0
    )
    total = n_fits(experiment, candidate, dataset.features)
    work = _Work(store=store, key=key, limits=experiment.limits, total=total)
    n_folds = len(fold_keys(experiment.plan))
    folds = work.folds(place, n_folds)
    alone = tuple(_alone(work, replace(place, step=step.key), step, n_folds)
                  for step in steps_alone(steps))  # fmt: skip
    leak = Leak(
        candidate=chosen.name,
        scores=tuple(fold.scores for fold in folds),
        steps=steps,
        n_rows=dataset.n_rows,
        n_prepared=folds[0].n_prepared,
        alone=alone,
    )
    store.save_artifact(KIND, key, to_json(leak).encode())
    store.report_job(key, done=total)
    return JobState.DONE, ""


def _alone(work: "_Work", place: Place, step: LeakedStep, n_folds: int) -> StepAlone:
    """Return what a step brings by itself, or why that cannot be told; the others go on."""
    before = work.done
    try:
        folds = work.folds(place, n_folds)
    except LabError as error:
        work.done = before + n_folds
        return StepAlone(step=step, scores=(), failure=error.message)
    return StepAlone(step=step, scores=tuple(fold.scores for fold in folds))


class _Work:
    """Fits in children with limits, counted and timed over all of them.

    Parameters
    ----------
    store : Store
        Where the job is told.
    key : str
        Of the job.
    limits : Limits
        Of one fit.
    total : int
        How many fits there are.
    """

    def __init__(self, *, store: Store, key: str, limits: Limits, total: int) -> None:
        self._store, self._key, self._total = store, key, total
        self._seconds = limits.cell_seconds
        self._memory = memory_mb(limits.cell_mb, worker_count(limits.workers))
        self._context = child_context(_PRELOAD)
        self._started = time.monotonic()
        self.done = 0
        store.report_job(key, state=JobState.RUNNING, total=total)

    def folds(self, place: Place, n_folds: int) -> list[FoldLeak]:
        """Return what each fold shows; LabError with the first that shows nothing."""
        return [self._fold(replace(place, split=split)) for split in range(n_folds)]

    def _fold(self, place: Place) -> FoldLeak:
        elapsed, done = time.monotonic() - self._started, self.done
        left = elapsed / done * (self._total - done) if done else None
        self._store.report_job(self._key, done=done, eta_seconds=left)
        outcome = run_isolated(
            self._context, leak_of_fold, (place,), seconds=self._seconds, memory_mb=self._memory
        )
        if outcome.data is None:
            why = outcome.failure.message if outcome.failure else "it gave no result"
            raise LabError(f"fold {place.split + 1} could not be shown: {why}")
        self.done += 1
        return from_json(FoldLeak, outcome.data)


def leak_of_fold(place: Place) -> bytes:
    """Return the `FoldLeak` of a fold as JSON. All rows are prepared anew for every fold."""
    store = open_store(Workspace(root=Path(place.root)))
    experiment = store.load_experiment(place.experiment_id)
    dataset = store.load_dataset(experiment.dataset_id)
    candidate = experiment.candidates[place.candidate]
    if place.step:
        split = dataset_splits(dataset, experiment)[place.split]
        alone = judge_with_one_step_leaking(dataset, experiment, candidate, split, place.step)
        return to_json(FoldLeak(scores=alone.test_scores, n_prepared=dataset.n_rows)).encode()
    rows = prepare_before_the_split(dataset, candidate.recipe, seed=experiment.seed)
    split = divide_what_was_prepared(dataset, experiment, rows)[place.split]
    result = judge_what_leaked(dataset, experiment, candidate, rows, split)
    return to_json(FoldLeak(scores=result.test_scores, n_prepared=len(rows.y))).encode()
