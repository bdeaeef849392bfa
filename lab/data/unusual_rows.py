"""Outliers: values beyond the fences of their column, and rows that are easily set apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from lab.base import ColumnKind
from lab.data.content import content_of
from lab.data.sampling import rows_of, sample_places
from lab.data.summaries import fences
from lab.data.table import Table

if TYPE_CHECKING:
    from sklearn.ensemble import IsolationForest

Floats = npt.NDArray[np.float64]

_MAX_ROWS = 10_000
_MAX_COLUMNS = 100
_LARGE_SAMPLE = 100_000
_SHOWN = 10
_REASONS = 3
_THRESHOLD = 0.5


@dataclass(frozen=True, kw_only=True)
class OutlierCount:
    """Values of a column beyond its fences.

    Parameters
    ----------
    column : str
        The column.
    low_fence, high_fence : float
        1.5 interquartile ranges beyond the quartiles (Tukey 1977).
    below, above : int
        Values of the sample beyond them.
    share : float
        Both, of the values that are there, 0 to 1.
    """

    column: str
    low_fence: float
    high_fence: float
    below: int
    above: int
    share: float


@dataclass(frozen=True, kw_only=True)
class UnusualRow:
    """A row that an isolation forest sets apart early.

    Parameters
    ----------
    row : int
        Row number of the data in the file, counted from 0.
    score : float
        0 to 1; about 0.5 for an ordinary row (Liu, Ting & Zhou 2008).
    reasons : tuple of str
        Columns whose value, replaced by the column's median, lowers the score most.
    values : tuple of float
        The values of those columns.
    """

    row: int
    score: float
    reasons: tuple[str, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class UnusualRows:
    """The rows that an isolation forest over all numbers sets apart first.

    Parameters
    ----------
    columns : tuple of str
        The numbers that were looked at.
    rows : tuple of UnusualRow
        The ten most unusual rows of the sample.
    share : float
        Part of the sample with a score above 0.5, 0 to 1.
    sample_rows : int
        Rows that were looked at.
    """

    columns: tuple[str, ...]
    rows: tuple[UnusualRow, ...]
    share: float
    sample_rows: int


def outlier_counts(table: Table, *, max_rows: int = _LARGE_SAMPLE) -> tuple[OutlierCount, ...]:
    """Return the values beyond the fences of each column of numbers, the most first.

    Parameters
    ----------
    table : Table
        As it was read.
    max_rows : int, default 100,000
        Rows in the sample.
    """
    places = sample_places(len(table.frame), max_rows)
    found = []
    for name in table.schema.of_kind(ColumnKind.NUMBER):
        values = _numbers(table, name, places)
        known = values[~np.isnan(values)]
        if len(known):
            found.append(_count(name, known))
    return tuple(sorted(found, key=lambda one: -one.share))


def unusual_rows(table: Table, *, without: Sequence[str] = ()) -> UnusualRows | None:
    """Return the rows that an isolation forest over all numbers sets apart first.

    Missing values count as the median of their column. The forest is scikit-learn's with 100
    trees and a fixed seed.

    Parameters
    ----------
    table : Table
        As it was read; at most 10,000 rows and the first 100 numbers are looked at.
    without : sequence of str, default ()
        Columns left out, such as the target.

    Returns
    -------
    UnusualRows or None
        None when no number varies or there are fewer than 10 rows.
    """
    from sklearn.ensemble import IsolationForest

    places = sample_places(len(table.frame), _MAX_ROWS)
    columns, numbers, medians = _matrix(table, places, without)
    if not columns or len(places) < _SHOWN:
        return None
    forest = IsolationForest(n_estimators=100, random_state=0, n_jobs=1).fit(numbers)
    scores = -forest.score_samples(numbers)
    order = np.argsort(-scores, kind="stable")[:_SHOWN]
    reasons = _reasons(forest, numbers[order], medians)
    row_numbers = table.frame.index.to_numpy()[places]
    return UnusualRows(
        columns=columns, share=float((scores > _THRESHOLD).mean()), sample_rows=len(places),
        rows=tuple(
            UnusualRow(row=int(row_numbers[k]), score=float(scores[k]),
                       reasons=tuple(columns[place] for place in why),
                       values=tuple(float(numbers[k, place]) for place in why))
            for k, why in zip(order, reasons, strict=True)
        ),
    )  # fmt: skip


def _count(name: str, known: Floats) -> OutlierCount:
    q25, q75 = np.quantile(known, [0.25, 0.75])
    low, high = fences(float(q25), float(q75))
    below, above = int(np.count_nonzero(known < low)), int(np.count_nonzero(known > high))
    return OutlierCount(
        column=name,
        low_fence=low,
        high_fence=high,
        below=below,
        above=above,
        share=(below + above) / len(known),
    )


def _numbers(table: Table, name: str, places: npt.NDArray[np.int64]) -> Floats:
    return np.asarray(rows_of(content_of(table, name), places).cells).astype(np.float64)


def _matrix(
    table: Table, places: npt.NDArray[np.int64], without: Sequence[str]
) -> tuple[tuple[str, ...], Floats, Floats]:
    """Return the numbers that vary, with medians in place of missing values, and the medians."""
    names, columns, medians = [], [], []
    for name in table.schema.of_kind(ColumnKind.NUMBER)[:_MAX_COLUMNS]:
        values = _numbers(table, name, places)
        if name in without or np.isnan(values).all():
            continue
        median = float(np.nanmedian(values))
        filled = np.where(np.isnan(values), median, values)
        if filled.min() < filled.max():
            names.append(name)
            columns.append(filled)
            medians.append(median)
    numbers = np.column_stack(columns) if columns else np.zeros((len(places), 0))
    return tuple(names), numbers, np.array(medians)


def _reasons(forest: "IsolationForest", rows: Floats, medians: Floats) -> list[list[int]]:
    """Return the columns that make each row unusual: what an ordinary value there would change."""
    n_rows, n_columns = rows.shape
    tried = np.repeat(rows[:, None, :], n_columns, axis=1)
    tried[:, np.arange(n_columns), np.arange(n_columns)] = medians
    flat = np.concatenate([rows, tried.reshape(-1, n_columns)])
    scores = -forest.score_samples(flat)
    gains = scores[:n_rows, None] - scores[n_rows:].reshape(n_rows, n_columns)
    order = np.argsort(-gains, axis=1, kind="stable")[:, :_REASONS]
    return [[int(place) for place in order[k] if gains[k, place] > 1e-9] for k in range(n_rows)]
