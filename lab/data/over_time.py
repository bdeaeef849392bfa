"""A table over time: rows counted and numbers averaged by a step that suits the span."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import ColumnKind, LabError
from lab.data.content import Content, content_of
from lab.data.conversion import as_levels, text_of
from lab.data.levels import Levels
from lab.data.table import Table

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MAX_STEPS = 200
_TO_MONDAY = 3  # 1970-01-01 was a Thursday


class TimeStep(StrEnum):
    """How long one step of a time plot is."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"


_SECONDS = {
    TimeStep.MINUTE: 60, TimeStep.HOUR: 3_600, TimeStep.DAY: 86_400, TimeStep.WEEK: 604_800,
    TimeStep.MONTH: 2_629_746, TimeStep.QUARTER: 7_889_238, TimeStep.YEAR: 31_556_952,
    TimeStep.DECADE: 315_569_520,
}  # fmt: skip
_UNITS = {
    TimeStep.MINUTE: ("m", 1), TimeStep.HOUR: ("h", 1), TimeStep.DAY: ("D", 1),
    TimeStep.WEEK: ("D", 7), TimeStep.MONTH: ("M", 1), TimeStep.QUARTER: ("M", 3),
    TimeStep.YEAR: ("Y", 1), TimeStep.DECADE: ("Y", 10),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TimeSeries:
    """Rows and values of a table, step by step.

    Parameters
    ----------
    date : str
        The column of dates.
    column, label : str
        The column that is averaged, and the value whose share is taken; empty when rows are
        only counted.
    step : TimeStep
        How long each step is.
    starts : tuple of str
        The beginning of each step that has rows, ISO.
    counts : tuple of int
        Rows in each.
    means : tuple of (float or None)
        Mean of the column, or share of the label, among the rows that have a value; None where
        none has. Empty when rows are only counted.
    undated : int
        Rows without a date.
    """

    date: str
    column: str
    label: str
    step: TimeStep
    starts: tuple[str, ...]
    counts: tuple[int, ...]
    means: tuple[float | None, ...]
    undated: int


def over_time(table: Table, date: str, *, column: str = "", label: str = "") -> TimeSeries:
    """Return rows, and means of a column, by minute to decade: at most 200 steps.

    The step is the finest that keeps to that and is not finer than the dates themselves mostly
    are.

    Parameters
    ----------
    table : Table
        As it was read; all rows are used.
    date : str
        A column of dates.
    column : str, default ""
        A column of numbers, or any column when a label is given.
    label : str, default ""
        The value whose share is taken.

    Raises
    ------
    LabError
        When the column of dates holds none, or the other cannot be averaged.
    """
    if table.schema[date].kind is not ColumnKind.DATE:
        raise LabError(f"the column {date!r} holds no dates", hint="Choose a column of dates.")
    stamps = np.asarray(content_of(table, date).cells).astype("datetime64[us]")
    dated = ~np.isnat(stamps)
    values = _values(table, column, label)[dated] if column else None
    stamps = stamps[dated]
    step = find_step(stamps)
    places, first = _places(stamps, step)
    counts = np.bincount(places)
    used = np.flatnonzero(counts)
    return TimeSeries(
        date=date, column=column, label=label, step=step,
        starts=tuple(_start(int(place) + first, step) for place in used),
        counts=tuple(counts[used].tolist()),
        means=() if values is None else _means(places, values, used),
        undated=int(np.count_nonzero(~dated)),
    )  # fmt: skip


def find_step(stamps: npt.NDArray[Any]) -> TimeStep:
    """Return the finest step, of which there are not too many, that dates are not finer than."""
    if not len(stamps):
        return TimeStep.DAY
    seconds = stamps.astype(np.int64) / 1e6
    span = float(seconds.max() - seconds.min())
    differences = np.diff(np.unique(seconds))
    typical = float(np.median(differences)) if len(differences) else 86_400.0
    for step, length in _SECONDS.items():
        if span / length < MAX_STEPS - 1 and length >= 0.9 * typical:
            return step
    return TimeStep.DECADE


def _places(stamps: npt.NDArray[Any], step: TimeStep) -> tuple[Ints, int]:
    """Return the place of each date among the steps from the first on, and that step's number."""
    unit, size = _UNITS[step]
    numbers = stamps.astype(f"datetime64[{unit}]").astype(np.int64)
    if step is TimeStep.WEEK:
        numbers = numbers + _TO_MONDAY
    numbers = numbers // size
    first = int(numbers.min()) if len(numbers) else 0
    return numbers - first, first


def _start(number: int, step: TimeStep) -> str:
    unit, size = _UNITS[step]
    begin = number * size - (_TO_MONDAY if step is TimeStep.WEEK else 0)
    return str(text_of(np.array(begin, dtype=f"datetime64[{unit}]").astype("datetime64[us]")[()]))


def _means(places: Ints, values: Floats, used: Ints) -> tuple[float | None, ...]:
    known = ~np.isnan(values)
    sums = np.bincount(places[known], values[known], minlength=int(places.max(initial=0)) + 1)
    counts = np.bincount(places[known], minlength=len(sums))
    return tuple(float(sums[place] / counts[place]) if counts[place] else None for place in used)


def _values(table: Table, column: str, label: str) -> Floats:
    table.schema[column]
    content = content_of(table, column)
    if label:
        return _is_label(content, label)
    cells = content.cells
    if isinstance(cells, Levels) or cells.dtype.kind == "M":
        raise LabError(f"the column {column!r} holds no numbers", hint="Choose a number.")
    return cells.astype(np.float64)


def _is_label(content: Content, label: str) -> Floats:
    levels = as_levels(content)
    wanted = np.array([float(word == label) for word in levels.words])
    return levels.spread(wanted, np.nan)
