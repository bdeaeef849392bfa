"""Ask for an explanation from any process, and read it once it is there."""

from importlib.metadata import version

from lab.base import LabError, fingerprint, from_json
from lab.benchmark import start_job
from lab.experiments import Experiment, candidate_key
from lab.explain.explaining import fold_count
from lab.explain.explanation import Explanation
from lab.store import JobState, Store

KIND = "explanation"
EXPLANATION_VERSION = 1
"""Raised when the way of explaining changes, so that no old explanation is taken for a new one."""


def explanation_id(experiment: Experiment, candidate: int) -> str:
    """Return the fingerprint of everything that a candidate's explanation depends on."""
    return fingerprint(
        KIND,
        EXPLANATION_VERSION,
        candidate_key(experiment, candidate),
        experiment.candidates[candidate].name,
        list(experiment.metrics),
        version("shap"),
    )


def request(store: Store, experiment_id: str, candidate: int) -> str:
    """Have a candidate explained in a process of its own; return the id of job and explanation.

    Nothing is started when the explanation is there or somebody works on it.

    Parameters
    ----------
    store : Store
        Where experiment and explanation are kept.
    experiment_id : str
        The experiment.
    candidate : int
        Position of the candidate.
    """
    key = explanation_id(store.load_experiment(experiment_id), candidate)
    store.note_artifact(experiment_id, key)
    store.create_job(key, KIND, total=len(explained_splits(store, experiment_id, candidate)) + 1)
    if _is_kept(store, key):
        store.finish_job(key, JobState.DONE)
    else:
        start_job(store, key, "lab.explain", (experiment_id, str(candidate)))
    return key


def explained_splits(store: Store, experiment_id: str, candidate: int) -> range:
    """Return the positions of the splits whose models are explained: the last few."""
    experiment = store.load_experiment(experiment_id)
    kept = {info.id: info for info in store.datasets()}[experiment.dataset_id]
    most = fold_count(experiment, candidate, kept.n_rows, kept.n_columns)
    folds = {(record.cell.repeat, record.cell.fold) for record in store.records(experiment_id)}
    return range(max(0, len(folds) - most), len(folds))


def load(store: Store, key: str) -> Explanation | None:
    """Return a kept explanation by its id, or None while there is none."""
    data = store.load_artifact(KIND, key)
    return None if data is None else from_json(Explanation, data)


def _is_kept(store: Store, key: str) -> bool:
    try:
        return store.load_artifact(KIND, key) is not None
    except LabError:  # its file was changed or lost: explain again
        return False
