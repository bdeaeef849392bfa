"""Tables from columns of known kind, with missingness, levels and a fingerprint of the content."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.base import Column, ColumnKind, Schema, fingerprint_bytes
from lab.data.distinct import count_distinct
from lab.data.levels import Levels, levels_of
from lab.data.table import Table
from lab.data.threads import in_turn

_LARGE = 500_000

Cells = npt.NDArray[Any] | Levels


@dataclass(frozen=True, kw_only=True, eq=False)
class Content:
    """The values of one column and what they are.

    Parameters
    ----------
    name : str
        The column's name.
    kind : ColumnKind
        What its values are.
    cells : ndarray of int64, float64 or datetime64, or Levels
        One value a row.
    """

    name: str
    kind: ColumnKind
    cells: Cells

    @property
    def missing(self) -> npt.NDArray[np.bool_]:
        """Which rows have no value."""
        if isinstance(self.cells, Levels):
            return self.cells.codes < 0
        return np.asarray(pd.isna(self.cells))


def make_table(
    contents: Sequence[Content], *, row_numbers: pd.Index, source: str, notes: Iterable[str] = ()
) -> Table:
    """Return a table of these columns, with its schema and the fingerprint of its content."""
    parallel = sum(len(content.missing) for content in contents[:1]) * len(contents) > _LARGE
    described = list(in_turn(_describe, contents, parallel=parallel, ahead=len(contents)))
    data = {content.name: cells for content, (_, _, cells) in zip(contents, described, strict=True)}
    return Table(
        frame=pd.DataFrame(data, index=row_numbers, copy=False),
        schema=Schema(columns=tuple(column for column, _, _ in described)),
        source=source,
        notes=tuple(notes),
        id=fingerprint_bytes([_digest(row_numbers), *(digest for _, digest, _ in described)]),
    )


def contents_of(table: Table) -> tuple[Content, ...]:
    """Return the columns of a table."""
    return tuple(content_of(table, column.name) for column in table.schema)


def content_of(table: Table, name: str) -> Content:
    """Return one column of a table."""
    return content_of_values(name, table.schema[name].kind, table.frame[name])


def content_of_values(name: str, kind: ColumnKind, series: "pd.Series[Any]") -> Content:
    """Return a column of these values, which are as in a table's frame."""
    values: Cells = levels_of(series) if series.dtype == "str" else series.to_numpy()
    return Content(name=name, kind=kind, cells=values)


def take_rows(table: Table, keep: npt.NDArray[np.bool_], *, notes: Iterable[str] = ()) -> Table:
    """Return the table with some of its rows, their row numbers kept."""
    frame = table.frame[keep]
    short = Table(frame=frame, schema=table.schema, source=table.source, notes=(), id="")
    return make_table(
        contents_of(short), row_numbers=frame.index, source=table.source,
        notes=(*table.notes, *notes),
    )  # fmt: skip


def _describe(content: Content) -> tuple[Column, bytes, Any]:
    """Return a column of the schema, the digest of its content, and its values for a frame."""
    cells = content.cells
    if isinstance(cells, Levels):
        n_levels, has_missing = int((cells.counts > 0).sum()), cells.n_missing > 0
        chunks: list[bytes | memoryview] = [_raw(cells.codes), *cells.text_bytes()]
    else:
        n_levels, has_missing = count_distinct(cells)
        chunks = [str(cells.dtype).encode(), _raw(cells)]
    column = Column(
        name=content.name, kind=content.kind, n_levels=n_levels,
        has_missing=has_missing,
    )  # fmt: skip
    about = f"{content.name!r}:{content.kind}".encode()
    digest = hashlib.sha256(about)  # on most processors twice as fast as other hashes
    for chunk in chunks:
        digest.update(chunk)
    return column, digest.digest(), cells.to_strings() if isinstance(cells, Levels) else cells


def _digest(row_numbers: pd.Index) -> bytes:
    if isinstance(row_numbers, pd.RangeIndex):
        return f"{row_numbers.start}:{row_numbers.stop}:{row_numbers.step}".encode()
    return fingerprint_bytes([_raw(np.asarray(row_numbers))]).encode()


def _raw(values: npt.NDArray[Any]) -> memoryview:
    return np.ascontiguousarray(values).view(np.uint8).data
