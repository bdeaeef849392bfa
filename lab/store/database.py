"""The SQLite file: one way to open it, and its faults told in plain words.

Rollback journal and full synchronisation rather than WAL: some SQLite versions in wide use lose
data when two connections checkpoint a WAL at once, and states change a few times a second at most.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.base import HOME_VARIABLE, LabError
from lab.store.migrations import migrate

BUSY_SECONDS = 30.0


class Database:
    """A file of tables, opened anew for every transaction.

    Parameters
    ----------
    path : Path
        The file; created with the current schema when it is missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._is_ready = False

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

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA synchronous = FULL")
                if not self._is_ready:
                    migrate(connection, self.path)
                    self._is_ready = True
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise _in_plain_words(error, self.path) from error


def _in_plain_words(error: sqlite3.Error, path: Path) -> LabError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return LabError(
            f"another program has kept {path.name} locked for {BUSY_SECONDS:.0f} seconds",
            hint="Close the program that uses it and try again.",
        )
    if "readonly" in text or "unable to open" in text:
        return LabError(
            f"the file {path} cannot be opened to write",
            hint=f"Set {HOME_VARIABLE} to a folder that can be written.",
        )
    if "full" in text:
        return LabError(f"the disk that holds {path} is full", hint="Free some space and go on.")
    if "malformed" in text or "not a database" in text:
        return LabError(
            f"the file {path} is damaged ({text})",
            hint="Move it away to start with an empty one; the files beside it stay.",
        )
    return LabError(f"the file {path} could not be used: {text}")
