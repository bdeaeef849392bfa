"""How much of the disk a workspace takes, and what for."""

from dataclasses import astuple, dataclass

from lab.store.files import (
    ARTIFACTS,
    LOGS,
    PREDICTIONS,
    READING,
    RUNNING,
    TABLES,
    kept_files,
    places_in_use,
    size_of,
)
from lab.store.shelf import Shelf


@dataclass(frozen=True, kw_only=True)
class DiskUse:
    """Bytes of a workspace by what they are for.

    Parameters
    ----------
    tables, predictions, explanations, logs : int
        What data sets and experiments use; drafts count as explanations.
    running : int
        What runs and uploads that are going on need for the time being.
    database : int
        States and index, with copies from before an update.
    left_over : int
        What nothing uses any more, such as what killed processes left.
    """

    tables: int = 0
    predictions: int = 0
    explanations: int = 0
    logs: int = 0
    running: int = 0
    database: int = 0
    left_over: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return sum(astuple(self))


def size_text(n_bytes: int) -> str:
    """Return a number of bytes in words.

    Examples
    --------
    >>> size_text(999), size_text(1_250_000)
    ('999 bytes', '1.25 MB')
    """
    if n_bytes < 1000:
        return f"{n_bytes} bytes"
    size, unit = n_bytes / 1000, "kB"
    for larger in ("MB", "GB", "TB"):
        if size < 999.5:
            break
        size, unit = size / 1000, larger
    return f"{size:.3g} {unit}"


_KINDS = {
    TABLES: "tables",
    PREDICTIONS: "predictions",
    ARTIFACTS: "explanations",
    LOGS: "logs",
    RUNNING: "running",
    READING: "running",
}


class DiskUseShelf(Shelf):
    """How much of the disk is taken."""

    def disk_use(self) -> DiskUse:
        """Return the bytes of the workspace by what they are for."""
        files = list(kept_files(self.workspace))
        with self.database.reading() as connection:
            used = places_in_use(connection)
        found = dict.fromkeys((*_KINDS.values(), "database", "left_over"), 0)
        for file in files:
            room = file.place[0].partition("/")[0]
            is_used = file.place in used or room == READING
            found[_KINDS[room] if is_used else "left_over"] += file.n_bytes
        name = self.database.path.name
        found["database"] = sum(size_of(path) for path in self.workspace.root.glob(f"{name}*"))
        return DiskUse(**found)

    def experiment_sizes(self) -> dict[str, int]:
        """Return the bytes of each experiment's predictions and explanations, shared ones too."""
        with self.database.reading() as connection:
            cells = connection.execute(
                "SELECT experiment_id, key FROM experiment_cell JOIN cell USING (key)"
                " WHERE state = 'done'"
            ).fetchall()
            artifacts = connection.execute(
                "SELECT experiment_id, kind, key FROM experiment_artifact JOIN artifact USING (key)"
            ).fetchall()
        places = [(row["experiment_id"], (PREDICTIONS, row["key"])) for row in cells]
        places += [
            (row["experiment_id"], (f"{ARTIFACTS}/{row['kind']}", row["key"])) for row in artifacts
        ]
        sizes: dict[str, int] = {}
        found = {file.place: file.n_bytes for file in kept_files(self.workspace)}
        for experiment_id, place in places:
            sizes[experiment_id] = sizes.get(experiment_id, 0) + found.get(place, 0)
        return sizes
