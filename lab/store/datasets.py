"""Tables and data sets, each kept once under the fingerprint of its content."""

import contextlib
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from lab.base import LabError, Task, from_json, telling_disk_faults, to_json
from lab.data import Dataset, Roles, Table, open_table, write_table
from lab.store.checksums import are_sound, write_checksums
from lab.store.shelf import Shelf, check_id, missing


@dataclass(frozen=True, kw_only=True)
class DatasetInfo:
    """A data set as a line in a list.

    Parameters
    ----------
    id, name, source : str
        Fingerprint, name for people, file that it came from.
    n_rows, n_columns : int
        Size of its table.
    target : str
        The column that is predicted.
    task : Task
        The kind of question.
    created : float
        When it was last kept, in seconds since 1970.
    """

    id: str
    name: str
    source: str
    n_rows: int
    n_columns: int
    target: str
    task: Task
    created: float


@dataclass(frozen=True, kw_only=True)
class _Kept:
    name: str
    table_id: str
    roles: Roles
    labels: tuple[str, ...]
    notes: tuple[str, ...]


class DatasetShelf(Shelf):
    """Where tables and data sets are kept."""

    def save_table(self, table: Table) -> str:
        """Keep a table and return its id; one that is here and whole is not written again."""
        folder = self.workspace.path("tables", table.id)
        with telling_disk_faults(folder):
            self._write_table(table, folder)
        return table.id

    def _write_table(self, table: Table, folder: Path) -> None:
        if folder.exists() and not _opens(folder):
            shutil.rmtree(folder)
        if folder.exists():
            with contextlib.suppress(OSError):
                os.utime(folder)  # so that cleaning by age knows that it is wanted
            return
        draft = self.workspace.path("tables", f".{table.id}.{time.monotonic_ns()}")
        try:
            write_table(table, draft)
            write_checksums(draft)
            draft.rename(folder)
        except OSError:
            if not folder.exists():  # else another session kept the same table meanwhile
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def load_table(self, table_id: str) -> Table:
        """Return a kept table, memory-mapped; LabError when there is none or it is damaged."""
        check_id("table", table_id)
        folder = self.workspace.path("tables", table_id)
        if not folder.is_dir():
            raise missing("table", table_id)
        return _open(folder)

    def save_dataset(self, dataset: Dataset) -> str:
        """Keep a data set and return its id."""
        table = dataset.table
        kept = _Kept(
            name=dataset.name,
            table_id=self.save_table(table),
            roles=dataset.roles,
            labels=dataset.labels,
            notes=dataset.notes,
        )
        with self.database.writing() as connection:
            connection.execute(
                "INSERT INTO dataset VALUES (?,?,?,?,?,?,?,?,?,?)"
                " ON CONFLICT (id) DO UPDATE SET"
                " name = excluded.name, json = excluded.json, created = excluded.created",
                (
                    dataset.id,
                    dataset.name,
                    table.id,
                    table.source,
                    len(table.frame),
                    len(table.schema),
                    dataset.roles.target,
                    dataset.roles.task,
                    to_json(kept),
                    time.time(),
                ),
            )
        if not self.workspace.path("tables", table.id).exists():  # just deleted by another process
            self.save_table(table)
        return dataset.id

    def load_dataset(self, dataset_id: str) -> Dataset:
        """Return a kept data set; LabError when there is none."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT json FROM dataset WHERE id = ?", (dataset_id,)
            ).fetchone()
        if row is None:
            raise missing("data set", dataset_id)
        kept = from_json(_Kept, row["json"])
        return Dataset(
            name=kept.name,
            table=self.load_table(kept.table_id),
            roles=kept.roles,
            labels=kept.labels,
            notes=kept.notes,
        )

    def datasets(self) -> tuple[DatasetInfo, ...]:
        """Return all kept data sets, the newest first."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT id, name, source, rows AS n_rows, columns AS n_columns, target, task,"
                " created FROM dataset ORDER BY created DESC"
            ).fetchall()
        return tuple(DatasetInfo(**{**dict(row), "task": Task(row["task"])}) for row in rows)


def _opens(folder: Path) -> bool:
    try:
        _open(folder)
    except LabError:
        return False
    return True


def _open(folder: Path) -> Table:
    if not are_sound(folder):
        raise LabError(
            f"the kept table {folder.name[:12]!r} was changed or damaged on the disk",
            hint="Upload the file again.",
        )
    return open_table(folder)
