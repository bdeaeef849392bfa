"""Matrices of association by a measure of one's choice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.base import ColumnKind
from lab.data.associations import Codes, Side, compare, correlation_ratio, cramers_v, side_of
from lab.data.content import content_of
from lab.data.sampling import rows_of, sample_places
from lab.data.table import Table

Floats = npt.NDArray[np.float64]

_MAX_ROWS = 10_000
_MAX_INFORMATION_ROWS = 3_000
_BINS = 10
_MAX_LEVELS = 20
_LEAST_PAIRS = 3
_NUMBERS = frozenset({ColumnKind.NUMBER, ColumnKind.DATE})
_LEVELS = frozenset({ColumnKind.CATEGORY, ColumnKind.BOOLEAN})


class AssociationMethod(StrEnum):
    """How associations between columns are measured."""

    MIXED = "mixed"
    PEARSON = "pearson"
    SPEARMAN = "spearman"
    CRAMERS_V = "cramers_v"
    CORRELATION_RATIO = "correlation_ratio"
    MUTUAL_INFORMATION = "mutual_information"

    @property
    def title(self) -> str:  # type: ignore[override]  # a name, not str.title()
        """The measure's name for people."""
        return _TITLES[self]

    @property
    def explanation(self) -> str:
        """What it measures, between which columns, in a sentence."""
        return _EXPLANATIONS[self]

    @property
    def is_signed(self) -> bool:
        """Whether it runs from -1 to 1 rather than from 0."""
        return self in {AssociationMethod.PEARSON, AssociationMethod.SPEARMAN}

    @property
    def kinds(self) -> frozenset[ColumnKind]:
        """The kinds of columns that it compares."""
        if self.is_signed:
            return _NUMBERS
        return _LEVELS if self is AssociationMethod.CRAMERS_V else _NUMBERS | _LEVELS


_TITLES = {
    AssociationMethod.MIXED: "Mixed",
    AssociationMethod.PEARSON: "Pearson",
    AssociationMethod.SPEARMAN: "Spearman",
    AssociationMethod.CRAMERS_V: "Cramér's V",
    AssociationMethod.CORRELATION_RATIO: "Correlation ratio",
    AssociationMethod.MUTUAL_INFORMATION: "Mutual information",
}
_EXPLANATIONS = {
    AssociationMethod.MIXED: (
        "The measure that suits each pair: the larger of Pearson's and Spearman's correlation"
        " without its sign between numbers, Cramér's V between categories, the correlation ratio"
        " between a category and a number."
    ),
    AssociationMethod.PEARSON: (
        "How nearly two numbers lie on a straight line, with its direction. Outliers can make or"
        " hide it."
    ),
    AssociationMethod.SPEARMAN: (
        "How nearly two numbers rise and fall together, whatever the shape: the correlation of"
        " their ranks."
    ),
    AssociationMethod.CRAMERS_V: (
        "How far one category tells the other, from their table of counts, corrected for bias"
        " (Bergsma 2013)."
    ),
    AssociationMethod.CORRELATION_RATIO: (
        "How far a category tells a number: the root of the share of its variance between levels,"
        " corrected for bias (Kelley 1935)."
    ),
    AssociationMethod.MUTUAL_INFORMATION: (
        "How much knowing one column tells of the other, any shape and any kinds, divided by their"
        " mean entropy and corrected for chance (Vinh, Epps & Bailey 2010). Numbers are cut into"
        " ten ranges of equal size; beyond the 19 most frequent levels the rest count as one."
    ),
}


@dataclass(frozen=True, kw_only=True)
class AssociationMatrix:
    """Associations between columns by one measure.

    Parameters
    ----------
    method : AssociationMethod
        How they are measured.
    rows, columns : tuple of str
        Names of the rows and columns of the matrix: the same, but numbers and categories for the
        correlation ratio.
    strengths : tuple of tuple of (float or None)
        Row by row; None where a pair cannot be compared.
    left_out : int
        Columns of these kinds that did not fit.
    sample_rows : int
        Rows that it was computed from.
    """

    method: AssociationMethod
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    strengths: tuple[tuple[float | None, ...], ...]
    left_out: int
    sample_rows: int


def association_matrix(
    table: Table, method: AssociationMethod, *, names: Sequence[str] = (), max_columns: int = 30
) -> AssociationMatrix:
    """Return how strongly columns go together, by one measure.

    Rows where one of the two columns is missing do not count.

    Parameters
    ----------
    table : Table
        As it was read; at most 10,000 rows are looked at, 3,000 for mutual information.
    method : AssociationMethod
        The measure. Columns of other kinds than it compares are left out.
    names : sequence of str
        The columns, the most important first; all without it.
    max_columns : int, default 30
        How many columns to compare.

    Raises
    ------
    LabError
        When there is no such column.
    """
    wanted = [table.schema[name] for name in names] if names else list(table.schema)
    fitting = [c.name for c in wanted if c.kind in method.kinds and c.n_levels > 1]
    kept = fitting[:max_columns]
    is_information = method is AssociationMethod.MUTUAL_INFORMATION
    places = sample_places(len(table.frame), _MAX_INFORMATION_ROWS if is_information else _MAX_ROWS)
    sides = [side_of(rows_of(content_of(table, name), places)) for name in kept]
    rows, columns, strengths = _between(sides, method)
    return AssociationMatrix(
        method=method, rows=rows, columns=columns, strengths=strengths,
        left_out=len(fitting) - len(kept), sample_rows=len(places),
    )  # fmt: skip


