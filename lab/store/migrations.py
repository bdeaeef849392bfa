"""The schema, as numbered steps from an empty file to today's."""

import sqlite3
from contextlib import closing
from pathlib import Path

from lab.base import LabError

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE dataset (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, table_id TEXT NOT NULL, source TEXT NOT NULL,
        rows INTEGER NOT NULL, columns INTEGER NOT NULL, target TEXT NOT NULL, task TEXT NOT NULL,
        json TEXT NOT NULL, created REAL NOT NULL
    );
    CREATE TABLE experiment (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, dataset_id TEXT NOT NULL REFERENCES dataset(id),
        json TEXT NOT NULL, created REAL NOT NULL
    );
    CREATE TABLE cell (
        key TEXT PRIMARY KEY, state TEXT NOT NULL, result TEXT, checksum TEXT, updated REAL NOT NULL
    );
    CREATE TABLE experiment_cell (
        experiment_id TEXT NOT NULL REFERENCES experiment(id), position INTEGER NOT NULL,
        key TEXT NOT NULL REFERENCES cell(key), candidate INTEGER NOT NULL,
        repeat INTEGER NOT NULL, fold INTEGER NOT NULL,
        PRIMARY KEY (experiment_id, position)
    );
    CREATE INDEX experiment_cell_key ON experiment_cell(key);
    CREATE TABLE job (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, message TEXT NOT NULL,
        pid INTEGER, pid_started REAL, cancel INTEGER NOT NULL DEFAULT 0,
        done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0, eta_seconds REAL,
        created REAL NOT NULL, started REAL, ended REAL
    );
    CREATE TABLE artifact (
        kind TEXT NOT NULL, key TEXT NOT NULL, checksum TEXT NOT NULL, created REAL NOT NULL,
        PRIMARY KEY (kind, key)
    );
    """,
    """
    ALTER TABLE job ADD COLUMN pause INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE job ADD COLUMN ticket INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE experiment_artifact (
        experiment_id TEXT NOT NULL REFERENCES experiment(id), key TEXT NOT NULL,
        PRIMARY KEY (experiment_id, key)
    );
    CREATE TABLE removal (room TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (room, key));
    """,
    "ALTER TABLE job ADD COLUMN eta_told REAL;",
    """
    ALTER TABLE job ADD COLUMN retry INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE job ADD COLUMN spent REAL NOT NULL DEFAULT 0;
    ALTER TABLE cell ADD COLUMN run_by TEXT;
    """,
)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file to the current schema; a copy of an older one is kept beside it.

    Raises
    ------
    LabError
        When a newer version of the playground wrote the file, or another program.
    """
    found = _version(connection)
    if found == len(MIGRATIONS):
        return
    if _is_of_another_program(connection):
        raise LabError(
            f"{path} was not written by the playground", hint="Move it away, or use another folder."
        )
    if found > len(MIGRATIONS):
        raise LabError(
            f"{path.name} was written by a newer version of the playground",
            hint="Update the playground, or use another folder.",
        )
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("BEGIN IMMEDIATE")
    found = _version(connection)  # another process may have been quicker
    if 0 < found < len(MIGRATIONS):
        _keep_copy(path)  # nobody else writes meanwhile
    for number in range(found, len(MIGRATIONS)):
        for statement in MIGRATIONS[number].split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number + 1}")
    connection.commit()


def _keep_copy(path: Path) -> None:
    """Copy the file as SQLite reads it: opening it in another way would give up our lock on it."""
    copy = path.with_name(f"{path.name}.before-{len(MIGRATIONS)}")
    draft = copy.with_name(f".{copy.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(draft)) as new:
            old.backup(new)
        draft.replace(copy)
    finally:
        draft.unlink(missing_ok=True)


def _is_of_another_program(connection: sqlite3.Connection) -> bool:
    """Return whether there are tables, but none that a migration made: one look, one answer."""
    look = "SELECT user_version, EXISTS (SELECT 1 FROM sqlite_master) FROM pragma_user_version"
    version, has_tables = connection.execute(look).fetchone()
    return bool(has_tables) and not version


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
