"""What all parts of the store stand on."""

from lab.base import LabError, Workspace
from lab.store.database import Database


class Shelf:
    """A part of the store: a database for states and an index, and files for what is large.

    Parameters
    ----------
    workspace : Workspace
        The folder; created when it is missing.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.database = Database(workspace.path("playground.sqlite"))


def missing(noun: str, key: str) -> LabError:
    """Return the error for something that the store does not hold."""
    return LabError(
        f"there is no {noun} {key[:12]!r} here",
        hint="It may have been deleted, or kept in another workspace.",
    )
