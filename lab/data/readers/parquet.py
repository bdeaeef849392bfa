"""Parquet files, read column by column under a cap on cells."""

from typing import Any, BinaryIO

import pyarrow as pa

from lab.base import LabError, plain_text
from lab.data.readers.entry import RawColumns, ReadOptions
from lab.data.readers.limits import check_cells
from lab.data.readers.plain_types import as_plain, is_text


def read_parquet(file: BinaryIO, options: ReadOptions) -> RawColumns:  # noqa: ARG001 - no options
    """Return the columns of a Parquet file; nested columns are left out with a note.

    Raises
    ------
    LabError
        When it is damaged or holds too many cells.
    """
    import pyarrow.parquet as pq

    try:
        source = pq.ParquetFile(file)
        check_cells(source.metadata.num_rows, source.metadata.num_columns)
        flat = [field for field in source.schema_arrow if not pa.types.is_nested(field.type)]
        nested = [field.name for field in source.schema_arrow if pa.types.is_nested(field.type)]
        arrays = _columns(file, flat)
    except (pa.ArrowException, OSError) as error:
        raise LabError(
            "the Parquet file is damaged or of an unknown kind", hint="Export it again."
        ) from error
    if not arrays or not len(arrays[0]):
        raise LabError("the Parquet file holds no values", hint="Choose a file that holds data.")
    notes = ["Read as Parquet."]
    if nested:
        names = ", ".join(repr(plain_text(name)) for name in nested[:5])
        notes.append(f"Columns that hold lists or records left out: {names}.")
    return RawColumns(names=tuple(field.name for field in flat), arrays=arrays, notes=tuple(notes))


def _columns(file: BinaryIO, fields: list[Any]) -> list[Any]:
    """Return the columns, one read after the other; text as codes, so that it stays as packed."""
    import pyarrow.parquet as pq

    names = [field.name for field in fields]
    texts = [field.name for field in fields if is_text(field.type)]
    source = pq.ParquetFile(file, read_dictionary=texts)
    if len(set(names)) < len(names):
        return [as_plain(column) for column in source.read(columns=names).columns]
    return [as_plain(source.read(columns=[name], use_threads=False).column(0)) for name in names]
