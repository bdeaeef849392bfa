"""Tables kept in a folder: values as an Arrow file that opens memory-mapped, the rest as JSON."""

import mmap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from lab.base import LabError, Schema, from_json, to_json, writing_whole
from lab.data.levels import as_strings
from lab.data.table import Table

_VALUES = "values.arrow"
_ABOUT = "table.json"
_ROWS = "__row__"
_ID = b"table"


@dataclass(frozen=True, kw_only=True)
class _About:
    format: int
    id: str
    source: str
    schema: Schema
    notes: tuple[str, ...]
    numbered: bool


def write_table(table: Table, folder: Path, *, is_lasting: bool = True) -> None:
    """Write a table into a folder, which is created; each file appears only when it is whole.

    Parameters
    ----------
    table : Table
        What is written.
    folder : Path
        Where.
    is_lasting : bool, default True
        Whether it is to outlive a power cut; waiting for the disk costs a tenth of reading.
    """
    folder.mkdir(parents=True, exist_ok=True)
    frame = table.frame
    numbered = not _counts_from_zero(frame.index)
    arrays = {str(place): _array(frame.iloc[:, place]) for place in range(frame.shape[1])}
    if numbered:
        arrays[_ROWS] = pa.array(frame.index.to_numpy(np.int64))
    values = pa.table(arrays).replace_schema_metadata({_ID: table.id})
    with (
        writing_whole(folder / _VALUES, is_lasting=is_lasting) as file,
        pa.ipc.new_file(file, values.schema) as writer,
    ):
        writer.write_table(values, max_chunksize=max(1, len(frame)))
    about = _About(
        format=1, id=table.id, source=table.source, schema=table.schema, notes=table.notes,
        numbered=numbered,
    )  # fmt: skip
    with writing_whole(folder / _ABOUT, is_lasting=is_lasting) as file:
        file.write(to_json(about).encode())


def open_table(folder: Path) -> Table:
    """Return the table in a folder; its values are mapped into memory, not read.

    Raises
    ------
    LabError
        When the folder holds no table, or a damaged one.
    """
    try:
        about = from_json(_About, (folder / _ABOUT).read_bytes())
        values, let_go = _mapped(folder / _VALUES)
    except (OSError, ValueError) as error:  # an empty file cannot be mapped
        raise _damaged(folder, type(error).__name__) from error
    if (values.schema.metadata or {}).get(_ID) != about.id.encode():
        raise _damaged(folder, "its files do not belong together")
    data = {name: _column(values, place) for place, name in enumerate(about.schema.names)}
    index = pd.Index(values[_ROWS].to_numpy()) if about.numbered else pd.RangeIndex(len(values))
    return Table(
        frame=pd.DataFrame(data, index=index, copy=False), schema=about.schema,
        source=about.source, notes=about.notes, id=about.id, let_go=let_go,
    )  # fmt: skip


def _mapped(path: Path) -> tuple[pa.Table, Callable[[], None]]:
    """Return the values in a file, mapped, and what lets go of the pages that were looked at."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    values = pa.ipc.open_file(pa.py_buffer(mapped)).read_all()

    def let_go() -> None:
        if hasattr(mmap, "MADV_DONTNEED"):  # not on every system
            mapped.madvise(mmap.MADV_DONTNEED)

    return values, let_go


def _damaged(folder: Path, reason: str) -> LabError:
    return LabError(
        f"the stored table in {folder.name!r} cannot be opened ({reason})",
        hint="Upload the file again.",
    )


def _counts_from_zero(index: pd.Index) -> bool:
    return isinstance(index, pd.RangeIndex) and index.start == 0 and index.step == 1


def _array(series: "pd.Series[Any]") -> Any:
    if series.dtype == "str":
        array = pa.array(series)
        return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return pa.array(series.to_numpy(), from_pandas=False)


def _column(values: pa.Table, place: int) -> Any:
    column = values.column(str(place))
    if pa.types.is_large_string(column.type):
        return as_strings(column)
    return column.to_numpy()
