"""The store: everything that outlives a session, in one folder."""

import contextlib

from lab.base import LabError, Workspace, default_workspace
from lab.store.cleaning import CleaningShelf
from lab.store.datasets import DatasetShelf
from lab.store.disk_use import DiskUseShelf
from lab.store.experiments import ExperimentShelf
from lab.store.past_fits import PastFitShelf
from lab.store.recipes import RecipeShelf
from lab.store.results import ResultShelf
from lab.store.sources import SourceShelf
from lab.store.sweeping import sweep


class Store(
    DatasetShelf, SourceShelf, ExperimentShelf, ResultShelf, RecipeShelf, CleaningShelf,
    DiskUseShelf, PastFitShelf,
):  # fmt: skip
    """Data sets, experiments, results, jobs and artifacts of one workspace.

    Cheap to make, safe to use from several threads and processes.

    Parameters
    ----------
    workspace : Workspace
        The folder that holds the database and the files.
    """


def open_store(workspace: Workspace | None = None) -> Store:
    """Return the store of a workspace, swept; of the default one when none is given."""
    store = Store(workspace or default_workspace())
    if sweep(store.workspace):
        with contextlib.suppress(LabError):  # told when the database is used
            store.finish_removals()
    return store
