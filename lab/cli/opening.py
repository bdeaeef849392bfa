"""Files from the command line, read in a process of their own."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.base import LabError
from lab.data import Table, read_isolated


@contextmanager
def reading_table(file: Path) -> Iterator[Table]:
    """Give the table that a file holds, for as long as the block lasts.

    Raises
    ------
    LabError
        When there is no such file or it cannot be read as a table.
    """
    if not file.is_file():
        kind = "is a folder" if file.is_dir() else "does not exist"
        raise LabError(f"{file} {kind}", hint="Name a CSV, TSV, Parquet or Excel file.")
    with tempfile.TemporaryDirectory(prefix="playground-") as folder:
        yield read_isolated(file.resolve(), folder=Path(folder), name=file.name)
