"""Findings of a data set, looked for once in a process, as all of its reports tell the same."""

import threading

from lab.base import Finding
from lab.benchmark import data_findings, kept_findings
from lab.data import Dataset
from lab.store import Store

_MOST_KEPT = 16

_found: dict[str, tuple[Finding, ...]] = {}
_lock = threading.Lock()


def findings_of(store: Store, dataset: Dataset) -> tuple[Finding, ...]:
    """Return what is worth knowing about the table of a data set.

    Parameters
    ----------
    store : Store
        Where a run may have left what it found.
    dataset : Dataset
        The data; its id says that the findings are the same.
    """
    with _lock:  # whoever needs them while they are looked for waits
        if dataset.id not in _found:
            while len(_found) >= _MOST_KEPT:
                del _found[next(iter(_found))]
            kept = kept_findings(store, dataset.id)
            _found[dataset.id] = data_findings(dataset) if kept is None else kept
        return _found[dataset.id]
