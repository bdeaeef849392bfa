"""The files beside the database: where each is kept, how large it is, and whether it is used."""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lab.base import LabError, Workspace
from lab.store.jobs import active_jobs

TABLES, PREDICTIONS, ARTIFACTS = "tables", "predictions", "artifacts"
LOGS, RUNNING, READING = "logs", "running", "reading"
_ALWAYS_USED = {(LOGS, "standby"), (RUNNING, "turn")}

Place = tuple[str, str]
"""The room of a file, such as ``predictions`` or ``artifacts/draft``, and its key there."""


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A file, or a folder that is kept as a whole.

    Parameters
    ----------
    place : tuple of (str, str)
        Its room and its key.
    path : Path
        Where it is.
    n_bytes : int
        Its size.
    changed : float
        When it was last changed, in seconds since 1970.
    """

    place: Place
    path: Path
    n_bytes: int
    changed: float


def path_of(workspace: Workspace, place: Place) -> Path:
    """Return where a file is kept; unlike `Workspace.path` it makes no folder, so it is quick."""
    room, key = place
    folder = workspace.root / room
    if room == PREDICTIONS:
        path = folder / key[:2] / f"{key}.npz"
    else:
        path = folder / (f"{key}.txt" if room == LOGS else key)
    if len(Path(key).parts) != 1 or ".." in path.parts:  # a store that somebody has edited
        raise LabError(f"{key!r} is not the name of a file of ours")
    return path


def kept_files(workspace: Workspace) -> Iterator[KeptFile]:
    """Give every file of the workspace but the database."""
    root = workspace.root
    for room in (TABLES, LOGS, RUNNING, READING):
        for path in root.glob(f"{room}/*"):
            # A run has a folder and a file that are both named by it; so has a log its ending.
            yield from _kept(room, path.name if room == TABLES else path.stem, path)
    for path in root.glob(f"{PREDICTIONS}/*/*"):
        yield from _kept(PREDICTIONS, path.name.removesuffix(".npz"), path)
    for path in root.glob(f"{ARTIFACTS}/*/*"):
        yield from _kept(f"{ARTIFACTS}/{path.parent.name}", path.name, path)


def places_in_use(connection: sqlite3.Connection) -> set[Place]:
    """Return the places of all files that rows of the database stand for."""
    found = {
        (room, row[0])
        for room, statement in (
            (TABLES, "SELECT table_id FROM dataset"),
            (PREDICTIONS, "SELECT key FROM cell"),
            (LOGS, "SELECT id FROM job"),
        )
        for row in connection.execute(statement)
    }
    for kind, key in connection.execute("SELECT kind, key FROM artifact"):
        found.add((f"{ARTIFACTS}/{kind}", key))
    found |= {(RUNNING, job_id) for job_id in active_jobs(connection)}
    return found | _ALWAYS_USED


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder; 0 when there is none."""
    try:
        if path.is_dir() and not path.is_symlink():
            return sum(size_of(inner) for inner in path.iterdir())
        return path.lstat().st_size
    except OSError:  # just gone
        return 0


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, if it is there."""
    with contextlib.suppress(FileNotFoundError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _kept(room: str, key: str, path: Path) -> Iterator[KeptFile]:
    with contextlib.suppress(OSError):  # just gone
        changed = path.lstat().st_mtime
        yield KeptFile(place=(room, key), path=path, n_bytes=size_of(path), changed=changed)
