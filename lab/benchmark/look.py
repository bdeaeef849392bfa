"""What is worth knowing about the data of a run, looked for in a child beside its fits.

Whoever writes the report of a run then finds it, and need not import what looking takes.
"""

from lab.base import Finding, LabError, fingerprint, from_json, to_json
from lab.benchmark.calls import DataPlace
from lab.benchmark.executor import Ended, Executor
from lab.benchmark.pool import Pool
from lab.data import CHECKS_VERSION, Dataset, check_data
from lab.experiments import Experiment, library_versions
from lab.store import Store

_KIND = "findings"
LOOK = "look"
"""The name of the call in the pool."""


class Look:
    """The look at the data of one run; nothing comes of it when findings are kept already.

    Parameters
    ----------
    store : Store
        Where findings are kept.
    experiment : Experiment
        What is run.
    place : DataPlace
        The data.
    """

    def __init__(self, store: Store, experiment: Experiment, place: DataPlace) -> None:
        self._store = store
        self._experiment = experiment
        self._place = place
        self._is_due = kept_findings(store, experiment.dataset_id) is None
        self._n_waiting = 0

    def allow_below(self, n_waiting: int) -> None:
        """Let it begin once no more cells wait, such as when every candidate has a first score."""
        self._n_waiting = max(n_waiting, 0)

    def start_when_due(self, pool: Executor, n_waiting: int) -> None:
        """Have a child look, if it is time and there is room; on this machine only."""
        is_time = self._is_due and n_waiting <= self._n_waiting
        if is_time and isinstance(pool, Pool) and pool.has_room:
            self._is_due = False
            pool.start(LOOK, look, (self._place,))

    def settle(self, ended: Ended) -> None:
        """Keep what it found; a look that failed is not missed, as others can look."""
        if ended.outcome.data is not None:
            key = _key(self._experiment.dataset_id)
            self._store.save_artifact(_KIND, key, ended.outcome.data)
            self._store.note_artifact(self._experiment.id, key)


def look(place: DataPlace) -> bytes:
    """Return the findings of a data set as JSON."""
    return to_json(data_findings(place.dataset())).encode()


def data_findings(dataset: Dataset) -> tuple[Finding, ...]:
    """Return what is worth knowing about a data set, its roles given."""
    return check_data(dataset.table, roles=dataset.roles)


def kept_findings(store: Store, dataset_id: str) -> tuple[Finding, ...] | None:
    """Return what a look found that these checks and libraries took, None when none did.

    Parameters
    ----------
    store : Store
        Where findings are kept.
    dataset_id : str
        The data set.
    """
    try:
        data = store.load_artifact(_KIND, _key(dataset_id))
    except LabError:  # changed on disk: the next look is kept in its place
        return None
    return None if data is None else from_json(tuple[Finding, ...], data)


def _key(dataset_id: str) -> str:
    return fingerprint(dataset_id, CHECKS_VERSION, library_versions())
