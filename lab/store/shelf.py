"""What all parts of the store stand on."""

import re
from typing import Self

from lab.base import LabError, Workspace
from lab.store.database import Database

_FINGERPRINT = re.compile("[0-9a-f]{32}")


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

    def patient(self) -> Self:
        """Return the same store for one who works or watches for long, and outlasts long locks."""
        made = type(self)(self.workspace)
        made.database.is_patient = True
        return made

    def need_writable(self) -> None:
        """Raise LabError when nothing can be kept, before work is done that is to be kept."""
        with self.database.writing() as connection:
            connection.execute("DELETE FROM job WHERE 0")  # to begin is allowed


def check_id(noun: str, key: str) -> None:
    """Raise the error for something missing when a text is no fingerprint, so no path of ours."""
    if not _FINGERPRINT.fullmatch(key):
        raise missing(noun, key)


def missing(noun: str, key: str) -> LabError:
    """Return the error for something that the store does not hold."""
    return LabError(
        f"there is no {noun} {key[:12]!r} here",
        hint="It may have been deleted, or kept in another workspace.",
    )
