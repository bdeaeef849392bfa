"""The store: everything that outlives a session, in one folder."""

from lab.base import Workspace, default_workspace
from lab.store.artifacts import ArtifactShelf
from lab.store.datasets import DatasetShelf
from lab.store.experiments import ExperimentShelf
from lab.store.results import ResultShelf
from lab.store.sweeping import sweep


class Store(DatasetShelf, ExperimentShelf, ResultShelf, ArtifactShelf):
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
    sweep(store.workspace)
    return store
