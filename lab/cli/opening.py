"""Files and databases from the command line, read in a process of their own."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lab.base import LabError
from lab.cli.source import Source
from lab.data import ReadOptions, Table, read_isolated, read_sql_isolated


@contextmanager
def reading_table(source: Source) -> Iterator[Table]:
    """Give the table that a file or a database holds, for as long as the block lasts.

    Raises
    ------
    LabError
        When there is no such file or it cannot be read as a table.
    """
    with tempfile.TemporaryDirectory(prefix="playground-") as name:
        folder = Path(name)
        yield _database(source, folder) if source.is_database else _file(source, folder)


def _database(source: Source, folder: Path) -> Table:
    if unused := [name for name, value in source.flags.items() if value is not None]:
        raise LabError(
            f"--{unused[0].replace('_', '-')} is about files, not databases", hint="Leave it out."
        )
    return read_sql_isolated(source.place, folder=folder, table=source.table, query=source.query)


def _file(source: Source, folder: Path) -> Table:
    if source.table or source.query:
        raise LabError(
            "--table and --query are about databases, not files",
            hint="A database is named by its address, such as sqlite:///shop.db.",
        )
    path = Path(source.place)
    if not path.is_file():
        kind = "is a folder" if path.is_dir() else "does not exist"
        raise LabError(f"{path} {kind}", hint="Name a CSV, TSV, Parquet, Excel or JSON file.")
    flags: dict[str, Any] = dict(source.flags)
    options = ReadOptions(**flags)
    return read_isolated(path.resolve(), folder=folder, name=path.name, options=options)
