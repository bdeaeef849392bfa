"""Findings of a data set, looked for once in a process, as all of its reports tell the same."""

import threading

from lab.base import Finding
from lab.data import Dataset, check_data

_MOST_KEPT = 16

_found: dict[str, tuple[Finding, ...]] = {}
_lock = threading.Lock()


def findings_of(dataset: Dataset) -> tuple[Finding, ...]:
    """Return what is worth knowing about the table of a data set.

    Parameters
    ----------
    dataset : Dataset
        The data; its id says that the findings are the same.
    """
    with _lock:  # whoever needs them while they are looked for waits
        if dataset.id not in _found:
            while len(_found) >= _MOST_KEPT:
                del _found[next(iter(_found))]
            _found[dataset.id] = check_data(dataset.table, roles=dataset.roles)
        return _found[dataset.id]
