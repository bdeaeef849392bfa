"""The SQLite file: one way to open it, and its faults told in plain words.

Rollback journal and full synchronisation rather than WAL: some SQLite versions in wide use lose
data when two connections checkpoint a WAL at once, and states change a few times a second at most.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.base import LabError, disk_full, unwritable
from lab.store.migrations import migrate

BUSY_SECONDS = 30.0
PATIENT_SECONDS = 600.0
"""How long they wait for a lock who would lose what cannot be written."""
QUICKLY_CHECKED_BYTES = 8 << 20
"""A file up to this size, of about 10,000 cells, is checked in 10 ms whenever it is opened; a
larger one only when a process died while it wrote."""
_PRIMARY = 0xFF
"""The part of SQLite's error codes that names the kind."""


class Database:
    """A file of tables, opened anew for every transaction.

    Parameters
    ----------
    path : Path
        The file; created with the current schema when it is missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_patient = False
        self._is_ready = False

    @property
    def busy_seconds(self) -> float:
        """Seconds that a lock of another program is waited for."""
        return PATIENT_SECONDS if self.is_patient else BUSY_SECONDS

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open a connection to read."""
        with self._connection() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that is committed whole at the end, or not at all."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def compact(self) -> None:
        """Give the room that deleted rows took back to the disk, when it is worth while."""
        with self._connection() as connection:
            (n_free,) = connection.execute("PRAGMA freelist_count").fetchone()
            (n_pages,) = connection.execute("PRAGMA page_count").fetchone()
            if n_free > n_pages // 4:
                connection.execute("VACUUM")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if not self._is_ready and self._has_lost_all():
            raise _damaged(self.path)
        try:
            was_cut_off = self._journal.exists()  # the first statement takes it back
            connection = sqlite3.connect(self.path, timeout=self.busy_seconds, isolation_level=None)
            try:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA synchronous = FULL")
                if not self._is_ready:
                    self._make_ready(connection, was_cut_off=was_cut_off)
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            told = _in_plain_words(error, self.path, self.busy_seconds)
            if told is None:
                raise
            raise told from error

    @property
    def _journal(self) -> Path:
        return self.path.with_name(f"{self.path.name}-journal")

    def _has_lost_all(self) -> bool:
        """Return whether the file is empty though results that it knew stand beside it."""
        is_empty = self.path.exists() and not self.path.stat().st_size
        return is_empty and any((self.path.parent / "predictions").glob("*/*"))

    def _make_ready(self, connection: sqlite3.Connection, *, was_cut_off: bool) -> None:
        if was_cut_off or self.path.stat().st_size <= QUICKLY_CHECKED_BYTES:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise _damaged(self.path)
        migrate(connection, self.path)
        self._is_ready = True


def _in_plain_words(error: sqlite3.Error, path: Path, waited: float) -> LabError | None:
    """Return what the user can put right; None when the fault is ours."""
    match getattr(error, "sqlite_errorcode", 0) & _PRIMARY:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LabError(
                f"another program has kept {path.name} locked for {waited:.0f} seconds",
                hint="Close the program that uses it and try again.",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return unwritable(path)
        case sqlite3.SQLITE_FULL:
            return disk_full(path)
        case sqlite3.SQLITE_IOERR:
            return LabError(
                f"the disk that holds {path} failed to read or write",
                hint="Check the disk and its free space, then try again.",
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return _damaged(path)
        case _:
            return None


def _damaged(path: Path) -> LabError:
    return LabError(
        f"the file {path} is damaged",
        hint="Move it away to start with an empty one; the files beside it stay.",
    )
