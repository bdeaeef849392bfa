"""What goes with experiments and data sets that are deleted: rows in one transaction, then files.

The transaction also lists the files that are to go; they are removed after it, and then taken off
the list. A process that dies in between leaves the list, which the next one works off.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from lab.base import LabError, telling_disk_faults
from lab.store.files import (
    ARTIFACTS,
    LOGS,
    PREDICTIONS,
    RUNNING,
    TABLES,
    Place,
    path_of,
    places_in_use,
    remove,
)
from lab.store.jobs import active_jobs
from lab.store.shelf import Shelf


@dataclass(frozen=True, kw_only=True)
class Doomed:
    """The rows that are to go, by their keys.

    Parameters
    ----------
    experiments, datasets : tuple of str
        Those that were named and can go.
    cells, artifacts, tables : tuple of str
        What nothing else uses.
    """

    experiments: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    artifacts: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


def find_doomed(
    connection: sqlite3.Connection, experiments: Iterable[str], datasets: Iterable[str]
) -> Doomed:
    """Return what goes with some experiments, and with those data sets that nothing else uses."""

    def keys(statement: str, *named: Iterable[str]) -> tuple[str, ...]:
        lists = [json.dumps([*names]) for names in named]
        return tuple(row[0] for row in connection.execute(statement, lists))

    going = keys("SELECT id FROM experiment WHERE id IN (SELECT value FROM json_each(?))",
                 experiments)  # fmt: skip
    cells = keys(
        "WITH going AS (SELECT value FROM json_each(?))"
        " SELECT DISTINCT key FROM experiment_cell WHERE experiment_id IN going AND key NOT IN"
        " (SELECT key FROM experiment_cell WHERE experiment_id NOT IN going)",
        going,
    )
    unused = keys(
        "SELECT id FROM dataset WHERE id IN (SELECT value FROM json_each(?)) AND id NOT IN"
        " (SELECT dataset_id FROM experiment WHERE id NOT IN (SELECT value FROM json_each(?)))",
        datasets,
        going,
    )
    tables = keys(
        "WITH going AS (SELECT value FROM json_each(?))"
        " SELECT DISTINCT table_id FROM dataset WHERE id IN going AND table_id NOT IN"
        " (SELECT table_id FROM dataset WHERE id NOT IN going)",
        unused,
    )
    artifacts = keys(
        "WITH going AS (SELECT value FROM json_each(?))"
        " SELECT DISTINCT key FROM experiment_artifact WHERE experiment_id IN going AND key NOT IN"
        " (SELECT key FROM experiment_artifact WHERE experiment_id NOT IN going)"
        " UNION SELECT key FROM artifact WHERE key IN (SELECT value FROM json_each(?))",
        going,
        (*going, *unused),
    )
    return Doomed(
        experiments=going, datasets=unused, cells=cells, artifacts=artifacts, tables=tables
    )


def doomed_places(connection: sqlite3.Connection, doomed: Doomed) -> list[Place]:
    """Return the places of the files that go with the rows."""
    jobs = (*doomed.experiments, *doomed.artifacts)
    kinds = connection.execute(
        "SELECT kind, key FROM artifact WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(doomed.artifacts),),
    )
    return [
        *((PREDICTIONS, key) for key in doomed.cells),
        *((f"{ARTIFACTS}/{kind}", key) for kind, key in kinds),
        *((TABLES, key) for key in doomed.tables),
        *((LOGS, key) for key in jobs),
        *((RUNNING, key) for key in doomed.experiments),
    ]


def check_idle(connection: sqlite3.Connection, doomed: Doomed) -> None:
    """Raise a LabError when a process works on something that is to go."""
    active = set(active_jobs(connection))
    if active.intersection(doomed.experiments):
        raise LabError(
            "a run that is going on cannot be deleted", hint="Cancel it first, then delete it."
        )
    if active.intersection(doomed.artifacts):
        raise LabError(
            "a candidate of this run is being explained right now",
            hint="Wait until the explanation is there, or cancel it; then delete the run.",
        )


class RemovalShelf(Shelf):
    """How things are deleted."""

    def _remove(self, connection: sqlite3.Connection, doomed: Doomed) -> None:
        """Delete rows inside a transaction and put their files on the list."""
        connection.executemany(
            "INSERT OR IGNORE INTO removal VALUES (?,?)", doomed_places(connection, doomed)
        )
        for statement, keys in (
            ("DELETE FROM experiment_artifact WHERE experiment_id = ?", doomed.experiments),
            ("DELETE FROM experiment_artifact WHERE key = ?", doomed.artifacts),
            ("DELETE FROM artifact WHERE key = ?", doomed.artifacts),
            ("DELETE FROM job WHERE id = ?", (*doomed.experiments, *doomed.artifacts)),
            ("DELETE FROM experiment_cell WHERE experiment_id = ?", doomed.experiments),
            ("DELETE FROM cell WHERE key = ?", doomed.cells),
            ("DELETE FROM experiment WHERE id = ?", doomed.experiments),
            ("DELETE FROM dataset WHERE id = ?", doomed.datasets),
        ):
            connection.executemany(statement, [(key,) for key in keys])

    def finish_removals(self) -> None:
        """Remove the files that are on the list, but for those that are used again by now."""
        with self.database.reading() as connection:
            if connection.execute("SELECT 1 FROM removal").fetchone() is None:
                return
        with self.database.writing() as connection:  # so that nobody begins to use them meanwhile
            used = places_in_use(connection)
            for room, key in connection.execute("SELECT room, key FROM removal").fetchall():
                if (room, key) not in used:
                    path = path_of(self.workspace, (room, key))
                    with telling_disk_faults(path):
                        remove(path)
            connection.execute("DELETE FROM removal")
