"""Ask from any process for what a leak would have shown, and read it once it is there."""

from lab.base import LabError, Schema, fingerprint, from_json
from lab.benchmark import start_job
from lab.experiments import Experiment, candidate_key
from lab.leaking.leak import Leak
from lab.leaking.telling import leaked_steps, steps_alone
from lab.store import JobState, Store
from lab.validation import fold_keys

KIND = "leak"
LEAK_VERSION = 2
"""Raised when the wrong way is gone differently, so that no old leak is taken for a new one."""


def leak_id(experiment: Experiment, candidate: int) -> str:
    """Return the fingerprint of everything that a candidate's leak depends on.

    It never equals the key of a cell: what is honest and what is not share nothing that is kept.
    """
    return fingerprint(
        KIND,
        LEAK_VERSION,
        candidate_key(experiment, candidate),
        experiment.candidates[candidate].name,
    )


def request_leak(store: Store, experiment_id: str, candidate: int) -> str:
    """Have a candidate prepared before the split, in a process of its own; return the job's id.

    Nothing is started when the outcome is there or somebody works on it.

    Parameters
    ----------
    store : Store
        Where experiment and outcome are kept.
    experiment_id : str
        The experiment.
    candidate : int
        Position of the candidate.

    Raises
    ------
    LabError
        When the candidate learns from a share of the rows only.
    """
    experiment = store.load_experiment(experiment_id)
    if experiment.candidates[candidate].train_share != 1:
        raise LabError(
            "this candidate learns from a share of its rows only",
            hint="Choose one that learns from all rows.",
        )
    key = leak_id(experiment, candidate)
    store.note_artifact(experiment_id, key)
    dataset = store.load_dataset(experiment.dataset_id)
    store.create_job(key, KIND, total=n_fits(experiment, candidate, dataset.features))
    if _is_kept(store, key):
        store.finish_job(key, JobState.DONE)
    else:
        start_job(store, key, "lab.leaking", (experiment_id, str(candidate)))
    return key


def n_fits(experiment: Experiment, candidate: int, features: Schema) -> int:
    """Return how many fits a leak takes: all steps together, and each that learns by itself.

    Parameters
    ----------
    experiment : Experiment
        The experiment.
    candidate : int
        Position of the candidate.
    features : Schema
        The feature columns of its data set.
    """
    steps = leaked_steps(experiment.candidates[candidate].recipe, features, experiment.task)
    return len(fold_keys(experiment.plan)) * (1 + len(steps_alone(steps)))


def load_leak(store: Store, key: str) -> Leak | None:
    """Return what a leak has shown by its id, or None while there is nothing."""
    data = store.load_artifact(KIND, key)
    return None if data is None else from_json(Leak, data)


def _is_kept(store: Store, key: str) -> bool:
    try:
        return store.load_artifact(KIND, key) is not None
    except LabError:  # its file was changed or lost: do it again
        return False
