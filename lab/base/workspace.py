"""The folder where the playground keeps what it was given and what it computed."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lab.base.errors import LabError

HOME_VARIABLE = "PLAYGROUND_HOME"
MODELS_VARIABLE = "PLAYGROUND_MODELS"


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """A folder of ours, and the one way to name files in it."""

    root: Path

    def path(self, *parts: str) -> Path:
        """Return a path inside the workspace; its folder is created.

        Raises
        ------
        LabError
            When the parts lead out of the workspace.
        """
        named = "/".join(parts)
        if "\0" in named:
            raise LabError(f"{named!r} is not a file name")
        path = self.root.joinpath(*parts).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise LabError(f"{named!r} lies outside the workspace")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LabError(
                f"the folder {path.parent} cannot be created ({error.strerror})",
                hint=f"Set {HOME_VARIABLE} to a folder that can be written.",
            ) from error
        return path


def default_workspace() -> Workspace:
    """Return the workspace named by PLAYGROUND_HOME, or ``~/.ml-playground``."""
    named = os.environ.get(HOME_VARIABLE)
    root = Path(named) if named else Path.home() / ".ml-playground"
    return Workspace(root=root.expanduser().resolve())


def models_folder() -> Path:
    """Return the folder of downloaded models: PLAYGROUND_MODELS, or ``models`` in the workspace.

    Nothing of ours is written there, and it need not exist.
    """
    named = os.environ.get(MODELS_VARIABLE)
    folder = Path(named) if named else default_workspace().root / "models"
    return folder.expanduser().resolve()


@contextmanager
def writing_whole(path: Path, *, is_lasting: bool = True) -> Iterator[BinaryIO]:
    """Open a file to write that appears under its name only when it is complete.

    Written under a temporary name, flushed to disk, then renamed: after a crash the old file or
    the new one is there, never a part.

    Parameters
    ----------
    path : Path
        The file.
    is_lasting : bool, default True
        Whether it is to outlive a power cut too; what is soon read and removed need not.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            if is_lasting:
                os.fsync(file.fileno())
        temporary.replace(path)
        if is_lasting:
            _sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Have the folder's list of names on disk too, so that a power cut cannot lose the file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
