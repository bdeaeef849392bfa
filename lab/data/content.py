"""Tables from columns of known kind, with missingness, levels and a fingerprint of the content."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.base import Column, ColumnKind, Schema, fingerprint_bytes
from lab.data.levels import Levels, levels_of
from lab.data.table import Table

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
    columns = tuple(_column(content) for content in contents)
    data = {content.name: _stored(content.cells) for content in contents}
    return Table(
        frame=pd.DataFrame(data, index=row_numbers, copy=False),
        schema=Schema(columns=columns),
        source=source,
        notes=tuple(notes),
        id=fingerprint_bytes(_bytes(contents, row_numbers)),
    )


def contents_of(table: Table) -> tuple[Content, ...]:
    """Return the columns of a table."""
    return tuple(content_of(table, column.name) for column in table.schema)


def content_of(table: Table, name: str) -> Content:
    """Return one column of a table."""
    series = table.frame[name]
    values: Cells = levels_of(series) if series.dtype == "str" else series.to_numpy()
    return Content(name=name, kind=table.schema[name].kind, cells=values)


def take_rows(table: Table, keep: npt.NDArray[np.bool_], *, notes: Iterable[str] = ()) -> Table:
    """Return the table with some of its rows, their row numbers kept."""
    frame = table.frame[keep]
    short = Table(frame=frame, schema=table.schema, source=table.source, notes=(), id="")
    return make_table(
        contents_of(short), row_numbers=frame.index, source=table.source,
        notes=(*table.notes, *notes),
    )  # fmt: skip


def _column(content: Content) -> Column:
    values = content.cells
    if isinstance(values, Levels):
        n_levels = int((values.counts > 0).sum())
        has_missing = values.n_missing > 0
    else:
        n_levels, has_missing = _count_numbers(values)
    return Column(name=content.name, kind=content.kind, has_missing=has_missing, n_levels=n_levels)


def _count_numbers(values: npt.NDArray[Any]) -> tuple[int, bool]:
    distinct = pd.unique(values)
    missing = pd.isna(distinct)
    return int((~missing).sum()), bool(missing.any())


def _stored(values: Cells) -> Any:
    return values.to_strings() if isinstance(values, Levels) else values


def _bytes(contents: Iterable[Content], row_numbers: pd.Index) -> Iterator[bytes | memoryview]:
    if isinstance(row_numbers, pd.RangeIndex):
        yield f"{row_numbers.start}:{row_numbers.stop}:{row_numbers.step}".encode()
    else:
        yield _raw(np.asarray(row_numbers))
    for content in contents:
        values = content.cells
        yield f"{content.name!r}:{content.kind}".encode()
        if isinstance(values, Levels):
            yield _raw(values.codes)
            yield repr(values.words).encode("utf-8", "surrogatepass")
        else:
            yield str(values.dtype).encode()
            yield _raw(values)


def _raw(values: npt.NDArray[Any]) -> memoryview:
    return np.ascontiguousarray(values).view(np.uint8).data
