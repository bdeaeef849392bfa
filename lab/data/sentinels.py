"""Numbers that may stand for a missing value, such as -999: suspected, and taken if asked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lab.base import ColumnKind, LabError
from lab.data.content import Content, content_of, contents_of, make_table
from lab.data.table import Table

_CODES = frozenset(
    sign * int(digit * length) for sign in (-1, 1) for digit in "89" for length in range(2, 8)
) | {-1.0, -9.0, -8.0, -7.0}  # fmt: skip
_LEAST_ROWS = 20
_LEAST_COUNT = 2
_LEAST_DISTINCT = 5
_FAR = 3.0


@dataclass(frozen=True, kw_only=True)
class Sentinel:
    """A number of a column that may stand for a missing value.

    Parameters
    ----------
    column : str
        The column's name.
    value : float
        The number.
    count : int
        How many rows have it.
    share : float
        Their share of the rows that have a value.
    """

    column: str
    value: float
    count: int
    share: float


def suspected_sentinels(table: Table) -> tuple[Sentinel, ...]:
    """Return numbers that are implausible where they stand and usual as codes for missing values.

    A code (-1, -9, 99, -99, 999, -999 and so on) is suspected when it comes more than once, is
    the smallest or the largest value of its column, and either is the only negative one, more
    frequent than the smallest of the others, or stands apart from all others by more than three
    times the width of their middle 90 %.

    Parameters
    ----------
    table : Table
        As it was read.
    """
    return tuple(
        found
        for column in table.schema
        if column.kind is ColumnKind.NUMBER
        for found in _suspected(content_of(table, column.name))
    )


def take_as_missing(table: Table, column: str, value: float) -> Table:
    """Return the table with a number of a column made missing, and a note that tells it.

    Parameters
    ----------
    table : Table
        As it was read.
    column : str
        Name of a column of numbers.
    value : float
        The number that stands for a missing value.

    Raises
    ------
    LabError
        When the column does not exist, holds no numbers, or does not hold this one, or nothing
        else.
    """
    table.schema[column]
    contents = [
        _without(content, value) if content.name == column else content
        for content in contents_of(table)
    ]
    count = int((table.frame[column].to_numpy() == value).sum())
    word = "value" if count == 1 else "values"
    note = f"{count:,} {word} {_shown(value)} in {column!r} taken as missing, as you said."
    return make_table(
        contents, row_numbers=table.frame.index, source=table.source, notes=(*table.notes, note)
    )


def _suspected(content: Content) -> Iterator[Sentinel]:
    cells = content.cells
    if not isinstance(cells, np.ndarray) or cells.dtype.kind not in "if":
        return
    known = cells[~np.isnan(cells)] if cells.dtype.kind == "f" else cells
    if len(known) < _LEAST_ROWS:
        return
    for end in (known.min(), known.max()):
        value = float(end)
        others = known[known != end]
        count = len(known) - len(others)
        if value in _CODES and count >= _LEAST_COUNT and _is_strange(value, count, others):
            yield Sentinel(column=content.name, value=value, count=count, share=count / len(known))


def _is_strange(value: float, count: int, others: npt.NDArray[np.generic]) -> bool:
    distinct, counts = np.unique(others, return_counts=True)
    if len(distinct) < _LEAST_DISTINCT:
        return False
    nearest = distinct[0] if value < distinct[0] else distinct[-1]
    low, high = np.quantile(others.astype(np.float64), (0.05, 0.95))
    if abs(float(nearest) - value) > _FAR * (high - low):
        return True
    frequent = count > counts[0]
    return bool(value < 0 and float(distinct[0]) >= 0 and frequent)


def _without(content: Content, value: float) -> Content:
    cells = content.cells
    if content.kind not in {ColumnKind.NUMBER, ColumnKind.BOOLEAN} or not (
        isinstance(cells, np.ndarray) and cells.dtype.kind in "if"
    ):
        raise LabError(
            f"the column {content.name!r} holds no numbers",
            hint="Make it a number first, or choose another column.",
        )
    found = cells == value
    if not found.any():
        raise LabError(
            f"no value of the column {content.name!r} is {_shown(value)}",
            hint="Choose a value that it holds.",
        )
    new = np.where(found, np.nan, cells.astype(np.float64))
    if np.isnan(new).all():
        raise LabError(
            f"the column {content.name!r} holds nothing but {_shown(value)}",
            hint="Leave the column out instead.",
        )
    return replace(content, cells=new)


def _shown(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))
