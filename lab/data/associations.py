"""How strongly columns go together, from 0 to 1, whatever their kinds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lab.base import ColumnKind
from lab.data.content import Content, content_of
from lab.data.conversion import as_levels
from lab.data.levels import Levels
from lab.data.number_scale import in_reach
from lab.data.sampling import rows_of, sample_places
from lab.data.table import Table

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]

_NUMERIC = (ColumnKind.NUMBER, ColumnKind.DATE)
_LISTED = (ColumnKind.CATEGORY, ColumnKind.BOOLEAN)
_MAX_COMPARED = 1_000
_MAX_ROWS = 10_000
_MAX_COUNTED = 100_000


class Measure(StrEnum):
    """How an association is measured."""

    CORRELATION = "correlation"
    CRAMERS_V = "cramers_v"
    CORRELATION_RATIO = "correlation_ratio"

    @property
    def explanation(self) -> str:
        """The measure in words."""
        return _EXPLANATIONS[self]


_EXPLANATIONS = {
    Measure.CORRELATION: "The larger of Pearson's and Spearman's correlation, without its sign.",
    Measure.CRAMERS_V: "Cramér's V between two categories, corrected for bias (Bergsma 2013).",
    Measure.CORRELATION_RATIO: (
        "Correlation ratio between a category and a number, corrected for bias (Kelley 1935)."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Association:
    """How strongly a column goes together with the target.

    Parameters
    ----------
    column : str
        The column.
    strength : float
        0 to 1.
    measure : Measure
        How it was measured.
    """

    column: str
    strength: float
    measure: Measure


@dataclass(frozen=True, kw_only=True)
class Associations:
    """How strongly columns go together.

    Parameters
    ----------
    target : str
        The column that others were compared with; empty without one.
    with_target : tuple of Association
        The strongest first; columns that cannot be compared are not here.
    columns : tuple of str
        Names of the rows and columns of the matrix; the target first when there is one.
    matrix : tuple of tuple of (float or None)
        Strengths between columns, 0 to 1; None where there is nothing to compare.
    sample_rows : int
        Rows that they were computed from.
    """

    target: str
    with_target: tuple[Association, ...]
    columns: tuple[str, ...]
    matrix: tuple[tuple[float | None, ...], ...]
    sample_rows: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Side:
    """One column, ready to be compared: numbers or codes of levels."""

    name: str
    numbers: Floats | None = None
    codes: Codes | None = None

    @cached_property
    def directions(self) -> tuple[Floats, Floats] | None:
        """Numbers and ranks, centred and of length 1; None when some are missing or all equal."""
        if self.numbers is None or bool(np.isnan(self.numbers).any()):
            return None
        numbers, ranks = _direction(self.numbers), _direction(_ranks(self.numbers))
        return None if numbers is None or ranks is None else (numbers, ranks)


def associations(table: Table, *, target: str = "", max_columns: int = 30) -> Associations:
    """Return how strongly columns go together with the target and with each other.

    Numbers and dates are compared by correlation, categories by Cramér's V, a category and a
    number by the correlation ratio; rows where one is missing do not count. Text and identifiers
    are not compared.

    Parameters
    ----------
    table : Table
        As it was read.
    target : str, default ""
        The column that all others are compared with.
    max_columns : int, default 30
        Size of the matrix: the columns that go together with the target most, or the first ones.

    Raises
    ------
    LabError
        When there is no such target.
    """
    places = sample_places(len(table.frame), _MAX_ROWS)
    goal = side_of(rows_of(content_of(table, target), places)) if target else None
    sides = [
        side_of(rows_of(content_of(table, column.name), places))
        for column in table.schema.columns[:_MAX_COMPARED]
        if column.name != target and column.kind in (*_NUMERIC, *_LISTED) and column.n_levels > 1
    ]
    with_target = _with_target(goal, sides) if goal is not None else ()
    shown = sides[:max_columns]
    if goal is not None:
        by_name = {side.name: side for side in sides}
        best = [by_name[found.column] for found in with_target]
        shown = [goal, *best[: max_columns - 1]]
    return Associations(
        target=target, with_target=with_target, columns=tuple(side.name for side in shown),
        matrix=_matrix(shown), sample_rows=len(places),
    )  # fmt: skip


def correlation(x: Floats, y: Floats) -> float | None:
    """Return the larger of Pearson's and Spearman's correlation without sign, None if undefined."""
    both = ~(np.isnan(x) | np.isnan(y))
    x, y = x[both], y[both]
    if len(x) < 3:
        return None
    found = [_pearson(x, y), _pearson(_ranks(x), _ranks(y))]
    known = [value for value in found if value is not None]
    return max(known) if known else None


def cramers_v(x: Codes, y: Codes) -> float | None:
    """Return Cramér's V of two columns of codes, corrected for bias (Bergsma 2013).

    With ``phi2 = chi2 / n``, r rows and k columns of the table of counts:
    ``phi2' = max(0, phi2 - (r-1)(k-1)/(n-1))``, ``r' = r - (r-1)**2/(n-1)``, ``k'`` alike, and
    ``V = sqrt(phi2' / min(r'-1, k'-1))``. Negative codes are missing.
    """
    both = (x >= 0) & (y >= 0)
    n = int(both.sum())
    if n < 2:
        return None
    one, other = _compact(x[both]), _compact(y[both])
    rows, columns = np.bincount(one), np.bincount(other)
    r, k = len(rows), len(columns)
    pairs, counts = _count_pairs(one * k + other, r * k)
    expected = rows[pairs // k] * columns[pairs % k]
    phi2 = float((counts.astype(np.float64) ** 2 / expected).sum()) - 1
    phi2 = max(0.0, phi2 - (r - 1) * (k - 1) / (n - 1))
    smaller = min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1
    return min(1.0, float(np.sqrt(phi2 / smaller))) if smaller > 1e-12 else None


def correlation_ratio(codes: Codes, values: Floats) -> float | None:
    """Return the correlation ratio of a number on a category, corrected for bias (Kelley 1935).

    With ``eta2`` the share of the sum of squares between k groups of n rows:
    ``sqrt(max(0, 1 - (1 - eta2) (n - 1) / (n - k)))``. Negative codes are missing.
    """
    both = (codes >= 0) & ~np.isnan(values)
    values = values[both]
    groups = _compact(codes[both])
    n, k = len(values), int(groups.max(initial=-1)) + 1
    if n <= k or k < 2:
        return None
    centred = values - values.mean()
    total = float((centred**2).sum())
    if total <= 1e-12 * max(1.0, float((values**2).sum())):
        return None
    sums, counts = np.bincount(groups, centred), np.bincount(groups)
    eta2 = float((sums**2 / counts).sum()) / total
    return float(np.sqrt(min(1.0, max(0.0, 1 - (1 - eta2) * (n - 1) / (n - k)))))


def _compact(codes: Codes) -> npt.NDArray[np.int64]:
    """Return codes, none negative, without gaps between those in use."""
    places = np.cumsum(np.bincount(codes) > 0) - 1
    return places[codes]


def _count_pairs(
    pairs: npt.NDArray[np.int64], size: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the numbers below `size` that occur, and how often each does."""
    if size > _MAX_COUNTED:
        return np.unique(pairs, return_counts=True)
    counts = np.bincount(pairs)
    used = np.flatnonzero(counts)
    return used, counts[used]


def side_of(content: Content) -> Side:
    """Return a column ready to be compared: dates in seconds, categories and booleans as codes."""
    cells = content.cells
    if content.kind in _NUMERIC and not isinstance(cells, Levels):
        if cells.dtype.kind == "M":
            seconds = cells.astype("datetime64[us]").astype(np.float64) / 1e6
            return Side(name=content.name, numbers=np.where(np.isnat(cells), np.nan, seconds))
        return Side(name=content.name, numbers=in_reach(cells.astype(np.float64)))
    return Side(name=content.name, codes=as_levels(content).codes)


def compare(a: Side, b: Side) -> tuple[float | None, Measure]:
    """Return how strongly two columns go together, None if undefined, and how it was measured."""
    if a.numbers is not None and b.numbers is not None:
        if a.directions and b.directions:
            pairs = zip(a.directions, b.directions, strict=True)
            return max(_cosine(one, other) for one, other in pairs), Measure.CORRELATION
        return correlation(a.numbers, b.numbers), Measure.CORRELATION
    if a.codes is not None and b.codes is not None:
        return cramers_v(a.codes, b.codes), Measure.CRAMERS_V
    codes = a.codes if a.codes is not None else b.codes
    numbers = a.numbers if a.numbers is not None else b.numbers
    assert codes is not None
    assert numbers is not None
    return correlation_ratio(codes, numbers), Measure.CORRELATION_RATIO


def _with_target(goal: Side, sides: Sequence[Side]) -> tuple[Association, ...]:
    found = []
    for side in sides:
        strength, measure = compare(goal, side)
        if strength is not None:
            found.append(Association(column=side.name, strength=strength, measure=measure))
    return tuple(sorted(found, key=lambda association: -association.strength))


def _matrix(sides: Sequence[Side]) -> tuple[tuple[float | None, ...], ...]:
    size = len(sides)
    matrix: list[list[float | None]] = [[1.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i):
            matrix[i][j] = matrix[j][i] = compare(sides[i], sides[j])[0]
    return tuple(tuple(row) for row in matrix)


def _pearson(x: Floats, y: Floats) -> float | None:
    one, other = _direction(x), _direction(y)
    return None if one is None or other is None else _cosine(one, other)


def _direction(values: Floats) -> Floats | None:
    centred: Floats = values - values.mean()
    length = float(np.sqrt(centred @ centred))
    return centred / length if length > 1e-12 * float(np.abs(values).max(initial=0)) else None


def _cosine(one: Floats, other: Floats) -> float:
    return min(1.0, abs(float(one @ other)))


def _ranks(values: Floats) -> Floats:
    """Return ranks from 1, ties sharing their mean rank."""
    _, groups, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: Floats = (last - (counts - 1) / 2)[groups]
    return ranks