Found = tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[float | None, ...], ...]]


def _between(sides: Sequence[Side], method: AssociationMethod) -> Found:
    if method is AssociationMethod.PEARSON:
        return _correlations(sides, "pearson")
    if method is AssociationMethod.SPEARMAN:
        return _correlations(sides, "spearman")
    if method is AssociationMethod.CORRELATION_RATIO:
        return _ratios(sides)
    if method is AssociationMethod.MUTUAL_INFORMATION:
        codes = {side.name: _few_codes(side) for side in sides}
        return _square(sides, lambda a, b: information(codes[a.name], codes[b.name]))
    if method is AssociationMethod.CRAMERS_V:
        return _square(sides, lambda a, b: cramers_v(_codes(a), _codes(b)))
    return _square(sides, lambda a, b: compare(a, b)[0])


def information(x: Codes, y: Codes) -> float | None:
    """Return the mutual information of two columns of codes, from 0 to 1, None if undefined.

    Divided by the mean of their entropies and corrected for chance: scikit-learn's
    ``adjusted_mutual_info_score`` from the table of counts, without its checks of labels, which
    take longer than the rest. Negative codes are missing.
    """
    from sklearn.metrics import mutual_info_score
    from sklearn.metrics.cluster import expected_mutual_information

    both = (x >= 0) & (y >= 0)
    x, y = x[both], y[both]
    if len(x) < _LEAST_PAIRS or x.min() == x.max() or y.min() == y.max():
        return None
    size = int(x.max()) + 1, int(y.max()) + 1
    cells = x.astype(np.int64) * size[1] + y
    counts = np.bincount(cells, minlength=size[0] * size[1]).reshape(size)
    counts = counts[counts.any(axis=1)][:, counts.any(axis=0)]
    found = float(mutual_info_score(None, None, contingency=counts))
    expected = float(expected_mutual_information(counts, len(x)))
    mean = (_entropy(counts.sum(axis=0)) + _entropy(counts.sum(axis=1))) / 2
    return min(1.0, max(0.0, (found - expected) / max(mean - expected, 1e-12)))


def _entropy(counts: npt.NDArray[np.int64]) -> float:
    shares = counts / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def _correlations(sides: Sequence[Side], method: Literal["pearson", "spearman"]) -> Found:
    names = tuple(side.name for side in sides)
    numbers = pd.DataFrame({name: side.numbers for name, side in zip(names, sides, strict=True)})
    with np.errstate(all="ignore"):
        found = numbers.corr(method=method, min_periods=_LEAST_PAIRS).to_numpy()
    return names, names, tuple(
        tuple(None if np.isnan(value) else float(np.clip(value, -1, 1)) for value in row)
        for row in found
    )  # fmt: skip


def _square(sides: Sequence[Side], measure: Callable[[Side, Side], float | None]) -> Found:
    size = len(sides)
    matrix: list[list[float | None]] = [[1.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i):
            matrix[i][j] = matrix[j][i] = measure(sides[i], sides[j])
    names = tuple(side.name for side in sides)
    return names, names, tuple(tuple(row) for row in matrix)


def _ratios(sides: Sequence[Side]) -> Found:
    numbers = [side for side in sides if side.numbers is not None]
    levels = [side for side in sides if side.codes is not None]
    values = tuple(
        tuple(correlation_ratio(_codes(one), _numbers(side)) for one in levels) for side in numbers
    )
    return tuple(side.name for side in numbers), tuple(side.name for side in levels), values


def _few_codes(side: Side) -> Codes:
    """Return numbers as tenths, and levels with the rare ones joined; -1 where missing."""
    return _tenths(side.numbers) if side.numbers is not None else _frequent(_codes(side))


def _tenths(numbers: Floats) -> Codes:
    known = ~np.isnan(numbers)
    if not known.any():
        return np.full(len(numbers), -1, dtype=np.int32)
    inner = np.quantile(numbers[known], np.arange(1, _BINS) / _BINS)
    codes = np.searchsorted(np.unique(inner), numbers, side="left")
    return np.where(known, codes, -1).astype(np.int32)


def _frequent(codes: Codes) -> Codes:
    counts = np.bincount(codes[codes >= 0])
    if np.count_nonzero(counts) <= _MAX_LEVELS:
        return codes
    order = np.argsort(-counts, kind="stable")
    lookup = np.full(len(counts) + 1, _MAX_LEVELS - 1, dtype=np.int32)
    lookup[order[: _MAX_LEVELS - 1]] = np.arange(_MAX_LEVELS - 1)
    lookup[-1] = -1
    return lookup[codes]


def _codes(side: Side) -> Codes:
    assert side.codes is not None
    return side.codes


def _numbers(side: Side) -> Floats:
    assert side.numbers is not None
    return side.numbers
